"""How well a genre that is not among the labels can be told from those that are: scores of a track, and their area under the ROC curve.

The left-out genre's column is struck from the logits and its tracks from the neighbours, as if the genre had never been a label.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from .judging import softmax
from .window_logits import TaskWindows

#: Neighbours of the k-nearest-neighbour distance.
NEIGHBOURS = 5
LOGIT_SCORES = ("1 - largest share", "entropy")
EMBEDDING_SCORES = ("centroid distance", "k-NN distance")


def auroc(unknown: np.ndarray, known: np.ndarray) -> float:
    """Probability that an unknown track scores higher than a known one, ties counting half (Mann and Whitney 1947)."""
    ranks = rankdata(np.concatenate([unknown, known]))
    return float((ranks[: len(unknown)].sum() - len(unknown) * (len(unknown) + 1) / 2) / (len(unknown) * len(known)))


def logit_scores(windows: list[np.ndarray], left_out: int) -> dict[str, np.ndarray]:
    """Scores [tracks], higher for the unknown, from window logits without the left-out column.

    Hendrycks and Gimpel 2017 (largest share). No energy (Liu et al. 2020): our logits are mixed log-probabilities, so the sum over the kept
    ones is what the struck one left, and would give it away.
    """
    kept = [np.delete(logits.astype(np.float64), left_out, axis=1) for logits in windows]
    share = np.array([softmax(logits).mean(axis=0) for logits in kept])
    entropy = -(share * np.log(np.maximum(share, 1e-12))).sum(axis=1)
    return dict(zip(LOGIT_SCORES, (1 - share.max(axis=1), entropy), strict=True))


def embedding_scores(embedding: np.ndarray, label: np.ndarray, left_out: int) -> dict[str, np.ndarray]:
    """Distances [tracks] on the unit sphere to the nearest centroid of a known genre, and to the k-th nearest known track.

    A track takes no part in its own centroid and is not its own neighbour. Sun et al. 2022 (k-NN).
    """
    unit = embedding / np.maximum(1e-9, np.linalg.norm(embedding, axis=1, keepdims=True))
    known = np.flatnonzero(label != left_out)
    to_centroid, to_neighbour = np.zeros(len(label)), np.zeros(len(label))
    for track in range(len(label)):
        others = known[known != track]
        centroids = np.array([unit[others[label[others] == k]].mean(axis=0) for k in np.unique(label[others])])
        to_centroid[track] = np.linalg.norm(centroids - unit[track], axis=1).min()
        distances = np.sort(np.linalg.norm(unit[others] - unit[track], axis=1))
        to_neighbour[track] = distances[min(NEIGHBOURS, len(distances)) - 1]
    return dict(zip(EMBEDDING_SCORES, (to_centroid, to_neighbour), strict=True))


@dataclass(frozen=True)
class UnknownRow:
    """Area under the ROC curve by score for one left-out genre, None where the score can't be had; `unseen` if the network never saw the genre."""

    left_out: str
    unknown: int
    known: int
    unseen: bool
    auroc: dict[str, float | None]


def _within_fold(found: TaskWindows, windows: list[np.ndarray], rows: np.ndarray, left_out: int) -> dict[str, float]:
    scores = logit_scores([windows[row] for row in rows], left_out)
    if found.embedding is not None:
        scores |= embedding_scores(found.embedding[rows], found.label[rows], left_out)
    unknown = found.label[rows] == left_out
    return {name: auroc(values[unknown], values[~unknown]) for name, values in scores.items()}


def detect(found: TaskWindows, left_out: int, unseen: bool) -> UnknownRow:
    """Each fold by itself, since each network has its own logits and embedding, then the mean of the folds weighted by their pairs."""
    windows, parts, weights = found.windows(), [], []
    for fold in np.unique(found.fold):
        rows = np.flatnonzero(found.fold == fold)
        unknown = int((found.label[rows] == left_out).sum())
        if 0 < unknown < len(rows):
            parts.append(_within_fold(found, windows, rows, left_out))
            weights.append(unknown * (len(rows) - unknown))
    names = LOGIT_SCORES + EMBEDDING_SCORES
    means = {name: float(np.average([part[name] for part in parts], weights=weights)) if parts and name in parts[0] else None for name in names}
    unknown = int((found.label == left_out).sum())
    return UnknownRow(found.names[left_out], unknown, len(found.label) - unknown, unseen, means)
