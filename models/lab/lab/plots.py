"""The pictures of RESULTS.md: small PNGs of one plain look."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

plt.rcParams.update({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": 9, "savefig.dpi": 110})
BLUE, ORANGE, GREY = "#2b5c8a", "#c8641e", "#9a9a9a"
BINS = 10


def _save(figure: Figure, path: Path) -> None:
    # No date and no version of the library, so that equal figures give equal files.
    figure.savefig(path, metadata={"Software": None}, bbox_inches="tight")
    plt.close(figure)


def confusion(counts: np.ndarray, names: tuple[str, ...], title: str, path: Path) -> None:
    """Counts [true, said] as shares of the true label's tracks, the numbers written in."""
    share = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    figure, axes = plt.subplots(figsize=(0.45 * len(names) + 1.4,) * 2)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(*counts.shape):
        if counts[row, column]:
            axes.text(column, row, int(counts[row, column]), ha="center", va="center", color="white" if share[row, column] > 0.5 else "black")
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="said", ylabel="true", title=title)
    _save(figure, path)


def _reliability(axes, confidence: np.ndarray, right: np.ndarray, title: str) -> None:
    number = np.minimum((confidence * BINS).astype(int), BINS - 1)
    used = [b for b in range(BINS) if (number == b).any()]
    middles = [confidence[number == b].mean() for b in used]
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=0.8)
    axes.bar([(b + 0.5) / BINS for b in used], [(number == b).mean() for b in used], width=0.9 / BINS, color=GREY, alpha=0.35)
    axes.plot(middles, [right[number == b].mean() for b in used], "o-", color=BLUE, markersize=3)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="right; grey: share of tracks", title=title)
    axes.set_aspect("equal")


def reliability(before: np.ndarray, after: np.ndarray, right: tuple[np.ndarray, np.ndarray], titles: tuple[str, str], path: Path) -> None:
    """Reliability diagrams (DeGroot and Fienberg 1983) of confidences before and after calibration, side by side."""
    figure, both = plt.subplots(1, 2, figsize=(6, 3.2))
    for axes, confidence, hits, title in zip(both, (before, after), right, titles, strict=True):
        _reliability(axes, confidence, hits, title)
    figure.tight_layout()
    _save(figure, path)


def risk_coverage(curves: dict[str, tuple[np.ndarray, np.ndarray]], path: Path) -> None:
    """Error rate among the surest share of tracks, by that share; (coverage, risk) by name."""
    figure, axes = plt.subplots(figsize=(4.2, 3))
    for (name, (coverage, risk)), colour in zip(curves.items(), (BLUE, ORANGE, GREY, "black"), strict=False):
        axes.plot(coverage, risk, color=colour, label=name)
    axes.set(xlim=(0, 1), xlabel="share of tracks answered, surest first", ylabel="share of answers wrong")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    _save(figure, path)
