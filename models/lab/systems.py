"""The published systems, trained, measured and exported: `python models/lab/systems.py COMMAND`.

    train --system ID [--task genre|mood] [--protocol artist|random|random-clip] [--seed N] [--again]
    export --system ID [--task genre|mood] [--out DIR]     the pack of the artist protocol's seed 0, trained if it is not there yet
    evaluate --system ID [--task genre|mood]               the app's own `evaluate` with the pack on held-out clips
    all --budget MINUTES [--system ID,ID] [--protocol P]   everything that has no result yet, widest first
    base --name RUN                                        models/base's own held-out figures, for the top of the table
    agreement, probe                                       figures that the table quotes: snippets against audio, steps of what is not trained
    table                                                  models/lab/SYSTEMS.md and its pictures, from the result files alone
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path

import torch

from lab.paths import WORK
from lab.systems.packs import pack_id
from lab.systems.results import load_records, save
from lab.systems.runs import run
from lab.systems.spec import PROTOCOLS, System, all_systems, find_system, protocols_of

SEEDS = (0, 1, 2)


def done(system: System, task: str, protocol: str, seed: int) -> bool:
    """Whether a run's result is there, and is not that of a shorter limit of processor time which cut it off."""
    records = [record for record in load_records(system.id, task, protocol) if record.seed == seed]
    return any(record.notes.get("stopped") != "time" or record.notes["seconds"] >= system.setting("seconds") for record in records)


def train(system: System, task: str, protocol: str, seed: int, *, again: bool = False) -> None:
    """One run, unless its result is there."""
    name = f"{system.id} {task} {protocol} {seed}"
    if done(system, task, protocol, seed) and not again:
        print(f"{name}: there already")
        return
    record = run(system, task, protocol, seed, lambda line: print(f"  {name}: {line}", flush=True))
    save(system, task, protocol, record)
    notes = record.notes
    print(
        f"{time.strftime('%H:%M:%S')} {name}: tracks {record.accuracy:.3f}, windows {record.window_accuracy:.3f}, "
        f"{notes.get('epochs', '-')} epochs, {notes['wallSeconds']} s, graph within {notes.get('onnxDifference', '-')}",
        flush=True,
    )


#: What is run first where the time is short: the systems with a window of 3 s, since their leak is the story, and the cheap tables.
FIRST = ("conv-blstm", "cnn5-bn", "conv", "blstm", "gru", "conv-bgru", "end2end-gru", "end2end-lstm")
LAST = ("ensemble", "imagenet")


def _rank(system: System) -> tuple[int, int]:
    return (LAST.index(system.family) + 1 if system.family in LAST else 0, FIRST.index(system.id) if system.id in FIRST else len(FIRST))


def order() -> list[tuple[System, str, str, int]]:
    """All runs, widest first: the artist protocol of each system, then the random ones, then the other seeds, artists first. Ensembles follow their members."""
    trainable = [(s, task) for s in all_systems().values() for task in s.tasks if task not in s.notTrained]
    trainable.sort(key=lambda pair: _rank(pair[0]))
    first = [(s, t, "artist", 0) for s, t in trainable]
    cheap = [(s, t, "random", 0) for s, t in trainable if s.family == "tabular"]
    random = [(s, t, p, 0) for t in ("genre", "mood") for s, task in trainable for p in PROTOCOLS[1:] if task == t and p in protocols_of(s)]
    rest = [(s, t, p, seed) for p in PROTOCOLS for seed in SEEDS[1:] for s, t in trainable if p in protocols_of(s)]
    return first + cheap + random + rest


def run_all(minutes: float, wanted: list[str], protocols: list[str]) -> None:
    """Goes through `order` (of the wanted systems and protocols alone, if any are) until the budget is spent; what fails is named and left."""
    end = time.time() + 60 * minutes
    for system, task, protocol, seed in order():
        if (wanted and system.id not in wanted) or (protocols and protocol not in protocols):
            continue
        if time.time() > end:
            print("the budget is spent")
            return
        if done(system, task, protocol, seed):
            continue
        try:
            train(system, task, protocol, seed)
        except Exception as error:  # noqa: BLE001 - one system that fails must not cost the others their time
            print(f"{system.id} {task} {protocol} {seed} failed: {error!r}", flush=True)


def export(system: System, task: str, out: Path | None) -> None:
    """Sees to it that the pack is there, and copies it to `out`/ID."""
    folder = WORK / "packs" / pack_id(system, task)
    train(system, task, "artist", 0, again=not (folder / "model.json").exists())
    if out:
        shutil.copytree(folder, out / folder.name, dirs_exist_ok=True)
    print(f"pack in {out / folder.name if out else folder}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("train", "export", "evaluate", "all", "base", "agreement", "probe", "table"))
    parser.add_argument("--system")
    parser.add_argument("--task", choices=("genre", "mood"), default="genre")
    parser.add_argument("--protocol", choices=PROTOCOLS, help="artist where train is not told; every one where all is not")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--budget", type=float, default=60)
    parser.add_argument("--name", help="of base: the run")
    options = parser.parse_args()
    if options.command == "base" and not options.name:
        parser.error("base needs --name, the run to take the figures from")
    torch.set_num_threads(1)
    if options.command in ("train", "export", "evaluate"):
        if not options.system:
            raise SystemExit(f"--system is needed; there are {', '.join(all_systems())}")
        system = find_system(options.system)
        if options.task not in system.tasks:
            raise SystemExit(f"{system.id} is not made for {options.task}")
    if options.command == "train":
        train(system, options.task, options.protocol or PROTOCOLS[0], options.seed, again=options.again)
    elif options.command == "export":
        export(system, options.task, options.out)
    elif options.command == "evaluate":
        from lab.systems.through_app import evaluate

        evaluate(system, options.task)
    elif options.command == "all":
        run_all(options.budget, options.system.split(",") if options.system else [], [options.protocol] if options.protocol else [])
    elif options.command == "base":
        from lab.systems.base import save_base

        save_base(options.name)
    elif options.command == "agreement":
        from lab.systems.agreement import save_agreement

        save_agreement()
    elif options.command == "probe":
        from lab.systems.probe import save_probe

        save_probe()
    else:
        from lab.systems.table import write_table

        write_table()


if __name__ == "__main__":
    main()
