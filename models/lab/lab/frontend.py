"""The app's log-mel front end in Python: the twin that `check_front_end.py` compares with the app's own program."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.fft import rfft

SAMPLE_RATE = 16_000
N_FFT = 512
HOP = 256
N_MELS = 96
F_MAX = 8_000.0
WINDOW_FRAMES = 187


def hz_to_mel(hz: np.ndarray | float) -> np.ndarray:
    """Slaney's scale (Auditory Toolbox, 1998): linear up to 1 kHz, logarithmic above."""
    hz = np.asarray(hz, dtype=np.float64)
    return np.where(hz < 1000, hz * 3 / 200, 15 + np.log(np.maximum(hz, 1e-9) / 1000) / (np.log(6.4) / 27))


def mel_to_hz(mel: np.ndarray) -> np.ndarray:
    """Inverse of `hz_to_mel`."""
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * (np.log(6.4) / 27)))


@lru_cache
def mel_filters(rate: int, n_fft: int, n_mels: int, f_max: float) -> np.ndarray:
    """Slaney-normalised triangles [n_mels, n_fft/2 + 1] from 0 Hz to `f_max`, as librosa.filters.mel gives them."""
    edges = mel_to_hz(np.linspace(0, hz_to_mel(f_max), n_mels + 2))
    bins = np.fft.rfftfreq(n_fft, 1 / rate)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    triangle = np.maximum(0, np.minimum((bins - low) / (middle - low), (high - bins) / (high - middle)))
    return triangle * 2 / (high - low)


def mel_power(samples: np.ndarray, rate: int, n_fft: int, hop: int, n_mels: int, f_max: float) -> np.ndarray:
    """Mel power spectrogram [frames, n_mels]: periodic Hann window, frame t centred on sample t * hop, ends reflected."""
    padded = np.pad(samples.astype(np.float64), n_fft // 2, mode="reflect")
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)
    frames = np.lib.stride_tricks.sliding_window_view(padded, n_fft)[::hop]
    filters = mel_filters(rate, n_fft, n_mels, f_max).T
    blocks = [np.abs(rfft(frames[i : i + 512] * window)) ** 2 @ filters for i in range(0, len(frames), 512)]
    return np.concatenate(blocks)


def log_mel(samples: np.ndarray) -> np.ndarray:
    """log10(1 + 10000 x) of 96 mel bands, float32 [1 + n // 256, 96], of samples at 16 kHz (musicnn's front end)."""
    power = mel_power(samples, SAMPLE_RATE, N_FFT, HOP, N_MELS, F_MAX)
    return np.log10(1 + 10_000 * power).astype(np.float32)
