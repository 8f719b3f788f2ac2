"""One run: a system trained on a task by a protocol with a seed, judged, exported, checked, timed and written down."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch

from ..calibration import fit as calibrate
from ..judging import softmax
from ..paths import WORK, work
from .corpus import Windows, load_windows
from .fitting import features_of, fit, logits_of
from .inputs import input_of
from .networks import Frozen, make_network
from .packs import ensemble_manifest, manifest, milliseconds, network_graph, pack_id, run_graph, write_pack
from .results import Record, pack_figures
from .spec import System, find_system, labels_of
from .splits import Split, split
from .tabular import export_table, fit_table, stored_numbers

#: Windows that the graph is compared with its trainer on.
CHECKED = 64
#: Of the run whose graph becomes the pack.
PACK_PROTOCOL, PACK_SEED = "artist", 0


@dataclass(frozen=True)
class Trained:
    """What training leaves: the graph's file, what it says (logits, or probabilities if `activation` is softmax), and notes for the record."""

    onnx: Path
    output: str
    activation: str
    parameters: int
    say: Callable[[np.ndarray], np.ndarray]
    validation: np.ndarray
    notes: dict

    def probabilities(self, x: np.ndarray) -> np.ndarray:
        """[n, classes] by the trainer's own arithmetic."""
        return self.say(x) if self.activation == "softmax" else softmax(self.say(x))


@lru_cache(maxsize=2)
def _windows(name: str, task: str) -> Windows:
    system = next(s for s in _systems() if s.inputs.get(task) == name)
    return load_windows(system, task)


def _systems() -> list[System]:
    from .spec import all_systems

    return list(all_systems().values())


def saved_file(system: System, task: str, protocol: str, seed: int) -> Path:
    """Where a run's probabilities of validation and test windows lie, for ensembles."""
    return work("systems", system.id, f"{task}-{protocol}-{seed}.npz")


def train_network(system: System, task: str, windows: Windows, parts: Split, seed: int, onnx: Path, log: Callable[[str], None]) -> Trained:
    """A neural system; the validation windows choose the epoch."""
    torch.manual_seed(seed)
    x, y = torch.from_numpy(windows.x), torch.from_numpy(windows.truth[windows.track])
    net = make_network(system.network, system.setting, task, len(windows.labels), x)
    # What a frozen trunk gives is the same in each epoch, so that its head learns from that alone.
    learner, heard = (net.head, features_of(net, x)) if isinstance(net, Frozen) else (net, x)
    fitted = fit(learner, heard, y, parts, system.setting, seed, log)
    network_graph(net, input_of(system.inputs[task]), onnx)
    notes = {name: value for name, value in fitted.__dict__.items() if name != "net"}
    count = sum(p.numel() for p in net.parameters())
    say = lambda part: logits_of(net, torch.from_numpy(part))  # noqa: E731
    return Trained(onnx, "logits", "logits-softmax", count, say, say(windows.x[parts.valid]), notes)


def train_table(system: System, task: str, windows: Windows, parts: Split, seed: int, onnx: Path, log: Callable[[str], None]) -> Trained:
    """A table classifier: training and validation rows together, the grid search's own folds choose; its cross-validated share right stands for validation."""
    rows = np.concatenate([parts.train, parts.valid])
    known_groups = [windows.artists[t] if any(windows.given) and protocol_is_artist(parts, windows) else str(t) for t in windows.track[rows]]
    groups = np.unique(known_groups, return_inverse=True)[1]
    y = windows.truth[windows.track]
    if len(np.unique(y[rows])) < len(windows.labels):
        raise ValueError(f"only {len(np.unique(y[rows]))} of {len(windows.labels)} labels occur among the rows to learn from: each needs one")
    fitted = fit_table(windows.x[rows], y[rows], groups, system.setting, seed)
    log(f"best of the grid: {fitted.settings}, cross-validated {fitted.crossValidated:.3f}, {fitted.seconds:.0f} s")
    graph = export_table(fitted.pipeline, windows.x.shape[1])
    onnx.write_bytes(graph)
    notes = {"settings": fitted.settings, "crossValidated": round(fitted.crossValidated, 4), "seconds": fitted.seconds}
    say = lambda part: fitted.pipeline.predict_proba(part).astype(np.float32)  # noqa: E731
    return Trained(onnx, "probabilities", "softmax", stored_numbers(graph), say, np.log(np.maximum(say(windows.x[parts.valid]), 1e-6)), notes)


def protocol_is_artist(parts: Split, windows: Windows) -> bool:
    """Whether no artist stands on both sides of a split, so that a grid search must keep artists whole as well."""
    side = [{windows.artists[t] for t in windows.track[part]} for part in (np.concatenate([parts.train, parts.valid]), parts.test)]
    return not side[0] & side[1]


def _by_track(track: np.ndarray) -> list[np.ndarray]:
    return [np.flatnonzero(track == t) for t in np.unique(track)]


def judge(seed: int, windows: Windows, test: np.ndarray, probabilities: np.ndarray) -> Record:
    """What was said of the test windows, by track."""
    track = windows.track[test]
    groups = _by_track(track)
    tracks = np.unique(track)
    count = probabilities.shape[1]
    share = np.array([probabilities[group].mean(axis=0) for group in groups])
    votes = np.array([np.bincount(probabilities[group].argmax(axis=1), minlength=count) + share[i] for i, group in enumerate(groups)])
    right = probabilities.argmax(axis=1) == windows.truth[track]
    return Record(
        seed, [windows.keys[t] for t in tracks], windows.truth[tracks].tolist(), share.argmax(axis=1).tolist(), votes.argmax(axis=1).tolist(),
        [round(float(v), 2) for v in share.max(axis=1)], len(test), int(right.sum()), {},
    )  # fmt: skip


