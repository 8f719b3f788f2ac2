"""How steady a model's verdicts are: `python models/lab/robustness.py [--model DIR] [--collection NAME ...] [--limit N] [--fold N] [--run NAME]`.

Changes the sound of clips (louder, MP3, low-pass, faster, one half, ...; lab/changes.py) and asks whether the first genre and mood stay. The
app's own front end reads every file (`npm run build` first), onnxruntime runs the exported model. With `--fold N` only clips that
this fold holds out are taken, so give that fold's network as the model. Writes robustness-COLLECTIONS.json (into work/runs/NAME with `--run`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort

from lab.app import app_features
from lab.calibration import sharpen
from lab.changes import CHANGES, Recording, applies, apply, probe
from lab.clips import Clip, clips
from lab.config import load_config
from lab.dataset import grid_windows, load_corpus
from lab.exporting import session
from lab.judging import softmax
from lab.paths import BASE_MODEL, CONFIG, work

TASKS = ("genre", "mood")
Verdict = dict[str, tuple[int, bool]]


@dataclass(frozen=True)
class Model:
    """An exported model and its calibrations by task."""

    net: ort.InferenceSession
    calibration: dict[str, dict[str, float]]
    title: str

    def verdict(self, mel: np.ndarray) -> Verdict:
        """By task: the first label of a track's log-mel frames, and whether the app would abstain."""
        found = self.net.run(list(TASKS), {"mel": grid_windows(mel)})
        said = {}
        for task, logits in zip(TASKS, found, strict=True):
            given = self.calibration[task]
            share = softmax(logits / given["temperature"]).mean(axis=0, keepdims=True)
            confidence = sharpen(share, given["trackTemperature"])[0]
            said[task] = int(confidence.argmax()), bool(confidence.max() < given["abstainBelow"])
        return said


def load_model(folder: Path) -> Model:
    """Reads model.json and its graph. Raises `FileNotFoundError` or `ValueError` naming what is missing."""
    if not (folder / "model.json").exists():
        raise FileNotFoundError(f"{folder} holds no model.json: export one there (export.py --out) or name another with --model")
    manifest = json.loads((folder / "model.json").read_text())
    calibration = {output["task"]: output.get("calibration") for output in manifest["outputs"]}
    if missing := [task for task in TASKS if not calibration.get(task)]:
        raise ValueError(f"{folder}/model.json gives no calibration for {', '.join(missing)}: run calibrate.py and export.py again")
    return Model(session(folder / manifest["file"]), calibration, f"{manifest['id']} {manifest['version']}")


def chosen_clips(collections: list[str], limit: int, fold: int | None, config: Path) -> list[Clip]:
    """Clips of the collections, those of one fold if it is given, at most `limit`, taken evenly from the whole."""
    known = clips(*collections)
    if fold is not None:
        recipe = load_config(config)
        corpus = load_corpus(recipe.folds, recipe.foldSeed)
        held_out = {clip.key for clip, number in zip(corpus.clips, corpus.fold, strict=True) if number == fold}
        known = [clip for clip in known if clip.key in held_out]
    if not known:
        raise ValueError("no clip is left: name another --collection or --fold")
    return [known[i * len(known) // limit] for i in range(limit)] if limit and len(known) > limit else known


def verdicts(model: Model, recording: Recording) -> dict[str | None, Verdict]:
    """Verdicts by name of the change, None for the recording as it is; what the app can't read is missing."""
    changes = [change for change in CHANGES if applies(change, recording)]
    with tempfile.TemporaryDirectory() as folder:
        sounds = Path(folder) / "sounds"
        sounds.mkdir()
        written = apply(changes, recording, sounds)
        features = app_features([recording.path, *written], Path(folder) / "features")
        return {written[path].name if path in written else None: model.verdict(np.load(file)) for path, file in features.items()}


def all_verdicts(model: Model, found: list[Clip]) -> list[dict[str | None, Verdict]]:
    """Of every clip that can be read; the others are named and passed over."""
    result = []
    for number, clip in enumerate(found, 1):
        try:
            said = verdicts(model, probe(clip.path))
        except (subprocess.CalledProcessError, ValueError) as error:
            print(f"passed over {clip.key}: {error}")
            continue
        result += [said] if None in said else []
        if number % 10 == 0:
            print(f"{number} of {len(found)} clips", flush=True)
    return result


def compare(pairs: list[tuple[Verdict, Verdict]]) -> dict[str, dict[str, float | None]]:
    """By task: share of pairs with the same first label, with either of the two abstaining, and agreement where neither does."""
    result = {}
    for task in TASKS:
        same = np.array([a[task][0] == b[task][0] for a, b in pairs])
        abstaining = np.array([a[task][1] or b[task][1] for a, b in pairs])
        answered = float(same[~abstaining].mean()) if (~abstaining).any() else None
        result[task] = {"agreement": float(same.mean()), "abstaining": float(abstaining.mean()), "agreementAnswered": answered}
    return result


def rows_of(said: list[dict[str | None, Verdict]]) -> list[dict]:
    """A row {change, clips, tasks} for every change that some clip was given."""
    rows = []
    for change in CHANGES:
        pairs = [(each[None], each[change.name]) for each in said if change.name in each]
        if pairs:
            rows.append({"change": change.name, "clips": len(pairs), "tasks": compare(pairs)})
    return rows


def print_rows(rows: list[dict]) -> None:
    """The table on the terminal, per cent."""
    print(f"{'':32} clips", *(f"{task + ': same, abstaining, same answered':>44}" for task in TASKS))
    for row in rows:
        shares = [share for task in row["tasks"].values() for share in task.values()]
        print(f"{row['change']:32} {row['clips']:5}", *("             -" if share is None else f"{100 * share:14.1f}" for share in shares))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=BASE_MODEL)
    parser.add_argument("--collection", action="append", default=[])
    parser.add_argument("--limit", type=int, default=100, help="clips at most; 0 is all")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--config", type=Path, default=CONFIG / "base.json")
    parser.add_argument("--run", help="write into this run's folder")
    options = parser.parse_args()
    model = load_model(options.model)
    collections = options.collection or ["mood-4q", "emotify", "songs"]
    said = all_verdicts(model, chosen_clips(collections, options.limit, options.fold, options.config))
    if not said:
        raise ValueError("no clip could be read: run `npm run build`, and see what the app's features program says above")
    rows = rows_of(said)
    print_rows(rows)
    seen = f"held out by fold {options.fold}" if options.fold is not None else "the model may have been trained on them"
    protocol = f"{len(said)} clips of {', '.join(collections)}, {seen}"
    name = f"robustness-{'-'.join(collections)}.json"
    path = work("runs", options.run, name) if options.run else work(name)
    path.write_text(json.dumps({"model": model.title, "protocol": protocol, "tasks": TASKS, "changes": rows}, indent=1))
    print(f"{protocol}; wrote {path}")


if __name__ == "__main__":
    main()
