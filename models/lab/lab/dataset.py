"""All that is trained on, in memory: clips with log-mel frames and targets, and GTZAN's pictures with their labels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .clips import Clip, clips, read_rows
from .folds import assign_folds, fold_artist
from .frontend import N_MELS, WINDOW_FRAMES
from .paths import DATA, WORK
from .pictures import COLUMN_FRAMES
from .targets import Taggram, Targets, genre_verdicts, load_taggram, make_targets, picture_targets, teacher_scores
from .vocabulary import GENRES

#: Hop of the taggram's windows in frames.
TAGGRAM_HOP = 61
#: AudioSet classes that at least this many clips show with a score over .1 become auxiliary targets.
AUDIOSET_SUPPORT = 4


@dataclass(frozen=True)
class Pictures:
    """GTZAN's tracks as log10 band powers [n, 334, 96], genre index [n], folds [n], musicnn's tags by window where known, and `table`,
    the 160 features of Choi et al. 2017 with 120 MFCC statistics, standardised [n, 280]."""

    bands: np.ndarray
    genre: np.ndarray
    fold: np.ndarray
    stems: list[str]
    tags: list[np.ndarray | None]
    table: np.ndarray


@dataclass(frozen=True)
class Corpus:
    """The audio clips, their arrays (float16 log-mel [frames, 96]), scores, folds, and the pictures."""

    clips: list[Clip]
    mel: list[np.ndarray]
    scores: list[dict[str, np.ndarray]]
    audioset_columns: np.ndarray
    fold: np.ndarray
    pictures: Pictures
    taggram: Taggram
    tag_fold: np.ndarray
    #: A genre that the targets of clips must not name (see leave_out.py).
    left_out: int | None = None

    def picture_targets(self, held_out: int | None) -> np.ndarray:
        """Soft genres [n, 10] of the pictures outside the held-out fold (zeros inside)."""
        return picture_targets(self.pictures.genre, self.pictures.fold, self.pictures.table, self.pictures.tags, held_out)

    def _tag_rows(self, held_out: int | None) -> np.ndarray:
        return np.flatnonzero(self.tag_fold != (-1 if held_out is None else held_out))

    def teachers_genres(self, held_out: int | None) -> np.ndarray:
        """Ten genres [n, 10] of the clips by the teachers alone; the tag teacher has not seen GTZAN tracks of the held-out fold."""
        return genre_verdicts(self.scores, self._tag_rows(held_out), self.taggram)

    def targets(self, held_out: int | None) -> Targets:
        """Targets whose tag teacher has not seen GTZAN tracks of the held-out fold."""
        targets = make_targets(self.clips, self.scores, self.fold, held_out, self._tag_rows(held_out), self.taggram)
        return targets if self.left_out is None else targets.without(self.left_out)


def _picture_group(row: dict[str, str]) -> str:
    # Unknown artists of a genre may be one and the same: they stay together.
    return fold_artist(row["artist"]) if row["artist"] else f"unknown {row['genre']}"


def load_table(stems: list[str]) -> np.ndarray:
    """gtzan/choi160_mfcc120.npz for the named tracks, each column standardised; float32 [n, 280]."""
    with np.load(DATA / "gtzan" / "choi160_mfcc120.npz") as file:
        row = {str(stem): i for i, stem in enumerate(file["stem"])}
        table = np.concatenate([file["choi160"], file["mfcc"]], axis=1)[[row[stem] for stem in stems]]
    return ((table - table.mean(axis=0)) / (table.std(axis=0) + 1e-6)).astype(np.float32)


def _cached(collections: tuple[str, ...]) -> list[Clip]:
    """The clips of the collections whose features and teachers' scores are cached."""
    return [c for c in clips(*collections) if (WORK / "features" / f"{c.key}.npy").exists() and (WORK / "teachers" / f"{c.key}.npz").exists()]


#: Fold of clips that are trained on whatever fold is held out, and judged by none.
ALWAYS_TRAINED = -2


