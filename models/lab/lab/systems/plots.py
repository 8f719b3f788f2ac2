"""The pictures of SYSTEMS.md, stored with few colours so that they stay small."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from ..plots import BLUE, ORANGE
from .results import Record, confusion_counts

COLOURS = 48


def _save(figure: Figure, path: Path) -> None:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(buffer).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def confusion(records: list[Record], labels: tuple[str, ...], title: str, path: Path) -> None:
    """Counts [true, said] of all runs, shaded by the share of the true label's tracks."""
    counts = confusion_counts(records, len(labels))
    share = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    figure, axes = plt.subplots(figsize=(0.32 * len(labels) + 1.2,) * 2)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(*counts.shape):
        if counts[row, column]:
            axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=6.5, color="white" if share[row, column] > 0.5 else "black")
    axes.set_xticks(range(len(labels)), labels, rotation=60, ha="right")
    axes.set_yticks(range(len(labels)), labels)
    axes.set(xlabel="said", ylabel="true", title=title)
    _save(figure, path)


def accuracy_and_cost(points: list[tuple[str, float, float, int]], title: str, path: Path) -> None:
    """Share of tracks right by processor time a window; points are (name, ms, accuracy, seconds of a window)."""
    figure, axes = plt.subplots(figsize=(7, 4.6))
    for seconds, colour, marker in ((3, BLUE, "o"), (30, ORANGE, "s")):
        chosen = [p for p in points if p[3] == seconds]
        axes.scatter([p[1] for p in chosen], [p[2] * 100 for p in chosen], c=colour, marker=marker, s=22, label=f"windows of {seconds} s")
    taken: list[tuple[float, float]] = []
    for name, cost, accuracy, _ in sorted(points, key=lambda p: -p[2]):
        # Names that would lie on one another are moved down a line.
        x, y = np.log10(cost), accuracy * 100
        while any(abs(x - tx) < 0.55 and abs(y - ty) < 1.9 for tx, ty in taken):
            y -= 0.4
        taken.append((x, y))
        axes.annotate(name, (cost, accuracy * 100), (10**x * 1.12, y - 0.7), fontsize=6.5, color="black" if name == "base" else "#444444")
    axes.set_xscale("log")
    axes.set(xlabel="ms a window (one thread, batch of 8)", ylabel="tracks right, %", title=title)
    if points:
        axes.legend(frameon=False, loc="lower right")
    _save(figure, path)
