"""Genres that are none of the ten: verdicts that the app withholds since the wide genres hear another (src/main/core/aggregate/beyond.ts)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .clips import Clip
from .unknowns import auroc
from .vocabulary import GENRES, known_genre
from .wide import WIDE

#: Wide genres that are kinds of one of the ten, by the app's graph of genres.
KINDS = {"bluegrass": "country", "alternative": "rock", "hard rock": "rock", "progressive rock": "rock", "ska": "reggae", "swing": "jazz"}
#: Index among the ten of each wide genre, -1 for those beyond them.
AMONG_TEN = np.array([GENRES.index(genre) if (genre := KINDS.get(name, name)) in GENRES else -1 for name in WIDE])
#: AllMusic's genres that are none of the ten.
OTHERS = {"Avant-Garde", "Easy Listening", "Electronic", "Folk", "International", "Latin", "New Age", "R&B", "Religious", "Stage & Screen"}


def load_ratios(run: Path) -> dict[str, np.ndarray]:
    """The wide scores of a run's held-out clips over their thresholds [wide], by clip (heads.json and heads-said.npz of heads.py)."""
    wide = json.loads((run / "heads.json").read_text())["wide"]
    thresholds = np.array([wide[genre]["threshold"] for genre in WIDE])
    with np.load(run / "heads-said.npz") as file:
        return dict(zip(file["keys"].tolist(), file["wide"] / thresholds, strict=True))


def withheld(top: np.ndarray, ratio: np.ndarray) -> np.ndarray:
    """Which verdicts [n] (indices of the ten) name nothing, from the wide scores over their thresholds [n, wide]: the strongest that is named lies
    beyond the ten, and none that is named bears the verdict out."""
    strongest = ratio.argmax(axis=1)
    beyond = (ratio.max(axis=1) >= 1) & (AMONG_TEN[strongest] < 0)
    return beyond & ~((ratio >= 1) & (AMONG_TEN == top[:, None])).any(axis=1)


def strangeness(top: np.ndarray, ratio: np.ndarray) -> np.ndarray:
    """How much stronger the strongest genre beyond the ten is than what bears the verdict out [n]: log of the quotient of both ratios."""
    borne_out = np.where(AMONG_TEN == top[:, None], ratio, 0).max(axis=1)
    return np.log(ratio[:, AMONG_TEN < 0].max(axis=1)) - np.log(borne_out)


def _allmusic(clip: Clip) -> str:
    return clip.labels["genres_allmusic"] if clip.collection == "mood-4q" else ""


def _emotify(clip: Clip) -> str:
    return clip.labels["genre"] if clip.collection == "emotify" else ""


#: Clips, and which of the ten may be said of them; nothing may where that is empty.
GROUPS: dict[str, tuple[Callable[[Clip], bool], tuple[str, ...] | None]] = {
    "clips of one certain genre": (lambda clip: known_genre(clip) is not None, None),
    "Emotify's rock": (lambda clip: _emotify(clip) == "rock", ("rock",)),
    "4Q's Pop/Rock": (lambda clip: _allmusic(clip) == "Pop/Rock", ("pop", "rock", "metal")),
    "Emotify's electronic": (lambda clip: _emotify(clip) == "electronic", ()),
    "4Q's other genres alone": (lambda clip: _allmusic(clip) in OTHERS, ()),
}


@dataclass(frozen=True)
class Answered:
    """Clips of a group; shares answered and, of those, right (None where nothing is), by confidence alone and with the wide genres' word."""

    group: str
    clips: int
    before: float
    right_before: float | None
    after: float
    right_after: float | None


def _right(clip: Clip, said: int, may: tuple[str, ...] | None) -> bool:
    return GENRES[said] == known_genre(clip) if may is None else GENRES[said] in may


def judge(clips: list[Clip], top: np.ndarray, sure: np.ndarray, ratio: np.ndarray) -> list[Answered]:
    """The figures of each group that has clips; `top` [n] is the verdict, `sure` [n] whether it is confident enough."""
    kept = sure & ~withheld(top, ratio)
    found = []
    for group, (is_in, may) in GROUPS.items():
        rows = np.array([i for i, clip in enumerate(clips) if is_in(clip)], dtype=int)
        if not len(rows):
            continue
        right = np.array([_right(clips[i], int(top[i]), may) for i in rows], dtype=bool)
        shares = [(float(answered[rows].mean()), float(right[answered[rows]].mean()) if may != () and answered[rows].any() else None) for answered in (sure, kept)]
        found.append(Answered(group, len(rows), *shares[0], *shares[1]))
    return found


def telling(clips: list[Clip], top: np.ndarray, confidence: np.ndarray, ratio: np.ndarray) -> dict[str, float]:
    """Area under the ROC curve for telling the groups of which nothing may be said from the first two, by each score."""
    groups = list(GROUPS.values())
    known, beyond = (np.array([any(is_in(clip) for is_in, _ in some) for clip in clips]) for some in (groups[:2], groups[3:]))
    scores = {"1 - confidence": 1 - confidence, "wide genres": strangeness(top, ratio)}
    return {name: auroc(score[beyond], score[known]) for name, score in scores.items()}
