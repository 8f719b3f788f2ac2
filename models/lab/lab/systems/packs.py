"""A trained system as a pack of the app: graph, manifest and card, checked against its trainer and timed on one core."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import numpy as np
from torch import nn

from ..exporting import session, write_graph
from .inputs import example, input_of
from .spec import System, labels_of

VERSION = "1.0.0"
BATCH, RUNS = 8, 15
TERMS = {
    "genre": "GTZAN (Tzanetakis and Cook 2002), as the spectrogram pictures and the feature table of its Kaggle version: research use; not redistributed",
    "emotify": "Emotify (Aljanaki, Wiering and Veltkamp 2015): Magnatune recordings without a licence file, for research; not redistributed",
    "mood": "4Q audio emotion dataset (Panda, Malheiro and Paiva 2018): AllMusic previews, research use; not redistributed",
}


def pack_id(system: System, task: str) -> str:
    """Genre packs are called as their system, mood packs `ID-mood`."""
    return system.id if task == "genre" else f"{system.id}-{task}"


def network_graph(net: nn.Module, spec: dict, path: Path) -> None:
    """Writes a network's graph: input as `spec` names it, output `logits` [N, classes], free batch size."""
    write_graph(net, example(spec, 2), path, spec["name"], ("logits",))


def run_graph(path: Path, spec: dict, output: str, x: np.ndarray) -> np.ndarray:
    """What onnxruntime says of windows x, on one thread."""
    return session(path).run([output], {spec["name"]: np.ascontiguousarray(x, dtype=np.float32)})[0]


def milliseconds(path: Path, spec: dict) -> float:
    """Median processor time a window in batches of eight, on one thread: time that others take of the processor does not count."""
    net, windows, times = session(path), {spec["name"]: example(spec, BATCH).numpy()}, []
    for _ in range(RUNS):
        began = time.process_time()
        net.run(None, windows)
        times.append(time.process_time() - began)
    return round(float(np.median(times[1:])) / BATCH * 1000, 4)


def trained_on(system: System, task: str) -> list[str]:
    """The collections, with their terms."""
    return [TERMS["emotify" if task == "genre" and system.inputs[task].startswith("waveform") else task]]


def _output(system: System, task: str, name: str, activation: str, calibration: dict[str, float]) -> dict:
    labels = labels_of(system, task)
    return {
        "name": name, "task": task, "activation": activation, "labels": list(labels), "size": len(labels),
        "calibration": {key: round(value, 4) for key, value in calibration.items()},
    }  # fmt: skip


def manifest(system: System, task: str, graph: Path, parameters: int, output: str, activation: str, calibration: dict[str, float], evaluation: list[dict]) -> dict:
    """model.json of a pack; `evaluation` rows of {what, value, protocol}."""
    return {
        "id": graph.parent.name,
        "version": VERSION,
        "name": f"{system.id} ({task})",
        "description": f"The published system {system.id}, trained anew by models/lab/systems.py for {task}; for comparison, not for tagging.",
        "license": "MIT (weights); trained on research-only recordings, see CARD.md",
        "source": "models/lab",
        "trainedOn": trained_on(system, task),
        "file": graph.name,
        "sha256": hashlib.sha256(graph.read_bytes()).hexdigest(),
        "parameters": parameters,
        "input": input_of(system.inputs[task]),
        "outputs": [_output(system, task, output, activation, calibration)],
        "evaluation": evaluation,
    }


def ensemble_manifest(system: System, task: str, members: list[dict], evaluation: list[dict]) -> dict:
    """model.json of an ensemble of packs, {id, version, weight} each."""
    return {
        "id": pack_id(system, task),
        "version": VERSION,
        "name": f"{system.id} ({task})",
        "description": "Weighted majority vote of " + ", ".join(member["id"] for member in members) + ".",
        "license": "MIT (weights); trained on research-only recordings, see CARD.md",
        "source": "models/lab",
        "trainedOn": trained_on(system, task),
        "ensemble": {"rule": system.setting("rule"), "members": members},
        "outputs": [{"task": task, "labels": list(labels_of(system, task)), "calibration": {}}],
        "evaluation": evaluation,
    }


def card(system: System, task: str, found: dict) -> str:
    """CARD.md: what it is, from what, how good, how made."""
    notes = "".join(f"- {note}\n" for note in system.notes)
    rows = "".join(f"| {row['what']} | {row['value']} | {row['protocol']} |\n" for row in found["evaluation"])
    return (
        f"# {found['name']}\n\n{found['description']} `models/lab/SYSTEMS.md` compares it with the others and with what its report found.\n\n"
        f"## Trained on\n\n{''.join(f'- {line}' for line in found['trainedOn'])}\n\n"
        "No recording and no picture of it is in the pack. The weights are under this repository's licence (MIT); the terms of the collection say\n"
        "research, so judge for yourself before you build on them.\n\n"
        f"{'## Departures from the report' + chr(10) + chr(10) + notes + chr(10) if notes else ''}"
        f"## How good it is\n\n| figure | value | protocol |\n| --- | --- | --- |\n{rows}\n"
        f"## How it was made\n\n```sh\npython models/lab/systems.py export --system {system.id} --task {task} --out DIR\n```\n"
    )


def write_pack(folder: Path, system: System, task: str, found: dict) -> None:
    """Writes model.json and CARD.md beside the graph."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "CARD.md").write_text(card(system, task, found), encoding="utf-8")


