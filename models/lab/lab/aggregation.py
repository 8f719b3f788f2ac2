"""How a track's windows become one distribution over the labels: the rules compared in RESULTS.md; the app uses the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .calibration import best_track_temperature, expected_calibration_error, sharpen
from .figures import CALIBRATION_PARTS
from .judging import softmax
from .window_logits import TaskWindows

#: Share of the windows left out at each end, label by label, by the trimmed mean.
TRIMMED = 0.2
#: Windows used of each track; 0 is all of them.
COUNTS = (1, 3, 5, 10, 0)
#: Windows of a clip of 30 s that begin each second and overlap, instead of lying side by side.
OVERLAPPING = 28


def _normalised(share: np.ndarray) -> np.ndarray:
    total = share.sum()
    return share / total if total > 0 else np.full(len(share), 1 / len(share))


def mean(probability: np.ndarray) -> np.ndarray:
    """Arithmetic mean of the windows' probabilities [windows, labels] (the sum rule; Kittler et al. 1998)."""
    return probability.mean(axis=0)


def geometric_mean(probability: np.ndarray) -> np.ndarray:
    """Softmax of the mean logits (the product rule, made independent of the number of windows)."""
    return softmax(np.log(np.maximum(probability, 1e-12)).mean(axis=0))


def majority(probability: np.ndarray) -> np.ndarray:
    """Share of the windows whose largest probability is the label's, with one vote more that the mean divides among the labels (so that
    ties are decided, and no label is ruled out)."""
    votes = np.bincount(probability.argmax(axis=1), minlength=probability.shape[1])
    return (votes + mean(probability)) / (len(probability) + 1)


def median(probability: np.ndarray) -> np.ndarray:
    """Median of each label's probabilities, renormalised."""
    return _normalised(np.median(probability, axis=0))


def trimmed_mean(probability: np.ndarray) -> np.ndarray:
    """Mean of each label's probabilities without the largest and smallest fifth, renormalised."""
    cut = int(TRIMMED * len(probability))
    return _normalised(np.sort(probability, axis=0)[cut : len(probability) - cut].mean(axis=0))


def confidence_weighted(probability: np.ndarray) -> np.ndarray:
    """Mean of the windows weighted by their largest probability."""
    return _normalised((probability * probability.max(axis=1, keepdims=True)).sum(axis=0))


RULES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "mean of probabilities": mean,
    "geometric mean (mean of logits)": geometric_mean,
    "majority vote": majority,
    "median": median,
    "trimmed mean": trimmed_mean,
    "weighted by confidence": confidence_weighted,
}


def spread(count: int, available: int) -> np.ndarray:
    """Indices of the windows nearest to the middles of `count` equal parts; all if there are no more, or if `count` is 0."""
    if count == 0 or count >= available:
        return np.arange(available)
    return ((np.arange(count) + 0.5) * available / count).astype(int)


def track_shares(found: TaskWindows, rule: Callable[[np.ndarray], np.ndarray], count: int = 0) -> np.ndarray:
    """Shares [tracks, labels] by a rule from `count` windows of each track."""
    return np.array([rule(softmax(windows[spread(count, len(windows))])) for windows in found.windows()])


@dataclass(frozen=True)
class AggregationRow:
    """Accuracy of a rule, and its calibration error before and after a track temperature fitted on other tracks."""

    rule: str
    windows: int
    accuracy: float
    ece: float
    ece_fitted: float


def calibration_parts(fold: np.ndarray) -> np.ndarray:
    """Parts [tracks] that are calibrated by the others: the folds, or random fifths if there is one fold only."""
    return fold if len(np.unique(fold)) > 1 else np.random.default_rng(0).permutation(len(fold)) % CALIBRATION_PARTS


def sharpen_across(share: np.ndarray, label: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Each part's shares sharpened by the track temperature that fits the other parts best."""
    fitted, part = np.zeros_like(share), calibration_parts(fold)
    for number in np.unique(part):
        inside = part == number
        fitted[inside] = sharpen(share[inside], best_track_temperature(share[~inside], label[~inside]))
    return fitted


def _ece(share: np.ndarray, label: np.ndarray) -> float:
    return expected_calibration_error(share.max(axis=1), share.argmax(axis=1) == label)


def _row(found: TaskWindows, name: str, count: int, windows: int) -> AggregationRow:
    share = track_shares(found, RULES[name], count)
    fitted = sharpen_across(share, found.label, found.fold)
    right = float((share.argmax(axis=1) == found.label).mean())
    return AggregationRow(name, windows, right, _ece(share, found.label), _ece(fitted, found.label))


def compare(found: TaskWindows, overlapping: TaskWindows | None = None) -> list[AggregationRow]:
    """Every rule with every number of windows, and with all of the overlapping ones where these were heard (`OVERLAPPING`)."""
    rows = [_row(found, name, count, count) for name in RULES for count in COUNTS]
    return rows + ([_row(overlapping, name, 0, OVERLAPPING) for name in RULES] if overlapping else [])
