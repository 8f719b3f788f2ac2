"""The student as a model of the app: its onnx file, checked against PyTorch and timed on one core, and its manifest."""

from __future__ import annotations

import inspect
import json
import time
import warnings
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch

from .checkpoints import load_shipped, load_student
from .frontend import N_MELS, WINDOW_FRAMES
from .heads import Shipped
from .manifest import manifest, write_manifest

FILE = "model.onnx"
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


#: Layers that only the training needs.
UNUSED = tuple(f"student.{name}." for name in ("coarse_tags", "coarse_table", "tags", "audioset", "described", "mood"))


def export_part(run: Path, part: str, out: Path, version: str) -> Shipped:
    """Writes a network of a run's folder (`all`, `fold0`, ...) with the run's heads, calibration and figures as an app model's folder."""
    student, _ = load_student(run / f"{part}.pt")
    model = load_shipped(student, run / f"heads-{part}.pt")
    out.mkdir(parents=True, exist_ok=True)
    export(model, out / FILE)
    parameters = sum(p.numel() for name, p in model.named_parameters() if not name.startswith(UNUSED))
    calibration = json.loads((run / "calibration.json").read_text())
    figures = json.loads((run / "figures.json").read_text())["manifest"] if (run / "figures.json").exists() else []
    thresholds = [genre["threshold"] for genre in json.loads((run / "heads.json").read_text())["wide"].values()]
    write_manifest(out, manifest(version, out / FILE, parameters, student.genre.in_features, calibration, thresholds, figures))
    return model


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
