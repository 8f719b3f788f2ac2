"""Compares the app's own front end with the Python twin on real clips: `python models/lab/check_front_end.py [FILE...]`.

Needs `npm run build` and ffmpeg. Exits 1 if any value differs by more than 0.0001 (log10 units).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

from lab.app import app_features
from lab.clips import clips
from lab.decode import decode, resample
from lab.frontend import SAMPLE_RATE, log_mel

LARGEST_DIFFERENCE = 1e-4


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]] or [c.path for c in clips("mood-4q")[::120] + clips("emotify")[::100] + clips("songs")[:9]]
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for path, file in app_features(paths, Path(folder)).items():
            samples, rate = decode(path)
            mine, theirs = log_mel(resample(samples, rate, SAMPLE_RATE)), np.load(file)
            frames = min(len(mine), len(theirs))
            difference = float(np.abs(mine[:frames] - theirs[:frames]).max())
            worst = max(worst, difference)
            print(f"{path.name}: {len(mine)} frames here, {len(theirs)} in the app, largest difference {difference:.1e}")
    print(f"largest difference {worst:.1e}, allowed {LARGEST_DIFFERENCE}")
    return int(worst > LARGEST_DIFFERENCE)


if __name__ == "__main__":
    sys.exit(main())
