"""models/base's own held-out figures in the form of the systems' results, so that one table shows both."""

from __future__ import annotations

import json

import numpy as np

from ..judging import softmax
from ..paths import BASE_MODEL
from ..runs import HeldOut, gtzan_pictures, quadrants
from ..vocabulary import GENRES, MOODS
from .packs import milliseconds
from .results import Record, load_records, save_record

BASE = "base"


def _record(held_out: HeldOut, fold: int, notes: dict) -> Record:
    chosen = np.flatnonzero(held_out.fold == fold)
    windows = [softmax(held_out.windows[i]) for i in chosen]
    truth = held_out.truth[chosen]
    share = np.array([w.mean(axis=0) for w in windows])
    votes = np.array([np.bincount(w.argmax(axis=1), minlength=w.shape[1]) + s for w, s in zip(windows, share, strict=True)])
    right = sum(int((w.argmax(axis=1) == t).sum()) for w, t in zip(windows, truth, strict=True))
    return Record(
        fold, [held_out.keys[i] for i in chosen], truth.tolist(), share.argmax(axis=1).tolist(), votes.argmax(axis=1).tolist(),
        [round(float(v), 2) for v in share.max(axis=1)], sum(len(w) for w in windows), right, notes,
    )  # fmt: skip


def _cost(found: dict, run: str) -> dict:
    """What the base model costs. A time stands as it was taken beside the other systems' while the network's size stays: machines differ."""
    known = [record.notes for record in load_records(BASE, "genre", "artist") if record.notes["parameters"] == found["parameters"]]
    taken = known[0]["msPerWindow"] if known else milliseconds(BASE_MODEL / found["file"], found["input"])
    return {"parameters": found["parameters"], "msPerWindow": taken, "run": run}


def save_base(run: str) -> None:
    """Writes base_genre_artist.json and base_mood_artist.json from the folds of a run that evaluate.py has judged; `seed` is the fold."""
    found = json.loads((BASE_MODEL / "model.json").read_text(encoding="utf-8"))
    cost = _cost(found, run)
    for task, held_out, labels in (("genre", gtzan_pictures(run), GENRES), ("mood", quadrants(run), MOODS)):
        for fold in np.unique(held_out.fold).tolist():
            save_record(BASE, labels, task, "artist", _record(held_out, fold, cost))
            print(f"{task}, fold {fold}: {int((held_out.fold == fold).sum())} tracks")
