"""Exports a trained student as an app model: `python models/lab/export.py --name NAME [--part all] [--out DIR] --version X.Y.Z`.

Needs calibration.json, figures.json and the heads of the run (calibrate.py, card.py, heads.py). Writes model.onnx and model.json.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from lab.exporting import FILE, export_part, largest_difference, milliseconds_per_window
from lab.paths import BASE_MODEL, WORK


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--part", default="all")
    parser.add_argument("--out", type=Path, default=BASE_MODEL)
    parser.add_argument("--version", required=True)
    options = parser.parse_args()
    model = export_part(WORK / "runs" / options.name, options.part, options.out, options.version)
    onnx = options.out / FILE
    windows = np.random.default_rng(0).random((8, 1, 187, 96), dtype=np.float32) * 4
    print(f"{onnx.stat().st_size / 1e6:.2f} MB, largest difference from PyTorch {largest_difference(model, onnx, windows):.1e}")
    for batch in (1, 8, 16):
        print(f"batch {batch}: {milliseconds_per_window(onnx, batch):.2f} ms a window on one thread")


if __name__ == "__main__":
    main()
