"""The labelled collections beside the repository, as plain rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from .paths import DATA, WORK

COLLECTIONS = {
    "mood-4q": "mood-4q/labels.csv",
    "emotify": "emotify/labels.csv",
    "gtzan": "gtzan/audio.csv",
    "songs": "songs/labels.csv",
}
#: What content_data.py gathers; read only where it is asked for by name.
CONTENT = ("content-speech", "content-other", "content-music")


@dataclass(frozen=True)
class Clip:
    """One audio file: `key` is unique among all collections and names its cached arrays."""

    collection: str
    path: Path
    labels: dict[str, str] = field(hash=False)

    @property
    def key(self) -> str:
        return f"{self.collection}/{self.path.stem}"

    @property
    def artist(self) -> str:
        """Clips of one artist stay in one fold; clips whose artist is unknown stand alone."""
        return self.labels.get("artist") or self.key


def read_rows(path: Path) -> list[dict[str, str]]:
    """A CSV file's rows by column name."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _content(name: str) -> list[Clip]:
    table = WORK / "content" / f"{name.removeprefix('content-')}.csv"
    if not table.exists():
        raise FileNotFoundError(f"{table} is missing: run content_data.py first")
    return [Clip(name, table.parent / row["file"], row) for row in read_rows(table)]


def clips(*collections: str) -> list[Clip]:
    """All clips of the named collections (of the labelled ones, if none is named), in the order of their tables."""
    found: list[Clip] = []
    for name in collections or COLLECTIONS:
        found += _content(name) if name in CONTENT else [Clip(name, DATA / name / row["file"], row) for row in read_rows(DATA / COLLECTIONS[name])]
    return found
