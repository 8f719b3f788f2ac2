"""A track through a pack in Python, as the app hears it with all windows: what the app's verdict is compared with."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from ..calibration import sharpen
from ..decode import resample
from ..frontend import log_mel, mel_power
from ..judging import softmax
from .inputs import PICTURE_F_MAX, PICTURE_FFT, PICTURE_HOP, PICTURE_MELS, column_frames, decibel_levels, picture_input
from .packs import run_graph


def _starts(total: int, window: int) -> list[int]:
    """One window after the other, and one that ends with the track if at least half a window is left over; one for a shorter track."""
    whole = total // window
    left = total - whole * window
    return [i * window for i in range(whole)] + ([total - window] if whole and left * 2 >= window else []) or [0]


def _cut(frames: np.ndarray, window: int) -> np.ndarray:
    """Windows [n, window, ...] of frames [total, ...]; a shorter track is repeated."""
    if len(frames) < window:
        return np.resize(frames, (window, *frames.shape[1:]))[None]
    return np.stack([frames[s : s + window] for s in _starts(len(frames), window)])


def input_windows(samples: np.ndarray, spec: dict) -> tuple[np.ndarray, list[float]]:
    """Mono samples at the rate of a manifest's `input` as its windows, float32, and the middle of each in seconds."""
    if spec["kind"] == "image":
        frames, hop, length = mel_power(samples, spec["sampleRate"], PICTURE_FFT, PICTURE_HOP, PICTURE_MELS, PICTURE_F_MAX), spec["hop"], spec["windowFrames"]
        shown = column_frames(length, spec["columns"])
        windows = picture_input(np.stack([decibel_levels(window)[shown] for window in _cut(frames, length)]), spec).numpy()
    elif spec["kind"] == "mel":
        frames, hop, length = log_mel(samples), spec["hop"], spec["windowFrames"]
        windows = (_cut(frames, length)[:, None].transpose(0, 1, 3, 2) + spec["normalisation"]["add"]) / spec["normalisation"]["divide"]
    else:
        frames, hop, length = samples, 1, spec["windowSamples"]
        windows = _cut(samples, length)[:, None] if spec["kind"] == "waveform" else _statistics(_cut(samples, length), spec)
    middles = [(start + length / 2) * hop / spec["sampleRate"] for start in _starts(len(frames), length)]
    return windows.astype(np.float32), middles


def _statistics(windows: np.ndarray, spec: dict) -> np.ndarray:
    from .statistics import statistics

    return np.stack([statistics(window, spec) for window in windows])


def _windows_of(samples: np.ndarray, rate: int, folder: Path) -> tuple[np.ndarray, list[float]]:
    """Calibrated probabilities [windows, labels] by the pack in `folder`, and the windows' middles in seconds."""
    found = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    spec, output = found["input"], found["outputs"][0]
    windows, middles = input_windows(resample(samples, rate, spec["sampleRate"]), spec)
    said = run_graph(folder / found["file"], spec, output["name"], windows)
    logits = said if output["activation"] == "logits-softmax" else np.log(np.maximum(said, 1e-12))
    return softmax(logits / output["calibration"].get("temperature", 1)), middles


def _joined(samples: np.ndarray, rate: int, folder: Path, ensemble: dict) -> np.ndarray:
    """The members' windows on the first one's grid, each the one whose middle is nearest; votes or probabilities, weighted."""
    members = [_windows_of(samples, rate, folder.parent / member["id"]) for member in ensemble["members"]]
    weights = np.array([member["weight"] for member in ensemble["members"]])
    grid, rows = np.array(members[0][1]), []
    for probabilities, middles in members:
        nearest = probabilities[np.abs(grid[:, None] - np.array(middles)[None]).argmin(axis=1)]
        rows.append(np.eye(nearest.shape[1])[nearest.argmax(axis=1)] if ensemble["rule"] == "vote" else nearest)
    return np.tensordot(weights / weights.sum(), np.stack(rows), axes=1)


def confidences(samples: np.ndarray, rate: int, folder: Path) -> dict[str, float]:
    """How sure a pack is of each label for a track's mono samples, as the app says it; an ensemble's members lie beside its folder."""
    found = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    output = found["outputs"][0]
    windows = _joined(samples, rate, folder, found["ensemble"]) if "ensemble" in found else _windows_of(samples, rate, folder)[0]
    share = sharpen(windows.mean(axis=0)[None], output["calibration"].get("trackTemperature", 1))[0]
    return dict(zip(output["labels"], share.tolist(), strict=True))
