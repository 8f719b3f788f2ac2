"""The statistics of a `features` input, to check the app's with: level and zero crossings here, all others by librosa, imported only for them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def _frames(samples: np.ndarray, n_fft: int, hop: int, mode: str) -> np.ndarray:
    """[frames, n_fft], frame t centred on sample t * hop; the ends padded as numpy's `mode` says."""
    return np.lib.stride_tricks.sliding_window_view(np.pad(samples, n_fft // 2, mode=mode), n_fft)[::hop]


def _plain_curves(samples: np.ndarray, n_fft: int, hop: int) -> Iterator[tuple[str, np.ndarray]]:
    """librosa.feature.rms and zero_crossing_rate."""
    yield "rms", np.sqrt((_frames(samples, n_fft, hop, "constant") ** 2).mean(axis=1))
    audible = np.where(np.abs(samples) <= 1e-10, 0, samples)
    negative = np.signbit(_frames(audible, n_fft, hop, "edge"))
    yield "zero_crossing_rate", (negative[:, 1:] != negative[:, :-1]).sum(axis=1) / n_fft


def _librosa_curves(samples: np.ndarray, rate: int, n_fft: int, hop: int) -> Iterator[tuple[str, np.ndarray]]:
    import librosa

    common = {"n_fft": n_fft, "hop_length": hop}
    onsets = librosa.onset.onset_strength(y=samples, sr=rate, **common)
    yield "tempo", librosa.feature.tempo(onset_envelope=onsets, sr=rate, hop_length=hop)
    yield "chroma_stft", librosa.feature.chroma_stft(y=samples, sr=rate, **common)
    yield "spectral_centroid", librosa.feature.spectral_centroid(y=samples, sr=rate, **common)
    yield "spectral_bandwidth", librosa.feature.spectral_bandwidth(y=samples, sr=rate, **common)
    yield "rolloff", librosa.feature.spectral_rolloff(y=samples, sr=rate, **common)
    for i, curve in enumerate(librosa.feature.mfcc(y=samples, sr=rate, n_mfcc=20, **common)):
        yield f"mfcc{i + 1}", curve


def statistics(samples: np.ndarray, spec: dict) -> np.ndarray:
    """The columns of a `features` input [columns] of one window of samples: means, variances and the tempo."""
    samples, framing = samples.astype(np.float64), (spec["nFft"], spec["hop"])
    curves = dict(_plain_curves(samples, *framing))
    if any(name.rsplit("_", 1)[0] not in curves for name in spec["columns"]):
        curves.update(_librosa_curves(samples, spec["sampleRate"], *framing))
    found = {"tempo": float(np.ravel(curves["tempo"])[0])} if "tempo" in curves else {}
    for name, curve in curves.items():
        found[f"{name}_mean"], found[f"{name}_var"] = float(np.mean(curve)), float(np.var(curve))
    return np.array([found[name] for name in spec["columns"]], dtype=np.float32)
