"""Recipes side by side on the same folds: `python models/lab/compare.py --folds 0,1 RUN="what it changes" ...`.

Reads work/runs/RUN/windows.npz (evaluate.py), prints a table and keeps its rows in results/recipes.json, which results.py puts into
RESULTS.md. A run that was compared on these folds before is replaced; the others stay.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from lab.comparison import COMPARED, judge_folds, recipes_table
from lab.paths import LAB
from lab.window_logits import load, windows_path

RECIPES = LAB / "results" / "recipes.json"


def row(run: str, what: str, folds: tuple[int, ...]) -> dict:
    """What is kept of one run."""
    tasks = load(windows_path(run))
    return {"run": run, "what": what, "folds": list(folds), "tasks": {task: asdict(judge_folds(tasks[task], folds)) for task in COMPARED}}


def merged(known: list[dict], new: list[dict]) -> list[dict]:
    """The rows with the new ones in the place of their elders, or at the end."""
    found = {(r["run"], *r["folds"]): r for r in known}
    return list((found | {(r["run"], *r["folds"]): r for r in new}).values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", metavar="RUN=WHAT")
    parser.add_argument("--folds", type=lambda text: tuple(map(int, text.split(","))), required=True, help="such as 0,1")
    parser.add_argument("--out", type=Path, default=RECIPES)
    options = parser.parse_args()
    if unnamed := [each for each in options.runs if "=" not in each]:
        parser.error(f"say what {unnamed[0]} changes: {unnamed[0]}=WHAT")
    new = [row(*each.split("=", 1), options.folds) for each in options.runs]
    known = json.loads(options.out.read_text()) if options.out.exists() else []
    options.out.write_text(json.dumps(merged(known, new), indent=1) + "\n")
    print(recipes_table(new))


if __name__ == "__main__":
    main()
