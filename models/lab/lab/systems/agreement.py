"""How exactly GTZAN's pictures, cut to snippets, agree with windows computed from the audio as the app does: on GTZAN's own clips."""

from __future__ import annotations

import json

import numpy as np

from ..clips import clips, read_rows
from ..decode import decode, resample
from ..frontend import mel_power
from ..paths import DATA
from .corpus import gtzan_levels, snippets
from .inputs import CLIP_COLUMNS, CLIP_FRAMES, PICTURE_F_MAX, PICTURE_FFT, PICTURE_HOP, PICTURE_MELS, PICTURE_RATE, SNIPPET_COLUMNS, SNIPPET_FRAMES, column_frames, decibel_levels
from .results import RESULTS

FILE = "snippet-agreement.json"


def _first_frame(snippet: int) -> int:
    """Of the window whose columns show what a picture's snippet shows: a column's frame in both, as near as whole frames allow."""
    per_column = CLIP_FRAMES / CLIP_COLUMNS["span"]
    return round(per_column * (snippet * SNIPPET_COLUMNS["count"] + CLIP_COLUMNS["offset"] - SNIPPET_COLUMNS["offset"]))


def _pairs(power: np.ndarray, picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Levels [n, 33, 128] of the snippets of a picture [334, 128], and of windows from the clip's mel power that lie where they do.

    Only what the clip holds: it may be shorter than the picture. The frames are those that the snippet shows, so that the numbers say
    what the maximum and the floor do, not what a shift of one frame does.
    """
    cut, _ = snippets(picture[None], SNIPPET_COLUMNS["count"])
    ours = []
    for number in range(len(cut)):
        start = _first_frame(number)
        if start + SNIPPET_FRAMES > len(power) - 8:
            break
        ours.append(decibel_levels(power[start : start + SNIPPET_FRAMES])[column_frames(SNIPPET_FRAMES, SNIPPET_COLUMNS)])
    return cut[: len(ours)], np.array(ours).reshape(-1, *cut.shape[1:])


def measure() -> dict:
    """Differences of levels 0..255 between the two ways, over the snippets of all GTZAN clips that there is audio of."""
    rows = {row["stem"]: i for i, row in enumerate(read_rows(DATA / "gtzan" / "melimg_index.csv"))}
    pictures = gtzan_levels()
    pairs = []
    for clip in clips("gtzan"):
        samples, rate = decode(clip.path)
        power = mel_power(resample(samples, rate, PICTURE_RATE), PICTURE_RATE, PICTURE_FFT, PICTURE_HOP, PICTURE_MELS, PICTURE_F_MAX)
        pairs.append(_pairs(power, pictures[rows[clip.path.stem]]))
    theirs, ours = (np.concatenate([pair[i] for pair in pairs]).astype(int) for i in (0, 1))
    difference = np.abs(theirs - ours)
    seen = (theirs > 0) & (ours > 0)
    return {
        "clips": len(pairs), "snippets": len(theirs), "meanDifference": round(float(difference.mean()), 2),
        "meanDifferenceAboveFloor": round(float(difference[seen].mean()), 2),
        "medianDifferenceAboveFloor": float(np.median(difference[seen])),
        "correlation": round(float(np.corrcoef(theirs.ravel(), ours.ravel())[0, 1]), 4),
        "floorInPictures": round(float((theirs == 0).mean()), 4), "floorFromAudio": round(float((ours == 0).mean()), 4),
    }  # fmt: skip


def save_agreement() -> None:
    """Writes the figures beside the results."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    found = measure()
    (RESULTS / FILE).write_text(json.dumps(found) + "\n", encoding="utf-8")
    print(found)
