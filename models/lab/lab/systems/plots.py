"""The pictures of SYSTEMS.md, stored with few colours so that they stay small."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
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


#: Where a name may stand beside its point, in points: the first place that is free.
PLACES = [(side * dx, dy, "left" if side > 0 else "right") for dy in (0, 7, -7, 13, -13, 19, 25, 31, 37, 43, 49) for side in (1, -1) for dx in (6,)]


def _name(figure: Figure, axes, points: list[tuple[str, float, float, int]]) -> None:
    """Writes the names beside the points, none on another name or point."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    dots = axes.transData.transform([(p[1], p[2] * 100) for p in points]) if points else []
    taken = [Bbox.from_extents(x - 5, y - 5, x + 5, y + 5) for x, y in dots]
    for name, cost, accuracy, _ in points:
        for dx, dy, side in PLACES:
            text = axes.annotate(
                name, (cost, accuracy * 100), (dx, dy), textcoords="offset points", ha=side, va="center", fontsize=6.5,
                weight="bold" if name == "base" else "normal", arrowprops={"arrowstyle": "-", "lw": 0.3, "color": "#888888"} if dy else None,
            )  # fmt: skip
            text.update_positions(renderer)
            # The text alone: the line to its point may cross others.
            box = Text.get_window_extent(text, renderer)
            if not any(Bbox.intersection(box, other) for other in taken):
                break
            if (dx, dy, side) != PLACES[-1]:
                text.remove()
        taken.append(box)


def accuracy_and_cost(points: list[tuple[str, float, float, int]], title: str, path: Path) -> None:
    """Share of tracks right by processor time a window; points are (name, ms, accuracy, seconds of a window)."""
    figure, axes = plt.subplots(figsize=(7.5, 6))
    for seconds, colour, marker in ((3, BLUE, "o"), (30, ORANGE, "s")):
        chosen = [p for p in points if p[3] == seconds]
        axes.scatter([p[1] for p in chosen], [p[2] * 100 for p in chosen], c=colour, marker=marker, s=22, label=f"windows of {seconds} s")
    axes.set_xscale("log")
    axes.set(xlabel="ms a window (one thread, batch of 8)", ylabel="tracks right, %", title=title)
    if points:
        axes.legend(frameon=False, loc="upper left")
    _name(figure, axes, points)
    _save(figure, path)
