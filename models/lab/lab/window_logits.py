"""windows.npz: what a run's networks said about every window of the tracks that each had not seen.

One file a run, written by evaluate.py and read by results.py and unknowns.py. By task (`genre`, `mood`, ...):

| key                | shape              | what                                                                   |
| ------------------ | ------------------ | ---------------------------------------------------------------------- |
| `<task>_logits`    | [windows, labels]  | float32, before temperature and softmax                                |
| `<task>_track`     | [windows]          | index of the window's track; a track's windows follow each other       |
| `<task>_label`     | [tracks]           | index of the true label in `<task>_names`                              |
| `<task>_fold`      | [tracks]           | the fold whose network, blind to the track's artist, gave the logits   |
| `<task>_names`     | [labels]           | labels in the order of the logits                                      |
| `<task>_keys`      | [tracks]           | names of the tracks                                                    |
| `<task>_embedding` | [tracks, numbers]  | mean embedding of the track's windows by the same network, if it has one |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .paths import WORK


@dataclass(frozen=True)
class TaskWindows:
    """One task of windows.npz; the fields are the keys of the table above."""

    logits: np.ndarray
    track: np.ndarray
    label: np.ndarray
    fold: np.ndarray
    names: tuple[str, ...]
    keys: tuple[str, ...]
    embedding: np.ndarray | None = None

    def __post_init__(self) -> None:
        tracks, labels = len(self.label), len(self.names)
        if self.logits.shape != (len(self.track), labels):
            raise ValueError(f"logits of shape {self.logits.shape} for {len(self.track)} windows and {labels} labels")
        if not len(self.fold) == len(self.keys) == tracks or (self.embedding is not None and len(self.embedding) != tracks):
            raise ValueError(f"label, fold, keys and embedding disagree on the number of tracks, {tracks} by label")
        if not np.array_equal(np.unique(self.track), np.arange(tracks)) or np.any(np.diff(self.track) < 0):
            raise ValueError("every track needs a window, and the windows must stand in the order of the tracks")
        if tracks and not (0 <= self.label.min() and self.label.max() < labels):
            raise ValueError(f"labels must lie in 0..{labels - 1}; leave tracks without a true label out")

    def windows(self) -> list[np.ndarray]:
        """Each track's logits [n, labels]."""
        return np.split(self.logits, np.flatnonzero(np.diff(self.track)) + 1)


def of_tracks(
    keys: Sequence[str], windows: Sequence[np.ndarray], label: np.ndarray, fold: np.ndarray, names: Sequence[str], embedding: np.ndarray | None = None
) -> TaskWindows:
    """Gathers tracks' logits [n, labels] each. Raises `ValueError` if the parts disagree."""
    track = np.repeat(np.arange(len(windows)), [len(w) for w in windows])
    logits = np.concatenate([np.asarray(w, np.float32) for w in windows]) if len(windows) else np.zeros((0, len(names)), np.float32)
    vectors = None if embedding is None else np.asarray(embedding, np.float32)
    return TaskWindows(logits, track, np.asarray(label, np.int64), np.asarray(fold, np.int64), tuple(names), tuple(keys), vectors)


def windows_path(run: str) -> Path:
    """Where a run's file lies."""
    return WORK / "runs" / run / "windows.npz"


def each_second(run: str) -> str:
    """The run's own overlapping windows (evaluate.py --each-second), a run beside it."""
    return f"{run}/each-second"


def save(path: Path, tasks: dict[str, TaskWindows]) -> None:
    """Writes windows.npz; task names hold no underscore."""
    arrays: dict[str, np.ndarray] = {}
    for task, found in tasks.items():
        if "_" in task:
            raise ValueError(f"a task's name holds no underscore: {task}")
        arrays |= {f"{task}_{name}": np.asarray(value) for name, value in vars(found).items() if value is not None}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def load(path: Path) -> dict[str, TaskWindows]:
    """Reads windows.npz. Raises `FileNotFoundError` naming the command that writes it."""
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: run evaluate.py --name {path.parent.name} first")
    found: dict[str, dict] = {}
    with np.load(path) as file:
        for key in file.files:
            task, name = key.split("_", 1)
            found.setdefault(task, {})[name] = tuple(map(str, file[key])) if name in ("names", "keys") else file[key]
    return {task: TaskWindows(**fields) for task, fields in found.items()}
