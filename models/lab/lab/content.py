"""Audio that is not music, and music without labels, cut from the sound files of free software: clips of half a minute with a table.

`config/content.json` names Debian packages; each entry's `files` is a regular expression on the paths in the package, whose group `voice`
tells speakers (or albums) apart. Speech and effects come in files of a few seconds, which are joined to longer clips with short pauses.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .paths import CONFIG
from .teachers import class_names

KINDS = ("speech", "other", "music")
#: Length of a clip, and the least that makes one, seconds.
LONGEST, LEAST = 30.0, 6.0
#: Short files joined to one clip, and the pause after each, seconds.
JOINED = {"speech": 25, "other": 12, "music": 1}
PAUSE = 0.3
#: Where a piece of music is entered, seconds: beginnings are seldom typical.
MUSIC_START = 20.0
#: Clips whose root mean square is under this, full scale being 1, are silence: -50 dB.
SILENT = 10 ** (-50 / 20)
#: Clips are stored as the labelled collections are, so that the codec does not give the kind away.
RATE, BIT_RATE = 48_000, "24k"
#: Clips that one voice of one package may give, where its entry does not say.
MOST = {"speech": 4, "other": 12, "music": 24}
#: Files under so many bytes hold no sound.
EMPTY = 1000

SPEECH_CLASSES = ("Speech", "Male speech, man speaking", "Female speech, woman speaking", "Child speech, kid speaking", "Narration, monologue", "Conversation")
#: A clip is what it claims if mn04's mean scores of (speech, music) lie within these bounds.
ACCEPTED = {"speech": ((0.3, 1.0), (0.0, 0.3)), "other": ((0.0, 0.3), (0.0, 0.3)), "music": ((0.0, 0.3), (0.3, 1.0))}

COLUMNS = ("file", "artist", "kind", "package", "version", "licence", "speech_score", "music_score")


@dataclass(frozen=True)
class Source:
    """One entry of content.json."""

    kind: str
    package: str
    files: str
    licence: str
    artist: str = ""
    most: int = 0

    def voices(self, root: Path) -> dict[str, list[Path]]:
        """The matching files of the unpacked package by voice, sorted. Raises `ValueError` if there are none."""
        found: dict[str, list[Path]] = {}
        for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink() and p.stat().st_size >= EMPTY):
            match = re.search(self.files + "$", path.relative_to(root).as_posix())
            if match:
                found.setdefault(match.groupdict().get("voice") or "", []).append(path)
        if not found:
            raise ValueError(f"{self.package}: no file matches {self.files}; mend its entry in config/content.json")
        return found


def load_sources(path: Path = CONFIG / "content.json") -> list[Source]:
    """The entries of content.json. Raises `ValueError` on an unknown kind."""
    sources = [Source(**entry) for entry in json.loads(path.read_text())["sources"]]
    for source in sources:
        if source.kind not in KINDS:
            raise ValueError(f"{path.name}: {source.package} has kind {source.kind!r}; give one of {', '.join(KINDS)}")
    return sources


def download(package: str, folder: Path) -> Path:
    """The package's file in `folder`, fetched with apt-get where it is not there. Raises `CalledProcessError` if the archive has none."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (found := sorted(folder.glob(f"{package}_*.deb"))):
        subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True, capture_output=True)
        found = sorted(folder.glob(f"{package}_*.deb"))
    return found[-1]


def groups(paths: list[Path], kind: str, most: int) -> list[list[Path]]:
    """The files of each clip, at most `most` clips, taken evenly from the whole list."""
    size = JOINED[kind]
    whole = [paths[i : i + size] for i in range(0, len(paths), size)]
    return [whole[i * len(whole) // most] for i in range(most)] if len(whole) > most else whole


def write_clip(paths: list[Path], start: float, output: Path) -> None:
    """Joins files, mono, with pauses, and writes at most `LONGEST` seconds as the collections' clips are; one process a clip.

    Raises `CalledProcessError` if any file can't be read.
    """
    command = ["ffmpeg", "-v", "error", "-y", "-threads", "1", "-filter_complex_threads", "1"]
    for path in paths:
        command += ["-ss", str(start), "-i", str(path)]
    joined = [f"[{i}:a:0]aformat=sample_fmts=fltp:sample_rates={RATE}:channel_layouts=mono,apad=pad_dur={PAUSE}[a{i}]" for i in range(len(paths))]
    labels = "".join(f"[a{i}]" for i in range(len(paths)))
    graph = ";".join([*joined, f"{labels}concat=n={len(paths)}:v=0:a=1[out]"])
    command += ["-filter_complex", graph, "-map", "[out]", "-t", str(LONGEST), "-c:a", "libopus", "-b:a", BIT_RATE, str(output)]
    subprocess.run(command, check=True, capture_output=True)


def is_sound(samples: np.ndarray, rate: int) -> bool:
    """Long enough for a clip and not silent."""
    return len(samples) >= LEAST * rate and bool(np.sqrt(np.mean(samples.astype(np.float64) ** 2)) >= SILENT)


def heard(audioset: np.ndarray) -> tuple[float, float]:
    """(speech, music): mn04's scores [patches, 527], the loudest class of each, averaged over the patches."""
    names = class_names("mn04-audioset")
    speech = audioset[:, [names.index(name) for name in SPEECH_CLASSES]].max(axis=1)
    return float(speech.mean()), float(audioset[:, names.index("Music")].mean())


def is_what_it_claims(kind: str, speech: float, music: float) -> bool:
    """The stated rule of `ACCEPTED`."""
    return all(low <= score <= high for score, (low, high) in zip((speech, music), ACCEPTED[kind], strict=True))


def write_table(rows: list[dict[str, str]], path: Path) -> None:
    """A kind's table, `COLUMNS`."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
