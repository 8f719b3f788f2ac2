"""How many verdicts on genres beyond the ten the wide genres keep back: `python models/lab/beyond.py --name NAME`.

Reads the run's held-out window logits (evaluate.py), calibration.json (calibrate.py), heads.json and heads-said.npz (heads.py); writes
beyond.json into its folder, which results.py draws.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

import numpy as np

from lab.beyond import judge, load_ratios, telling
from lab.calibration import Calibration, probabilities
from lab.clips import clips
from lab.paths import WORK
from lab.runs import all_clips


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    options = parser.parse_args()
    run = WORK / "runs" / options.name
    calibration = Calibration(**json.loads((run / "calibration.json").read_text())["genre"])
    ratios = load_ratios(run)
    found = all_clips(options.name)
    by_key = {clip.key: clip for clip in clips()}
    listed = [by_key[key] for key in found.keys]
    share = probabilities(found.windows, calibration)
    top, confidence = share.argmax(axis=1), share.max(axis=1)
    ratio = np.array([ratios[key] for key in found.keys])
    rows = judge(listed, top, confidence >= calibration.abstainBelow, ratio)
    result = {"groups": [asdict(row) for row in rows], "auroc": telling(listed, top, confidence, ratio)}
    (run / "beyond.json").write_text(json.dumps(result, indent=1))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
