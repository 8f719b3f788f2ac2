"""Where things are: the data beside the repository, and the work folder that git ignores."""

from __future__ import annotations

import os
from pathlib import Path

LAB = Path(__file__).resolve().parents[1]
REPOSITORY = LAB.parents[1]
DATA = Path(os.environ.get("GENREGRAM_DATA", REPOSITORY.parent / "shared" / "data"))
WORK = Path(os.environ.get("GENREGRAM_LAB_WORK", LAB / "work"))
CONFIG = LAB / "config"
BASE_MODEL = REPOSITORY / "models" / "base"


def work(*parts: str) -> Path:
    """A path in the work folder, its parent made."""
    path = WORK.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
