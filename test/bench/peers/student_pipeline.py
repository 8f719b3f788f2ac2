"""
A genre classifier as published course and bachelor projects on GTZAN do it: librosa loads the whole file at 22.05 kHz, a mel spectrogram of
128 bands in dB, cut into pieces of 3 s, a small CNN, the mean of its answers; one file after the other. The net has no trained weights:
only its time counts here.
"""

from common import run


def prepare():
    import librosa
    import numpy as np
    import torch
    from torch import nn

    rate, hop, bands, seconds = 22_050, 512, 128, 3
    frames = seconds * rate // hop

    def block(into, out):
        return [nn.Conv2d(into, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]

    net = nn.Sequential(
        *block(1, 32), *block(32, 64), *block(64, 128), *block(128, 128),
        nn.Flatten(), nn.LazyLinear(128), nn.ReLU(), nn.Dropout(0.3), nn.Linear(128, 10), nn.Softmax(dim=1),
    )  # fmt: skip
    net.eval()
    with torch.inference_mode():
        net(torch.zeros(1, 1, bands, frames))

    def analyse(path):
        samples, _ = librosa.load(path, sr=rate)
        mel = librosa.feature.melspectrogram(y=samples, sr=rate, n_fft=2048, hop_length=hop, n_mels=bands)
        decibels = librosa.power_to_db(mel, ref=np.max)
        if decibels.shape[1] < frames:
            decibels = np.pad(decibels, ((0, 0), (0, frames - decibels.shape[1])), mode="minimum")
        pieces = [decibels[:, at : at + frames] for at in range(0, decibels.shape[1] - frames + 1, frames)]
        with torch.inference_mode():
            answers = net(torch.from_numpy(np.stack(pieces)[:, None].astype(np.float32)))
        answers.mean(dim=0).argmax().item()
        return len(samples) / rate

    return f"(librosa {librosa.__version__}, PyTorch {torch.__version__})", analyse


run("student pipeline", prepare)
