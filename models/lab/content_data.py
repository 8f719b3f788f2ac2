"""Gathers speech, other sounds and unlabelled music from free packages: `python models/lab/content_data.py [speech|other|music ...]`.

Fetches the packages of config/content.json with apt-get (nothing is installed), cuts clips into work/content, makes their features
(`npm run build` first) and teachers' scores, drops clips that are not what they claim by mn04's ears, and writes work/content/KIND.csv,
which `clips("content-KIND")` reads. Packages already fetched are kept; everything else of the named kinds (of all three, if none is named) is made anew.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

from features import cached, extract_with_app
from lab.clips import Clip, clips
from lab.content import COLUMNS, KINDS, MOST, MUSIC_START, Source, download, groups, heard, is_sound, is_what_it_claims, load_sources, write_clip, write_table
from lab.decode import decode
from lab.paths import WORK, work
from teachers import save_scores, scores_path


def cut(source: Source, root: Path, version: str) -> list[dict[str, str]]:
    """Writes the clips of one entry from its unpacked package; gives their rows."""
    rows = []
    start = MUSIC_START if source.kind == "music" else 0.0
    for voice, paths in source.voices(root).items():
        name = "-".join(part for part in (source.package, voice) if part)
        artist = source.artist or "/".join(part for part in (source.package, voice) if part)
        for number, group in enumerate(groups(paths, source.kind, source.most or MOST[source.kind])):
            file = f"{source.kind}/{name}-{number:02}.opus"
            try:
                write_clip(group, start, work("content", file))
            except subprocess.CalledProcessError as error:
                print(f"left out {file}: {error.stderr.decode(errors='replace').strip().splitlines()[-1:]}", flush=True)
                continue
            rows.append(dict(zip(COLUMNS, (file, artist, source.kind, source.package, version, source.licence), strict=False)))
    return rows


def cut_all(sources: list[Source]) -> list[dict[str, str]]:
    """Every package unpacked in turn and cut; gives all rows."""
    rows: list[dict[str, str]] = []
    for package in dict.fromkeys(source.package for source in sources):
        archive = download(package, WORK / "content" / "packages")
        version = subprocess.run(["dpkg-deb", "-f", archive, "Version"], check=True, capture_output=True, text=True).stdout.strip()
        with tempfile.TemporaryDirectory(dir=WORK / "content") as folder:
            subprocess.run(["dpkg-deb", "-x", archive, folder], check=True)
            for source in (s for s in sources if s.package == package):
                found = cut(source, Path(folder), version)
                print(f"{source.kind} {package}: {len(found)} clips", flush=True)
                rows += found
    return rows


def clear(kinds: tuple[str, ...]) -> None:
    """Removes the clips, tables and caches of an earlier run; the packages stay."""
    for kind in kinds:
        work("content", f"{kind}.csv").unlink(missing_ok=True)
        for folder in (WORK / "content" / kind, WORK / "features" / f"content-{kind}", WORK / "teachers" / f"content-{kind}"):
            shutil.rmtree(folder, ignore_errors=True)


def judge(clip: Clip) -> tuple[float, float] | None:
    """Caches the teachers' scores of a clip whose features are cached; gives mn04's (speech, music), None for silence."""
    if not cached(clip).exists():
        return None
    samples, rate = decode(clip.path)
    if not is_sound(samples, rate):
        return None
    return heard(save_scores(clip, samples, rate))


def keep_true(kind: str, rows: list[dict[str, str]]) -> None:
    """Features, scores and the verdict of each clip of a kind; clips that fail or are something else leave no trace."""
    table = work("content", f"{kind}.csv")
    write_table(rows, table)
    known = clips(f"content-{kind}")
    extract_with_app(known)
    kept = []
    for clip, row in zip(known, rows, strict=True):
        scores = judge(clip)
        if scores and is_what_it_claims(kind, *scores):
            kept.append(row | {"speech_score": f"{scores[0]:.3f}", "music_score": f"{scores[1]:.3f}"})
            continue
        print(f"dropped {clip.key}: " + ("silent or broken" if scores is None else f"speech {scores[0]:.2f}, music {scores[1]:.2f}"), flush=True)
        for path in (clip.path, cached(clip), scores_path(clip)):
            path.unlink(missing_ok=True)
    write_table(kept, table)
    print(f"{kind}: {len(kept)} of {len(rows)} clips kept, {len({row['artist'] for row in kept})} voices or makers", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"one of {', '.join(KINDS)}")
    chosen = tuple(parser.parse_args().kinds) or KINDS
    if unknown := set(chosen) - set(KINDS):
        parser.error(f"no kind {', '.join(sorted(unknown))}; name one of {', '.join(KINDS)}")
    clear(chosen)
    rows = cut_all([source for source in load_sources() if source.kind in chosen])
    for kind in chosen:
        keep_true(kind, [row for row in rows if row["kind"] == kind])


if __name__ == "__main__":
    main()
