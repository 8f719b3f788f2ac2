"""GTZAN's spectrogram pictures as band powers of our own front end, so that their labels can teach the student.

A picture column is one 93-ms frame of a 128-band mel power spectrogram at 22,050 Hz, 40 dB deep (data README). Our bands,
smoothed over the same 93 ms, are a non-negative linear map of it, fitted here on clips of which both views can be computed.
"""

from __future__ import annotations

import io
import lzma

import numpy as np
from scipy.optimize import nnls

from .clips import Clip, clips
from .decode import decode, resample
from .frontend import F_MAX, HOP, N_FFT, N_MELS, SAMPLE_RATE, WINDOW_FRAMES, hz_to_mel, mel_power, mel_to_hz
from .paths import DATA

PICTURE_RATE, PICTURE_FFT, PICTURE_HOP, PICTURE_MELS, PICTURE_F_MAX = 22_050, 2048, 512, 128, 11_025.0
#: Hops between two columns: a picture of 334 columns shows 1293 frames.
COLUMN_HOPS = 1293 / 334.8
#: Our frames (16 ms) from one picture column (89.7 ms) to the next.
COLUMN_FRAMES = COLUMN_HOPS * PICTURE_HOP / PICTURE_RATE * SAMPLE_RATE / HOP
#: Columns in one 3-s window.
WINDOW_COLUMNS = int(WINDOW_FRAMES / COLUMN_FRAMES)


def column_kernel(offset: np.ndarray) -> np.ndarray:
    """Weight of one of our frames `offset` frames from a column's centre: what makes 32-ms Hann frames look like a 93-ms one."""
    return np.where(np.abs(offset) < 2.5, np.cos(np.pi * offset / 5) ** 2, 0.0)


def pooling_matrix() -> np.ndarray:
    """[33, 187]: from the frames of a window to picture columns, on the pictures' own time grid; rows sum to 1."""
    margin = (WINDOW_FRAMES - (WINDOW_COLUMNS - 1) * COLUMN_FRAMES - 1) / 2
    centres = margin + np.arange(WINDOW_COLUMNS) * COLUMN_FRAMES
    weights = column_kernel(np.arange(WINDOW_FRAMES)[None] - centres[:, None])
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


def both_views(clip: Clip) -> tuple[np.ndarray, np.ndarray]:
    """Some columns of a clip as pictures show them [n, 128], and our smoothed bands at the same moments [n, 96]; powers."""
    samples, rate = decode(clip.path)
    picture = mel_power(resample(samples, rate, PICTURE_RATE), PICTURE_RATE, PICTURE_FFT, PICTURE_HOP, PICTURE_MELS, PICTURE_F_MAX)
    ours = mel_power(resample(samples, rate, SAMPLE_RATE), SAMPLE_RATE, N_FFT, HOP, N_MELS, F_MAX)
    columns = np.arange(8, len(picture) - 8, 7)
    centres = columns * PICTURE_HOP / PICTURE_RATE * SAMPLE_RATE / HOP
    near = np.round(centres).astype(int)[:, None] + np.arange(-3, 4)
    weights = column_kernel(near - centres[:, None])
    smoothed = np.einsum("nk,nkb->nb", weights / weights.sum(axis=1, keepdims=True), ours[np.minimum(near, len(ours) - 1)])
    return picture[columns], smoothed


def fit_band_map(sample: list[Clip]) -> tuple[np.ndarray, float]:
    """The map [96, 128] by non-negative least squares of relative error, and the rms error in log10 power on other columns.

    Only columns that are not silent count, and in the error only bands less than 30 dB under the column's mean.
    """
    views = [both_views(clip) for clip in sample]
    pictures, ours = (np.concatenate([view[i] for view in views]) for i in (0, 1))
    loud = ours.sum(axis=1) > 1e-3
    order = np.random.default_rng(0).permutation(int(loud.sum()))
    pictures, ours = pictures[loud][order], ours[loud][order]
    train, test = slice(0, 3000), slice(3000, 6000)
    picture_hz = mel_to_hz(np.linspace(0, hz_to_mel(PICTURE_F_MAX), PICTURE_MELS + 2))[1:-1]
    our_hz = mel_to_hz(np.linspace(0, hz_to_mel(F_MAX), N_MELS + 2))[1:-1]
    band_map = np.zeros((N_MELS, PICTURE_MELS))
    for band in range(N_MELS):
        near = np.abs(np.log2((picture_hz + 60) / (our_hz[band] + 60))) < 0.5
        weight = 1 / (ours[train, band] + 1e-4 * ours[train].mean(axis=1))
        band_map[band, near] = nnls(pictures[train][:, near] * weight[:, None], ours[train, band] * weight)[0]
    error = np.log10(pictures[test] @ band_map.T + 1e-12) - np.log10(ours[test] + 1e-12)
    counted = ours[test] > 1e-3 * ours[test].mean(axis=1, keepdims=True)
    return band_map, float(np.sqrt((error[counted] ** 2).mean()))


def load_pictures() -> np.ndarray:
    """The pictures as mel power relative to each clip's maximum, float32 [805, 334, 128]."""
    with lzma.open(DATA / "gtzan" / "melimg_u8.npy.xz") as file:
        levels = np.load(io.BytesIO(file.read()))
    # 20*log10 was applied to power: the depth is 40 dB, not 80.
    return 10 ** ((levels.astype(np.float32) / 256 * 80 - 80) / 20)


def map_sample() -> list[Clip]:
    """The clips that the band map is fitted on: some of every collection."""
    return clips("mood-4q")[::18] + clips("emotify")[::20] + clips("gtzan")[::12]
