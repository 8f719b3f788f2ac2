"""How audio becomes a system's input: the manifest's `input` of each name in config/systems.json, and its Python twin.

Pictures are arrays [n, columns, 128] of 8-bit levels, time before mel band, band 0 lowest, as the data folder's GTZAN pictures are.
"""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
import torch
from torch.nn import functional

from .. import frontend
from ..paths import CONFIG

PICTURE_RATE, PICTURE_FFT, PICTURE_HOP, PICTURE_MELS, PICTURE_F_MAX = 22_050, 2048, 512, 128, 11_025.0
#: A picture column of a whole clip shows frame floor(1293 / 334.8 * (c + 2)); a snippet's columns lie as far apart.
CLIP_COLUMNS = {"count": 334, "offset": 2, "span": 334.8}
CLIP_FRAMES = 1293
SNIPPET_FRAMES = 130
SNIPPET_COLUMNS = {"count": 33, "offset": 0.5, "span": round(SNIPPET_FRAMES * 334.8 / CLIP_FRAMES, 4)}
DECIBELS = {"factor": 20, "range": 80}
LEVELS = 256


@lru_cache
def input_of(name: str) -> dict:
    """The manifest's `input` object for a name of config/systems.json."""
    config = json.loads((CONFIG / "systems.json").read_text(encoding="utf-8"))["inputs"]
    if name not in config:
        raise SystemExit(f"config/systems.json has no input called {name}; it has {', '.join(config)}")
    found = {key: value for key, value in config[name].items() if key != "note"}
    if found["kind"] != "image":
        return found
    frames, columns = (CLIP_FRAMES, CLIP_COLUMNS) if found.pop("seconds") == 30 else (SNIPPET_FRAMES, SNIPPET_COLUMNS)
    spectrum = {
        "sampleRate": PICTURE_RATE, "nFft": PICTURE_FFT, "hop": PICTURE_HOP, "nMels": PICTURE_MELS, "fMin": 0, "fMax": PICTURE_F_MAX,
        "melScale": "slaney", "melNorm": "slaney", "power": 2, "mono": "mean", "windowFrames": frames,
        "decibels": DECIBELS, "levels": LEVELS, "columns": columns,
    }  # fmt: skip
    return {**found, **spectrum}


@lru_cache
def _magma() -> torch.Tensor:
    """[256, 3]: matplotlib's colour map in 8 bits, 0..1."""
    import matplotlib

    return torch.from_numpy(matplotlib.colormaps["magma"](np.arange(256), bytes=True)[:, :3].astype(np.float32) / 255)


def colour(levels: torch.Tensor, colours: str) -> torch.Tensor:
    """[n, 1 or 3, height, width] of levels 0..1 [n, 1, height, width]."""
    if colours == "magma":
        return _magma()[(levels[:, 0] * LEVELS).floor().clamp(0, LEVELS - 1).long()].permute(0, 3, 1, 2)
    return levels.expand(-1, 3, -1, -1) if colours == "repeat" else levels


def picture_input(levels: np.ndarray, spec: dict) -> torch.Tensor:
    """8-bit pictures [n, columns, 128] as the network's input, float32 in the layout of the manifest's `input`; coloured after resizing, as the app does."""
    rows = torch.from_numpy(np.ascontiguousarray(levels)).transpose(1, 2)
    if spec["rows"] == "high-first":
        rows = rows.flip(1)
    picture = (rows.float() / (LEVELS - 1))[:, None]
    if "size" in spec:
        size = (spec["size"]["height"], spec["size"]["width"])
        picture = functional.interpolate(picture, size=size, mode="bilinear", align_corners=False, antialias=False)
    picture = colour(picture, spec["colours"])
    if "normalisation" in spec:
        add, divide = (torch.tensor(spec["normalisation"][key]).view(1, -1, 1, 1) for key in ("add", "divide"))
        picture = (picture + add) / divide
    return (picture.permute(0, 2, 3, 1) if spec["layout"] == "NHWC" else picture).contiguous()


def column_frames(frames: int, columns: dict) -> np.ndarray:
    """The frame that each column shows, of a window of so many frames."""
    at = np.floor(frames / columns["span"] * (np.arange(columns["count"]) + columns["offset"])).astype(int)
    return np.clip(at, 0, frames - 1)


def decibel_levels(power: np.ndarray) -> np.ndarray:
    """8-bit levels of a window's mel power [frames, 128], relative to the window's own maximum; 0 throughout for silence."""
    peak = float(power.max())
    if peak <= 0:
        return np.zeros(power.shape, np.uint8)
    with np.errstate(divide="ignore"):
        level = np.maximum(DECIBELS["factor"] * np.log10(power / peak), -DECIBELS["range"]) / DECIBELS["range"] + 1
    return np.clip(np.floor(level * LEVELS), 0, LEVELS - 1).astype(np.uint8)


def picture_windows(samples: np.ndarray, spec: dict) -> np.ndarray:
    """8-bit pictures [n, columns, 128] of the windows of samples at 22,050 Hz, which lie end to end."""
    power = frontend.mel_power(samples, PICTURE_RATE, PICTURE_FFT, PICTURE_HOP, PICTURE_MELS, PICTURE_F_MAX)
    frames, shown = spec["windowFrames"], column_frames(spec["windowFrames"], spec["columns"])
    count = max(1, len(power) // frames)
    power = np.resize(power, (count * frames, power.shape[1])) if len(power) < frames else power[: count * frames]
    return np.stack([decibel_levels(window)[shown] for window in power.reshape(count, frames, -1)])


def example(spec: dict, windows: int = 8) -> torch.Tensor:
    """Made-up input of the right shape and range, to check and time a graph with."""
    rng = np.random.default_rng(0)
    if spec["kind"] == "image":
        return picture_input(rng.integers(0, LEVELS, (windows, spec["columns"]["count"], PICTURE_MELS), dtype=np.uint8), spec)
    if spec["kind"] == "mel":
        shape = (spec["nMels"], spec["windowFrames"]) if spec["layout"] == "NCMT" else (spec["windowFrames"], spec["nMels"])
        return torch.from_numpy(rng.random((windows, 1, *shape), dtype=np.float32) * 3)
    if spec["kind"] == "waveform":
        return torch.from_numpy(rng.uniform(-0.5, 0.5, (windows, 1, spec["windowSamples"])).astype(np.float32))
    return torch.from_numpy(rng.standard_normal((windows, len(spec["columns"]))).astype(np.float32))
