"""One tiny system of each kind of input on made-up audio, in under a minute: `python models/lab/selftest_systems.py [--out DIR]`.

Mel windows, pictures, raw audio, a table of statistics, and an ensemble of two: trained for a few steps, exported, checked against their
trainers. With `--out` the packs stay in DIR/packs for the app to load, with sound.wav and what each pack says of it in expected.json.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import wave
from pathlib import Path

import numpy as np
import torch

from lab.decode import resample
from lab.frontend import SAMPLE_RATE
from lab.systems.corpus import Windows
from lab.systems.hearing import confidences, input_windows
from lab.systems.inputs import input_of
from lab.systems.packs import ensemble_manifest, manifest, pack_id, write_pack
from lab.systems.runs import run_on
from lab.systems.spec import System, labels_of
from lab.systems.splits import Split
from selftest import made_up_sound

SOUNDS = 24
#: Sound i is of kind i % 4; the first half is learnt from, a quarter chooses the epoch, a quarter is judged.
TRAINED, CHOSEN = 12, 18
SETTINGS = {"optimiser": "adam", "learningRate": 0.003, "batch": 8, "epochs": 30, "patience": 30, "seconds": 6, "dropout": 0.1, "init": "he"}
GRID = {"classifier": "logreg", "grid": {"C": [1.0, 10.0]}}


TASK = "mood"


def tiny(name: str, network: str, source: str, chosen: dict) -> System:
    """A system of the self-test alone; its four labels are the kinds of made-up sounds."""
    family = "tabular" if "classifier" in chosen else "ensemble" if "members" in chosen else "snippet"
    return System(name, family, network, {TASK: source}, "made-up sounds", {}, {}, chosen, [], {}, {})


TINY = (
    tiny("tiny-mel", "conv", "mel-3s", SETTINGS),
    tiny("tiny-picture", "cnn4", "picture-3s", SETTINGS),
    tiny("tiny-samples", "end2end-gru", "waveform-3s", SETTINGS),
    tiny("tiny-table", "", "features-3s-few", GRID),
)
ENSEMBLE = tiny("tiny-ensemble", "", "picture-3s", {"members": ["tiny-picture", "tiny-table"], "rule": "mean"})


def made_up_windows(sounds: list[np.ndarray], system: System) -> Windows:
    """Windows of the sounds as a system takes them."""
    spec = input_of(system.inputs[TASK])
    found = [input_windows(resample(sound, SAMPLE_RATE, spec["sampleRate"]), spec)[0] for sound in sounds]
    track = np.repeat(np.arange(len(sounds)), [len(windows) for windows in found])
    keys = [str(i) for i in range(len(sounds))]
    return Windows(np.concatenate(found), track, keys, np.arange(len(sounds)) % 4, keys, [""] * len(sounds), labels_of(system, TASK))


def make_pack(folder: Path, sounds: list[np.ndarray], system: System) -> str:
    """Trains, checks and exports one system; says how it went."""
    windows = made_up_windows(sounds, system)
    parts = Split(*(np.flatnonzero(where) for where in (windows.track < TRAINED, (windows.track >= TRAINED) & (windows.track < CHOSEN), windows.track >= CHOSEN)))
    target = folder / pack_id(system, TASK)
    record, trained, _ = run_on(system, TASK, windows, parts, 0, target, lambda line: None)
    assert record.accuracy >= 0.5, f"{system.id} tells {record.accuracy:.0%} of the made-up sounds apart, four kinds of them"
    assert record.notes["onnxDifference"] < 1e-3, f"{system.id}: onnxruntime and the trainer differ by {record.notes['onnxDifference']}"
    write_pack(target, system, TASK, manifest(system, TASK, trained.onnx, trained.parameters, trained.output, trained.activation, {}, []))
    return f"{system.id} {record.accuracy:.0%}, within {record.notes['onnxDifference']:.0e}"


def write_sound(path: Path, sound: np.ndarray) -> np.ndarray:
    """Writes a 16-bit WAV file and gives the samples that are in it."""
    numbers = np.round(sound * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(numbers.tobytes())
    return (numbers / 32768).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    sounds = [made_up_sound(i % 4, rng) for i in range(SOUNDS)]
    with tempfile.TemporaryDirectory() as temporary:
        out = options.out or Path(temporary)
        packs = out / "packs"
        said = [make_pack(packs, sounds, system) for system in TINY]
        members = [{"id": f"{name}-{TASK}", "weight": weight} for name, weight in zip(ENSEMBLE.setting("members"), (0.7, 0.3), strict=True)]
        write_pack(packs / pack_id(ENSEMBLE, TASK), ENSEMBLE, TASK, ensemble_manifest(ENSEMBLE, TASK, members, []))
        heard = write_sound(out / "sound.wav", sounds[0] + 0.5 * sounds[3])
        expected = {folder.name: confidences(heard, SAMPLE_RATE, folder) for folder in sorted(packs.iterdir())}
        (out / "expected.json").write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")
        assert all(abs(sum(shares.values()) - 1) < 1e-4 for shares in expected.values()), expected
    print(f"self-test of the systems passed: {'; '.join(said)}")


if __name__ == "__main__":
    main()
