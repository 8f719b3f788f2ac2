"""A run's held-out clips through the app: `python models/lab/through_app.py --name NAME`. Needs `npm run build`; some 3 minutes.

Every fold's network is exported, the app's own `evaluate` judges it on the labelled clips that it has not seen, and its verdicts are laid
beside the lab's. Needs evaluate.py, calibrate.py and heads.py of the run; writes through-app.json into its folder, which results.py draws.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from lab.app import app_judges
from lab.beside_app import Heard, beside
from lab.beyond import load_ratios
from lab.calibration import Calibration
from lab.clips import Clip, clips
from lab.exporting import export_part
from lab.paths import WORK
from lab.window_logits import TaskWindows, load, windows_path

#: The app's task by that of windows.npz. GTZAN's pictures are no sound.
TASKS = {"certain": "genre", "mood": "mood"}


def heard_by_app(run: Path, fold: int, found: dict[str, TaskWindows], by_key: dict[str, Clip], folder: Path) -> dict[str, dict[str, Heard]]:
    """The app's verdicts on a fold's clips, by task and key."""
    export_part(run, f"fold{fold}", folder, "0.0.0")
    heard = {}
    for task, app_task in TASKS.items():
        of = found[task]
        rows = np.flatnonzero(of.fold == fold)
        tracks = app_judges(folder, app_task, [(by_key[of.keys[row]], of.names[of.label[row]]) for row in rows])["tracks"]
        verdicts = {track["path"]: Heard(track["heard"], track["confidence"], not track["abstained"]) for track in tracks}
        heard[task] = {of.keys[row]: verdicts[str(by_key[of.keys[row]].path)] for row in rows}
        print(f"fold {fold}, {task}: {len(tracks)} clips heard", flush=True)
    return heard


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    options = parser.parse_args()
    run, found = WORK / "runs" / options.name, load(windows_path(options.name))
    calibration = json.loads((run / "calibration.json").read_text())
    by_key = {clip.key: clip for clip in clips()}
    heard: dict[str, dict[str, Heard]] = {task: {} for task in TASKS}
    for fold in sorted(set(found["mood"].fold.tolist())):
        with tempfile.TemporaryDirectory() as temporary:
            for task, verdicts in heard_by_app(run, fold, found, by_key, Path(temporary) / "fold").items():
                heard[task] |= verdicts
    # The wide genres withhold verdicts on genre alone.
    ratios = {"genre": load_ratios(run)}
    rows = [{"task": task} | asdict(beside(found[task], Calibration(**calibration[of]), heard[task], ratios.get(of))) for task, of in TASKS.items()]
    (run / "through-app.json").write_text(json.dumps(rows, indent=1))
    print(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
