"""What the student is to say about each clip: the teachers' averaged verdict, moved by the collections' own labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from .clips import Clip
from .paths import DATA, WORK
from .teachers import class_names
from .vocabulary import AUDIOSET_GENRES, GENRES, NOT_MUSIC, genre_hint, mood_target


def logit(p: np.ndarray) -> np.ndarray:
    """Log-odds of scores in 0..1, kept finite."""
    p = np.clip(p.astype(np.float64), 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


@dataclass(frozen=True)
class Taggram:
    """musicnn's tags of GTZAN tracks: `features` [609, 50] mean log-odds, `labels` [609], `stems`, and the windows' scores."""

    features: np.ndarray
    labels: np.ndarray
    stems: list[str]
    windows: dict[str, np.ndarray]


def load_taggram() -> Taggram:
    """Reads gtzan/msd_musicnn_taggram.npz."""
    table = np.load(DATA / "gtzan" / "msd_musicnn_taggram.npz")
    stems = [str(stem) for stem in table["stem"]]
    scores = table["taggram"].astype(np.float32)
    windows = {stem: scores[table["track"] == i] for i, stem in enumerate(stems)}
    return Taggram(np.array([logit(windows[stem]).mean(axis=0) for stem in stems]), table["label"], stems, windows)


def fit_tag_teacher(taggram: Taggram, rows: np.ndarray, strength: float = 0.1):
    """Logistic regression from musicnn's tags to the ten genres on the given rows of the taggram."""
    regression = LogisticRegression(C=strength, max_iter=2000, class_weight="balanced")
    return make_pipeline(StandardScaler(), regression).fit(taggram.features[rows], taggram.labels[rows])


def genre_shares(regression, features: np.ndarray) -> np.ndarray:
    """A fitted regression's probabilities [n, 10], zero for a genre that it was never shown."""
    shares = np.zeros((len(features), len(GENRES)))
    shares[:, regression.classes_] = regression.predict_proba(features)
    return shares


def audioset_genres(scores: np.ndarray) -> np.ndarray:
    """mn04's zero-shot verdict [n, 10] from its scores [n, 527]: the loudest class of each genre, normalised."""
    names = class_names("mn04-audioset")
    columns = [[names.index(name) for name in AUDIOSET_GENRES[genre]] for genre in GENRES]
    evidence = np.stack([scores[:, column].max(axis=1) for column in columns], axis=1) + 1e-4
    return evidence / evidence.sum(axis=1, keepdims=True)


#: Share of the tables' verdict in the target of a GTZAN track; the rest is its label.
TABLE_SHARE = 0.5


def picture_targets(genre: np.ndarray, fold: np.ndarray, table: np.ndarray, tags: list[np.ndarray | None], held_out: int | None) -> np.ndarray:
    """Soft genres [n, 10] of GTZAN's tracks: the label, softened by what logistic regressions on the feature table and on musicnn's
    tags make of the track when they have not seen its fold (a track that sounds like its neighbours of another genre says so).
    The held-out fold is used by no fit and gets zeros."""
    features = [table, np.array([np.zeros(50) if scores is None else logit(scores).mean(axis=0) for scores in tags])]
    known = [np.ones(len(genre), dtype=bool), np.array([scores is not None for scores in tags])]
    soft = np.zeros((len(genre), len(GENRES)))
    for part in (part for part in np.unique(fold) if part != held_out):
        verdict, votes = np.zeros((len(genre), len(GENRES))), np.zeros(len(genre))
        for values, present in zip(features, known, strict=True):
            rows = present & (fold != part) & (fold != (-1 if held_out is None else held_out))
            asked = np.flatnonzero(present & (fold == part))
            regression = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000, class_weight="balanced"))
            verdict[asked] += genre_shares(regression.fit(values[rows], genre[rows]), values[asked])
            votes[asked] += 1
        inside = fold == part
        soft[inside] = (1 - TABLE_SHARE) * np.eye(len(GENRES))[genre[inside]] + TABLE_SHARE * verdict[inside] / votes[inside, None]
    return soft


@dataclass(frozen=True)
class Targets:
    """Per clip, in the clips' order: soft genres [n, 10] with weights [n], quadrants [n, 4] with weights [n]."""

    genre: np.ndarray
    genre_weight: np.ndarray
    mood: np.ndarray
    mood_weight: np.ndarray

    def without(self, genre: int) -> Targets:
        """The same with a genre struck from the soft genres, the rest brought back to a sum of 1."""
        kept = np.where(np.arange(len(GENRES)) == genre, 0.0, self.genre)
        return replace(self, genre=kept / np.maximum(1e-9, kept.sum(axis=1, keepdims=True)))


