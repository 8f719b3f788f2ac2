"""Tells the manifest how often verdicts of some confidence were right: `python models/lab/held_out_curve.py --name NAME [--model DIR]`.

Reads work/runs/NAME/windows.npz (evaluate.py) and writes `heldOut` of the outputs genre and mood into the model's model.json: of the verdicts
on tracks whose artist the judged network had not seen, how many were at or above each confidence, and how many of those were right. The genre's
are of the clips of one certain genre (both halves on audio, as the app hears), not of GTZAN's pictures (coarse half alone). The confidences are
the candidates of src/shared/domain/hands-free/precision.ts. Run it again after export.py, which writes the manifest anew.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from lab.figures import cross_fit
from lab.paths import LAB
from lab.window_logits import TaskWindows, load, windows_path

CONFIDENCES = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]

# Which held-out tracks speak for an output, and what they are.
TASKS = {
    "genre": ("certain", "clips whose collection names one of the ten genres and no other (4Q, Emotify, GTZAN)"),
    "mood": ("mood", "clips of the 4Q audio emotion dataset"),
}


def curve(found: TaskWindows) -> list[dict[str, float]]:
    """Verdicts at or above each confidence and how many of them are right, with calibrations that had not seen the track."""
    probability, _ = cross_fit(found.windows(), found.label)
    confidence, right = probability.max(axis=1), probability.argmax(axis=1) == found.label
    return [{"confidence": c, "tracks": int((confidence >= c).sum()), "right": int(right[confidence >= c].sum())} for c in CONFIDENCES]


def protocol(run: str, found: TaskWindows, what: str) -> str:
    folds = len(np.unique(found.fold))
    return f"{len(found.label)} held-out {what}, no artist among those learnt from; run {run}, {folds} of 5 folds, calibrations cross-fitted"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--model", type=Path, default=LAB.parent / "base")
    options = parser.parse_args()
    tasks = load(windows_path(options.name))
    path = options.model / "model.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for output in manifest["outputs"]:
        if output["task"] in TASKS:
            name, what = TASKS[output["task"]]
            output["heldOut"] = {"protocol": protocol(options.name, tasks[name], what), "atOrAbove": curve(tasks[name])}
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
