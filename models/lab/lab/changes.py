"""Changes of a recording that should leave its genre and mood as they are, made by ffmpeg."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

#: Rate to which files are brought before a filter that needs a known one.
RATE = 44_100


@dataclass(frozen=True)
class Change:
    """`filters` is ffmpeg's filter chain; {half} and {end} stand for half the length and the length less a minute, seconds."""

    name: str
    filters: str
    arguments: tuple[str, ...] = ()
    suffix: str = ".wav"
    least_seconds: float = 0.0
    stereo_only: bool = False


def _low_pass(hertz: int) -> str:
    # Down and up again: swresample's windowed sinc is as steep as an encoder's own low-pass.
    return f"aresample={RATE},aresample={2 * hertz},aresample={RATE}"


CHANGES = (
    Change("unchanged, stored as WAV", "anull"),
    Change("+6 dB", "volume=6dB"),
    Change("-6 dB", "volume=-6dB"),
    Change("MP3 64 kbit/s", "anull", ("-c:a", "libmp3lame", "-b:a", "64k"), ".mp3"),
    Change("low-pass 16 kHz (at 44.1 kHz)", _low_pass(16_000)),
    Change("low-pass 8 kHz", _low_pass(8_000)),
    Change("low-pass 4 kHz", _low_pass(4_000)),
    Change("speed +5 %", f"aresample={RATE},asetrate={RATE * 1.05:.0f},aresample={RATE}"),
    Change("speed -5 %", f"aresample={RATE},asetrate={RATE * 0.95:.0f},aresample={RATE}"),
    Change("left channel only", "pan=mono|c0=c0", stereo_only=True),
    Change("two equal channels", "aformat=channel_layouts=mono,pan=stereo|c0=c0|c1=c0"),
    Change("first half only", "atrim=end={half},asetpts=PTS-STARTPTS"),
    Change("last half only", "atrim=start={half},asetpts=PTS-STARTPTS"),
    Change("first minute only", "atrim=end=60,asetpts=PTS-STARTPTS", least_seconds=75),
    Change("last minute only", "atrim=start={end},asetpts=PTS-STARTPTS", least_seconds=75),
)


@dataclass(frozen=True)
class Recording:
    """A file with what the changes need to know of it."""

    path: Path
    seconds: float
    channels: int


def probe(path: Path) -> Recording:
    """Reads a file's length and channels. Raises `CalledProcessError` or `ValueError` where ffprobe finds no sound."""
    command = ["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=channels:format=duration", "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    if not found["streams"]:
        raise ValueError(f"{path} holds no sound")
    return Recording(path, float(found["format"]["duration"]), int(found["streams"][0]["channels"]))


def applies(change: Change, recording: Recording) -> bool:
    """Whether the change changes anything of this recording."""
    return recording.seconds >= change.least_seconds and (recording.channels > 1 or not change.stereo_only)


def apply(changes: list[Change], recording: Recording, folder: Path) -> dict[Path, Change]:
    """Writes the recording changed in each way, in one process; float WAV, which can't clip, unless the change says otherwise."""
    command = ["ffmpeg", "-v", "error", "-y", "-threads", "1", "-i", str(recording.path)]
    written: dict[Path, Change] = {}
    for number, change in enumerate(changes):
        output = folder / f"{number}{change.suffix}"
        chain = change.filters.format(half=recording.seconds / 2, end=max(0.0, recording.seconds - 60))
        command += ["-map", "0:a:0", "-map_metadata", "-1", "-af", chain, *(change.arguments or ("-c:a", "pcm_f32le")), str(output)]
        written[output] = change
    subprocess.run(command, check=True, capture_output=True)
    return written
