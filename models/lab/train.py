"""Trains a student: `python models/lab/train.py --name NAME [--fold N] [--config FILE] [--steps N] [--seed N] [--leave-out GENRE]`.

With `--fold` that fold is held out for evaluate.py and calibrate.py; without, everything is trained on. A run that was stopped goes on
from its last checkpoint when it is started again.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch

from lab.config import load_config
from lab.dataset import load_corpus, spread_extra
from lab.leave_out import leave_out
from lab.paths import CONFIG, work
from lab.checkpoints import save_student
from lab.settling import settle_mood
from lab.training import train
from lab.vocabulary import GENRES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True, help="the run's folder in models/lab/work/runs")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--config", type=Path, default=CONFIG / "base.json")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--leave-out", choices=GENRES, help="a genre that the network is never shown, for unknowns.py; with --fold")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if options.leave_out and options.fold is None:
        parser.error("--leave-out needs --fold: the network is judged on that fold")
    torch.set_num_threads(options.threads)
    config = load_config(options.config, steps=options.steps, seed=options.seed)
    corpus = spread_extra(load_corpus(config.folds, config.foldSeed, tuple(config.extra)), config.folds)
    if options.leave_out:
        corpus = leave_out(corpus, GENRES.index(options.leave_out), options.fold)
    part = "all" if options.fold is None else f"fold{options.fold}"
    print(f"{options.name} {part}: {len(corpus.clips)} clips, {len(corpus.pictures.stems)} pictures", flush=True)
    checkpoint = work("runs", options.name, f"{part}.checkpoint")
    model = train(corpus, config, options.fold, lambda line: print(time.strftime("%H:%M:%S"), line, flush=True), checkpoint)
    settle_mood(model, corpus, options.fold)
    save_student(model, config, len(corpus.audioset_columns), work("runs", options.name, f"{part}.pt"), corpus.left_out)
    checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
