"""Exports a trained student as an app model: `python models/lab/export.py --name NAME [--part all] [--out DIR] --version X.Y.Z`.

Needs calibration.json, figures.json and the heads of the run (calibrate.py, card.py, heads.py). Writes model.onnx and model.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from lab.checkpoints import load_shipped, load_student
from lab.exporting import export, largest_difference, milliseconds_per_window
from lab.manifest import manifest, write_manifest
from lab.paths import BASE_MODEL, WORK


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--part", default="all")
    parser.add_argument("--out", type=Path, default=BASE_MODEL)
    parser.add_argument("--version", required=True)
    options = parser.parse_args()
    run = WORK / "runs" / options.name
    student, _ = load_student(run / f"{options.part}.pt")
    model = load_shipped(student, run / f"heads-{options.part}.pt")
    options.out.mkdir(parents=True, exist_ok=True)
    onnx = options.out / "model.onnx"
    export(model, onnx)
    windows = np.random.default_rng(0).random((8, 1, 187, 96), dtype=np.float32) * 4
    print(f"{onnx.stat().st_size / 1e6:.2f} MB, largest difference from PyTorch {largest_difference(model, onnx, windows):.1e}")
    for batch in (1, 8, 16):
        print(f"batch {batch}: {milliseconds_per_window(onnx, batch):.2f} ms a window on one thread")
    unused = tuple(f"student.{name}." for name in ("coarse_tags", "coarse_table", "tags", "audioset", "described", "mood"))
    used = [p for name, p in model.named_parameters() if not name.startswith(unused)]
    calibration = json.loads((run / "calibration.json").read_text())
    figures = json.loads((run / "figures.json").read_text())["manifest"] if (run / "figures.json").exists() else []
    wide = json.loads((run / "heads.json").read_text())["wide"]
    found = manifest(options.version, onnx, sum(p.numel() for p in used), 128, calibration, [genre["threshold"] for genre in wide.values()], figures)
    write_manifest(options.out, found)


if __name__ == "__main__":
    main()
