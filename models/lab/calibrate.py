"""Fits temperatures and thresholds on a run's held-out folds: `python models/lab/calibrate.py --name NAME`.

Mood is fitted on 4Q's clips. Genre is fitted on GTZAN's pictures, which only the coarse half can read; both halves together are a
little less sure, so their temperature is the one that makes them as sure on unlabelled held-out clips as the fitted coarse half is.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

import numpy as np
from scipy.optimize import brentq

from lab import runs
from lab.calibration import Calibration, fit, shares
from lab.paths import work


def window_sureness(windows: list[np.ndarray], temperature: float) -> float:
    """Mean over windows of the largest probability."""
    return float(shares([row[None] for w in windows for row in w], temperature).max(axis=1).mean())


def fit_genre(name: str) -> Calibration:
    pictures, coarse, both = runs.gtzan_pictures(name), runs.all_clips_coarse(name), runs.all_clips(name)
    fitted = fit(pictures.windows, pictures.truth)
    wanted = window_sureness(coarse.windows, fitted.temperature)
    temperature = brentq(lambda t: window_sureness(both.windows, t) - wanted, 0.05, 20)
    return Calibration(float(temperature), fitted.trackTemperature, fitted.abstainBelow)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    options = parser.parse_args()
    mood = runs.quadrants(options.name)
    found = {"genre": asdict(fit_genre(options.name)), "mood": asdict(fit(mood.windows, mood.truth))}
    work("runs", options.name, "calibration.json").write_text(json.dumps(found, indent=1))
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
