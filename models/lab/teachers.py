"""Runs the teachers on every clip and caches their scores: `python models/lab/teachers.py [COLLECTION...]`.

musicnn reads the cached log-mel arrays (run features.py first), mn04 decodes at 32 kHz.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from features import cached
from lab.clips import Clip, clips
from lab.decode import decode, resample
from lab.paths import DATA, work
from lab.teachers import mn04, musicnn, session


def scores_path(clip: Clip) -> Path:
    """Where a clip's {tags [windows, 50], audioset [patches, 527]} and both `...Embedding` arrays lie."""
    return work("teachers", f"{clip.key}.npz")


def save_scores(clip: Clip, samples: np.ndarray, rate: int) -> np.ndarray:
    """Caches what both teachers say of a clip whose features are cached; gives mn04's scores [patches, 527]."""
    audioset, heard = mn04(resample(samples, rate, 32_000))
    tags, described = musicnn(np.load(cached(clip)))
    np.savez(scores_path(clip), tags=tags, audioset=audioset, tagsEmbedding=described, audiosetEmbedding=heard)
    return audioset


def score(clip: Clip) -> str:
    """Scores one clip with both teachers."""
    save_scores(clip, *decode(clip.path))
    return clip.key


def check_against_packs() -> None:
    """The packs bring three inputs with the authors' outputs each: the sessions here must give the same."""
    for pack, output in (("msd-musicnn", "tags"), ("mn04-audioset", "scores")):
        check = np.load(DATA / "packs" / pack / "check.npz")
        error = np.abs(session(pack).run(None, {"logmel": check["logmel"].astype(np.float32)})[0] - check[output]).max()
        print(f"{pack}: largest difference from the check vectors {error:.2e}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collections", nargs="*")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    check_against_packs()
    wanted = [c for c in clips(*options.collections) if cached(c).exists() and (options.again or not scores_path(c).exists())]
    with ProcessPoolExecutor(options.workers) as pool:
        for number, key in enumerate(pool.map(score, wanted, chunksize=8), 1):
            if number % 100 == 0:
                print(number, len(wanted), key, flush=True)


if __name__ == "__main__":
    main()
