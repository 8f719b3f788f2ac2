"""Judges the teachers as a run is judged: `python models/lab/teachers_alone.py`; then `compare.py ... teachers="the teachers themselves"`.

Writes work/runs/teachers/windows.npz on the folds of config/base.json: GTZAN's tracks by the tag teacher (those that have a taggram), clips of
one certain genre by both teachers, quadrants by the regression on their embeddings that softens the labels.
"""

from __future__ import annotations

from lab.config import load_config
from lab.dataset import load_corpus
from lab.paths import CONFIG, work
from lab.teachers_alone import teachers_tasks
from lab.window_logits import save


def main() -> None:
    config = load_config(CONFIG / "base.json")
    tasks = teachers_tasks(load_corpus(config.folds, config.foldSeed))
    save(work("runs", "teachers", "windows.npz"), tasks)
    print(", ".join(f"{task} {len(found.label)} tracks" for task, found in tasks.items()))


if __name__ == "__main__":
    main()
