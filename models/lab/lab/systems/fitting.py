"""Training of one neural system: minibatches, early stopping by the validation windows, a limit of processor time."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .networks import Frozen
from .splits import Split

BATCH_TO_PREDICT = 64


@dataclass(frozen=True)
class Fitted:
    """A trained network: the weights of its best epoch by the accuracy on validation windows, and how training went."""

    net: nn.Module
    epochs: int
    bestEpoch: int
    stopped: str
    seconds: float
    secondsPerStep: float


def _optimiser(net: nn.Module, setting: Callable) -> torch.optim.Optimizer:
    """Adam or SGD; an L2 penalty l * |w|^2 on kernels is a decay of 2 l in the gradient."""
    kernels = [p for p in net.parameters() if p.dim() > 1]
    others = [p for p in net.parameters() if p.dim() <= 1]
    groups = [{"params": kernels, "weight_decay": 2 * setting("l2", 0.0)}, {"params": others}]
    if setting("optimiser") == "sgd":
        return torch.optim.SGD(groups, lr=setting("learningRate"), momentum=setting("momentum", 0.0))
    return torch.optim.Adam(groups, lr=setting("learningRate"))


def _schedule(optimiser: torch.optim.Optimizer, setting: Callable) -> Callable[[float], None]:
    """What to call after each epoch with the validation loss."""
    if setting("schedule") == "step":
        step = torch.optim.lr_scheduler.StepLR(optimiser, setting("stepSize"), setting("gamma"))
        return lambda loss: step.step()
    if setting("schedule") == "plateau":
        plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiser, patience=setting("plateauPatience"), factor=setting("gamma"))
        return plateau.step
    return lambda loss: None


def _in_batches(say: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """[n, ...] of windows, without gradients."""
    with torch.no_grad():
        return torch.cat([say(part.float()) for part in x.split(BATCH_TO_PREDICT)])


def logits_of(net: nn.Module, x: torch.Tensor) -> np.ndarray:
    """[n, classes] of windows, in evaluation mode."""
    return _in_batches(net.eval(), x).numpy()


def features_of(net: Frozen, x: torch.Tensor) -> torch.Tensor:
    """[n, features] that a frozen trunk gives of windows."""
    return _in_batches(net.eval().features, x)


def _epoch(net: nn.Module, optimiser: torch.optim.Optimizer, x: torch.Tensor, y: torch.Tensor, chosen: np.ndarray, batch: int, clip: float) -> int:
    net.train()
    batches = [part for part in torch.from_numpy(chosen).split(batch) if len(part) > 1]
    for part in batches:
        loss = functional.cross_entropy(net(x[part].float()), y[part])
        optimiser.zero_grad()
        loss.backward()
        if clip:
            nn.utils.clip_grad_norm_(net.parameters(), clip)
        optimiser.step()
    return len(batches)


def fit(net: nn.Module, x: torch.Tensor, y: torch.Tensor, split: Split, setting: Callable, seed: int, log: Callable[[str], None]) -> Fitted:
    """Trains `net` on windows x [n, ...] with classes y [n].

    `windowsPerEpoch` limits an epoch to so many windows drawn anew, `seconds` the processor time of all of it.
    """
    rng = np.random.default_rng(seed)
    optimiser = _optimiser(net, setting)
    after = _schedule(optimiser, setting)
    best, best_epoch, state = (-1.0, 0.0), 0, copy.deepcopy(net.state_dict())
    began, steps, stopped = time.process_time(), 0, "epochs"
    for epoch in range(1, setting("epochs") + 1):
        chosen = rng.permutation(split.train)[: setting("windowsPerEpoch", len(split.train))]
        steps += _epoch(net, optimiser, x, y, chosen, setting("batch"), setting("clipGradient", 0.0))
        logits = torch.from_numpy(logits_of(net, x[split.valid]))
        loss = float(functional.cross_entropy(logits, y[split.valid]))
        accuracy = float((logits.argmax(dim=1) == y[split.valid]).float().mean())
        after(loss)
        used = time.process_time() - began
        log(f"epoch {epoch}: validation loss {loss:.3f}, right {accuracy:.3f}, {used:.0f} s")
        if (accuracy, -loss) > best:
            best, best_epoch, state = (accuracy, -loss), epoch, copy.deepcopy(net.state_dict())
        if epoch - best_epoch >= setting("patience"):
            stopped = "patience"
            break
        if used > setting("seconds"):
            stopped = "time"
            break
    used = time.process_time() - began
    net.load_state_dict(state)
    return Fitted(net.eval(), epoch, best_epoch, stopped, round(used, 1), round(used / max(1, steps), 4))
