"""The figures of a run that the card and the manifest show, from its held-out tracks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .calibration import Calibration, expected_calibration_error, fit, probabilities, risk_coverage
from .judging import accuracy, macro_f1
from .runs import HeldOut

CALIBRATION_PARTS = 5


@dataclass(frozen=True)
class Judged:
    """Figures of one task on held-out tracks; confidence figures come from calibrations that had not seen the track."""

    tracks: int
    accuracy: float
    by_fold: list[float]
    macro_f1: float
    ece: float
    coverage: dict[str, float]
    answered: float
    answered_accuracy: float
    recall: dict[str, float]
    confusion: list[list[int]]


def cross_fit(windows: list[np.ndarray], truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Calibrated probabilities [n, labels] of tracks' window logits, and which tracks [n] are answered; temperature and threshold of
    each fifth of the tracks are fitted on the other four."""
    probability, answered = np.zeros((len(truth), windows[0].shape[1])), np.zeros(len(truth), dtype=bool)
    part = np.random.default_rng(0).permutation(len(truth)) % CALIBRATION_PARTS
    for number in range(CALIBRATION_PARTS):
        inside, outside = np.flatnonzero(part == number), np.flatnonzero(part != number)
        fitted: Calibration = fit([windows[i] for i in outside], truth[outside])
        probability[inside] = probabilities([windows[i] for i in inside], fitted)
        answered[inside] = probability[inside].max(axis=1) >= fitted.abstainBelow
    return probability, answered


def judge(held_out: HeldOut, labels: tuple[str, ...]) -> Judged:
    """Judges a task with calibrations that had not seen the track (`cross_fit`)."""
    truth, count = held_out.truth, len(labels)
    probability, answered = cross_fit(held_out.windows, truth)
    confidence, said = probability.max(axis=1), probability.argmax(axis=1)
    one_hot = np.eye(count)[said]
    right = said == truth
    return Judged(
        tracks=len(truth),
        accuracy=accuracy(one_hot, truth),
        by_fold=[float(right[held_out.fold == fold].mean()) for fold in np.unique(held_out.fold)],
        macro_f1=macro_f1(one_hot, truth),
        ece=expected_calibration_error(confidence, right),
        coverage=risk_coverage(confidence, right),
        answered=float(answered.mean()),
        answered_accuracy=float(right[answered].mean()) if answered.any() else 0.0,
        recall={label: float(right[truth == k].mean()) for k, label in enumerate(labels) if (truth == k).any()},
        confusion=[[int(((truth == k) & (said == j)).sum()) for j in range(count)] for k in range(count)],
    )
