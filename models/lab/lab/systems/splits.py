"""Which windows are learnt from, chosen by and judged on.

`artist`: GTZAN's fault-filtered, artist-aware split, the same for each seed; elsewhere fold number `seed` of five by artist is judged
and the next one chosen by. `random`: a fifth of all windows (of a clip system: clips) is judged, a tenth chosen by, faulty tracks and
repeated artists included, as the reports did. `random-clip`: the same by clip.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..folds import assign_folds
from .corpus import Windows

FOLDS, FOLD_SEED = 5, 7


@dataclass(frozen=True)
class Split:
    """Numbers of the windows of each part; every part's windows of a track lie together in their order."""

    train: np.ndarray
    valid: np.ndarray
    test: np.ndarray


def _by_fold(fold: np.ndarray) -> Split:
    """Folds 0 and 1 of ten are judged, fold 2 is chosen by."""
    return Split(np.flatnonzero(fold > 2), np.flatnonzero(fold == 2), np.flatnonzero(fold < 2))


def _random_tenths(strata: np.ndarray, seed: int) -> np.ndarray:
    """A tenth 0..9 for each item, even within each stratum."""
    rng, tenth = np.random.default_rng(seed), np.zeros(len(strata), int)
    for stratum in np.unique(strata):
        members = rng.permutation(np.flatnonzero(strata == stratum))
        tenth[members] = (np.arange(len(members)) + rng.integers(10)) % 10
    return tenth


def _artist(windows: Windows, seed: int) -> Split:
    if any(windows.given):
        part = np.array(windows.given)[windows.track]
        return Split(*(np.flatnonzero(part == name) for name in ("train", "valid", "test")))
    strata = [windows.labels[i] for i in windows.truth]
    fold = assign_folds(windows.artists, strata, FOLDS, FOLD_SEED)[windows.track]
    test, valid = fold == seed % FOLDS, fold == (seed + 1) % FOLDS
    return Split(np.flatnonzero(~test & ~valid), np.flatnonzero(valid), np.flatnonzero(test))


def split(windows: Windows, protocol: str, seed: int) -> Split:
    """The parts of one run."""
    if protocol == "artist":
        return _artist(windows, seed)
    if protocol == "random":
        return _by_fold(_random_tenths(windows.truth[windows.track], seed))
    return _by_fold(_random_tenths(windows.truth, seed)[windows.track])
