"""Changes of sound that must not change the verdict, on band powers [N, T, 96]; all random numbers come from torch's generator."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def stretch(power_log: Tensor, length: int) -> Tensor:
    """Frames [N, T, B] resampled linearly to `length` frames: a change of tempo, pitch kept."""
    if power_log.shape[1] == length:
        return power_log
    return functional.interpolate(power_log.unsqueeze(1), (length, power_log.shape[2]), mode="bilinear", align_corners=False)[:, 0]


def shift_bands(x: Tensor, most: int) -> Tensor:
    """Each item moved up or down by as many as `most` bands: roughly a transposition; the edge band is repeated."""
    shift = torch.randint(-most, most + 1, (x.shape[0], 1))
    index = (torch.arange(x.shape[2])[None] + shift).clamp(0, x.shape[2] - 1)
    return x.gather(2, index[:, None].expand(-1, x.shape[1], -1))


def equalise(power: Tensor, decibels: float) -> Tensor:
    """A smooth random curve over the bands, knots of standard deviation `decibels`."""
    knots = torch.randn(power.shape[0], 1, 7) * decibels / 10
    curve = functional.interpolate(knots, power.shape[2], mode="linear", align_corners=True)
    return power * torch.pow(10.0, curve)


def low_pass(power: Tensor, share: float) -> Tensor:
    """In `share` of the items the bands over a random edge (of the upper 45) fall by 40 dB, as old recordings and low bit rates do."""
    edge = torch.where(torch.rand(power.shape[0], 1) < share, torch.randint(power.shape[2] - 45, power.shape[2], (power.shape[0], 1)), power.shape[2])
    return power * torch.where(torch.arange(power.shape[2])[None] < edge, 1.0, 1e-4)[:, None]


def noise_floor(power: Tensor, share: float) -> Tensor:
    """In `share` of the items a steady noise, 20 to 45 dB under the item's mean power, is added."""
    depth = torch.pow(10.0, -2.0 - 2.5 * torch.rand(power.shape[0], 1, 1)) * (torch.rand(power.shape[0], 1, 1) < share)
    return power + power.mean(dim=(1, 2), keepdim=True) * depth


def gain(power: Tensor, decibels: float) -> Tensor:
    """Louder or softer by up to `decibels`."""
    return power * torch.pow(10.0, (2 * torch.rand(power.shape[0], 1, 1) - 1) * decibels / 10)


def mask(view: Tensor, times: int, bands: int, fill: Tensor) -> Tensor:
    """SpecAugment (Park et al. 2019): two stretches of up to `times` frames and two of up to `bands` bands set to `fill` [N, 1, 1]."""
    for axis, most in ((1, times), (1, times), (2, bands), (2, bands)):
        size = view.shape[axis]
        width = (torch.rand(view.shape[0], 1) * (most + 1)).floor()
        start = (torch.rand(view.shape[0], 1) * (size - width)).floor()
        position = torch.arange(size)[None]
        inside = (position >= start) & (position < start + width)
        view = torch.where(inside.unsqueeze(2) if axis == 1 else inside.unsqueeze(1), fill, view)
    return view


def mixing(count: int, share: float) -> tuple[Tensor, Tensor]:
    """Partners [N] and own shares [N] for mixup (Zhang et al. 2018); items that stay alone have share 1."""
    alone = torch.rand(count) >= share
    own = 1 - 0.5 * torch.rand(count)
    return torch.randperm(count), torch.where(alone, torch.ones(count), own)
