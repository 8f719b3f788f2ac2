"""Tables for the app's `evaluate` of the clips that a fold's network has not seen: `python models/lab/held_out_csv.py --fold N --out DIR`.

Writes mood.csv (4Q's quadrants) and genre.csv (clips of one certain genre), files relative to the data folder. Then, with that fold's
network exported to DIR/models/fold (export.py --part foldN --out):

    npm run --silent cli -- evaluate --labels DIR/mood.csv --root ../shared/data --column quadrant --task mood --models DIR/models --model fold
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from lab.config import load_config
from lab.dataset import load_corpus
from lab.paths import CONFIG, DATA
from lab.vocabulary import known_genre


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=CONFIG / "base.json")
    options = parser.parse_args()
    config = load_config(options.config)
    corpus = load_corpus(config.folds, config.foldSeed)
    clips = [clip for clip, fold in zip(corpus.clips, corpus.fold, strict=True) if fold == options.fold]
    options.out.mkdir(parents=True, exist_ok=True)
    tables = {
        "mood": ("quadrant", [(clip, clip.labels.get("quadrant")) for clip in clips]),
        "genre": ("genre", [(clip, known_genre(clip)) for clip in clips]),
    }
    for name, (column, rows) in tables.items():
        with (options.out / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["file", column])
            writer.writerows([clip.path.relative_to(DATA).as_posix(), label] for clip, label in rows if label)


if __name__ == "__main__":
    main()
