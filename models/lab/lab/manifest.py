"""model.json, the manifest that the app reads (src/shared/contract/model-manifest.ts)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from . import frontend
from .heads import AFFECT, CONTENT
from .vocabulary import GENRES, MOODS
from .wide import WIDE

INPUT = {
    "kind": "mel",
    "name": "mel",
    "layout": "NCTM",
    "sampleRate": frontend.SAMPLE_RATE,
    "nFft": frontend.N_FFT,
    "hop": frontend.HOP,
    "nMels": frontend.N_MELS,
    "fMin": 0,
    "fMax": frontend.F_MAX,
    "melScale": "slaney",
    "melNorm": "slaney",
    "power": 2,
    "compression": "log10-1-10000",
    "windowFrames": frontend.WINDOW_FRAMES,
    "mono": "mean",
}

DESCRIPTION = (
    "Ten classic genres, wide genres, four mood quadrants, valence and arousal, and whether it is music at all, "
    "from 3-second log-mel windows; independent of the recording's level."
)

TRAINED_ON = [
    "4Q audio emotion dataset (Panda, Malheiro and Paiva 2018): 719 AllMusic previews, research use; not redistributed",
    "Emotify (Aljanaki, Wiering and Veltkamp 2015): 310 Magnatune recordings; not redistributed",
    "GTZAN (Tzanetakis and Cook 2002): spectrogram pictures and labels of 748 fault-filtered tracks, 76 clips; research use; not redistributed",
    "Kevin MacLeod's and others' Creative Commons recordings",
    "free recordings from Debian packages for speech, sounds and game music (models/lab/config/content.json); not redistributed",
    "distilled from MSD-musicnn (Pons and Serra 2019, ISC) and EfficientAT mn04 (Schmid et al. 2023, MIT)",
]


#: Speech or noise must be this sure before a genre is withheld for it.
CONTENT_SURE = 0.6


def manifest(version: str, onnx: Path, parameters: int, embedding: int, calibration: dict[str, dict[str, float]], thresholds: list[float], evaluation: list[dict]) -> dict:
    """The manifest of an exported model, which is called as its folder; `calibration` by task, `thresholds` of the wide genres, `evaluation` rows of {what, value, protocol}."""
    rounded = {task: {name: round(value, 4) for name, value in numbers.items()} for task, numbers in calibration.items()}
    return {
        "id": onnx.parent.name,
        "version": version,
        "name": "Genregram base",
        "description": DESCRIPTION,
        "license": "MIT (weights); trained on research-only recordings, see CARD.md",
        "source": "models/lab",
        "trainedOn": TRAINED_ON,
        "file": onnx.name,
        "sha256": hashlib.sha256(onnx.read_bytes()).hexdigest(),
        "parameters": parameters,
        "input": INPUT,
        "outputs": [
            {"name": "genre", "task": "genre", "activation": "logits-softmax", "labels": list(GENRES), "size": len(GENRES), "calibration": rounded["genre"]},
            {"name": "mood", "task": "mood", "activation": "logits-softmax", "labels": list(MOODS), "size": len(MOODS), "calibration": rounded["mood"]},
            {"name": "embedding", "task": "embedding", "activation": "none", "labels": [], "size": embedding},
            {"name": "genre-wide", "task": "genre-wide", "activation": "logits-sigmoid", "labels": list(WIDE), "size": len(WIDE), "calibration": {"thresholds": [round(t, 4) for t in thresholds]}},
            {"name": "valence-arousal", "task": "valence-arousal", "activation": "none", "labels": list(AFFECT), "size": len(AFFECT)},
            {"name": "content", "task": "content", "activation": "logits-softmax", "labels": list(CONTENT), "size": len(CONTENT), "calibration": {"abstainBelow": CONTENT_SURE}},
        ],
        "evaluation": evaluation,
    }


def write_manifest(folder: Path, found: dict) -> None:
    """Writes model.json beside the model."""
    (folder / "model.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
