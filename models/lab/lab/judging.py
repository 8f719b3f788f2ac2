"""What a student says about held-out tracks, and the figures drawn from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .dataset import Corpus, grid_windows
from .frontend import WINDOW_FRAMES
from .network import Student, coarse_view, level
from .pictures import WINDOW_COLUMNS


def softmax(logits: np.ndarray) -> np.ndarray:
    """Along the last axis."""
    exponent = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponent / exponent.sum(axis=-1, keepdims=True)


@torch.no_grad()
def clip_logits(model: Student, mel: np.ndarray, hop: int = WINDOW_FRAMES) -> dict[str, np.ndarray]:
    """Logits of a clip's windows, `hop` frames apart: `genre` [n, 10], `mood` [n, 4], `coarse` [n, 10] (the genre by the coarse half alone), and `embedding` [n, 128]."""
    windows = torch.from_numpy(grid_windows(mel, hop))
    genre, mood, embedding = model(windows)
    coarse = model.coarse_genre(model.coarse_of(windows))
    return {"genre": genre.numpy(), "mood": mood.numpy(), "coarse": coarse.numpy(), "embedding": embedding.numpy()}


@torch.no_grad()
def picture_logits(model: Student, bands: np.ndarray, hop: int = WINDOW_COLUMNS) -> np.ndarray:
    """The coarse half's genre logits [windows, 10] of one GTZAN picture (log10 powers [334, 96]), the windows `hop` columns apart."""
    power = torch.pow(10.0, torch.from_numpy(bands.astype(np.float32))) * 0.05
    windows = torch.stack([power[s : s + WINDOW_COLUMNS] for s in range(0, len(power) - WINDOW_COLUMNS + 1, hop)])
    return model.coarse_genre(model.coarse_features(coarse_view(windows, level(windows), model.coarse_floor))).numpy()


def accuracy(share: np.ndarray, truth: np.ndarray) -> float:
    """Share of tracks whose largest share is the true label's."""
    return float((share.argmax(axis=1) == truth).mean())


def macro_f1(share: np.ndarray, truth: np.ndarray) -> float:
    """Mean over the labels that occur of their F1."""
    said = share.argmax(axis=1)
    scores = [2 * ((said == k) & (truth == k)).sum() / max(1, (said == k).sum() + (truth == k).sum()) for k in np.unique(truth)]
    return float(np.mean(scores))


@dataclass(frozen=True)
class Hops:
    """From one window to the next: in frames of clips, in columns of pictures."""

    frames: int
    columns: int


#: Window after window, as the app hears by default, and a window each second: 28 of a clip of 30 s.
SIDE_BY_SIDE, EACH_SECOND = Hops(WINDOW_FRAMES, WINDOW_COLUMNS), Hops(62, 11)


def held_out_logits(model: Student, corpus: Corpus, fold: int, hops: Hops = SIDE_BY_SIDE) -> dict[str, list[tuple[str, np.ndarray]]]:
    """What was said by key, of every clip (`genre`, `mood`, `coarse`, `embedding`) and picture (`picture`) of a fold."""
    found: dict[str, list[tuple[str, np.ndarray]]] = {"genre": [], "mood": [], "coarse": [], "embedding": [], "picture": []}
    model.eval()
    for i in np.flatnonzero(corpus.fold == fold):
        for task, logits in clip_logits(model, corpus.mel[i], hops.frames).items():
            found[task].append((corpus.clips[i].key, logits))
    for i in np.flatnonzero(corpus.pictures.fold == fold):
        found["picture"].append((corpus.pictures.stems[i], picture_logits(model, corpus.pictures.bands[i], hops.columns)))
    return found