def teacher_scores(clip: Clip, work: Path = WORK) -> dict[str, np.ndarray]:
    """The cached {tags [windows, 50], audioset [patches, 527], tagsEmbedding [windows, 200], audiosetEmbedding [patches, 384]} of a clip."""
    with np.load(work / "teachers" / f"{clip.key}.npz") as file:
        return {name: file[name].astype(np.float32) for name in ("tags", "audioset", "tagsEmbedding", "audiosetEmbedding")}


def mean_embeddings(scores: list[dict[str, np.ndarray]]) -> np.ndarray:
    """Both teachers' embeddings [n, 584], averaged over each clip's windows."""
    return np.array([np.concatenate([score["tagsEmbedding"].mean(axis=0), score["audiosetEmbedding"].mean(axis=0)]) for score in scores])


#: Share of the mood teacher's verdict in the target of a clip whose quadrant is known; the rest is the label.
MOOD_TEACHER_SHARE = 0.5
#: How much a clip without a quadrant label teaches the mood.
MOOD_TEACHER_WEIGHT = 0.4


#: Inverse regularisation of the mood teacher; from .003 to .02 the accuracy differs by half a point.
MOOD_STRENGTH = 0.005


def mood_verdicts(features: np.ndarray, quadrant: np.ndarray, fold: np.ndarray, held_out: int | None) -> np.ndarray:
    """Quadrants [n, 4] of clips by a logistic regression on `features` [n, m], none judged by a fit that saw its fold.

    `quadrant` [n] is -1 where unknown. Labels of the held-out fold are used by no fit.
    """
    known = (quadrant >= 0) & (fold != (-1 if held_out is None else held_out))
    verdict = np.zeros((len(quadrant), 4))
    for part in np.unique(fold):
        rows = known & (fold != part)
        regression = make_pipeline(StandardScaler(), LogisticRegression(C=MOOD_STRENGTH, max_iter=3000)).fit(features[rows], quadrant[rows])
        verdict[fold == part] = regression.predict_proba(features[fold == part])
    return verdict


def mood_targets(clips: list[Clip], features: np.ndarray, fold: np.ndarray, held_out: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Quadrant distributions [n, 4] and weights [n]: the label where there is one, softened by the mood teacher; else the teacher."""
    labels, weights = (np.array(column) for column in zip(*(mood_target(clip) for clip in clips), strict=True))
    certain = weights == 1
    verdict = mood_verdicts(features, np.where(certain, labels.argmax(axis=1), -1), fold, held_out)
    felt = np.where((weights > 0)[:, None], (labels + verdict) / 2, verdict)
    softened = (1 - MOOD_TEACHER_SHARE) * labels + MOOD_TEACHER_SHARE * verdict
    music = np.array([clip.collection not in NOT_MUSIC for clip in clips])
    return np.where(certain[:, None], softened, felt), np.where(certain, 1.0, MOOD_TEACHER_WEIGHT) * music


def genre_verdicts(scores: list[dict[str, np.ndarray]], tag_rows: np.ndarray, taggram: Taggram) -> np.ndarray:
    """Ten genres [n, 10] of clips by both teachers, averaged; the tag teacher is fitted on `tag_rows` of the taggram alone."""
    tags = np.array([logit(score["tags"]).mean(axis=0) for score in scores])
    audioset = np.array([score["audioset"].mean(axis=0) for score in scores])
    return (genre_shares(fit_tag_teacher(taggram, tag_rows), tags) + audioset_genres(audioset)) / 2


def make_targets(
    clips: list[Clip], scores: list[dict[str, np.ndarray]], fold: np.ndarray, held_out: int | None, tag_rows: np.ndarray, taggram: Taggram
) -> Targets:
    """Everything the clips teach, from nothing that is known of the held-out fold's tracks but their sound."""
    factors, weights = zip(*(genre_hint(clip) for clip in clips), strict=True)
    hinted = genre_verdicts(scores, tag_rows, taggram) * np.array(factors)
    mood, mood_weight = mood_targets(clips, mean_embeddings(scores), fold, held_out)
    return Targets(hinted / hinted.sum(axis=1, keepdims=True), np.array(weights), mood, mood_weight)
