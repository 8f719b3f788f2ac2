"""Makes golden.json beside this script: what librosa 0.11 and scipy.stats say of made-up signals that the test makes in the same way.
Needs numpy, scipy and librosa. Everything is worked out in double precision."""
import json
import os
import warnings

import librosa
import numpy as np
import scipy.stats

here = os.path.dirname(os.path.abspath(__file__))


def noise(samples):
    """-1..1, of a linear congruential generator."""
    state, values = 12345, np.empty(samples)
    for i in range(samples):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = state / 2**31 - 1
    return values


def chord(samples, rate):
    """A chord of three tones, 20 cents sharp, struck 100 times a minute, over a little noise."""
    t = np.arange(samples) / rate
    beat = t - np.floor(t / 0.6) * 0.6
    tones = sum(np.sin(2 * np.pi * f * 2 ** (20 / 1200) * t) for f in (220, 277.1826, 329.6276))
    return 0.2 * np.exp(-4 * beat) * tones + 0.001 * noise(samples)


def sweep(samples, rate):
    """A tone that rises from 100 Hz to half the rate, over a little noise."""
    t = np.arange(samples) / rate
    length = samples / rate
    return 0.5 * np.cos(2 * np.pi * (100 * t + (rate / 2 - 100) / (2 * length) * t * t)) + 0.01 * noise(samples)


def clicks(samples, rate):
    """Short tones 140 times a minute with digital silence between them."""
    t = np.arange(samples) / rate
    beat = t - np.floor(t * 140 / 60) * 60 / 140
    return 0.8 * np.exp(-200 * beat) * np.cos(2 * np.pi * 1000 * beat) * (beat < 0.1)


SIGNALS = {
    "chord": chord,
    "noise": lambda samples, rate: 0.3 * noise(samples),
    "sweep": sweep,
    "silence": lambda samples, rate: np.zeros(samples),
    "clicks": clicks,
}

CASES = [
    *((signal, 22050, 12, 2048, 512) for signal in SIGNALS),
    ("chord", 44100, 6, 2048, 512),
    ("clicks", 44100, 9, 2048, 512),
    ("chord", 16000, 6, 1024, 256),
    ("noise", 48000, 1, 2048, 512),
    # Shorter than one transform.
    ("noise", 22050, 0.05, 2048, 512),
]


def curves(y, sr, n_fft, hop):
    common = dict(n_fft=n_fft, hop_length=hop)
    onsets = librosa.onset.onset_strength(y=y, sr=sr, **common)
    yield "spectral_flux", onsets
    yield "tempo", librosa.feature.tempo(onset_envelope=onsets, sr=sr, hop_length=hop)
    yield "chroma_stft", librosa.feature.chroma_stft(y=y, sr=sr, **common)
    yield "rms", librosa.feature.rms(y=y, frame_length=n_fft, hop_length=hop, dtype=np.float64)
    yield "spectral_centroid", librosa.feature.spectral_centroid(y=y, sr=sr, **common)
    yield "spectral_bandwidth", librosa.feature.spectral_bandwidth(y=y, sr=sr, **common)
    yield "rolloff", librosa.feature.spectral_rolloff(y=y, sr=sr, **common)
    yield "zero_crossing_rate", librosa.feature.zero_crossing_rate(y, frame_length=n_fft, hop_length=hop)
    yield "spectral_flatness", librosa.feature.spectral_flatness(y=y, **common)
    for i, curve in enumerate(librosa.feature.mfcc(y=y, sr=sr, n_mfcc=20, **common)):
        yield f"mfcc{i + 1}", curve


def summaries(curve):
    flat = np.asarray(curve, dtype=np.float64).ravel()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shape = [scipy.stats.skew(flat), scipy.stats.kurtosis(flat)]
    # scipy gives NaN for these two where all values are the same.
    return [flat.mean(), flat.var(), flat.std(), flat.min(), flat.max(), *np.nan_to_num(shape)]


cases = []
for signal, rate, seconds, n_fft, hop in CASES:
    samples = int(rate * seconds) + 17
    y = SIGNALS[signal](samples, rate).astype(np.float32).astype(np.float64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = {}
        for name, curve in curves(y, rate, n_fft, hop):
            numbers = [curve[0]] if name == "tempo" else summaries(curve)
            values[name] = [float(f"{number:.9g}") for number in numbers]
    cases.append(dict(signal=signal, rate=rate, samples=samples, nFft=n_fft, hop=hop, values=values))
with open(os.path.join(here, "golden.json"), "w") as file:
    json.dump({"librosa": librosa.__version__, "summaries": ["mean", "var", "std", "min", "max", "skew", "kurtosis"], "cases": cases}, file, separators=(",", ":"))
