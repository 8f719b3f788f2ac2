"""Trained students on disk."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from .config import Config
from .heads import AFFECT, CONTENT, Heads, Shipped
from .network import Student
from .training import build
from .wide import WIDE


#: What settling.py fits.
SETTLED = {"settled_mood.weight", "settled_mood.bias"}


def save_student(model: Student, config: Config, audioset: int, path: Path, left_out: int | None = None) -> None:
    """Writes weights and the recipe; `audioset` is the number of auxiliary AudioSet classes, `left_out` the genre that it was never shown."""
    torch.save({"config": config.to_json(), "audioset": audioset, "leftOut": left_out, "weights": model.state_dict()}, path)


def left_out_of(path: Path) -> int | None:
    """The genre that a saved student was never shown, if there is one."""
    return torch.load(path, weights_only=True).get("leftOut")


def load_shipped(student: Student, heads: Path) -> Shipped:
    """A student with the heads that heads.py fitted on it."""
    width = student.genre.in_features
    layers = Heads(*(torch.nn.Linear(width, size) for size in (len(WIDE), len(AFFECT), len(CONTENT))))
    layers.load_state_dict(torch.load(heads, weights_only=True))
    return Shipped(student, layers).eval()


def load_student(path: Path, settled: bool = True) -> tuple[Student, Config]:
    """The student as it was saved, ready to judge, and its recipe. Raises `ValueError` if its mood was not settled, unless `settled` is False."""
    state = torch.load(path, weights_only=True)
    config = Config(**json.loads(state["config"]))
    model = build(config, 50, state["audioset"])
    missing, unknown = model.load_state_dict(state["weights"], strict=False)
    if unknown or set(missing) - (set() if settled else SETTLED):
        raise ValueError(f"{path} does not fit ({', '.join([*missing, *unknown])}); fit the mood's last layer with settle.py, or train the run anew")
    return model.eval(), config
