"""Folds that keep every artist's clips together, over all collections at once."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

import numpy as np


def fold_artist(name: str) -> str:
    """A spelling of an artist's name to compare by: lower-case letters and digits, no accents, no leading article."""
    plain = unicodedata.normalize("NFKD", name).lower().removeprefix("the ")
    return re.sub(r"[^a-z0-9]", "", plain.split(" feat")[0]) or name


def assign_folds(groups: list[str], strata: list[str], folds: int, seed: int) -> np.ndarray:
    """Fold of each item: groups stay whole, and each stratum is spread as evenly as the groups allow.

    Greedy, largest groups first, as scikit-learn's StratifiedGroupKFold, but a group's fold does not depend on sklearn's version.
    """
    names = sorted(set(strata))
    column = {name: i for i, name in enumerate(names)}
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(names)))
    for group, stratum in zip(groups, strata, strict=True):
        counts[group][column[stratum]] += 1
    total = np.maximum(1, sum(counts.values()))
    order = np.random.default_rng(seed).permutation(sorted(counts))
    filled = np.zeros((folds, len(names)))
    chosen: dict[str, int] = {}
    for group in sorted(order, key=lambda g: -float((counts[g] / total).max())):
        shares = [(((filled[f] + counts[group]) / total) ** 2).sum() - ((filled[f] / total) ** 2).sum() for f in range(folds)]
        chosen[group] = int(np.argmin(shares))
        filled[chosen[group]] += counts[group]
    return np.array([chosen[group] for group in groups])
