"""Caches every clip's log-mel spectrogram: `python models/lab/features.py [--front-end app|python] [COLLECTION...]`.

The arrays of the app's own front end are the ones to train on (`npm run build` first). The Python twin, which
check_front_end.py compares with it, stands in where the app is not built. Existing arrays are kept unless `--again` is given.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from lab.app import FEATURES_PROGRAM, app_features
from lab.clips import Clip, clips
from lab.decode import decode, resample
from lab.frontend import SAMPLE_RATE, log_mel
from lab.paths import work

#: Clips given to the app's program at a time: what lies in its output folder before it is packed.
APP_BATCH = 100


def cached(clip: Clip) -> Path:
    """Where a clip's float16 [frames, 96] array lies."""
    return work("features", f"{clip.key}.npy")


def extract_in_python(clip: Clip) -> str:
    """Makes one clip's array with the Python twin; gives its key, with the complaint if there is one."""
    try:
        samples, rate = decode(clip.path)
        np.save(cached(clip), log_mel(resample(samples, rate, SAMPLE_RATE)).astype(np.float16))
        return clip.key
    except (subprocess.CalledProcessError, ValueError) as error:
        return f"{clip.key}: {error}"


def extract_with_app(wanted: list[Clip]) -> None:
    """Makes the arrays with the app's program, some clips at a time."""
    for start in range(0, len(wanted), APP_BATCH):
        part = {clip.path: clip for clip in wanted[start : start + APP_BATCH]}
        with tempfile.TemporaryDirectory() as folder:
            for path, file in app_features(list(part), Path(folder)).items():
                np.save(cached(part[path]), np.load(file).astype(np.float16))


def extract_with_twin(wanted: list[Clip], workers: int) -> None:
    """Makes the arrays with the Python twin."""
    with ProcessPoolExecutor(workers) as pool:
        for number, line in enumerate(pool.map(extract_in_python, wanted, chunksize=8), 1):
            if ":" in line or number % 100 == 0:
                print(number, len(wanted), line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collections", nargs="*")
    parser.add_argument("--front-end", choices=("app", "python"), default="app" if FEATURES_PROGRAM.exists() else "python")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    wanted = [clip for clip in clips(*options.collections) if options.again or not cached(clip).exists()]
    print(f"{len(wanted)} clips by the front end of: {options.front_end}", flush=True)
    if options.front_end == "app":
        extract_with_app(wanted)
    else:
        extract_with_twin(wanted, options.workers)


if __name__ == "__main__":
    main()
