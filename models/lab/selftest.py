"""The whole way on made-up audio in under two minutes: `python models/lab/selftest.py [--out DIR]`.

Tones and noises stand for music: features, one short training, judging, calibration, export, loading with onnxruntime. Nothing of
the real data is needed; what comes out is no model to use. With `--out` the exported model stays there for the app to load.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from lab.batches import balanced_chance
from lab.calibration import fit
from lab.clips import Clip
from lab.config import load_config
from lab.dataset import ALWAYS_TRAINED, Corpus, Pictures, grid_windows, spread_extra
from lab.exporting import export, largest_difference, session
from lab.frontend import SAMPLE_RATE, log_mel
from lab.head_figures import LEAST_PRECISION, best_threshold
from lab.heads import AFFECT, Heads, Shipped, embed, fit_linear
from lab.judging import EACH_SECOND, accuracy, clip_logits, held_out_logits
from lab.leave_out import leave_out
from lab.manifest import manifest, write_manifest
from lab.network import TABLE, Student
from lab.paths import CONFIG
from lab.pictures import pooling_matrix
from lab.settling import settle_mood
from lab.targets import Taggram, logit
from lab.teachers_alone import teachers_tasks
from lab.training import train
from lab.wide import WIDE
from lab.window_logits import TaskWindows

SECONDS = 7
CLIPS = 24
FOLDS = 3


def made_up_sound(kind: int, rng: np.random.Generator) -> np.ndarray:
    """Seven seconds of chords (0), noise bursts (1), a sweep (2) or pulses (3), with random parameters."""
    t = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    base = rng.uniform(150, 600)
    sounds = (
        sum(np.sin(2 * np.pi * base * k * t) / k for k in (1, 1.25, 1.5, 2)),
        rng.standard_normal(len(t)) * (np.sin(2 * np.pi * rng.uniform(1, 4) * t) > 0),
        np.sin(2 * np.pi * base * t * (1 + 0.3 * t / SECONDS)),
        np.sign(np.sin(2 * np.pi * rng.uniform(60, 120) * t)) * np.exp(-8 * (t % 0.5)),
    )
    return (0.1 * sounds[kind]).astype(np.float32)


def made_up_corpus(rng: np.random.Generator) -> Corpus:
    """A corpus of the real one's shape: each kind of sound has its quadrant, tags and genre."""
    kinds = np.arange(CLIPS) % 4
    mel = [log_mel(made_up_sound(int(kind), rng)).astype(np.float16) for kind in kinds]
    clips = [Clip("mood-4q", Path(f"{i}.wav"), {"quadrant": f"Q{kind + 1}", "artist": str(i), "genres_allmusic": ""}) for i, kind in enumerate(kinds)]
    widths = {"tags": (2, 50), "audioset": (1, 527), "tagsEmbedding": (2, 200), "audiosetEmbedding": (1, 384)}
    scores = [{name: np.full(shape, 0.1 + 0.2 * k, np.float32) for name, shape in widths.items()} for k in kinds]
    genre = np.arange(40) % 10
    bands = (rng.standard_normal((40, 70, 96)) * 0.3 + np.sin(np.arange(96) * (1 + genre[:, None, None]) / 20)).astype(np.float16)
    windows = {f"t{i}": rng.random((3, 50)).astype(np.float32) * 0.2 + 0.05 * g for i, g in enumerate(genre)}
    taggram = Taggram(np.array([logit(w).mean(axis=0) for w in windows.values()]), genre, list(windows), windows)
    table = (rng.standard_normal((40, TABLE)) + genre[:, None]).astype(np.float32)
    pictures = Pictures(bands, genre, np.arange(40) // 10 % FOLDS, list(windows), list(windows.values()), table)
    return Corpus(clips, mel, scores, np.arange(20), np.arange(CLIPS) // 4 % FOLDS, pictures, taggram, np.arange(40) // 10 % FOLDS)


def check_level(path: Path, mel_source: np.ndarray) -> None:
    """The exported graph must not care for the level."""
    net = session(path)
    quiet, loud = (net.run(["genre"], {"mel": grid_windows(log_mel(mel_source * g))})[0] for g in (0.5, 2.0))
    assert np.abs(quiet - loud).max() < 0.01, f"a gain of 12 dB moved a logit by {np.abs(quiet - loud).max():.3f}"


def made_up_heads(model: Student, corpus: Corpus) -> Heads:
    """Heads on the frozen embedding: kind 0 counts as music, 1 as speech, the others as neither; the rest follows the kind as well."""
    windows = embed(model, corpus.mel)
    kind = windows.clip % 4
    one = np.ones(len(kind))
    content = fit_linear(windows.embedding, np.eye(3)[np.minimum(kind, 2)], one, "softmax", 0.001)
    with torch.no_grad():
        said = content(torch.from_numpy(windows.embedding)).argmax(dim=1).numpy()
    assert (said == np.minimum(kind, 2)).mean() > 0.8, "contents that the heads were fitted on are not told apart"
    wide = fit_linear(windows.embedding, np.tile(kind[:, None] / 3, len(WIDE)), np.ones((len(kind), len(WIDE))), "sigmoid", 0.01)
    return Heads(wide, fit_linear(windows.embedding, np.tile(kind[:, None] / 3, len(AFFECT)), one, "square", 0.01), content)


def check_left_out(corpus: Corpus, genre: int) -> None:
    """A network that is not to be shown a genre has none of it in what it learns from."""
    blind = leave_out(corpus, genre, 0)
    assert not (blind.pictures.genre[blind.pictures.fold != 0] == genre).any()
    assert not (blind.taggram.labels[blind.tag_fold != 0] == genre).any()
    targets = blind.targets(0).genre
    assert (targets[:, genre] == 0).all() and np.allclose(targets.sum(axis=1), 1)
    assert (blind.picture_targets(0)[:, genre] == 0).all()


def check_windows() -> None:
    """A clip's rest is heard if it is half a hop or more, in a window that ends with the clip; a short clip is repeated."""
    mel = np.arange(600, dtype=np.float32)[:, None] * np.ones(96, np.float32)
    first = [[int(window[0, 0, 0]) for window in grid_windows(mel[:frames])] for frames in (374, 467, 468, 600)]
    assert first == [[0, 187], [0, 187], [0, 187, 281], [0, 187, 374]], first
    assert grid_windows(mel[:468], 100)[:, 0, 0, 0].tolist() == [0, 100, 200, 281]
    assert grid_windows(mel[:100])[0, 0, :, 0].tolist() == [*range(100), *range(87)]


def check_thresholds(rng: np.random.Generator) -> None:
    """From few clips the threshold comes near that of very many, and is precise there; scores that tell nothing name nothing."""

    def clips(count: int) -> tuple[np.ndarray, np.ndarray]:
        place = rng.normal(-2, 2, count)
        return 1 / (1 + np.exp(-place)), rng.random(count) < 1 / (1 + np.exp(-2 * place))

    score, truth = clips(100_000)
    far = best_threshold(score, truth)
    named = score >= far
    assert (named & truth).sum() / named.sum() > LEAST_PRECISION
    f1 = [2 * (truth & (score >= t)).sum() / (truth.sum() + (score >= t).sum()) for t in np.linspace(0.05, 0.95, 91)]
    assert 2 * (named & truth).sum() / (named.sum() + truth.sum()) > max(f1) - 0.002
    near = [best_threshold(*clips(300)) for _ in range(20)]
    assert np.abs(np.array(near) - far).max() < 0.1, (far, near)
    blind = rng.random(400) < 0.1
    assert best_threshold(score[:400], blind) > score[:400][~blind].max()


def check_drawing(corpus: Corpus) -> None:
    """Balanced, rare genres teach as much as common ones; extra clips of one maker stay together, some in each fold, whatever else is extra."""
    genre = np.eye(10)[[0] * 8 + [1] * 2]
    even, balanced = (balanced_chance(genre, np.ones(10), balance) for balance in (0.0, 1.0))
    assert np.allclose(even, 0.1) and np.isclose(balanced[:8].sum(), balanced[8:].sum())
    assert np.allclose(balanced_chance(genre, np.zeros(10), 1.0), 0.1), "clips without a genre are drawn alike"
    count = len(corpus.clips)
    collections = [("content-music", "content-other")[i % 2] for i in range(count)]
    clips = [Clip(collection, clip.path, {"artist": f"maker {i // 4}"}) for i, (collection, clip) in enumerate(zip(collections, corpus.clips, strict=True))]
    loose = replace(corpus, clips=clips, fold=np.full(count, ALWAYS_TRAINED))
    dealt = spread_extra(loose, FOLDS).fold
    assert set(dealt) == set(range(FOLDS)) and all(len(set(dealt[i : i + 4])) == 1 for i in range(0, count, 4))
    music = np.array([collection == "content-music" for collection in collections])
    alone = spread_extra(replace(loose, clips=[clip for clip, kept in zip(clips, music, strict=True) if kept], fold=loose.fold[music]), FOLDS).fold
    assert np.array_equal(alone, dealt[music])


def check_teachers(corpus: Corpus) -> None:
    """The teachers name what is plain to hear, and no label of a fold moves what they say of it."""
    labels = [clip.labels | {"genres_allmusic": ("Jazz", "Blues, Jazz")[i % 2]} for i, clip in enumerate(corpus.clips)]

    def said(known: list[dict[str, str]], taggram: Taggram) -> dict[str, TaskWindows]:
        clips = [replace(clip, labels=each) for clip, each in zip(corpus.clips, known, strict=True)]
        return teachers_tasks(replace(corpus, clips=clips, taggram=taggram))

    alone = said(labels, corpus.taggram)
    assert len(alone["certain"].label) == CLIPS // 2, "clips of more than one genre judge nobody"
    assert accuracy(alone["mood"].logits, alone["mood"].label) == 1
    wrong = {"Q1": "Q2", "Q2": "Q3", "Q3": "Q4", "Q4": "Q1"}
    first = [known | {"quadrant": wrong[known["quadrant"]]} if fold == 0 else known for known, fold in zip(labels, corpus.fold, strict=True)]
    taggram = replace(corpus.taggram, labels=np.where(corpus.tag_fold == 0, 9 - corpus.taggram.labels, corpus.taggram.labels))
    other = said(first, taggram)
    for task in ("genre", "mood"):
        same = np.isclose(alone[task].logits, other[task].logits).all(axis=1)
        assert same[alone[task].fold == 0].all() and not same[alone[task].fold != 0].any(), task


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    assert np.allclose(pooling_matrix().sum(axis=1), 1, atol=1e-5)
    corpus = made_up_corpus(rng)
    check_left_out(corpus, 3)
    check_windows()
    check_thresholds(rng)
    check_drawing(corpus)
    check_teachers(corpus)
    config = load_config(CONFIG / "selftest.json")
    model = train(corpus, config, 0, print)
    settle_mood(model, corpus, 0)
    logits = held_out_logits(model, corpus, 0)
    held_out = np.flatnonzero(corpus.fold == 0)
    moods = [mood for _, mood in logits["mood"]]
    right = np.mean([m.mean(axis=0).argmax() == i % 4 for m, i in zip(moods, held_out, strict=True)])
    assert right >= 0.75, f"made-up moods are told apart in {right:.0%} only"
    calibrated = fit(moods, held_out % 4).__dict__
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.out or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        onnx = folder / "model.onnx"
        shipped = Shipped(model, made_up_heads(model, corpus)).eval()
        export(shipped, onnx)
        difference = largest_difference(shipped, onnx, grid_windows(corpus.mel[0]))
        assert difference < 1e-3, f"onnxruntime and PyTorch differ by {difference}"
        check_level(onnx, made_up_sound(0, rng))
        write_manifest(folder, manifest("0.0.1", onnx, sum(p.numel() for p in model.parameters()), 128, {"genre": calibrated, "mood": calibrated}, [0.5] * len(WIDE), []))
    assert clip_logits(model, corpus.mel[0])["genre"].shape == (2, 10)
    assert [len(held_out_logits(model, corpus, 0, EACH_SECOND)[task][0][1]) for task in ("genre", "picture")] == [5, 4]
    print(f"self-test passed: {right:.0%} of the held-out made-up moods, graph within {difference:.1e} of PyTorch")


if __name__ == "__main__":
    main()
