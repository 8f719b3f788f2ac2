"""Fits the further heads on a run's frozen networks and judges them: `python models/lab/heads.py --name NAME [--part all] [--decay X]`.

Every fold's network gets heads fitted without the fold's artists, which are then judged on them; the network of `--part` gets the heads
that are shipped, with thresholds from all folds together. Writes heads.json (figures, thresholds), heads-said.npz (wide scores of
the held-out clips, for beyond.py) and heads-PART.pt.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from lab.checkpoints import load_student
from lab.clips import Clip
from lab.dataset import ALWAYS_TRAINED, Corpus, load_corpus, spread_extra
from lab.head_figures import HeadFigures, Said, gather, judge_heads
from lab.heads import CONTENT, Heads, Windows, affect_target, embed, fit_linear
from lab.network import Student
from lab.paths import WORK, work
from lab.targets import Targets
from lab.vocabulary import NOT_MUSIC
from lab.wide import evidence

EXTRA = ("content-music", "content-speech", "content-other")
#: L2 penalties, chosen once on folds 0 and 1.
DECAY = {"wide": 0.02, "affect": 0.002, "content": 0.002}


@dataclass(frozen=True)
class Wanted:
    """Targets of the heads by clip: wide evidence [n, K] and the labels' own word, affect [n, 2], content [n, 3], with weights [n]."""

    wide: np.ndarray
    said: np.ndarray
    affect: np.ndarray
    affect_weight: np.ndarray
    content: np.ndarray
    content_weight: np.ndarray


def wanted(corpus: Corpus, targets: Targets) -> Wanted:
    tags = np.array([score["tags"].mean(axis=0) for score in corpus.scores])
    audioset = np.array([score["audioset"].mean(axis=0) for score in corpus.scores])
    wide, said = evidence(corpus.clips, tags, audioset)
    silent = [clip.collection in NOT_MUSIC for clip in corpus.clips]
    wide[silent], said[silent] = 0, -1
    kind = np.array([{"content-speech": 1, "content-other": 2}.get(clip.collection, 0) for clip in corpus.clips])
    # Comedy and sound effects among the music collections are neither.
    doubtful = (kind == 0) & np.array([clip.collection == "songs" or "Comedy/Spoken" in clip.labels.get("genres_allmusic", "") for clip in corpus.clips])
    share = np.bincount(kind[~doubtful], minlength=3)
    weight = np.where(doubtful, 0.0, (1 / np.maximum(1, share))[kind] * len(kind) / 3)
    return Wanted(wide, said, affect_target(targets.mood), targets.mood_weight, np.eye(3)[kind], weight)


def fit_heads(windows: Windows, want: Wanted, chosen: np.ndarray, decay: dict[str, float]) -> Heads:
    """Heads from the windows of the chosen clips (mask)."""
    rows = windows.of(chosen)
    x, clip = windows.embedding[rows], windows.clip[rows]
    return Heads(
        fit_linear(x, want.wide[clip], np.ones_like(want.wide[clip]), "sigmoid", decay["wide"]),
        fit_linear(x, want.affect[clip], want.affect_weight[clip], "square", decay["affect"]),
        fit_linear(x, want.content[clip], want.content_weight[clip], "softmax", decay["content"]),
    )


@torch.no_grad()
def say(heads: Heads, windows: Windows, corpus: Corpus, want: Wanted, chosen: np.ndarray) -> Said:
    """What the heads say of the chosen clips: means over their windows."""
    wide, affect, content = heads(torch.from_numpy(windows.embedding))
    arrays = (torch.sigmoid(wide), affect, torch.softmax(content, -1))
    tracks = np.flatnonzero(chosen)
    means = [np.array([array.numpy()[windows.clip == t].mean(axis=0) for t in tracks]) for array in arrays]
    keys = [corpus.clips[t].key for t in tracks]
    return Said(keys, *means, want.wide[tracks], want.said[tracks], want.affect[tracks], want.affect_weight[tracks], want.content.argmax(axis=1)[tracks], want.content_weight[tracks] > 0)


def with_silence(corpus: Corpus) -> Corpus:
    """Ten clips more: digital silence and faint steady noise, which no collection holds."""
    rng = np.random.default_rng(0)
    mel = [np.log10(1 + 10_000 * 10.0 ** -rng.uniform(7, 12) * rng.chisquare(2, (4 * 187, 96))).astype(np.float16) for _ in range(8)]
    mel += [np.zeros((4 * 187, 96), dtype=np.float16)] * 2
    clips = [Clip("content-other", Path(f"silence{i}"), {"artist": f"silence{i}"}) for i in range(len(mel))]
    scores = [{name: np.zeros((1, values.shape[1]), np.float32) for name, values in corpus.scores[0].items()}] * len(mel)
    fold = np.concatenate([corpus.fold, np.full(len(mel), ALWAYS_TRAINED)])
    return replace(corpus, clips=corpus.clips + clips, mel=corpus.mel + mel, scores=corpus.scores + scores, fold=fold)


def load(name: str, part: str) -> tuple[Student, Corpus, Wanted, int | None]:
    model, config = load_student(WORK / "runs" / name / f"{part}.pt")
    corpus = with_silence(load_corpus(config.folds, config.foldSeed, EXTRA))
    held_out = int(part.removeprefix("fold")) if part.startswith("fold") else None
    want = wanted(corpus, corpus.targets(held_out))
    return model, spread_extra(corpus, config.folds), want, held_out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--part", default="all")
    parser.add_argument("--decay", type=float, help="one L2 penalty for all three, to try")
    options = parser.parse_args()
    decay = DECAY if options.decay is None else dict.fromkeys(DECAY, options.decay)
    run = WORK / "runs" / options.name
    said: list[Said] = []
    for path in sorted(run.glob("fold*.pt")):
        model, corpus, want, fold = load(options.name, path.stem)
        windows = embed(model, corpus.mel)
        heads = fit_heads(windows, want, corpus.fold != fold, decay)
        torch.save(heads.state_dict(), run / f"heads-{path.stem}.pt")
        said.append(say(heads, windows, corpus, want, corpus.fold == fold))
    held_out = gather(said)
    np.savez(work("runs", options.name, "heads-said.npz"), keys=np.array(held_out.keys), wide=held_out.wide)
    figures: HeadFigures = judge_heads(held_out)
    work("runs", options.name, "heads.json").write_text(json.dumps(figures, indent=1))
    print(json.dumps(figures, indent=1))
    if (run / f"{options.part}.pt").exists():
        model, corpus, want, _ = load(options.name, options.part)
        heads = fit_heads(embed(model, corpus.mel), want, np.ones(len(corpus.clips), dtype=bool), decay)
        torch.save(heads.state_dict(), run / f"heads-{options.part}.pt")
        print(f"heads-{options.part}.pt: {len(CONTENT)} contents, {want.wide.shape[1]} wide genres from {len(corpus.clips)} clips")


if __name__ == "__main__":
    main()
