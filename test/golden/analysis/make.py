"""Makes the golden files beside this script: what librosa's mel spectrogram, and the kaiser_best resampling filter evaluated in
double precision, give for a test signal that both sides can make. Needs numpy, scipy and librosa.

The filter is resampy 0.2's kaiser_best (64 zero crossings, beta 14.769656459379492, roll-off 0.9475937167399596), evaluated at each
output instant instead of interpolated from a table."""
import json
import os

import librosa
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))


def signal(samples, rate):
    """A rising tone, a steady one near the upper edge, and noise of a linear congruential generator; starts and ends abruptly."""
    t = np.arange(samples) / rate
    state, noise = 12345, np.empty(samples)
    for i in range(samples):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[i] = state / 2**31 - 1
    tone = 0.4 * np.cos(2 * np.pi * (100 * t + 1500 * t * t)) + 0.1 * np.cos(2 * np.pi * 0.21 * rate * t)
    fade = np.where(t < 0.5, 0.3, 0.001)
    return (tone * (t < 0.7) + fade * noise).astype(np.float32)


def resample(x, rate_in, rate_out):
    zeros, beta, roll_off = 64, 14.769656459379492, 0.9475937167399596
    scale = min(1.0, rate_out / rate_in)
    half = int(np.ceil(zeros / scale)) + 1
    padded = np.concatenate([np.zeros(half), x.astype(np.float64), np.zeros(half + rate_in // rate_out + 2)])
    out = np.empty(int(np.ceil(len(x) * rate_out / rate_in)))
    for n in range(len(out)):
        position = n * rate_in / rate_out
        first = int(np.floor(position)) - half + 1
        k = np.arange(first, first + 2 * half)
        distance = (k - position) * scale
        inside = np.clip(1 - (distance / zeros) ** 2, 0, None)
        window = np.where(np.abs(distance) <= zeros, np.i0(beta * np.sqrt(inside)) / np.i0(beta), 0)
        out[n] = np.sum(padded[k + half] * scale * roll_off * np.sinc(roll_off * distance) * window)
    return out.astype(np.float32)


def kaldi_log_mel(x, p):
    """Pre-emphasis, a symmetric Hann window centred in the transform, Kaldi's mel triangles (straight in mel, no last bin), and an
    affine normalisation, in double precision: the front end of EfficientAT's AudioSet taggers (Schmid et al. 2023)."""
    n_fft, length = p["nFft"], p["winLength"]
    emphasised = x[1:].astype(np.float64) - p["preEmphasis"] * x[:-1]
    padded = np.pad(emphasised, n_fft // 2, mode="reflect")
    window = np.pad(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / (length - 1)), (n_fft - length) // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, n_fft)[:: p["hop"]]
    mel = 1127 * np.log(1 + np.arange(n_fft // 2 + 1) * p["sampleRate"] / n_fft / 700)
    edges = np.linspace(1127 * np.log(1 + p["fMin"] / 700), 1127 * np.log(1 + p["fMax"] / 700), p["nMels"] + 2)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    filters = np.maximum(0, np.minimum((mel - low) / (middle - low), (high - mel) / (high - middle)))
    filters[:, -1] = 0
    energies = np.abs(np.fft.rfft(frames * window)) ** p["power"] @ filters.T
    return (compress(energies, p["compression"]) + p["normalisation"]["add"]) / p["normalisation"]["divide"]


def compress(mel, kind):
    return {"log10-1-10000": lambda s: np.log10(1 + 10000 * s), "ln-1e-5": lambda s: np.log(s + 1e-5), "none": lambda s: s}[kind](mel)


MELS = {
    "base": dict(sampleRate=16000, nFft=512, hop=256, nMels=96, fMin=0, fMax=8000, melScale="slaney", melNorm="slaney", power=2, compression="log10-1-10000"),
    "htk": dict(sampleRate=16000, nFft=1024, hop=320, nMels=64, fMin=50, fMax=7600, melScale="htk", melNorm="none", power=1, compression="ln-1e-5"),
    "wide": dict(sampleRate=22050, nFft=2048, hop=512, nMels=128, fMin=0, fMax=11025, melScale="slaney", melNorm="slaney", power=2, compression="log10-1-10000"),
}
index = {"mel": {}, "resample": {}}
for name, p in MELS.items():
    x = signal(p["sampleRate"], p["sampleRate"])
    mel = librosa.feature.melspectrogram(
        y=x, sr=p["sampleRate"], n_fft=p["nFft"], hop_length=p["hop"], n_mels=p["nMels"], fmin=p["fMin"], fmax=p["fMax"],
        htk=p["melScale"] == "htk", norm="slaney" if p["melNorm"] == "slaney" else None, power=p["power"], center=True, pad_mode="reflect",
    )
    log_mel = compress(mel.astype(np.float64), p["compression"]).astype("<f4").T
    np.ascontiguousarray(log_mel).tofile(os.path.join(here, f"mel-{name}.bin"))
    index["mel"][name] = {"parameters": p, "frames": log_mel.shape[0], "samples": p["sampleRate"]}
KALDI = dict(sampleRate=32000, nFft=1024, winLength=800, window="hann-symmetric", preEmphasis=0.97, hop=320, nMels=128, fMin=0, fMax=15000, melScale="kaldi", melNorm="none", power=2, compression="ln-1e-5", normalisation=dict(add=4.5, divide=5))
x = signal(KALDI["sampleRate"] * 6 // 10, KALDI["sampleRate"])
log_mel = kaldi_log_mel(x, KALDI).astype("<f4")
np.ascontiguousarray(log_mel).tofile(os.path.join(here, "mel-kaldi.bin"))
index["mel"]["kaldi"] = {"parameters": KALDI, "frames": log_mel.shape[0], "samples": len(x)}
for rate in (8000, 22050, 44100, 48000):
    samples = rate // 4 + 17
    y = resample(signal(samples, rate), rate, 16000)
    y.astype("<f4").tofile(os.path.join(here, f"resample-{rate}.bin"))
    index["resample"][str(rate)] = {"samples": samples, "outputs": len(y)}
index["librosa"] = librosa.__version__
json.dump(index, open(os.path.join(here, "golden.json"), "w"), indent=2)
