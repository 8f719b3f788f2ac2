"""The app's own programs, called for what they alone can say."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from .paths import REPOSITORY

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
