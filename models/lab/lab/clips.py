"""The labelled collections beside the repository, as plain rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from .paths import DATA

COLLECTIONS = {
    "mood-4q": "mood-4q/labels.csv",
    "emotify": "emotify/labels.csv",
    "gtzan": "gtzan/audio.csv",
    "songs": "songs/labels.csv",
}


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


def clips(*collections: str) -> list[Clip]:
    """All clips of the named collections (of all, if none is named), in the order of their tables."""
    return [
        Clip(name, DATA / name / row["file"], row)
        for name in collections or COLLECTIONS
        for row in read_rows(DATA / COLLECTIONS[name])
    ]
