"""The labelled collections as windows for a system, cached in the work folder where making them takes long."""

from __future__ import annotations

import csv
import gzip
import io
import lzma
from dataclasses import dataclass

import numpy as np

from ..clips import clips, read_rows
from ..decode import decode, resample
from ..folds import fold_artist
from ..frontend import WINDOW_FRAMES
from ..paths import DATA, work
from ..vocabulary import GENRES, QUADRANTS
from .inputs import input_of, picture_input
from .spec import EMOTIFY_GENRES, System


@dataclass(frozen=True)
class Windows:
    """Windows `x` [n, ...] float32 or float16 of tracks: `track` [n] numbers them, and all the rest is one a track.

    `given` is the collection's own part of a track (train, valid, test), "" where a track is faulty or no split is given.
    """

    x: np.ndarray
    track: np.ndarray
    keys: list[str]
    truth: np.ndarray
    artists: list[str]
    given: list[str]
    labels: tuple[str, ...]


def _gtzan_rows() -> list[dict[str, str]]:
    return read_rows(DATA / "gtzan" / "melimg_index.csv")


def _gtzan(x: np.ndarray, track: np.ndarray) -> Windows:
    rows = _gtzan_rows()
    artists = [fold_artist(row["artist"]) if row["artist"] else row["stem"] for row in rows]
    given = ["" if row["excluded_as_fault"] == "1" else row["split_filtered"] for row in rows]
    truth = np.array([GENRES.index(row["genre"].replace("hiphop", "hip-hop")) for row in rows])
    return Windows(x, track, [row["stem"] for row in rows], truth, artists, given, GENRES)


def gtzan_levels() -> np.ndarray:
    """GTZAN's pictures, uint8 [805, 334, 128]."""
    with lzma.open(DATA / "gtzan" / "melimg_u8.npy.xz") as file:
        return np.load(io.BytesIO(file.read()))


def snippets(levels: np.ndarray, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Slices [n, columns, 128] of pictures [clips, 334, 128] that lie end to end, and the clip of each.

    Each is raised to its own maximum, as a window that is normalised by itself has it; what was at the picture's floor stays there.
    """
    count = levels.shape[1] // columns
    cut = levels[:, : count * columns].reshape(-1, columns, levels.shape[2])
    raised = cut.astype(np.int16) + (255 - cut.max(axis=(1, 2), keepdims=True).astype(np.int16))
    return np.where(cut == 0, 0, raised).astype(np.uint8), np.repeat(np.arange(len(levels)), count)


def gtzan_pictures(spec: dict) -> Windows:
    """GTZAN's pictures whole, or in snippets of 3 s."""
    levels = gtzan_levels()
    count = spec["columns"]["count"]
    levels, track = snippets(levels, count) if count < levels.shape[1] else (levels, np.arange(len(levels)))
    return _gtzan(picture_input(levels, spec).numpy(), track)


def gtzan_table(spec: dict) -> Windows:
    """GTZAN's table of features, the columns that the manifest names."""
    with gzip.open(DATA / "gtzan" / "features_30_sec.csv.gz", "rt", encoding="utf-8") as file:
        table = {row["filename"].removesuffix(".wav"): row for row in csv.DictReader(file)}
    x = np.array([[float(table[row["stem"]][name]) for name in spec["columns"]] for row in _gtzan_rows()], dtype=np.float32)
    return _gtzan(x, np.arange(len(x)))


def _mood_clips(x: np.ndarray, track: np.ndarray) -> Windows:
    found = clips("mood-4q")
    truth = np.array([QUADRANTS.index(clip.labels["quadrant"]) for clip in found])
    return Windows(x, track, [clip.key for clip in found], truth, [fold_artist(clip.artist) for clip in found], [""] * len(found), ("happy", "angry", "sad", "calm"))


def mood_mel(spec: dict) -> Windows:
    """4Q's clips as log-mel windows of the app's front end, end to end, [n, 1, mel, time]; features.py must have been run."""
    arrays = [np.load(work("features", f"{clip.key}.npy")) for clip in clips("mood-4q")]
    pieces = [array[: len(array) // WINDOW_FRAMES * WINDOW_FRAMES].reshape(-1, 1, WINDOW_FRAMES, array.shape[1]) for array in arrays]
    x = np.concatenate(pieces).transpose(0, 1, 3, 2)
    norm = spec["normalisation"]
    x = ((x.astype(np.float32) + norm["add"]) / norm["divide"]).astype(np.float16)
    return _mood_clips(x, np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces]))


def cut_waveform(samples: np.ndarray, spec: dict) -> np.ndarray:
    """Windows [n, 1, windowSamples] of a track, end to end; a shorter track is repeated."""
    length = spec["windowSamples"]
    if len(samples) < length:
        samples = np.resize(samples, length)
    return samples[: len(samples) // length * length].reshape(-1, 1, length)


def _waveforms(collection: str, spec: dict) -> tuple[np.ndarray, np.ndarray]:
    cache = work("systems", f"waveform-{collection}-{spec['sampleRate']}.npz")
    if not cache.exists():
        pieces = []
        for clip in clips(collection):
            samples, rate = decode(clip.path)
            pieces.append(cut_waveform(resample(samples, rate, spec["sampleRate"]), spec).astype(np.float16))
        np.savez(cache, x=np.concatenate(pieces), track=np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces]))
    with np.load(cache) as file:
        return file["x"], file["track"]


def mood_waveforms(spec: dict) -> Windows:
    """4Q's clips as raw snippets, float16."""
    return _mood_clips(*_waveforms("mood-4q", spec))


def emotify_waveforms(spec: dict) -> Windows:
    """Emotify's clips as raw snippets, four genres; their artists are not known, so each clip stands alone."""
    x, track = _waveforms("emotify", spec)
    found = clips("emotify")
    truth = np.array([EMOTIFY_GENRES.index(clip.labels["genre"]) for clip in found])
    return Windows(x, track, [clip.key for clip in found], truth, [clip.key for clip in found], [""] * len(found), EMOTIFY_GENRES)


def load_windows(system: System, task: str) -> Windows:
    """All windows that a system learns a task from and is judged on."""
    spec = input_of(system.inputs[task])
    loaders = {
        ("image", "genre"): gtzan_pictures, ("features", "genre"): gtzan_table, ("mel", "mood"): mood_mel,
        ("waveform", "mood"): mood_waveforms, ("waveform", "genre"): emotify_waveforms,
    }  # fmt: skip
    return loaders[spec["kind"], task](spec)
