"""Makes the golden files beside this script: pictures of a made-up signal by librosa, torch's interpolate and matplotlib's magma, each step by the library
that the models' makers used. Needs numpy, librosa, torch and matplotlib."""
import json
import os

import librosa
import matplotlib
import numpy as np
import torch

here = os.path.dirname(os.path.abspath(__file__))


def signal(samples, rate):
    """That of test/golden/analysis/make.py: a rising tone, a steady one, and noise of a linear congruential generator."""
    t = np.arange(samples) / rate
    state, noise = 12345, np.empty(samples)
    for i in range(samples):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[i] = state / 2**31 - 1
    tone = 0.4 * np.cos(2 * np.pi * (100 * t + 1500 * t * t)) + 0.1 * np.cos(2 * np.pi * 0.21 * rate * t)
    fade = np.where(t < 0.5, 0.3, 0.001)
    return (tone * (t < 0.7) + fade * noise).astype(np.float32)


def picture(x, p):
    """[channels, height, width] or [height, width, channels], as p says."""
    s = librosa.feature.melspectrogram(
        y=x, sr=p["sampleRate"], n_fft=p["nFft"], hop_length=p["hop"], n_mels=p["nMels"], fmin=p["fMin"], fmax=p["fMax"],
        htk=p["melScale"] == "htk", norm="slaney" if p["melNorm"] == "slaney" else None, power=p["power"], center=True, pad_mode="reflect",
    ).astype(np.float64)[:, : p["windowFrames"]]
    factor, depth = p["decibels"]["factor"], p["decibels"]["range"]
    with np.errstate(divide="ignore"):
        decibels = factor * np.log10(s)
    level = (np.maximum(decibels - decibels.max(), -depth) + depth) / depth
    if "levels" in p:
        level = np.clip(np.floor(level * 256), 0, 255) / 255
    if "columns" in p:
        c, frames = p["columns"], p["windowFrames"]
        level = level[:, np.clip(np.floor(frames / c["span"] * (np.arange(c["count"]) + c["offset"])).astype(int), 0, frames - 1)]
    if p["rows"] == "high-first":
        level = level[::-1]
    if "size" in p:
        size = (p["size"]["height"], p["size"]["width"])
        grid = torch.from_numpy(np.ascontiguousarray(level))[None, None]
        level = torch.nn.functional.interpolate(grid, size=size, mode="bilinear", align_corners=False)[0, 0].numpy()
    if p["colours"] == "magma":
        # An entry of the table for each 256th, and not matplotlib's own rounding of floats, which agrees with it.
        entry = np.clip(np.floor(level * 256), 0, 255).astype(int)
        channels = matplotlib.colormaps["magma"](entry, bytes=True)[..., :3].transpose(2, 0, 1) / 255
    else:
        channels = np.repeat(level[None], 3 if p["colours"] == "repeat" else 1, axis=0)
    if "normalisation" in p:
        add, divide = (np.array(p["normalisation"][key])[:, None, None] for key in ("add", "divide"))
        channels = (channels + add) / divide
    return channels.transpose(1, 2, 0) if p["layout"] == "NHWC" else channels


GTZAN = dict(sampleRate=22050, nFft=2048, hop=512, nMels=128, fMin=0, fMax=11025, melScale="slaney", melNorm="slaney", power=2, decibels=dict(factor=20, range=80))
SMALL = dict(sampleRate=16000, nFft=1024, hop=256, nMels=40, fMin=50, fMax=7600, melScale="htk", melNorm="none", power=1, decibels=dict(factor=20, range=60))
PICTURES = {
    "gtzan": dict(GTZAN, layout="NCHW", windowFrames=43, levels=256, columns=dict(count=11, offset=2, span=11.8), rows="low-first", colours="grey"),
    "every-frame": dict(SMALL, layout="NHWC", windowFrames=30, rows="high-first", colours="grey"),
    "imagenet": dict(
        SMALL, layout="NCHW", windowFrames=60, rows="high-first", size=dict(height=24, width=32), colours="magma",
        normalisation=dict(add=[-0.485, -0.456, -0.406], divide=[0.229, 0.224, 0.225]),
    ),
    "repeat": dict(SMALL, layout="NHWC", windowFrames=60, levels=256, columns=dict(count=20, offset=0, span=20), rows="low-first", size=dict(height=16, width=50), colours="repeat"),
}
index = {"pictures": {}, "resize": {}, "versions": {"librosa": librosa.__version__, "torch": torch.__version__.split("+")[0], "matplotlib": matplotlib.__version__}}
for name, p in PICTURES.items():
    x = signal(p["sampleRate"], p["sampleRate"])
    values = picture(x, p)
    np.ascontiguousarray(values).astype("<f4").tofile(os.path.join(here, f"picture-{name}.bin"))
    index["pictures"][name] = {"parameters": p, "samples": len(x), "shape": list(values.shape)}

# Grids of one sawtooth, so that the test can make them, too.
for name, (height, width, to_height, to_width) in {"up": (5, 7, 11, 16), "down": (16, 12, 5, 4), "mixed": (1, 9, 4, 3)}.items():
    grid = ((np.arange(height * width) * 37) % 101 / 101).astype(np.float32).reshape(1, 1, height, width)
    out = torch.nn.functional.interpolate(torch.from_numpy(grid), size=(to_height, to_width), mode="bilinear", align_corners=False)
    out.numpy().astype("<f4").tofile(os.path.join(here, f"resize-{name}.bin"))
    index["resize"][name] = {"from": [height, width], "to": [to_height, to_width]}

matplotlib.colormaps["magma"](np.arange(256), bytes=True)[:, :3].tofile(os.path.join(here, "magma.bin"))
json.dump(index, open(os.path.join(here, "golden.json"), "w"), indent=2)
