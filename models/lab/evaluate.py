"""Judges a run's folds on the tracks that each has not seen: `python models/lab/evaluate.py --name NAME [--each-second]`.

`--each-second` hears 28 overlapping windows of 30 s instead of 10 side by side, and keeps what they say in NAME/each-second for results.py.
A network that was never shown a genre (train.py --leave-out) is judged on all tracks of that genre besides.

Writes the windows' logits (for calibrate.py and card.py; windows.npz for results.py and unknowns.py) and prints the figures per fold.
"""

from __future__ import annotations

import argparse

import numpy as np

from lab.checkpoints import load_student
from lab.judging import EACH_SECOND, SIDE_BY_SIDE, held_out_logits
from lab.leave_out import corpus_of
from lab.paths import WORK, work
from lab.runs import window_tasks
from lab.summary import summarise
from lab.window_logits import each_second, save, windows_path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--each-second", action="store_true")
    options = parser.parse_args()
    hops, kept = (EACH_SECOND, each_second(options.name)) if options.each_second else (SIDE_BY_SIDE, options.name)
    for path in sorted((WORK / "runs" / options.name).glob("fold*.pt")):
        model, config = load_student(path)
        corpus = corpus_of(path, config)
        fold = int(path.stem.removeprefix("fold"))
        logits = held_out_logits(model, corpus, fold, hops)
        arrays = {f"{task}:{key}": values for task, items in logits.items() for key, values in items}
        np.savez(work("runs", kept, f"{path.stem}.npz"), **arrays)
        print(f"{options.name} {path.stem}", summarise(corpus, logits, fold), sep="\n", flush=True)
    save(windows_path(kept), window_tasks(kept))


if __name__ == "__main__":
    main()
