"""The statistics of a `features` input by librosa, to check the app's with; librosa is imported only here."""

from __future__ import annotations

import numpy as np


def _curves(samples: np.ndarray, rate: int, n_fft: int, hop: int):
    import librosa

    common = {"n_fft": n_fft, "hop_length": hop}
    onsets = librosa.onset.onset_strength(y=samples, sr=rate, **common)
    yield "tempo", librosa.feature.tempo(onset_envelope=onsets, sr=rate, hop_length=hop)
    yield "chroma_stft", librosa.feature.chroma_stft(y=samples, sr=rate, **common)
    yield "rms", librosa.feature.rms(y=samples, frame_length=n_fft, hop_length=hop)
    yield "spectral_centroid", librosa.feature.spectral_centroid(y=samples, sr=rate, **common)
    yield "spectral_bandwidth", librosa.feature.spectral_bandwidth(y=samples, sr=rate, **common)
    yield "rolloff", librosa.feature.spectral_rolloff(y=samples, sr=rate, **common)
    yield "zero_crossing_rate", librosa.feature.zero_crossing_rate(samples, frame_length=n_fft, hop_length=hop)
    for i, curve in enumerate(librosa.feature.mfcc(y=samples, sr=rate, n_mfcc=20, **common)):
        yield f"mfcc{i + 1}", curve


def statistics(samples: np.ndarray, spec: dict) -> np.ndarray:
    """The columns of a `features` input [columns] of one window of samples; means, variances and the tempo."""
    found = {}
    for name, curve in _curves(samples.astype(np.float64), spec["sampleRate"], spec["nFft"], spec["hop"]):
        if name == "tempo":
            found[name] = float(np.ravel(curve)[0])
        else:
            found[f"{name}_mean"], found[f"{name}_var"] = float(np.mean(curve)), float(np.var(curve))
    return np.array([found[name] for name in spec["columns"]], dtype=np.float32)
