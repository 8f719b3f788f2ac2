"""What a training step costs of the systems that are not trained here, measured instead of supposed."""

from __future__ import annotations

import json
import time

import torch
from torch.nn import functional

from .inputs import example, input_of
from .networks import make_network
from .results import RESULTS
from .spec import System, all_systems, labels_of

FILE = "not-trained.json"
PICTURES = 2


def seconds_per_picture(system: System, task: str) -> float:
    """Processor time of one training step on made-up pictures, over their number."""
    x = example(input_of(system.inputs[task]), PICTURES)
    net = make_network(system.network, system.setting, task, len(labels_of(system, task)), x).train()
    optimiser = torch.optim.SGD(net.parameters(), lr=1e-4)
    times = []
    for _ in range(2):
        began = time.process_time()
        optimiser.zero_grad()
        functional.cross_entropy(net(x), torch.zeros(len(x), dtype=torch.long)).backward()
        optimiser.step()
        times.append(time.process_time() - began)
    return min(times) / PICTURES


def save_probe() -> None:
    """Writes the figures beside the results."""
    found = {s.id: {"secondsPerPicture": round(seconds_per_picture(s, task), 2)} for s in all_systems().values() for task in s.notTrained}
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / FILE).write_text(json.dumps(found) + "\n", encoding="utf-8")
    print(found)
