"""The student as an onnx file, checked against PyTorch and timed on one core."""

from __future__ import annotations

import inspect
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


def write_graph(net: torch.nn.Module, example: torch.Tensor, path: Path, input_name: str, outputs: tuple[str, ...]) -> None:
    """Writes a network's graph of OPSET, float32, weights inside, with a free batch size.

    By the TorchScript exporter, which makes a plain graph; the newer one wants onnxscript. Before torch 2.5 there was no other to choose.
    """
    axes = {name: {0: "N"} for name in (input_name, *outputs)}
    choice = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(net.eval(), (example,), str(path), input_names=[input_name], output_names=list(outputs), dynamic_axes=axes, opset_version=OPSET, **choice)


def export(model: Shipped, path: Path) -> None:
    """Writes the student's graph."""
    write_graph(model, torch.rand(2, 1, WINDOW_FRAMES, N_MELS) * 3, path, "mel", OUTPUTS)


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
