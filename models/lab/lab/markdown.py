"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def percent(value: float) -> str:
    """A share in per cent, without the sign."""
    return f"{100 * value:.1f}"


def spread(values: list[float], form: Callable[[float], str]) -> str:
    """A figure; of several runs their mean and standard deviation."""
    mean = form(float(np.mean(values)))
    return mean if len(values) == 1 else f"{mean} ± {form(float(np.std(values, ddof=1)))}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown, its columns aligned as Prettier aligns them."""
    widths = [max(3, *(len(row[i]) for row in [head, *rows])) for i in range(len(head))]
    lines = [[text.ljust(width) for text, width in zip(row, widths, strict=True)] for row in [head, *rows]]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
