"""What a run's folds said about their held-out tracks, gathered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .clips import clips, read_rows
from .paths import DATA, WORK
from .vocabulary import GENRES, MOODS, QUADRANTS, known_genre
from .window_logits import TaskWindows, of_tracks


@dataclass(frozen=True)
class HeldOut:
    """Window logits of tracks with a true label; `fold` is the fold whose model, blind to the artist, gave them."""

    keys: list[str]
    windows: list[np.ndarray]
    truth: np.ndarray
    fold: np.ndarray


def fold_files(name: str) -> list[tuple[int, dict[str, np.ndarray]]]:
    """(fold, arrays by `task:key`) of every held-out fold of a run."""
    found = []
    for path in sorted((WORK / "runs" / name).glob("fold*.npz")):
        with np.load(path) as file:
            found.append((int(path.stem.removeprefix("fold")), {key: file[key] for key in file.files}))
    return found


def _gather(name: str, task: str, truth: dict[str, int]) -> HeldOut:
    rows = [(key.split(":", 1)[1], array, fold) for fold, arrays in fold_files(name) for key, array in arrays.items() if key.startswith(f"{task}:")]
    rows = [row for row in rows if row[0] in truth]
    return HeldOut([r[0] for r in rows], [r[1] for r in rows], np.array([truth[r[0]] for r in rows]), np.array([r[2] for r in rows]))


def gtzan_pictures(name: str) -> HeldOut:
    """GTZAN's tracks seen as pictures by the coarse half: ten-genre labels."""
    rows = read_rows(DATA / "gtzan" / "melimg_index.csv")
    return _gather(name, "picture", {row["stem"]: GENRES.index(row["genre"].replace("hiphop", "hip-hop")) for row in rows})


def quadrants(name: str) -> HeldOut:
    """4Q's clips: mood quadrants."""
    return _gather(name, "mood", {clip.key: QUADRANTS.index(clip.labels["quadrant"]) for clip in clips("mood-4q")})


def certain_genres(name: str) -> HeldOut:
    """Clips whose collection names one of the ten genres and no other."""
    known = {clip.key: known_genre(clip) for clip in clips()}
    return _gather(name, "genre", {key: GENRES.index(genre) for key, genre in known.items() if genre})


def all_clips(name: str) -> HeldOut:
    """Every clip's genre logits, with no truth (zeros)."""
    return _gather(name, "genre", {clip.key: 0 for clip in clips()})


def all_clips_coarse(name: str) -> HeldOut:
    """Every clip's genre logits by the coarse half alone, with no truth (zeros)."""
    return _gather(name, "coarse", {clip.key: 0 for clip in clips()})


def window_tasks(name: str) -> dict[str, TaskWindows]:
    """What windows.npz holds: `genre` (GTZAN's pictures, coarse half), `certain` (clips of one certain genre, both halves) and `mood`."""
    embedding = {key.split(":", 1)[1]: array.mean(axis=0) for _, arrays in fold_files(name) for key, array in arrays.items() if key.startswith("embedding:")}
    sources = {"genre": (gtzan_pictures(name), GENRES), "certain": (certain_genres(name), GENRES), "mood": (quadrants(name), MOODS)}
    found = {}
    for task, (held_out, labels) in sources.items():
        vectors = [embedding.get(key) for key in held_out.keys]
        known = None if any(vector is None for vector in vectors) else np.array(vectors)
        found[task] = of_tracks(held_out.keys, held_out.windows, held_out.truth, held_out.fold, labels, known)
    return found
