"""A pack through the app's own `evaluate` on clips that its system has not learnt from, and the same clips heard in Python."""

from __future__ import annotations

import json

import numpy as np

from ..app import app_judges
from ..clips import Clip, clips, read_rows
from ..decode import decode
from ..folds import fold_artist
from ..paths import DATA, WORK
from ..vocabulary import MOODS, QUADRANTS, known_genre
from .hearing import confidences
from .packs import pack_id
from .results import RESULTS, load_records
from .spec import System

FILE = "through-app.json"
#: Clips that the app hears, at most, and those of them that Python hears as well.
HEARD, COMPARED = 60, 12


def _spread(found: list[tuple[Clip, str]], count: int) -> list[tuple[Clip, str]]:
    """So many of a list, evenly."""
    return [found[i] for i in np.unique(np.linspace(0, len(found) - 1, min(count, len(found))).astype(int))]


def held_out_clips(system: System, task: str) -> list[tuple[Clip, str]]:
    """Clips with a label that the system's pack has not learnt from: its own test part, or for what learnt from GTZAN's pictures and
    table, clips of the other collections by artists that GTZAN has not, and GTZAN's own of the test part."""
    by_key = {clip.key: clip for clip in clips()}
    if task == "mood" or system.inputs[task].startswith("waveform"):
        own = [by_key[key] for key in load_records(system.id, task, "artist")[0].keys]
        return [(clip, MOODS[QUADRANTS.index(clip.labels["quadrant"])] if task == "mood" else clip.labels["genre"]) for clip in own]
    learnt = {fold_artist(row["artist"]) for row in read_rows(DATA / "gtzan" / "melimg_index.csv") if row["artist"]}
    others = [(clip, known_genre(clip)) for clip in clips("mood-4q", "emotify") if fold_artist(clip.artist) not in learnt]
    own = [(clip, clip.labels["genre"]) for clip in clips("gtzan") if clip.labels["split_filtered"] == "test"]
    return [(clip, genre) for clip, genre in others if genre] + _spread(own, 8)


def evaluate(system: System, task: str) -> None:
    """Judges a pack through the app, compares its verdicts with Python's, and adds both to the results."""
    folder = WORK / "packs" / pack_id(system, task)
    if not (folder / "model.json").exists():
        raise SystemExit(f"{folder} is missing: run `systems.py export --system {system.id} --task {task}` first")
    wanted = _spread(held_out_clips(system, task), HEARD)
    judged = app_judges(folder, task, wanted)
    same, differences = 0, []
    heard = {track["path"]: track for track in judged["tracks"]}
    for clip, _ in _spread(wanted, COMPARED):
        ours, theirs = confidences(*decode(clip.path), folder), heard[str(clip.path)]
        top = max(ours, key=ours.get)
        same += top == theirs["heard"]
        differences.append(abs(ours[theirs["heard"]] - theirs["confidence"]))
    kind = json.loads((folder / "model.json").read_text(encoding="utf-8")).get("input", {"kind": "ensemble"})["kind"]
    found = {
        "task": task, "kind": kind, "clips": judged["report"]["n"], "accuracy": round(judged["report"]["accuracy"], 4),
        "compared": len(differences), "same": same, "largestDifference": float(f"{max(differences):.2g}"),
        "medianDifference": float(f"{np.median(differences):.2g}"),
    }  # fmt: skip
    path = RESULTS / FILE
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text("{\n" + ",\n".join(f'"{k}": {json.dumps(v)}' for k, v in sorted({**rows, folder.name: found}.items())) + "\n}\n", encoding="utf-8")
    print(f"{folder.name}: {found}")
