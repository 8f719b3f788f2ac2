"""The training loop: AdamW with warm-up and cosine decay, bfloat16 where the processor has it, averaged weights."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from .batches import Batch, Sampler
from .config import Config
from .dataset import Corpus
from .network import Student


def has_bfloat16() -> bool:
    """True where the processor multiplies bfloat16 itself; elsewhere it is emulated, six times slower than float32."""
    # Private to torch, and absent from older ones.
    asked = (getattr(torch.cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return any(supported() for supported in asked if supported)


def soft_cross_entropy(logits: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Weighted mean of -sum(target * log_softmax(logits))."""
    loss = -(target * torch.log_softmax(logits, -1)).sum(-1)
    return (loss * weight).sum() / weight.sum().clamp_min(1)


def score_loss(logits: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Weighted mean binary cross-entropy against scores in 0..1."""
    loss = functional.binary_cross_entropy_with_logits(logits, target, reduction="none").mean(-1)
    return (loss * weight).sum() / weight.sum().clamp_min(1)


def value_loss(values: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Weighted mean Huber loss against standardised values."""
    loss = functional.smooth_l1_loss(values, target, reduction="none").mean(-1)
    return (loss * weight).sum() / weight.sum().clamp_min(1)


def losses(model: Student, audio: Batch, pictures: Batch, weights: dict[str, float]) -> dict[str, Tensor]:
    """The weighted losses of a pair of batches, by name."""
    count = len(audio.coarse)
    coarse = model.coarse_features(torch.cat([audio.coarse, pictures.coarse]))
    genre = model.coarse_genre(coarse).float()
    table = model.coarse_table(coarse[count:]).float()
    tags = model.coarse_tags(coarse).float()
    joined = model.joined(coarse[:count], audio.fine)
    embedding = model.embed(joined)
    dropped = model.head_dropout(embedding)
    one = torch.ones(count)
    found = {
        "pictures": soft_cross_entropy(genre[count:], pictures.genre, pictures.genre_weight),
        "coarse": soft_cross_entropy(genre[:count], audio.genre, audio.genre_weight),
        "genre": soft_cross_entropy(model.genre(dropped).float(), audio.genre, audio.genre_weight),
        "table": value_loss(table, pictures.table, pictures.table_weight),
        "mood": soft_cross_entropy(model.mood(dropped).float(), audio.mood, audio.mood_weight),
        "tags": score_loss(torch.cat([tags, model.tags(embedding).float()]), torch.cat([audio.tags, pictures.tags, audio.tags]), torch.cat([one, pictures.tags_weight, one])),
        "audioset": score_loss(model.audioset(embedding).float(), audio.audioset, one),
        "described": value_loss(model.described(joined).float(), audio.described, one),
    }
    return {name: weights[name] * loss for name, loss in found.items()}


class Average:
    """Exponential moving average of weights and of batch normalisation's statistics."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model, self.decay, self.step = copy.deepcopy(model).eval(), decay, 0

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        self.step += 1
        decay = min(self.decay, (1 + self.step) / (10 + self.step))
        for mine, new in zip(self.model.state_dict().values(), model.state_dict().values(), strict=True):
            if mine.dtype.is_floating_point:
                mine.lerp_(new, 1 - decay)
            else:
                mine.copy_(new)


def build(config: Config, tags: int, audioset: int) -> Student:
    """A fresh student of the recipe's size."""
    torch.manual_seed(config.seed)
    return Student(config.coarse, config.fine, tags, audioset, config.dropout).to(memory_format=torch.channels_last)


#: Steps from one checkpoint to the next.
CHECKPOINT_EVERY = 200


class Trainer:
    """One training run that can be stopped and taken up again from its checkpoint."""

    def __init__(self, corpus: Corpus, config: Config, held_out: int | None, checkpoint: Path | None = None) -> None:
        self.config, self.checkpoint, self.step = config, checkpoint, 0
        self.model = build(config, 50, len(corpus.audioset_columns))
        self.sampler = Sampler(corpus, corpus.targets(held_out), config, held_out)
        decayed = [p for p in self.model.parameters() if p.dim() > 1]
        plain = [p for p in self.model.parameters() if p.dim() <= 1]
        groups = [{"params": decayed, "weight_decay": config.weightDecay}, {"params": plain, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=config.learningRate)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._rate)
        self.average = Average(self.model, config.averaging)
        if checkpoint and checkpoint.exists():
            self._resume(torch.load(checkpoint, weights_only=False))

    def _rate(self, step: int) -> float:
        warm = min(1.0, (step + 1) / self.config.warmUp)
        return warm * (0.5 + 0.5 * math.cos(math.pi * min(1.0, step / self.config.steps)))

    def advance(self) -> dict[str, float]:
        """One step; gives its losses."""
        audio, pictures = self.sampler.audio(), self.sampler.picture()
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
            parts = losses(self.model, audio, pictures, self.config.weights)
        self.optimiser.zero_grad()
        sum(parts.values()).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimiser.step()
        self.schedule.step()
        self.average.update(self.model)
        self.step += 1
        return {name: value.item() for name, value in parts.items()}

    def save(self) -> None:
        """Writes everything that a resumed run needs to go on as if it had not stopped; in one move, so that a kill leaves the old one."""
        if not self.checkpoint:
            return
        state = {"step": self.step, "config": self.config.to_json(), "torch": torch.get_rng_state(), "numpy": self.sampler.rng.bit_generator.state}
        state |= {name: getattr(self, name).state_dict() for name in ("model", "optimiser", "schedule")}
        state |= {"average": self.average.model.state_dict()}
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.checkpoint)

    def _resume(self, state: dict) -> None:
        if state["config"] != self.config.to_json():
            raise ValueError(f"{self.checkpoint} belongs to another recipe; remove it to start anew")
        for name in ("model", "optimiser", "schedule"):
            getattr(self, name).load_state_dict(state[name])
        self.average.model.load_state_dict(state["average"])
        self.step = self.average.step = state["step"]
        torch.set_rng_state(state["torch"])
        self.sampler.rng.bit_generator.state = state["numpy"]


def train(corpus: Corpus, config: Config, held_out: int | None, report: Callable[[str], None], checkpoint: Path | None = None) -> Student:
    """Trains on every fold but `held_out` (on everything if None); gives the averaged model."""
    trainer = Trainer(corpus, config, held_out, checkpoint)
    began, running = time.monotonic(), {}
    trainer.model.train()
    while trainer.step < config.steps:
        for name, value in trainer.advance().items():
            running[name] = 0.98 * running.get(name, value) + 0.02 * value
        if trainer.step % 100 == 0 or trainer.step == config.steps:
            report(f"step {trainer.step} {time.monotonic() - began:.0f} s " + " ".join(f"{n} {v:.3f}" for n, v in running.items()))
        if trainer.step % CHECKPOINT_EVERY == 0:
            trainer.save()
    return trainer.average.model
