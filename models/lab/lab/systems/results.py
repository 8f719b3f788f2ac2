"""Results of runs, one small file a system, task and protocol in models/lab/results/systems, and the figures drawn from them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from ..judging import macro_f1
from ..paths import LAB
from .spec import System, labels_of

RESULTS = LAB / "results" / "systems"


@dataclass(frozen=True)
class Record:
    """What one run said of its test tracks: labels by number, by the mean of the windows (`said`) and by their majority (`voted`)."""

    seed: int
    keys: list[str]
    truth: list[int]
    said: list[int]
    voted: list[int]
    confidence: list[float]
    windows: int
    windowsRight: int
    notes: dict

    @property
    def accuracy(self) -> float:
        """Share of tracks right by the mean of the windows."""
        return float(np.mean(np.equal(self.said, self.truth)))

    @property
    def vote_accuracy(self) -> float:
        """Share of tracks right by the majority of the windows."""
        return float(np.mean(np.equal(self.voted, self.truth)))

    @property
    def window_accuracy(self) -> float:
        """Share of windows right."""
        return self.windowsRight / self.windows

    def macro_f1(self, classes: int) -> float:
        """Mean F1 of the labels over tracks."""
        return macro_f1(np.eye(classes)[self.said], np.array(self.truth))


def result_file(system_id: str, task: str, protocol: str) -> Path:
    """Where the records of all seeds lie."""
    return RESULTS / f"{system_id}_{task}_{protocol}.json"


def load_records(system_id: str, task: str, protocol: str) -> list[Record]:
    """Records by seed; none where nothing was run."""
    path = result_file(system_id, task, protocol)
    if not path.exists():
        return []
    return [Record(**row) for row in json.loads(path.read_text(encoding="utf-8"))["runs"]]


def save_record(system_id: str, labels: tuple[str, ...], task: str, protocol: str, record: Record) -> None:
    """Adds a record, or puts it in the place of the one with its seed."""
    others = [old for old in load_records(system_id, task, protocol) if old.seed != record.seed]
    runs = sorted([*others, record], key=lambda r: r.seed)
    head = {"system": system_id, "task": task, "protocol": protocol, "labels": list(labels)}
    rows = ",\n".join(json.dumps(asdict(r), separators=(",", ":")) for r in runs)
    RESULTS.mkdir(parents=True, exist_ok=True)
    result_file(system_id, task, protocol).write_text(f'{json.dumps(head)[:-1]}, "runs": [\n{rows}\n]}}\n', encoding="utf-8")


def save(system: System, task: str, protocol: str, record: Record) -> None:
    """`save_record` of one of our systems."""
    save_record(system.id, labels_of(system, task), task, protocol, record)


def pack_figures(record: Record, labels: tuple[str, ...], protocol: str) -> list[dict]:
    """The manifest's `evaluation` rows of a run."""
    what = f"{protocol} protocol of models/lab/SYSTEMS.md, {len(record.keys)} held-out tracks, seed {record.seed}"
    return [
        {"what": "accuracy", "value": round(record.accuracy, 4), "protocol": what},
        {"what": "macro-F1", "value": round(record.macro_f1(len(labels)), 4), "protocol": what},
    ]


def confusion_counts(records: list[Record], classes: int) -> np.ndarray:
    """Counts [true, said] over all runs."""
    counts = np.zeros((classes, classes), int)
    for record in records:
        np.add.at(counts, (record.truth, record.said), 1)
    return counts
