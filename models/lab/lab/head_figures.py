"""Figures of the further heads on held-out clips, and the thresholds of the wide genres drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from .heads import CONTENT
from .wide import COUNTED, WIDE

HeadFigures = dict[str, Any]
#: A wide genre is named only where at least this share of the named clips is right, if any threshold reaches it.
LEAST_PRECISION = 0.6
#: Of fewer clips of a genre nothing can be said.
LEAST_SUPPORT = 8


@dataclass(frozen=True)
class Said:
    """Means over windows for held-out clips, and what was wanted: `said` is the labels' own word (1, 0, -1 unknown)."""

    keys: list[str]
    wide: np.ndarray
    affect: np.ndarray
    content: np.ndarray
    evidence: np.ndarray
    said: np.ndarray
    affect_target: np.ndarray
    affect_weight: np.ndarray
    kind: np.ndarray
    kind_known: np.ndarray


def gather(parts: list[Said]) -> Said:
    """All folds' clips as one."""
    arrays = [np.concatenate([getattr(part, name) for part in parts]) for name in Said.__annotations__ if name != "keys"]
    return Said([key for part in parts for key in part.keys], *arrays)


def best_threshold(score: np.ndarray, truth: np.ndarray) -> float:
    """The score to name a genre from: best expected F1 among thresholds of at least `LEAST_PRECISION`; where none reaches it, over every wrong clip's.

    Expected under a logistic curve of the score's logit (Platt 1999), two numbers that few clips suffice for. On halves of the clips that it has
    not seen it gives the mean genre an F1 of .584, counting the right clips themselves one of .569; and it moves less from half to half.
    """
    inside = np.clip(score, 1e-6, 1 - 1e-6)
    logit = np.log(inside / (1 - inside))[:, None]
    likely = LogisticRegression(C=10).fit(logit, truth).predict_proba(logit)[:, 1]
    order = np.argsort(-score)
    hit, named = np.cumsum(likely[order]), np.arange(1, len(order) + 1)
    precision, f1 = hit / named, 2 * hit / (named + likely.sum())
    usable = np.flatnonzero((precision >= LEAST_PRECISION) & (named >= 3))
    if not len(usable):
        return float((1 + score[~truth].max()) / 2)
    at = usable[np.argmax(f1[usable])]
    following = score[order[at + 1]] if at + 1 < len(order) else 0.0
    return float((score[order[at]] + following) / 2)


def _ranking(truth: np.ndarray, score: np.ndarray) -> dict[str, float] | None:
    if truth.sum() < LEAST_SUPPORT or truth.all():
        return None
    return {"clips": int(truth.sum()), "of": len(truth), "ap": float(average_precision_score(truth, score)), "auroc": float(roc_auc_score(truth, score))}


def _half_thresholds(score: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Which clips are named when each half's threshold is fitted on the other."""
    part = np.random.default_rng(0).permutation(len(score)) % 2
    named = np.zeros(len(score), dtype=bool)
    for number in (0, 1):
        if truth[part != number].any():
            named[part == number] = score[part == number] >= best_threshold(score[part != number], truth[part != number])
    return named


def judge_heads(held_out: Said) -> HeadFigures:
    """`wide` by genre (against the collections' labels and against all evidence), `affect`, `content`."""
    wide: dict[str, Any] = {}
    for k, genre in enumerate(WIDE):
        score, word = held_out.wide[:, k], held_out.said[:, k]
        heard = held_out.evidence[:, k] >= COUNTED
        named = _half_thresholds(score, heard)
        both = int((named & heard).sum())
        wide[genre] = {
            "threshold": best_threshold(score, heard) if heard.any() else 0.9,
            "labels": _ranking(word[word >= 0] == 1, score[word >= 0]),
            "evidence": _ranking(heard, score),
            "precision": both / max(1, int(named.sum())),
            "recall": both / max(1, int(heard.sum())),
        }
    labelled = held_out.affect_weight == 1
    affect: dict[str, Any] = {}
    for axis, name in enumerate(("valence", "arousal")):
        value, target = held_out.affect[labelled, axis], held_out.affect_target[labelled, axis]
        affect[name] = {
            "clips": int(labelled.sum()),
            "pearson": float(np.corrcoef(value, target)[0, 1]),
            "signAccuracy": float(((value > 0) == (target > 0)).mean()),
            "rmse": float(np.sqrt(((value - target) ** 2).mean())),
        }
    known = held_out.kind_known
    guessed, kind = held_out.content.argmax(axis=1)[known], held_out.kind[known]
    confusion = [[int(((kind == i) & (guessed == j)).sum()) for j in range(len(CONTENT))] for i in range(len(CONTENT))]
    return {"wide": wide, "affect": affect, "content": {"accuracy": float((guessed == kind).mean()), "confusion": confusion}}
