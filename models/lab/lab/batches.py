"""Training batches: random windows of clips and pictures with their targets, augmented."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from . import augment
from .config import Config
from .dataset import Corpus, crop_clip, picture_tags, tags_at
from .frontend import WINDOW_FRAMES
from .network import coarse_view, fine_view, level, to_power
from .pictures import WINDOW_COLUMNS, pooling_matrix
from .targets import Targets, mean_embeddings

#: Hop of mn04's patches in frames: 10 s.
PATCH_FRAMES = 625
POOLING = torch.from_numpy(pooling_matrix())


@dataclass
class Batch:
    """Inputs, and targets by head; `weight` tensors are 0 where a target is unknown."""

    coarse: Tensor
    fine: Tensor | None
    genre: Tensor
    genre_weight: Tensor
    tags: Tensor
    tags_weight: Tensor
    mood: Tensor | None = None
    mood_weight: Tensor | None = None
    audioset: Tensor | None = None
    described: Tensor | None = None
    table: Tensor | None = None
    table_weight: Tensor | None = None


def _mix(partner: Tensor, own: Tensor, *targets: Tensor) -> list[Tensor]:
    mixed = []
    for target in targets:
        share = own.view(-1, *[1] * (target.dim() - 1))
        mixed.append(share * target + (1 - share) * target[partner])
    return mixed


def _floors(count: int) -> Tensor:
    return -2.0 - 1.2 * torch.rand(count, 1, 1)


def _change_sound(power: Tensor, partner: Tensor, own: Tensor) -> Tensor:
    power = power / power.mean(dim=(1, 2), keepdim=True).clamp_min(1e-9)
    power = own[:, None, None] * power + (1 - own)[:, None, None] * power[partner]
    power = augment.low_pass(augment.equalise(power, 2.0), 0.1)
    return augment.gain(augment.noise_floor(power, 0.15), 6.0) * 0.05


def balanced_chance(genre: np.ndarray, weight: np.ndarray, balance: float) -> np.ndarray:
    """How likely each clip [n] is drawn, from its soft genres [n, 10] and how much they count [n]: with `balance` 0 all alike, with 1 so that
    the ten genres teach about equally much. The collections hold six times as much rock as disco, and a network learns such odds."""
    mass = np.maximum(1e-9, (genre * weight[:, None]).sum(axis=0))
    rarity = (mass.mean() / mass) ** balance
    chance = 1 - weight + weight * (genre @ rarity)
    return chance / chance.sum()


class Sampler:
    """Draws batches of a fold's training part (or of everything, with `held_out` None)."""

    def __init__(self, corpus: Corpus, targets: Targets, config: Config, held_out: int | None) -> None:
        self.corpus, self.targets, self.config = corpus, targets, config
        self.rng = np.random.default_rng(config.seed)
        self.clips = np.flatnonzero(corpus.fold != (-1 if held_out is None else held_out))
        self.clip_chance = balanced_chance(targets.genre[self.clips], targets.genre_weight[self.clips], config.genreBalance)
        pictures = np.flatnonzero(corpus.pictures.fold != (-1 if held_out is None else held_out))
        counts = np.bincount(corpus.pictures.genre[pictures], minlength=10)
        chance = 1 / np.maximum(1, counts)[corpus.pictures.genre[pictures]]
        self.pictures, self.picture_chance = pictures, chance / chance.sum()
        self.picture_genre = corpus.picture_targets(held_out)
        described = mean_embeddings([corpus.scores[i] for i in self.clips])
        self.usual, self.spread = described.mean(axis=0), described.std(axis=0) + 1e-3

    def _stretch_length(self, length: int) -> int:
        return round(length * self.rng.uniform(0.9, 1.1))

    def audio(self) -> Batch:
        """Windows of clips: everything the teachers and labels say."""
        config, corpus, targets = self.config, self.corpus, self.targets
        chosen = self.rng.choice(self.clips, config.audioBatch, replace=config.audioBatch > len(self.clips), p=self.clip_chance)
        length = self._stretch_length(WINDOW_FRAMES)
        crops = [crop_clip(corpus.mel[i], length, self.rng) for i in chosen]
        mel = torch.from_numpy(np.stack([crop for crop, _ in crops]).astype(np.float32))
        partner, own = augment.mixing(len(chosen), config.mixShare)
        power = to_power(augment.shift_bands(augment.stretch(mel, WINDOW_FRAMES), 2))
        power = _change_sound(power.clamp_min(0), partner, own)
        reference, columns = level(power), torch.matmul(POOLING, power)
        floors = _floors(len(chosen))
        coarse = augment.mask(coarse_view(columns, reference, floors), 4, 8, floors * 0.6 + 0.5)
        fine = augment.mask(fine_view(power, reference), 20, 8, torch.tensor(-1.0))
        starts = [start for _, start in crops]
        tags, audioset = self._said(chosen, starts, "tags", WINDOW_FRAMES), self._said(chosen, starts, "audioset", PATCH_FRAMES)
        described = [self._said(chosen, starts, "tagsEmbedding", WINDOW_FRAMES), self._said(chosen, starts, "audiosetEmbedding", PATCH_FRAMES)]
        described = (np.concatenate(described, axis=1) - self.usual) / self.spread
        arrays = (targets.genre[chosen], tags, targets.mood[chosen], audioset[:, corpus.audioset_columns], described)
        genre, tag, mood, audio, described = _mix(partner, own, *(torch.from_numpy(np.asarray(a, dtype=np.float32)) for a in arrays))
        weights = [torch.from_numpy(w[chosen].astype(np.float32)) for w in (targets.genre_weight, targets.mood_weight)]
        genre_weight, mood_weight = (torch.minimum(w, torch.where(own < 1, w[partner], w)) for w in weights)
        return Batch(coarse, fine, genre, genre_weight, tag, torch.ones(len(chosen)), mood, mood_weight, audio, described)

    def _said(self, chosen: np.ndarray, starts: list[int], teacher: str, hop: int) -> np.ndarray:
        """What a teacher says of the windows of clips `chosen` that begin at the frames `starts`."""
        return np.stack([tags_at(self.corpus.scores[i][teacher], start, hop) for i, start in zip(chosen, starts, strict=True)])

    def picture(self) -> Batch:
        """Windows of GTZAN's pictures: the coarse view, the true genre, and tags where the taggram has them."""
        config, pictures = self.config, self.corpus.pictures
        chosen = self.rng.choice(self.pictures, config.pictureBatch, p=self.picture_chance)
        length = self._stretch_length(WINDOW_COLUMNS)
        crops = [crop_clip(pictures.bands[i], length, self.rng) for i in chosen]
        bands = torch.from_numpy(np.stack([crop for crop, _ in crops]).astype(np.float32))
        partner, own = augment.mixing(len(chosen), config.mixShare)
        power = torch.pow(10.0, augment.shift_bands(augment.stretch(bands, WINDOW_COLUMNS), 2))
        power = _change_sound(power, partner, own)
        floors = _floors(len(chosen))
        coarse = augment.mask(coarse_view(power, level(power), floors), 4, 8, floors * 0.6 + 0.5)
        soft = self.picture_genre[chosen] * (1 - config.labelSmoothing) + config.labelSmoothing / 10
        known = np.array([pictures.tags[i] is not None for i in chosen])
        tags = np.stack([np.zeros(50) if (t := pictures.tags[i]) is None else picture_tags(t, start) for i, (_, start) in zip(chosen, crops, strict=True)])
        genre, tag = _mix(partner, own, *(torch.from_numpy(a.astype(np.float32)) for a in (soft, tags)))
        weight = torch.from_numpy(known.astype(np.float32))
        alone = (own == 1).float()
        table = torch.from_numpy(pictures.table[chosen])
        return Batch(coarse, None, genre, torch.ones(len(chosen)), tag, weight * weight[partner], table=table, table_weight=alone)
