"""Trained students on disk."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from .config import Config
from .network import Student
from .training import build


def save_student(model: Student, config: Config, audioset: int, path: Path) -> None:
    """Writes weights and the recipe; `audioset` is the number of auxiliary AudioSet classes."""
    torch.save({"config": config.to_json(), "audioset": audioset, "weights": model.state_dict()}, path)


def load_student(path: Path) -> tuple[Student, Config]:
    """The student as it was saved, ready to judge, and its recipe."""
    state = torch.load(path, weights_only=True)
    config = Config(**json.loads(state["config"]))
    model = build(config, 50, state["audioset"])
    model.load_state_dict(state["weights"])
    return model.eval(), config
