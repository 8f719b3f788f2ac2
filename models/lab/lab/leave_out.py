"""A corpus for a network that is never shown a genre, so that telling unknown genres can be measured honestly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from .checkpoints import left_out_of
from .config import Config
from .dataset import Corpus, load_corpus

#: A clip whose teachers and labels give the genre at least this share is left out as well.
SHARE = 0.2


def leave_out(corpus: Corpus, genre: int, held_out: int) -> Corpus:
    """The corpus with every track of `genre` moved into the held-out fold, which no fit and no batch takes anything from.

    What remains of the genre: the teachers' own tags, scores and embeddings on other music, which are auxiliary targets.
    """
    said = corpus.targets(held_out).genre[:, genre]
    pictures = replace(corpus.pictures, fold=np.where(corpus.pictures.genre == genre, held_out, corpus.pictures.fold))
    return replace(
        corpus,
        pictures=pictures,
        fold=np.where(said >= SHARE, held_out, corpus.fold),
        tag_fold=np.where(corpus.taggram.labels == genre, held_out, corpus.tag_fold),
        left_out=genre,
    )


def corpus_of(path: Path, config: Config) -> Corpus:
    """The labelled clips and pictures as the saved student of `path` (foldN.pt or all.pt) knew them, its unseen genre held out if it has one."""
    corpus, unseen = load_corpus(config.folds, config.foldSeed), left_out_of(path)
    return corpus if unseen is None else leave_out(corpus, unseen, int(path.stem.removeprefix("fold")))