def load_corpus(folds: int, seed: int, extra: tuple[str, ...] = ()) -> Corpus:
    """Reads every cache (features, teachers, pictures); clips that could not be decoded are missing there and left out.

    The clips of `extra` collections come last and belong to no fold.
    """
    known = _cached(())
    rows = [row for row in read_rows(DATA / "gtzan" / "melimg_index.csv") if row["excluded_as_fault"] != "1"]
    taggram = load_taggram()
    stem_group = {row["stem"]: _picture_group(row) for row in read_rows(DATA / "gtzan" / "melimg_index.csv")}
    clip_groups = [stem_group.get(c.path.stem) or fold_artist(c.artist) for c in known]
    clip_strata = [f"{c.collection} {c.labels.get('quadrant') or c.labels.get('genre') or ''}" for c in known]
    tag_groups = [stem_group.get(stem, stem) for stem in taggram.stems]
    groups = clip_groups + [_picture_group(row) for row in rows] + tag_groups
    strata = clip_strata + [f"picture {row['genre']}" for row in rows] + ["tags"] * len(tag_groups)
    fold = assign_folds(groups, strata, folds, seed)
    first, second = len(known), len(known) + len(rows)
    with np.load(WORK / "pictures.npz") as file:
        bands = file["bands"][[int(row["row"]) for row in rows]]
    genre = np.array([GENRES.index(row["genre"].replace("hiphop", "hip-hop")) for row in rows])
    stems = [row["stem"] for row in rows]
    pictures = Pictures(bands, genre, fold[first:second], stems, [taggram.windows.get(stem) for stem in stems], load_table(stems))
    added = _cached(extra) if extra else []
    scores = [teacher_scores(c) for c in known + added]
    # Of the labelled collections alone, so that extra ones don't change the network's shape.
    loudest = np.array([score["audioset"].mean(axis=0) for score in scores[: len(known)]])
    columns = np.flatnonzero((loudest > 0.1).sum(axis=0) >= AUDIOSET_SUPPORT)
    mel = [np.load(WORK / "features" / f"{c.key}.npy") for c in known + added]
    clip_fold = np.concatenate([fold[:first], np.full(len(added), ALWAYS_TRAINED)])
    return Corpus(known + added, mel, scores, columns, clip_fold, pictures, taggram, fold[second:])


def spread_extra(corpus: Corpus, folds: int) -> Corpus:
    """The corpus with its extra clips dealt to folds by voice or maker, each collection by itself, so that some are unheard in every fold."""
    loose = [(clip.collection, clip.artist) if fold < 0 else None for clip, fold in zip(corpus.clips, corpus.fold, strict=True)]
    dealt: dict[tuple[str, str], int] = {}
    for collection in {group[0] for group in loose if group}:
        makers = sorted({group for group in loose if group and group[0] == collection})
        dealt |= {group: number % folds for number, group in enumerate(makers)}
    return replace(corpus, fold=np.array([dealt[group] if group else fold for group, fold in zip(loose, corpus.fold, strict=True)]))


def crop_clip(mel: np.ndarray, length: int, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """A random stretch of `length` frames (short clips are repeated), and where it starts."""
    if len(mel) < length:
        mel = np.tile(mel, (-(-length // len(mel)), 1))
    start = int(rng.integers(0, len(mel) - length + 1))
    return mel[start : start + length], start


def tags_at(windows: np.ndarray, start_frame: float, hop: int) -> np.ndarray:
    """The tag scores of the window that begins nearest to `start_frame`."""
    return windows[min(len(windows) - 1, round(start_frame / hop))]


def picture_tags(windows: np.ndarray, column: int) -> np.ndarray:
    """A picture window's tags, from the taggram."""
    return tags_at(windows, column * COLUMN_FRAMES, TAGGRAM_HOP)


def grid_windows(mel: np.ndarray, hop: int = WINDOW_FRAMES) -> np.ndarray:
    """Windows [n, 1, 187, 96] of a clip, `hop` frames apart, and one that ends with the clip if at least half a hop is left over: at a
    window's hop those of the app's `--windows all` (src/main/core/windows/plan.ts). A clip shorter than a window is repeated."""
    if len(mel) < WINDOW_FRAMES:
        mel = np.resize(mel, (WINDOW_FRAMES, N_MELS))
    last = len(mel) - WINDOW_FRAMES
    starts = list(range(0, last + 1, hop))
    if last - starts[-1] >= hop / 2:
        starts.append(last)
    return np.stack([mel[s : s + WINDOW_FRAMES] for s in starts]).astype(np.float32)[:, None]
