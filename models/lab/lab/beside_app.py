"""The app's verdicts on held-out clips laid beside the lab's: the same windows, weights and calibration, but decoding, front end, inference
and aggregation are the app's own code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .beyond import withheld
from .calibration import Calibration, probabilities
from .window_logits import TaskWindows


@dataclass(frozen=True)
class Heard:
    """The app's verdict on a clip: its label, its confidence 0..1, and whether it names the label."""

    label: str
    confidence: float
    named: bool


@dataclass(frozen=True)
class Beside:
    """Share of the tracks that each hears right, share that both hear alike, how far their confidences lie apart where they do, and the share
    that the app names and that both name, or withhold, alike."""

    tracks: int
    app: float
    lab: float
    same: float
    median_difference: float
    largest_difference: float
    app_named: float
    named_alike: float


def beside(found: TaskWindows, calibration: Calibration, heard: dict[str, Heard], ratios: dict[str, np.ndarray] | None = None) -> Beside:
    """Compares on all tracks of a task; `heard` by their keys, `ratios` the wide scores over their thresholds by the same, where these withhold
    verdicts. Raises `ValueError` naming a track that the app has not judged."""
    if missing := [key for key in found.keys if key not in heard]:
        raise ValueError(f"the app gave no verdict on {missing[0]}")
    confidence = probabilities(found.windows(), calibration)
    top, largest = confidence.argmax(axis=1), confidence.max(axis=1)
    theirs = [heard[key] for key in found.keys]
    said = np.array([found.names.index(each.label) for each in theirs])
    same = said == top
    apart = np.abs(largest - [each.confidence for each in theirs])[same]
    right = [float((names == found.label).mean()) for names in (said, top)]
    named = largest >= calibration.abstainBelow
    if ratios is not None:
        named &= ~withheld(top, np.array([ratios[key] for key in found.keys]))
    theirs_named = np.array([each.named for each in theirs])
    alike = float((named == theirs_named).mean())
    return Beside(len(said), *right, float(same.mean()), float(np.median(apart)), float(apart.max()), float(theirs_named.mean()), alike)
