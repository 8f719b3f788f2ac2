"""Recipes side by side: the same folds judged by runs that differ in one setting, to decide by and to show what decided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .aggregation import mean, track_shares
from .calibration import best_track_temperature, log_loss, sharpen
from .judging import accuracy
from .markdown import percent, spread, table
from .window_logits import TaskWindows

#: Tasks of windows.npz that are compared, and what they are called.
COMPARED = {"genre": "GTZAN's pictures", "certain": "clips of one certain genre", "mood": "quadrants"}


@dataclass(frozen=True)
class Compared:
    """One task of one run on the compared folds: tracks, share right, mean recall of the labels, and log loss after a fitted temperature."""

    tracks: int
    accuracy: float
    recall: float
    log_loss: float


def mean_recall(said: np.ndarray, truth: np.ndarray) -> float:
    """Mean over the labels that occur of the share of their tracks that is found."""
    return float(np.mean([(said[truth == label] == label).mean() for label in np.unique(truth)]))


def judge_folds(found: TaskWindows, folds: tuple[int, ...]) -> Compared:
    """A run's figures on the tracks of `folds`. Raises `ValueError` naming a fold that the run has not judged."""
    if missing := set(folds) - set(found.fold.tolist()):
        raise ValueError(f"fold {min(missing)} is not judged: train it, then run evaluate.py")
    rows = np.flatnonzero(np.isin(found.fold, folds))
    share, truth = track_shares(found, mean)[rows], found.label[rows]
    sharp = sharpen(share, best_track_temperature(share, truth))
    return Compared(len(truth), accuracy(share, truth), mean_recall(share.argmax(axis=1), truth), log_loss(sharp, truth))


def recipes_table(rows: list[dict]) -> str:
    """What compare.py keeps, as Markdown: right / mean recall in per cent, and log loss. Runs of one recipe on the same folds are its seeds."""
    groups: dict[tuple[str, tuple[int, ...]], list[dict]] = {}
    for row in rows:
        groups.setdefault((row["what"], tuple(row["folds"])), []).append(row["tasks"])
    lines = []
    for (what, folds), seeds in groups.items():
        parts = [[[tasks[task][figure] for tasks in seeds] for figure in ("accuracy", "recall", "log_loss")] for task in COMPARED]
        figures = [f"{spread(right, percent)} / {spread(recall, percent)}, {spread(loss, '{:.3f}'.format)}" for right, recall, loss in parts]
        lines.append([what, ", ".join(map(str, folds)), str(len(seeds)), *figures])
    return table(["recipe", "folds", "seeds", *COMPARED.values()], lines)
