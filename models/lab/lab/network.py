"""The student: two small residual CNNs on one log-mel window, one coarse in time and one fine, and their heads.

The coarse one sees the window as GTZAN's pictures show music (33 columns), so it learns from their labels directly; the
fine one sees all 187 frames and learns from the teachers' soft targets. Level is taken out inside the graph.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .pictures import pooling_matrix

#: Bands' typical share of the power falls with frequency; the level is measured after undoing that, as exponent per band number.
TILT = 0.02
QUIET = 1e-7
FINE_GAIN = 1000.0


def to_power(log_mel: Tensor) -> Tensor:
    """Undoes log10(1 + 10000 x); any shape."""
    return (torch.exp(log_mel * 2.302585093) - 1) * 1e-4


def level(power: Tensor) -> Tensor:
    """Tilt-weighted mean power [N, 1, 1] of bands [N, T, 96]; never zero."""
    bands = torch.arange(power.shape[-1], device=power.device, dtype=power.dtype)
    weight = torch.pow(10.0, TILT * (bands - power.shape[-1] / 2))
    return (power * weight).mean(dim=(-2, -1), keepdim=True) + QUIET


def coarse_view(columns: Tensor, reference: Tensor, floor: Tensor | float) -> Tensor:
    """Log power of columns [N, 33, 96] relative to `reference` [N, 1, 1], no deeper than `floor` decades, about -1..1."""
    relative = torch.log(columns / reference + 1e-5) * 0.4342944819
    floor = torch.as_tensor(floor, dtype=relative.dtype)
    return torch.minimum(torch.maximum(relative, floor), torch.tensor(2.0)) * 0.6 + 0.5


def fine_view(power: Tensor, reference: Tensor) -> Tensor:
    """Compressed power of frames [N, 187, 96] relative to `reference`, about -1..2."""
    return torch.log(1 + FINE_GAIN * power / reference) * 0.4342944819 * 0.6 - 1


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions with batch normalisation beside a shortcut (He et al. 2016)."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())
        self.second = nn.Sequential(nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.second(self.first(x)) + self.shortcut(x))


#: Time and band strides of the stems: what the halves cost is decided there.
COARSE_STRIDE, FINE_STRIDE = (1, 4), (4, 4)
#: Columns of GTZAN's feature table, an auxiliary target of the coarse half.
TABLE = 280
#: Width of both teachers' embeddings together, an auxiliary target of both halves (FitNets, Romero et al. 2015).
DESCRIBED = 584


def trunk(widths: list[int], stem_stride: tuple[int, int]) -> nn.Sequential:
    """Stem, then a residual block per width, each but the first halving time and bands."""
    # Kernels cover their strides on the band axis.
    stem = [nn.Conv2d(1, widths[0], (5, 7), stem_stride, (2, 3), bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU()]
    blocks = [ResidualBlock(widths[max(0, i - 1)], width, 1 if i == 0 else 2) for i, width in enumerate(widths)]
    return nn.Sequential(*stem, *blocks)


def pool(features: Tensor) -> Tensor:
    """Mean and maximum over time and bands: [N, C, T, F] to [N, 2C]."""
    return torch.cat([features.mean(dim=(2, 3)), features.amax(dim=(2, 3))], dim=1)


class Student(nn.Module):
    """`forward` is what is exported; `heads` and `coarse_heads` are what training needs."""

    def __init__(self, coarse: list[int], fine: list[int], tags: int, audioset: int, dropout: float, embedding: int = 128) -> None:
        super().__init__()
        self.register_buffer("pooling", torch.from_numpy(pooling_matrix()))
        self.coarse_floor = -2.6
        self.coarse = trunk(coarse, COARSE_STRIDE)
        self.fine = trunk(fine, FINE_STRIDE)
        self.coarse_genre = nn.Sequential(nn.Dropout(dropout), nn.Linear(2 * coarse[-1], 10))
        self.coarse_tags = nn.Linear(2 * coarse[-1], tags)
        self.coarse_table = nn.Linear(2 * coarse[-1], TABLE)
        joined = 2 * coarse[-1] + 2 * fine[-1]
        self.described = nn.Linear(joined, DESCRIBED)
        self.embed = nn.Sequential(nn.Dropout(dropout), nn.Linear(joined, embedding, bias=False), nn.BatchNorm1d(embedding), nn.ReLU())
        self.head_dropout = nn.Dropout(dropout)
        self.genre = nn.Linear(embedding, 10)
        #: Trained with the trunk, which it shapes; `settled_mood` is fitted on the finished trunk (settling.py) and is what counts.
        self.mood = nn.Linear(embedding, 4)
        self.settled_mood = nn.Linear(joined, 4)
        self.tags = nn.Linear(embedding, tags)
        self.audioset = nn.Linear(embedding, audioset)

    def coarse_features(self, view: Tensor) -> Tensor:
        return pool(self.coarse(view.unsqueeze(1)))

    def joined(self, coarse: Tensor, fine_view_: Tensor) -> Tensor:
        return torch.cat([coarse, pool(self.fine(fine_view_.unsqueeze(1)))], dim=1)

    def coarse_of(self, mel: Tensor) -> Tensor:
        """The coarse half's features of log-mel windows [N, 1, 187, 96]."""
        power = to_power(mel[:, 0])
        return self.coarse_features(coarse_view(torch.matmul(self.pooling, power), level(power), self.coarse_floor))

    def described_by(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """The coarse half's features [N, 2C] of log-mel windows [N, 1, 187, 96], and those of both halves side by side."""
        power = to_power(mel[:, 0])
        coarse = self.coarse_of(mel)
        return coarse, self.joined(coarse, fine_view(power, level(power)))

    def forward(self, mel: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log-mel windows [N, 1, 187, 96] to genre logits [N, 10], mood logits [N, 4] and embedding [N, 128]."""
        coarse, joined = self.described_by(mel)
        embedding = self.embed(joined)
        genre = (torch.log_softmax(self.coarse_genre(coarse), -1) + torch.log_softmax(self.genre(embedding), -1)) / 2
        return genre, self.settled_mood(joined), embedding
