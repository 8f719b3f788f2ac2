"""The two teachers that run on any audio: MSD-musicnn (50 tags) and mn04 (527 AudioSet scores). Neither is shipped."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
import onnx
import onnxruntime as ort

from .frontend import WINDOW_FRAMES
from .paths import DATA


#: What feeds each pack's classifier: musicnn's last hidden layer [200], mn04's pooled features [384].
EMBEDDINGS = {"msd-musicnn": "/bd/BatchNormalization_output_0", "mn04-audioset": "/c/c.1/Flatten_output_0"}


@lru_cache
def session(pack: str) -> ort.InferenceSession:
    """The pack's network on one thread, with its scores and then its embedding as outputs."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    model = onnx.load(DATA / "packs" / pack / "model.onnx")
    model.graph.output.append(onnx.helper.make_empty_tensor_value_info(EMBEDDINGS[pack]))
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def run(pack: str, batches: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Scores and embeddings, a row for each window of all batches."""
    scores, embeddings = zip(*(session(pack).run(None, {"logmel": batch}) for batch in batches), strict=True)
    return np.concatenate(scores), np.concatenate(embeddings)


@lru_cache
def class_names(pack: str) -> tuple[str, ...]:
    """The pack's labels, in the order of its scores."""
    return tuple(json.loads((DATA / "packs" / pack / "model.json").read_text())["classes"])


def window_starts(frames: int, length: int, hop: int) -> np.ndarray:
    """Starts of windows of `length` frames, `hop` apart, the last one flush with the end."""
    last = max(0, frames - length)
    return np.unique(np.append(np.arange(0, last + 1, hop), last))


def musicnn(log_mel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tag scores [windows, 50] and embeddings [windows, 200] of log-mel frames [frames, 96], a 3-s window each 3 s."""
    frames = np.pad(log_mel.astype(np.float32), ((0, max(0, WINDOW_FRAMES - len(log_mel))), (0, 0)))
    starts = window_starts(len(frames), WINDOW_FRAMES, WINDOW_FRAMES)
    batch = np.stack([frames[s : s + WINDOW_FRAMES] for s in starts])[:, None]
    return run("msd-musicnn", [batch[i : i + 8] for i in range(0, len(batch), 8)])


@lru_cache
def _kaldi_mel_filters() -> np.ndarray:
    """128 HTK-mel triangles, linear in mel, over bins 0..511 of a 1024-point transform at 32 kHz; [128, 513]."""
    mel = 1127 * np.log(1 + np.arange(513) * 32_000 / 1024 / 700)
    edges = np.linspace(0, 1127 * np.log(1 + 15_000 / 700), 130)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    filters = np.maximum(0, np.minimum((mel - low) / (middle - low), (high - mel) / (high - middle)))
    filters[:, 512] = 0
    return filters


def mn04_features(samples: np.ndarray) -> np.ndarray:
    """mn04's normalised log-mel [128, frames] of samples at 32 kHz (packs/mn04-audioset/model.json, `frontend`)."""
    emphasised = samples[1:].astype(np.float64) - 0.97 * samples[:-1]
    padded = np.pad(emphasised, 512, mode="reflect")
    window = np.pad(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(800) / 799), 112)
    frames = np.lib.stride_tricks.sliding_window_view(padded, 1024)[::320]
    power = [np.abs(np.fft.rfft(frames[i : i + 512] * window)) ** 2 @ _kaldi_mel_filters().T for i in range(0, len(frames), 512)]
    return ((np.log(np.concatenate(power) + 1e-5) + 4.5) / 5).T.astype(np.float32)


def mn04(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scores [patches, 527] and embeddings [patches, 384] of samples at 32 kHz, a patch each 10 s (short clips: one as long as they are)."""
    features = mn04_features(samples)
    length = min(1000, features.shape[1])
    starts = window_starts(features.shape[1], length, 1000)
    patches = [features[None, None, :, s : s + length] for s in starts]
    return run("mn04-audioset", patches)
