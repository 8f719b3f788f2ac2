"""The app's own programs, called for what they alone can say."""

from __future__ import annotations

import csv
import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .clips import Clip
from .paths import DATA, REPOSITORY

PROGRAM = REPOSITORY / "out" / "main" / "cli.cjs"
FEATURES_PROGRAM = REPOSITORY / "out" / "main" / "features.cjs"


def app_features(paths: list[Path], folder: Path) -> dict[Path, Path]:
    """Log-mel .npy files of whole tracks by the app's front end, by track; tracks that fail are missing. Needs `npm run build`."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as names:
        names.write("\n".join(str(path) for path in paths))
    try:
        subprocess.run(["node", str(FEATURES_PROGRAM), "--out", str(folder), "--list", names.name], check=True)
    finally:
        Path(names.name).unlink()
    index = json.loads((folder / "index.json").read_text())
    return {Path(track["path"]): folder / track["file"] for track in index["tracks"]}


def app_judges(model: Path, task: str, labelled: Iterable[tuple[Clip, str]]) -> dict:
    """What the app's `evaluate` reports of a model's folder on clips: `report` with its figures, `tracks` with `path`, `heard`, `confidence`
    (0..1), `abstained` and `isRight` of each. Needs `npm run build`."""
    with tempfile.TemporaryDirectory() as temporary:
        table, report = Path(temporary) / "labels.csv", Path(temporary) / "report.json"
        with table.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["file", task])
            writer.writerows([clip.path.relative_to(DATA).as_posix(), label] for clip, label in labelled)
        options = ["--labels", str(table), "--root", str(DATA), "--task", task, "--models", str(model.parent), "--model", model.name]
        subprocess.run(["node", str(PROGRAM), "evaluate", *options, "--report", str(report), "--quiet"], check=True, stdout=subprocess.DEVNULL)
        return json.loads(report.read_text(encoding="utf-8"))["judged"][0]
