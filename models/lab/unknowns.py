"""Tells unknown genres from known ones, each genre left out in turn: `python models/lab/unknowns.py --name NAME [--task genre] [--without GENRE=RUN ...]`.

Reads work/runs/NAME/windows.npz and writes unknowns-TASK.json beside it. A network that has seen the left-out genre in training knows
more of it than of a truly unknown one: for an honest figure train one on everything but that genre, evaluate it, and name its run with
`--without GENRE=RUN`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

import numpy as np

from lab.checkpoints import load_student
from lab.paths import WORK
from lab.unknowns import EMBEDDING_SCORES, LOGIT_SCORES, UnknownRow, detect
from lab.window_logits import TaskWindows, load, windows_path

SCORES = LOGIT_SCORES + EMBEDDING_SCORES


def task_of(run: str, task: str) -> TaskWindows:
    """A run's task. Raises `ValueError` naming those that it has."""
    tasks = load(windows_path(run))
    if task not in tasks:
        raise ValueError(f"run {run} has no task {task}; it has {', '.join(tasks)}")
    return tasks[task]


def parse_without(pairs: list[str], names: tuple[str, ...]) -> dict[str, str]:
    """Run by genre from `GENRE=RUN`. Raises `ValueError` on an unknown genre."""
    found = dict(pair.split("=", 1) if "=" in pair else (pair, "") for pair in pairs)
    for genre, run in found.items():
        if genre not in names or not run:
            raise ValueError(f"--without takes GENRE=RUN with one of {', '.join(names)}; got {genre}={run}")
    return found


def steps_of(run: str) -> int:
    """How long a run's networks were trained."""
    return load_student(next((WORK / "runs" / run).glob("fold*.pt")))[1].steps


def protocol(task: str, rows: list[UnknownRow], steps: list[int]) -> str:
    """What the reader must know of these figures; `steps` are those of the networks that never saw a genre."""
    seen, unseen = [row.left_out for row in rows if not row.unseen], [row.left_out for row in rows if row.unseen]
    said = [f"Task {task}: area under the ROC curve (0.5 is chance) for telling a left-out genre's tracks from the others', within each fold."]
    if seen:
        said.append(f"The networks HAVE SEEN in training, with their labels: {', '.join(seen)}; only the output and the neighbours were struck, so these figures are kind.")
    if unseen:
        said.append(f"Judged by networks of {min(steps)} steps that were never shown the genre, a fold each, on all of its tracks: {', '.join(unseen)}.")
    return " ".join(said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--task", default="genre")
    parser.add_argument("--without", action="append", default=[], metavar="GENRE=RUN")
    options = parser.parse_args()
    found = task_of(options.name, options.task)
    runs = parse_without(options.without, found.names)
    others = {genre: task_of(run, options.task) for genre, run in runs.items()}
    present = [name for k, name in enumerate(found.names) if (found.label == k).any()]
    rows = [detect(others.get(name, found), found.names.index(name), name in others) for name in present]
    means = {score: (float(np.mean(values)) if (values := [row.auroc[score] for row in rows if row.auroc[score] is not None]) else None) for score in SCORES}
    result = {"protocol": protocol(options.task, rows, [steps_of(run) for run in runs.values()]), "scores": SCORES, "rows": [asdict(row) for row in rows], "mean": means}
    windows_path(options.name).with_name(f"unknowns-{options.task}.json").write_text(json.dumps(result, indent=1))
    print(result["protocol"], " ".join(f"{score:>18}" for score in ("", *SCORES)), sep="\n")
    for name, values in [*((row.left_out, row.auroc) for row in rows), ("mean", means)]:
        print(f"{name:>18}", *(f"{values[score]:18.3f}" if values[score] is not None else f"{'':18}" for score in SCORES))


if __name__ == "__main__":
    main()
