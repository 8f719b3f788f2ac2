"""Heads fitted on the frozen embedding: wide genres, valence and arousal, and content (music, speech, other).

They are linear, so that what they say can be judged on held-out artists in seconds, and the trunk need not be trained again for a new label.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from .dataset import grid_windows
from .network import Student

CONTENT = ("music", "speech", "other")
AFFECT = ("valence", "arousal")
#: Valence and arousal of the quadrants happy, angry, sad, calm.
QUADRANT_AFFECT = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], dtype=np.float32)


@dataclass(frozen=True)
class Windows:
    """Embeddings [windows, 128] of clips and the clip [windows] each belongs to."""

    embedding: np.ndarray
    clip: np.ndarray

    def of(self, chosen: np.ndarray) -> np.ndarray:
        """Indices of the windows of the chosen clips (mask over clips)."""
        return np.flatnonzero(chosen[self.clip])


@torch.no_grad()
def embed(model: Student, mel: list[np.ndarray]) -> Windows:
    """The model's embedding of every window of the clips, 3 s apart."""
    model.eval()
    parts = [model(torch.from_numpy(grid_windows(each)))[2].numpy() for each in mel]
    return Windows(np.concatenate(parts), np.repeat(np.arange(len(parts)), [len(part) for part in parts]))


def fit_linear(x: np.ndarray, target: np.ndarray, weight: np.ndarray, loss: str, decay: float) -> nn.Linear:
    """A linear layer from x [n, d] to target [n, k] by L-BFGS on standardised inputs (folded into the layer), with an L2 penalty.

    `loss` is `sigmoid` (each column a probability), `softmax` (rows sum to 1) or `square`; `weight` is [n] or [n, k].
    """
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-3
    inputs = torch.from_numpy(((x - mean) / deviation).astype(np.float32))
    wanted, weights = torch.from_numpy(target.astype(np.float32)), torch.from_numpy(weight.astype(np.float32))
    layer = nn.Linear(inputs.shape[1], wanted.shape[1])
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    optimiser = torch.optim.LBFGS(layer.parameters(), lr=1, max_iter=200, history_size=20, line_search_fn="strong_wolfe")

    def objective() -> torch.Tensor:
        optimiser.zero_grad()
        said = layer(inputs)
        if loss == "sigmoid":
            each = nn.functional.binary_cross_entropy_with_logits(said, wanted, reduction="none")
            value = (each * weights).sum() / weights.sum() * wanted.shape[1]
        elif loss == "softmax":
            value = (-(wanted * torch.log_softmax(said, -1)).sum(-1) * weights).sum() / weights.sum()
        else:
            value = (((said - wanted) ** 2).sum(-1) * weights).sum() / weights.sum()
        value = value + decay * (layer.weight**2).sum()
        value.backward()
        return value

    optimiser.step(objective)
    with torch.no_grad():
        layer.weight /= torch.from_numpy(deviation.astype(np.float32))
        layer.bias -= layer.weight @ torch.from_numpy(mean.astype(np.float32))
    return layer


def affect_target(mood: np.ndarray) -> np.ndarray:
    """Valence and arousal [n, 2], each -1..1, expected under quadrant distributions [n, 4]."""
    return mood @ QUADRANT_AFFECT


class Heads(nn.Module):
    """The three layers; `forward` gives wide logits [N, K], valence and arousal [N, 2] in -1..1, content logits [N, 3]."""

    def __init__(self, wide: nn.Linear, affect: nn.Linear, content: nn.Linear) -> None:
        super().__init__()
        self.wide, self.affect, self.content = wide, affect, content

    def forward(self, embedding: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        return self.wide(embedding), self.affect(embedding).clamp(-1, 1), self.content(embedding)


class Shipped(nn.Module):
    """What is exported: the student with its further heads. Outputs in the order of `exporting.OUTPUTS`."""

    def __init__(self, student: Student, heads: Heads) -> None:
        super().__init__()
        self.student, self.heads = student, heads

    def forward(self, mel: torch.Tensor) -> tuple[torch.Tensor, ...]:
        genre, mood, embedding = self.student(mel)
        return genre, mood, embedding, *self.heads(embedding)
