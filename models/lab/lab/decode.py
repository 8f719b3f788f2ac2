"""Audio files to mono samples, as the app decodes them."""

from __future__ import annotations

import json
import subprocess
from functools import lru_cache
from math import gcd
from pathlib import Path

import numpy as np
from scipy.signal import upfirdn

# kaiser_best of resampy 0.2-0.4 (Brian McFee): the taggers that teach here are sensitive to the low-pass edge.
ZERO_CROSSINGS = 64
BETA = 14.769656459379492
ROLL_OFF = 0.9475937167399596


def decode(path: Path) -> tuple[np.ndarray, int]:
    """Mono float32 samples (mean of all channels) at the file's own rate, and that rate, through the ffmpeg command.

    Mixing is done here: ffmpeg's `-ac 1` is sqrt(2) louder than (L+R)/2. Raises `CalledProcessError` on broken files.
    """
    probe = ["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=sample_rate,channels", "-of", "json"]
    stream = json.loads(subprocess.run([*probe, str(path)], check=True, capture_output=True).stdout)["streams"][0]
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0:a:0", "-f", "f32le", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    samples = np.frombuffer(raw, dtype=np.float32).reshape(-1, int(stream["channels"]))
    return samples.mean(axis=1, dtype=np.float64).astype(np.float32), int(stream["sample_rate"])


@lru_cache
def _filter(up: int, down: int) -> np.ndarray:
    """A windowed sinc (Smith, Digital Audio Resampling, CCRMA 2002) at `up` times the input rate."""
    scale = min(1.0, up / down)
    half = int(np.ceil(ZERO_CROSSINGS / scale)) * up
    distance = np.arange(-half, half + 1) / up * scale
    window = np.i0(BETA * np.sqrt(np.maximum(0, 1 - (distance / ZERO_CROSSINGS) ** 2))) / np.i0(BETA)
    return scale * ROLL_OFF * np.sinc(ROLL_OFF * distance) * window * (np.abs(distance) <= ZERO_CROSSINGS)


def resample(samples: np.ndarray, rate: int, target: int) -> np.ndarray:
    """`samples` at `target` samples a second; output n lies at time n/target, ceil(length * target / rate) of them."""
    if rate == target:
        return samples
    divisor = gcd(rate, target)
    up, down = target // divisor, rate // divisor
    taps = _filter(up, down)
    half = (len(taps) - 1) // 2
    # Zeros in front make the filter's delay a whole number of output samples, which are then dropped.
    lead = -half % down
    count = -(-len(samples) * up // down)
    output = upfirdn(np.concatenate([np.zeros(lead), taps]), samples, up, down)
    skip = (half + lead) // down
    return output[skip : skip + count].astype(np.float32)
