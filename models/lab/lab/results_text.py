"""RESULTS.md, from what results.py, robustness.py and unknowns.py found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .aggregation import COUNTS, OVERLAPPING, RULES, AggregationRow
from .comparison import recipes_table
from .markdown import percent, table


@dataclass(frozen=True)
class TaskResult:
    """One task's figures on its held-out tracks."""

    task: str
    tracks: int
    folds: int
    accuracy: float
    ece_before: float
    ece_after: float
    risk_area: float
    rows: list[AggregationRow]


def standard_error(share: float, count: int) -> float:
    """Of a share of `count` independent tracks (binomial)."""
    return float(np.sqrt(share * (1 - share) / count))


def cell(value: float | None, form: Callable[[float], str]) -> str:
    """A number in its form; nothing where there is none."""
    return "" if value is None else form(value)


def aggregation_table(rows: list[AggregationRow]) -> str:
    """Rules by windows used: accuracy in per cent, and the calibration error after a fitted track temperature."""
    by = {(row.rule, row.windows): row for row in rows}
    counts = [*COUNTS, *([OVERLAPPING] if any(row.windows == OVERLAPPING for row in rows) else [])]
    cells = [[rule, *(f"{percent(by[rule, n].accuracy)} ({by[rule, n].ece:.3f} / {by[rule, n].ece_fitted:.3f})" for n in counts)] for rule in RULES]
    heads = {0: "all windows", 1: "1 window", OVERLAPPING: f"{OVERLAPPING} overlapping windows"}
    return table(["rule", *(heads.get(n, f"{n} windows") for n in counts)], cells)


def task_section(result: TaskResult) -> str:
    error = standard_error(result.accuracy, result.tracks)
    return f"""## {result.task}

{result.tracks} tracks, {result.folds} {"fold" if result.folds == 1 else "folds"}. Right: {percent(result.accuracy)} % (standard error {percent(error)}). Expected calibration error {result.ece_before:.3f}
before calibration, {result.ece_after:.3f} after. Area under the risk-coverage curve {result.risk_area:.3f}.

![Confusion matrix of {result.task}](results/confusion-{result.task}.png)

![Reliability of {result.task} before and after calibration](results/reliability-{result.task}.png)

How windows are made into a verdict: per cent right (expected calibration error as it is / after a track temperature fitted on other
tracks). Differences under about {percent(2 * error)} points are within the noise of this many tracks.

{aggregation_table(result.rows)}
"""


#: How far the app's and the lab's confidences lie apart where both name the same label.
APART = ("median_difference", "largest_difference")
#: Columns of a change, by task: key in the JSON file, heading.
ROBUSTNESS = {"agreement": "same, %", "abstaining": "either abstains, %", "agreementAnswered": "same where neither does, %"}


def robustness_section(found: dict) -> str:
    """Agreement of each change with the clip as it is."""
    head = ["change", "clips", *(f"{task}: {heading}" for task in found["tasks"] for heading in ROBUSTNESS.values())]
    rows = []
    for change in found["changes"]:
        numbers = [cell(change["tasks"][task][key], percent) for task in found["tasks"] for key in ROBUSTNESS]
        rows.append([change["change"], str(change["clips"]), *numbers])
    return f"""## Robustness to changes of the sound

Share of clips whose first label stays the same when the sound is changed ({found["model"]}; {found["protocol"]}).

{table(head, rows)}
"""


def unknowns_section(found: dict) -> str:
    """Area under the ROC curve of each score and left-out genre."""
    scores = found["scores"]
    rows = [[row["left_out"], str(row["unknown"]), *(cell(row["auroc"][score], "{:.3f}".format) for score in scores)] for row in found["rows"]]
    rows.append(["mean", "", *(cell(found["mean"][score], "{:.3f}".format) for score in scores)])
    return f"""## Unknown genres

{found["protocol"]}

{table(["left out", "tracks", *scores], rows)}
"""


def through_app_section(rows: list[dict]) -> str:
    """The app's verdicts beside the lab's."""
    head = ["task", "clips", "right, the app, %", "right, the lab, %", "same label, %", "named by the app, %", "named or withheld alike, %", "confidence apart, median", "at most"]
    shares = ("app", "lab", "same", "app_named", "named_alike")
    lines = [[row["task"], str(row["tracks"]), *(percent(row[key]) for key in shares), *(f"{row[key]:.5f}" for key in APART)] for row in rows]
    return f"""## Through the app

Each fold's network as a model of the app, judged by the app's own `evaluate` on the clips that it has not seen, beside what the lab says of them
with the same calibration (`through_app.py`). The app leaves out windows that it hears as silence, speech or other sounds; the lab hears them all.
A label is named where the confidence reaches the threshold and, of genres, the wide genres do not withhold it ("Genres that are none of the ten",
below).

{table(head, lines)}
"""


def beyond_section(found: dict) -> str:
    """What the wide genres keep back."""
    forms = [("before", "answered, %"), ("right_before", "right, %"), ("after", "with the wide genres: answered, %"), ("right_after", "right, %")]
    rows = [[row["group"], str(row["clips"]), *(cell(row[key], percent) for key, _ in forms)] for row in found["groups"]]
    curves = ", ".join(f"{value:.3f} by {score}" for score, value in found["auroc"].items())
    return f"""## Genres that are none of the ten

Held-out clips that the network answers for by its confidence, and those that are left when the verdict is withheld where the strongest wide genre that is
named is none of the ten and no other bears the verdict out, as the app does (`beyond.py`). Of the last two groups nothing is right. Their clips are told
from those of the first two with an area under the ROC curve of {curves}. The wide genres have learnt from other artists of these genres; their
thresholds were fitted on these clips.

{table(["clips", "number", *(heading for _, heading in forms)], rows)}
"""


def recipes_section(rows: list[dict]) -> str:
    """The recipes that were compared before one was chosen."""
    return f"""## What decided the recipe

Per cent right / mean recall of the labels, and log loss after a fitted temperature, on the same held-out folds; of several seeds the mean and the
standard deviation. Differences of less than some 3 points (pictures, quadrants) or 5 (clips of one certain genre) are noise, the log loss is steadier.

{recipes_table(rows)}
"""


@dataclass(frozen=True)
class Further:
    """What other commands found, as their JSON files hold it; None or empty where they have not run."""

    through_app: list[dict] | None
    robustness: list[dict]
    unknowns: list[dict]
    beyond: dict | None
    recipes: list[dict] | None


def results_text(run: str, results: list[TaskResult], further: Further) -> str:
    """The whole of RESULTS.md."""
    head = f"""# Results in pictures and tables

Run `{run}`: every track was judged by a network that had not seen its artist (models/lab/README.md says how). Calibrations are
cross-fitted: no track is judged with a temperature that it helped to fit.

![Risk-coverage curves](results/risk-coverage.png)
"""
    parts = [head, *map(task_section, results)]
    parts += [through_app_section(further.through_app)] if further.through_app else []
    parts += [*map(robustness_section, further.robustness), *map(unknowns_section, further.unknowns)]
    parts += [beyond_section(further.beyond)] if further.beyond else []
    parts += [recipes_section(further.recipes)] if further.recipes else []
    return "\n".join(parts)
