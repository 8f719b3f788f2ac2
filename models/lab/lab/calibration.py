"""Temperatures and abstention thresholds (Guo et al. 2017; Geifman and El-Yaniv 2017), fitted on held-out tracks.

The definitions are the app's: share = mean over windows of softmax(logits / temperature); confidence = the largest of
share^(1 / trackTemperature), renormalised.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from .judging import softmax

#: Answered tracks are to be right this often, unless more than `MOST_ABSTAINED` would have to go unanswered for it.
TARGET_ACCURACY = 0.9
MOST_ABSTAINED = 0.3


@dataclass(frozen=True)
class Calibration:
    temperature: float
    trackTemperature: float
    abstainBelow: float


def shares(windows: list[np.ndarray], temperature: float) -> np.ndarray:
    """Track shares [n, labels] of the tracks' window logits."""
    return np.array([softmax(logits / temperature).mean(axis=0) for logits in windows])


def sharpen(share: np.ndarray, temperature: float) -> np.ndarray:
    """share^(1/temperature), renormalised."""
    powered = np.maximum(share, 1e-12) ** (1 / temperature)
    return powered / powered.sum(axis=1, keepdims=True)


def probabilities(windows: list[np.ndarray], calibration: Calibration) -> np.ndarray:
    """Calibrated probabilities [n, labels] of the tracks' window logits."""
    return sharpen(shares(windows, calibration.temperature), calibration.trackTemperature)


def log_loss(probability: np.ndarray, truth: np.ndarray) -> float:
    """Mean of -log of the true labels' [n] probabilities [n, labels], kept finite."""
    return float(-np.log(np.maximum(probability[np.arange(len(truth)), truth], 1e-12)).mean())


def _best(loss) -> float:
    return float(np.exp(minimize_scalar(lambda t: loss(np.exp(t)), bounds=(np.log(0.1), np.log(10)), method="bounded").x))


def best_track_temperature(share: np.ndarray, truth: np.ndarray) -> float:
    """The temperature in 0.1..10 whose sharpened shares [n, labels] give the true labels [n] the least log loss."""
    return _best(lambda t: log_loss(sharpen(share, t), truth))


def fit(windows: list[np.ndarray], truth: np.ndarray) -> Calibration:
    """The window temperature by the windows' log loss, then the track temperature by the tracks', then the threshold."""
    flat, repeated = np.concatenate(windows), np.repeat(truth, [len(w) for w in windows])
    temperature = _best(lambda t: log_loss(softmax(flat / t), repeated))
    share = shares(windows, temperature)
    track = best_track_temperature(share, truth)
    probability = sharpen(share, track)
    return Calibration(temperature, track, threshold(probability.max(axis=1), probability.argmax(axis=1) == truth))


def threshold(confidence: np.ndarray, right: np.ndarray) -> float:
    """The lowest confidence to answer at so that `TARGET_ACCURACY` of the answers are right (or MOST_ABSTAINED is reached)."""
    order = np.argsort(-confidence)
    correct = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(correct >= TARGET_ACCURACY)
    kept = max(int(good.max()) + 1 if len(good) else 0, round((1 - MOST_ABSTAINED) * len(order)))
    return 0.0 if kept >= len(order) else float((confidence[order[kept - 1]] + confidence[order[kept]]) / 2)


def expected_calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """ECE over equal-width bins of confidence."""
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[number == b].mean() - right[number == b].mean()) * (number == b).mean() for b in range(bins) if (number == b).any()]
    return float(sum(gaps))


def risk_coverage(confidence: np.ndarray, right: np.ndarray, coverages: tuple[float, ...] = (1.0, 0.9, 0.8, 0.7, 0.5)) -> dict[str, float]:
    """Accuracy among the surest share of tracks, by that share."""
    order = np.argsort(-confidence)
    return {f"{c:.1f}": float(right[order[: max(1, round(c * len(order)))]].mean()) for c in coverages}
