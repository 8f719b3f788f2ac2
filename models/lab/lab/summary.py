"""The figures of one run's held-out tracks in a few lines, to decide by."""

from __future__ import annotations

import numpy as np

from .dataset import Corpus
from .judging import accuracy, macro_f1, softmax
from .vocabulary import GENRES, QUADRANTS, known_genre

Logits = dict[str, list[tuple[str, np.ndarray]]]


def track_shares(items: list[tuple[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Mean probability per label and track."""
    return {key: softmax(logits).mean(axis=0) for key, logits in items}


def summarise(corpus: Corpus, logits: Logits, fold: int) -> str:
    """GTZAN accuracy of the coarse half, quadrants of 4Q, clips of one certain genre, and agreement with the teachers."""
    lines = []
    pictures = track_shares(logits["picture"])
    truth = dict(zip(corpus.pictures.stems, corpus.pictures.genre, strict=True))
    share, true = np.array(list(pictures.values())), np.array([truth[stem] for stem in pictures])
    by_genre = " ".join(f"{g} {accuracy(share[true == i], true[true == i]):.2f}" for i, g in enumerate(GENRES) if (true == i).any())
    lines.append(f"gtzan pictures (coarse half): accuracy {accuracy(share, true):.3f} macro-F1 {macro_f1(share, true):.3f} n {len(true)} | {by_genre}")
    by_key = {clip.key: clip for clip in corpus.clips}
    mood = {key: value for key, value in track_shares(logits["mood"]).items() if by_key[key].collection == "mood-4q"}
    share, true = np.array(list(mood.values())), np.array([QUADRANTS.index(by_key[key].labels["quadrant"]) for key in mood])
    lines.append(f"4Q quadrants: accuracy {accuracy(share, true):.3f} macro-F1 {macro_f1(share, true):.3f} n {len(true)}")
    genre = track_shares(logits["genre"])
    teachers = dict(zip([clip.key for clip in corpus.clips], corpus.teachers_genres(fold), strict=True))
    for name, source in (("student", genre), ("teachers", teachers)):
        hits = [(known, GENRES[int(source[key].argmax())] == known) for key in genre if (known := known_genre(by_key[key]))]
        parts = " ".join(f"{g} {np.mean([h for k, h in hits if k == g]):.2f}/{sum(k == g for k, _ in hits)}" for g in GENRES if any(k == g for k, _ in hits))
        lines.append(f"certain genres, {name}: {np.mean([h for _, h in hits]):.3f} | {parts}")
    agreement = np.mean([genre[key].argmax() == teachers[key].argmax() for key in genre])
    lines.append(f"student and teachers agree on {agreement:.3f} of {len(genre)} clips")
    return "\n".join(lines)