def run_on(system: System, task: str, windows: Windows, parts: Split, seed: int, folder: Path, log: Callable[[str], None]) -> tuple[Record, Trained, dict[str, float]]:
    """Trains and judges a system that is no ensemble and leaves its graph in `folder`; the calibration is fitted on the validation tracks."""
    spec = input_of(system.inputs[task])
    folder.mkdir(parents=True, exist_ok=True)
    train = train_table if system.family == "tabular" else train_network
    trained = train(system, task, windows, parts, seed, folder / "model.onnx", log)
    test = windows.x[parts.test]
    record = judge(seed, windows, parts.test, trained.probabilities(test))
    difference = np.abs(run_graph(trained.onnx, spec, trained.output, test[:CHECKED]) - trained.say(test[:CHECKED])).max()
    record.notes.update(
        {"trainWindows": len(parts.train), "validWindows": len(parts.valid), "parameters": trained.parameters, "bytes": trained.onnx.stat().st_size,
         "msPerWindow": milliseconds(trained.onnx, spec), "onnxDifference": float(f"{difference:.2g}"), **trained.notes}
    )  # fmt: skip
    track = windows.track[parts.valid]
    calibration = asdict(calibrate([trained.validation[g] for g in _by_track(track)], windows.truth[np.unique(track)]))
    return record, trained, calibration


def run_single(system: System, task: str, protocol: str, seed: int, log: Callable[[str], None]) -> Record:
    """A run of a system that is no ensemble; that of PACK_PROTOCOL and PACK_SEED leaves a pack."""
    windows = _windows(system.inputs[task], task)
    parts = split(windows, protocol, seed)
    packed = protocol == PACK_PROTOCOL and seed == PACK_SEED
    with tempfile.TemporaryDirectory() as temporary:
        folder = WORK / "packs" / pack_id(system, task) if packed else Path(temporary)
        record, trained, calibration = run_on(system, task, windows, parts, seed, folder, log)
        if packed:
            figures = pack_figures(record, labels_of(system, task), protocol)
            write_pack(folder, system, task, manifest(system, task, trained.onnx, trained.parameters, trained.output, trained.activation, calibration, figures))
        np.savez(
            saved_file(system, task, protocol, seed), valid=softmax(trained.validation), validTrack=windows.track[parts.valid],
            test=trained.probabilities(windows.x[parts.test]), testTrack=windows.track[parts.test], crossValidated=trained.notes.get("crossValidated", -1.0),
        )  # fmt: skip
    return record


def _member_accuracy(file, truth: np.ndarray) -> float:
    """A member's share of validation tracks that are right; a table's own cross-validation, since it has learnt from them."""
    if file["crossValidated"] >= 0:
        return float(file["crossValidated"])
    groups = _by_track(file["validTrack"])
    said = np.array([file["valid"][group].mean(axis=0).argmax() for group in groups])
    return float((said == truth[np.unique(file["validTrack"])]).mean())


def run_ensemble(system: System, task: str, protocol: str, seed: int, log: Callable[[str], None]) -> Record:
    """Weighted vote of members that were run before, window by window on the first member's grid, as the app joins them."""
    members = [find_system(name) for name in system.setting("members")]
    own = ["random-clip" if protocol == "random" and member.seconds == 3 else protocol for member in members]
    missing = [m.id for m, p in zip(members, own, strict=True) if not saved_file(m, task, p, seed).exists()]
    if missing:
        raise FileNotFoundError(f"run the members first: {', '.join(missing)} ({task}, {protocol}, seed {seed})")
    windows = _windows(members[0].inputs[task], task)
    files = [np.load(saved_file(m, task, p, seed)) for m, p in zip(members, own, strict=True)]
    weights = [_member_accuracy(file, windows.truth) for file in files]
    grid = files[0]["testTrack"]
    votes = np.zeros((len(grid), len(windows.labels)))
    for file, weight in zip(files, weights, strict=True):
        # A member with one window a clip says the same at every place of the grid.
        row = {t: i for i, t in enumerate(file["testTrack"])}
        if len(file["testTrack"]) > len(grid):
            raise ValueError("the first member must have the most windows a track, for the others' to lie on its grid")
        said = file["test"] if len(file["testTrack"]) == len(grid) else file["test"][[row[t] for t in grid]]
        votes[np.arange(len(grid)), said.argmax(axis=1)] += weight / sum(weights)
    numbers = np.array([np.flatnonzero(windows.track == t)[0] for t in np.unique(grid)])
    test = np.concatenate([np.flatnonzero(windows.track == windows.track[n]) for n in numbers])
    record = judge(seed, windows, test, votes)
    log("weights " + ", ".join(f"{m.id} {w:.3f}" for m, w in zip(members, weights, strict=True)))
    record.notes.update({"weights": {m.id: round(w, 4) for m, w in zip(members, weights, strict=True)}})
    if protocol == PACK_PROTOCOL and seed == PACK_SEED:
        entries = [{"id": pack_id(m, task), "weight": round(w, 4)} for m, w in zip(members, weights, strict=True)]
        found = ensemble_manifest(system, task, entries, pack_figures(record, labels_of(system, task), protocol))
        write_pack(WORK / "packs" / pack_id(system, task), system, task, found)
    return record


def run(system: System, task: str, protocol: str, seed: int, log: Callable[[str], None]) -> Record:
    """One run; its notes say when it was and how long it took by the clock."""
    began = time.time()
    record = (run_ensemble if system.family == "ensemble" else run_single)(system, task, protocol, seed, log)
    record.notes["wallSeconds"] = round(time.time() - began, 1)
    return record
