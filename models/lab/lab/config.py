"""Training settings, one JSON file a recipe (models/lab/config)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """See README.md for what each setting does."""

    seed: int
    folds: int
    foldSeed: int
    coarse: list[int]
    fine: list[int]
    dropout: float
    steps: int
    audioBatch: int
    pictureBatch: int
    learningRate: float
    weightDecay: float
    warmUp: int
    averaging: float
    labelSmoothing: float
    mixShare: float
    genreBalance: float
    extra: list[str]
    weights: dict[str, float]

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


def load_config(path: Path, **changes: object) -> Config:
    """Reads a recipe; `changes` that are not None replace its settings. Unknown or missing settings raise TypeError."""
    settings = json.loads(path.read_text())
    settings.update({name: value for name, value in changes.items() if value is not None})
    return Config(**settings)
