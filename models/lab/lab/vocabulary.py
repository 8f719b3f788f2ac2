"""Labels in the order of the model's outputs (src/shared/domain/vocabulary.ts), and how the collections' labels bear on them."""

from __future__ import annotations

import numpy as np

from .clips import Clip

GENRES = ("blues", "classical", "country", "disco", "hip-hop", "jazz", "metal", "pop", "reggae", "rock")
MOODS = ("happy", "angry", "sad", "calm")
QUADRANTS = ("Q1", "Q2", "Q3", "Q4")

#: AudioSet classes that speak for a genre; the loudest of them counts.
AUDIOSET_GENRES: dict[str, tuple[str, ...]] = {
    "blues": ("Blues",),
    "classical": ("Classical music", "Opera"),
    "country": ("Country", "Bluegrass"),
    "disco": ("Disco",),
    "hip-hop": ("Hip hop music", "Rapping"),
    "jazz": ("Jazz", "Swing music"),
    "metal": ("Heavy metal",),
    "pop": ("Pop music",),
    "reggae": ("Reggae",),
    "rock": ("Rock music", "Rock and roll"),
}

#: AllMusic's genre of a clip, the classic genre that it speaks for, how much it adds where it is given and leaves where it is not.
ALLMUSIC_HINTS: tuple[tuple[str, str, float, float], ...] = (
    ("Rap", "hip-hop", 12, 0.3),
    ("Reggae", "reggae", 12, 0.3),
    ("Country", "country", 8, 0.4),
    ("Blues", "blues", 6, 0.4),
    ("Jazz", "jazz", 4, 0.4),
    ("Classical", "classical", 8, 0.7),
    ("Pop/Rock", "rock", 1.5, 0.4),
    ("Pop/Rock", "metal", 1.5, 0.2),
    ("Pop/Rock", "pop", 1.2, 0.7),
    ("R&B", "disco", 2, 0.8),
)
EMOTIFY_HINTS: dict[str, dict[str, float]] = {
    "classical": {"classical": 20},
    "rock": {"rock": 3, "metal": 3, "jazz": 0.3, "hip-hop": 0.2, "reggae": 0.3, "classical": 0.2, "blues": 0.6},
    "pop": {"pop": 3, "metal": 0.4, "jazz": 0.6, "hip-hop": 0.4, "classical": 0.3},
    "electronic": {"metal": 0.2, "classical": 0.3, "blues": 0.2, "jazz": 0.4, "country": 0.2},
}
#: Clips of which no classic genre can be right teach the ten genres little.
OUT_OF_SET = {"Electronic", "International", "Latin", "New Age", "Stage & Screen", "Avant-Garde", "Comedy/Spoken", "Children's", "Holiday", "Religious", "Vocal", "Easy Listening", "Folk"}
OUT_OF_SET_WEIGHT = 0.4

#: Emotify's felt emotions as evidence for the quadrants; a weak label.
EMOTION_QUADRANTS: dict[str, tuple[float, float, float, float]] = {
    "joyful_activation": (1, 0, 0, 0),
    "amazement": (0.4, 0, 0, 0.2),
    "power": (0.4, 0.5, 0, 0),
    "tension": (0, 1, 0, 0),
    "sadness": (0, 0, 1, 0),
    "solemnity": (0, 0, 0.3, 0.2),
    "nostalgia": (0, 0, 0.4, 0.4),
    "calmness": (0, 0, 0, 1),
    "tenderness": (0, 0, 0.1, 0.6),
}


#: Collections of what is no music: they teach what speech and noise sound like, and no genre or mood.
NOT_MUSIC = ("content-speech", "content-other")


def genre_hint(clip: Clip) -> tuple[np.ndarray, float]:
    """How the collection's own genre labels shift the teachers' verdict: factors [10], and how much the clip may teach."""
    factors = dict.fromkeys(GENRES, 1.0)
    weight = 1.0
    if clip.collection == "mood-4q":
        given = {name.strip() for name in clip.labels["genres_allmusic"].split(",") if name.strip()}
        for name, genre, present, absent in ALLMUSIC_HINTS if given else ():
            factors[genre] *= present if name in given else absent
        weight = OUT_OF_SET_WEIGHT if given <= OUT_OF_SET else 1.0
    elif clip.collection == "emotify":
        factors.update(EMOTIFY_HINTS[clip.labels["genre"]])
        weight = OUT_OF_SET_WEIGHT if clip.labels["genre"] == "electronic" else 1.0
    elif clip.collection == "gtzan":
        factors[clip.labels["genre"].replace("hiphop", "hip-hop")] = 1000.0
    elif clip.collection in ("songs", "content-music"):
        weight = OUT_OF_SET_WEIGHT
    elif clip.collection in NOT_MUSIC:
        weight = 0.0
    return np.array([factors[genre] for genre in GENRES]), weight


def known_genre(clip: Clip) -> str | None:
    """The clip's genre where its label names one of the ten beyond doubt, for judging the student and its teachers."""
    if clip.collection == "mood-4q":
        single = {"Rap": "hip-hop", "Reggae": "reggae", "Country": "country", "Blues": "blues", "Jazz": "jazz"}
        return single.get(clip.labels["genres_allmusic"])
    if clip.collection in ("emotify", "gtzan"):
        return "classical" if clip.labels["genre"] == "classical" else None
    return None


def mood_target(clip: Clip) -> tuple[np.ndarray, float]:
    """Quadrant distribution [4] and its weight: 1 for 4Q's labels, less for Emotify's felt emotions, 0 where nothing is known."""
    if clip.collection == "mood-4q":
        return np.eye(4)[QUADRANTS.index(clip.labels["quadrant"])], 1.0
    if clip.collection == "emotify":
        votes = sum(float(clip.labels[name]) * np.array(row) for name, row in EMOTION_QUADRANTS.items())
        sharp = (np.asarray(votes) + 0.02) ** 2
        return sharp / sharp.sum(), 0.3
    return np.full(4, 0.25), 0.0
