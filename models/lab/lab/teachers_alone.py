"""What the teachers say of held-out tracks by themselves: what there is for a student to learn."""

from __future__ import annotations

import numpy as np

from .dataset import Corpus
from .targets import fit_tag_teacher, genre_shares, mean_embeddings, mood_verdicts
from .vocabulary import GENRES, MOODS, QUADRANTS, known_genre
from .window_logits import TaskWindows, of_tracks

#: Shares are kept above this, so that their logarithm is finite.
LEAST_SHARE = 1e-6


def _task(keys: list[str], shares: np.ndarray, label: np.ndarray, fold: np.ndarray, names: tuple[str, ...]) -> TaskWindows:
    # A track's whole verdict stands as one window, whose softmax gives the shares back.
    return of_tracks(keys, list(np.log(np.maximum(shares, LEAST_SHARE))[:, None]), label, fold, names)


def tag_teacher(corpus: Corpus) -> TaskWindows:
    """Genres of GTZAN's tracks that have a taggram, each by a regression on musicnn's tags that has not seen the track's artist."""
    taggram, shares = corpus.taggram, np.zeros((len(corpus.tag_fold), len(GENRES)))
    for fold in np.unique(corpus.tag_fold):
        inside = corpus.tag_fold == fold
        shares[inside] = genre_shares(fit_tag_teacher(taggram, np.flatnonzero(~inside)), taggram.features[inside])
    return _task(taggram.stems, shares, taggram.labels, corpus.tag_fold, GENRES)


def genre_teachers(corpus: Corpus) -> TaskWindows:
    """Genres of clips of one certain genre by both teachers, averaged, before any label of the clip's collection moves them."""
    truth = np.array([GENRES.index(genre) if (genre := known_genre(clip)) else -1 for clip in corpus.clips])
    shares = np.zeros((len(truth), len(GENRES)))
    for fold in np.unique(corpus.fold[truth >= 0]):
        shares[corpus.fold == fold] = corpus.teachers_genres(int(fold))[corpus.fold == fold]
    rows = np.flatnonzero(truth >= 0)
    return _task([corpus.clips[i].key for i in rows], shares[rows], truth[rows], corpus.fold[rows], GENRES)


def mood_teacher(corpus: Corpus) -> TaskWindows:
    """Quadrants of 4Q's clips by a regression on both teachers' embeddings that has not seen the clip's artist."""
    rows = np.array([i for i, clip in enumerate(corpus.clips) if clip.collection == "mood-4q"])
    truth = np.array([QUADRANTS.index(corpus.clips[i].labels["quadrant"]) for i in rows])
    shares = mood_verdicts(mean_embeddings([corpus.scores[i] for i in rows]), truth, corpus.fold[rows], None)
    return _task([corpus.clips[i].key for i in rows], shares, truth, corpus.fold[rows], MOODS)


def teachers_tasks(corpus: Corpus) -> dict[str, TaskWindows]:
    """All three as windows.npz holds a run's."""
    return {"genre": tag_teacher(corpus), "certain": genre_teachers(corpus), "mood": mood_teacher(corpus)}
