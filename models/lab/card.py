"""Writes figures.json of a run and the model card: `python models/lab/card.py --name NAME [--out DIR]`.

Run after evaluate.py, calibrate.py and heads.py; export.py puts the figures into the manifest.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from heads import EXTRA
from lab import runs
from lab.card_text import card_text
from lab.dataset import load_corpus
from lab.checkpoints import load_student
from lab.figures import Judged, judge
from lab.judging import accuracy
from lab.paths import BASE_MODEL, WORK, work
from lab.teachers_alone import tag_teacher
from lab.vocabulary import GENRES, MOODS


def manifest_rows(genre: Judged, mood: Judged, folds: int) -> list[dict]:
    """The figures shown beside the model in the app."""
    gtzan = f"GTZAN, {genre.tracks} fault-filtered tracks as spectrogram pictures (coarse half of the network), artist-disjoint, {len(genre.by_fold)} of {folds} folds"
    quad = f"4Q, {mood.tracks} clips, artist-disjoint, {len(mood.by_fold)} of {folds} folds"
    rows = [("genre accuracy", genre.accuracy, gtzan), ("genre macro-F1", genre.macro_f1, gtzan), ("genre ECE", genre.ece, gtzan)]
    rows += [("mood accuracy", mood.accuracy, quad), ("mood macro-F1", mood.macro_f1, quad), ("mood ECE", mood.ece, quad)]
    return [{"what": what, "value": round(value, 4), "protocol": protocol} for what, value, protocol in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", type=Path, default=BASE_MODEL)
    options = parser.parse_args()
    run = WORK / "runs" / options.name
    _, config = load_student(next(run.glob("fold*.pt")))
    shipped = load_student(run / "all.pt")[1].steps if (run / "all.pt").exists() else config.steps
    genre = judge(runs.gtzan_pictures(options.name), GENRES)
    mood = judge(runs.quadrants(options.name), MOODS)
    certain = judge(runs.certain_genres(options.name), GENRES)
    corpus = load_corpus(config.folds, config.foldSeed, EXTRA)
    alone = tag_teacher(corpus)
    teacher = accuracy(alone.logits, alone.label)
    heads = json.loads((run / "heads.json").read_text())
    extra = {kind: sum(clip.collection == kind for clip in corpus.clips) for kind in EXTRA}
    found = {"genre": asdict(genre), "mood": asdict(mood), "certain": asdict(certain), "tagTeacher": teacher, "manifest": manifest_rows(genre, mood, config.folds)}
    work("runs", options.name, "figures.json").write_text(json.dumps(found, indent=1))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "CARD.md").write_text(card_text(options.name, config, shipped, genre, mood, certain, teacher, heads, extra))


if __name__ == "__main__":
    main()
