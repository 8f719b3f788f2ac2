"""Fits the mood's last layer of a run's networks anew: `python models/lab/settle.py --name NAME [--part fold0]`. train.py ends with the same."""

from __future__ import annotations

import argparse

import torch

from lab.checkpoints import left_out_of, load_student, save_student
from lab.leave_out import corpus_of
from lab.paths import WORK
from lab.settling import settle_mood


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--part", default="*", help="all, fold0, ...; every one of them where left out")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for path in sorted((WORK / "runs" / options.name).glob(f"{options.part}.pt")):
        if not path.stem.startswith(("all", "fold")):
            continue
        model, config = load_student(path, settled=False)
        settle_mood(model, corpus_of(path, config), None if path.stem == "all" else int(path.stem.removeprefix("fold")))
        save_student(model, config, model.audioset.out_features, path, left_out_of(path))
        print(options.name, path.stem, "settled", flush=True)


if __name__ == "__main__":
    main()
