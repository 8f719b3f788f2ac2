"""Draws a run's results: `python models/lab/results.py --name NAME [--out DIR]`.

Reads work/runs/NAME/windows.npz (evaluate.py) and, where they are, robustness-COLLECTIONS.json, unknowns-TASK.json, through-app.json and
beyond.json beside it and results/recipes.json (compare.py); writes RESULTS.md, and its pictures and results.json with the numbers into the folder
results beside it.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from lab import plots
from lab.aggregation import compare, mean, track_shares
from lab.calibration import expected_calibration_error
from lab.figures import cross_fit
from lab.paths import LAB
from lab.results_text import Further, TaskResult, results_text
from lab.window_logits import TaskWindows, load, windows_path


def risk_curve(confidence: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coverage and risk among the surest 1, 2, ... tracks (El-Yaniv and Wiener 2010)."""
    order = np.argsort(-confidence, kind="stable")
    counts = np.arange(1, len(order) + 1)
    return counts / len(order), np.cumsum(~right[order]) / counts


def draw(task: str, found: TaskWindows, out: Path, overlapping: TaskWindows | None = None) -> tuple[TaskResult, tuple[np.ndarray, np.ndarray]]:
    """Draws a task's confusion and reliability; gives its figures and risk-coverage curve."""
    before = track_shares(found, mean)
    after, _ = cross_fit(found.windows(), found.label)
    said = after.argmax(axis=1)
    right = (before.argmax(axis=1) == found.label, said == found.label)
    counts = np.zeros((len(found.names),) * 2, int)
    np.add.at(counts, (found.label, said), 1)
    errors = [expected_calibration_error(share.max(axis=1), hits) for share, hits in zip((before, after), right, strict=True)]
    titles = (f"{task}, as it is (ECE {errors[0]:.3f})", f"{task}, calibrated (ECE {errors[1]:.3f})")
    plots.confusion(counts, found.names, f"{task}: {len(said)} held-out tracks", out / f"confusion-{task}.png")
    plots.reliability(before.max(axis=1), after.max(axis=1), right, titles, out / f"reliability-{task}.png")
    curve = risk_curve(after.max(axis=1), right[1])
    folds = len(np.unique(found.fold))
    return TaskResult(task, len(said), folds, float(right[1].mean()), errors[0], errors[1], float(curve[1].mean()), compare(found, overlapping)), curve


def draw_all(run: str, tasks: dict[str, TaskWindows], out: Path, beside: Path) -> None:
    """Writes RESULTS.md into `out` and the pictures into its folder `results`, with the tables of the other commands' JSON files that lie in `beside`."""
    pictures = out / "results"
    pictures.mkdir(parents=True, exist_ok=True)
    results, curves = [], {}
    overlapping = load(dense) if (dense := beside / "each-second" / "windows.npz").exists() else {}
    for task, found in tasks.items():
        result, curves[task] = draw(task, found, pictures, overlapping.get(task))
        results.append(result)
    plots.risk_coverage(curves, pictures / "risk-coverage.png")
    robustness, unknowns = ([json.loads(path.read_text()) for path in sorted(beside.glob(f"{name}-*.json"))] for name in ("robustness", "unknowns"))
    single = (pictures / "recipes.json", beside / "through-app.json", beside / "beyond.json")
    recipes, through_app, beyond = (json.loads(path.read_text()) if path.exists() else None for path in single)
    text = results_text(run, results, Further(through_app, robustness, unknowns, beyond, recipes))
    (out / "RESULTS.md").write_text(text, encoding="utf-8")
    (pictures / "results.json").write_text(json.dumps([asdict(result) for result in results], indent=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", type=Path, default=LAB)
    options = parser.parse_args()
    path = windows_path(options.name)
    draw_all(options.name, load(path), options.out, path.parent)
    print(f"wrote {options.out / 'RESULTS.md'}")


if __name__ == "__main__":
    main()
