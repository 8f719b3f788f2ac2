"""The mood's last layer, fitted anew on the finished trunk.

Trained along with everything else it is worse on unseen artists than a regression on the averaged features of whole clips, which is also what
the mood teacher is (targets.py). It learns the softened quadrants of all clips, Emotify's felt emotions among them: from the bare quadrants of
4Q's clips alone as many are right, but the log loss is .02 higher (.694 for .674, folds 0 to 3 of run sixth).
"""

from __future__ import annotations

import numpy as np
import torch

from .dataset import Corpus, grid_windows
from .heads import fit_linear
from .network import Student

#: L2 penalty; from .03 to .3 the accuracy differs by half a point (folds 0 to 3).
DECAY = 0.1


@torch.no_grad()
def clip_features(model: Student, mel: np.ndarray) -> np.ndarray:
    """Both halves' features of a clip, averaged over its windows."""
    return model.described_by(torch.from_numpy(grid_windows(mel)))[1].mean(dim=0).numpy()


def settle_mood(model: Student, corpus: Corpus, held_out: int | None) -> None:
    """Fits `settled_mood` on the softened quadrants of the clips outside the held-out fold. The model must be in evaluation mode."""
    targets = corpus.targets(held_out)
    rows = np.flatnonzero((targets.mood_weight > 0) & (corpus.fold != (-1 if held_out is None else held_out)))
    features = np.array([clip_features(model, corpus.mel[row]) for row in rows])
    fitted = fit_linear(features, targets.mood[rows], targets.mood_weight[rows], "softmax", DECAY)
    model.settled_mood.load_state_dict(fitted.state_dict())
