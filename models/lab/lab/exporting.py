"""The student as an onnx file, checked against PyTorch and timed on one core."""

from __future__ import annotations

import time
import warnings
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch

from .frontend import N_MELS, WINDOW_FRAMES
from .heads import Shipped

OPSET = 17
OUTPUTS = ("genre", "mood", "embedding", "genre-wide", "valence-arousal", "content")


def export(model: Shipped, path: Path) -> None:
    """Writes the graph with a free batch size, float32, weights inside."""
    axes = {name: {0: "N"} for name in ("mel", *OUTPUTS)}
    example = torch.rand(2, 1, WINDOW_FRAMES, N_MELS) * 3
    with warnings.catch_warnings():
        # The TorchScript exporter is deprecated but makes a plain graph of opset 17; the new one wants onnxscript.
        warnings.simplefilter("ignore")
        torch.onnx.export(model.eval(), (example,), str(path), input_names=["mel"], output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=OPSET, dynamo=False)


def session(path: Path) -> ort.InferenceSession:
    """The exported graph on one thread."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def largest_difference(model: Shipped, path: Path, windows: np.ndarray) -> float:
    """Between PyTorch's and onnxruntime's outputs for windows [N, 1, 187, 96]."""
    with torch.no_grad():
        expected = model.eval()(torch.from_numpy(windows))
    given = session(path).run(list(OUTPUTS), {"mel": windows})
    return max(float(np.abs(e.numpy() - g).max()) for e, g in zip(expected, given, strict=True))


def milliseconds_per_window(path: Path, batch: int, runs: int = 20) -> float:
    """Median time of a run on one thread, over the batch size."""
    net, windows = session(path), np.random.default_rng(0).random((batch, 1, WINDOW_FRAMES, N_MELS), dtype=np.float32) * 3
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        net.run(None, {"mel": windows})
        times.append(time.perf_counter() - began)
    return float(np.median(times)) / batch * 1000
