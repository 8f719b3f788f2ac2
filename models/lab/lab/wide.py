"""The wide genres: which there are, and what speaks for them on clips whose labels and teachers use other words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .clips import Clip
from .teachers import class_names


@dataclass(frozen=True)
class Source:
    """Names that speak for a genre: musicnn's tags, AudioSet classes, AllMusic's genres (4Q) and Emotify's."""

    tags: tuple[str, ...] = ()
    audioset: tuple[str, ...] = ()
    allmusic: tuple[str, ...] = ()
    emotify: tuple[str, ...] = ()


#: In the order of the output `genre-wide`. Left out: what neither teacher nor label shows on a dozen clips (trance, drum and bass, dubstep), and
#: what could not be told on held-out clips (gospel and easy listening, precision under .1; soundtrack, AUROC .52 against AllMusic's label).
WIDE: dict[str, Source] = {
    "blues": Source(("blues",), ("Blues",), ("Blues",)),
    "classical": Source((), ("Classical music", "Opera", "Orchestra"), ("Classical",), ("classical",)),
    "country": Source(("country",), ("Country",), ("Country",)),
    "disco": Source((), ("Disco",)),
    "hip-hop": Source(("Hip-Hop",), ("Hip hop music", "Rapping"), ("Rap",)),
    "jazz": Source(("jazz",), ("Jazz",), ("Jazz",)),
    "metal": Source(("metal", "heavy metal"), ("Heavy metal",)),
    "pop": Source(("pop",), ("Pop music",), (), ("pop",)),
    "reggae": Source((), ("Reggae",), ("Reggae",)),
    "rock": Source(("rock", "classic rock", "hard rock"), ("Rock music", "Rock and roll"), (), ("rock",)),
    "electronic": Source(("electronic", "electronica", "electro"), ("Electronic music", "Techno", "House music"), ("Electronic",), ("electronic",)),
    "house": Source(("House",), ("House music",)),
    "techno": Source((), ("Techno", "Trance music")),
    "ambient": Source(("ambient",), ("Ambient music",)),
    "dance": Source(("dance",), ("Dance music", "Electronic dance music")),
    "folk": Source(("folk",), ("Folk music",), ("Folk",)),
    "bluegrass": Source((), ("Bluegrass", "Banjo")),
    "soul": Source(("soul",), ("Soul music",)),
    "r&b": Source(("rnb",), ("Rhythm and blues",), ("R&B",)),
    "funk": Source(("funk",), ("Funk",)),
    "punk": Source(("punk",), ("Punk rock",)),
    "indie": Source(("indie", "indie rock", "indie pop"), ("Independent music",)),
    "alternative": Source(("alternative", "alternative rock"), ("Grunge",)),
    "hard rock": Source(("hard rock",), ()),
    "progressive rock": Source(("Progressive rock",), ("Progressive rock",)),
    "ska": Source((), ("Ska",)),
    "latin": Source((), ("Music of Latin America", "Salsa music"), ("Latin",)),
    "world": Source((), ("Middle Eastern music", "Music of Africa", "Music of Asia", "Music of Bollywood", "Flamenco", "Afrobeat"), ("International",)),
    "new age": Source((), ("New-age music", "Mantra"), ("New Age",)),
    "swing": Source((), ("Swing music",)),
    "experimental": Source(("experimental",), (), ("Avant-Garde",)),
}

#: A teacher's class counts as fully present at this quantile of its scores over all clips, but not under `LEAST_FULL`.
FULL_QUANTILE = 0.985
LEAST_FULL = 0.12
#: Where AllMusic names a clip's genres but not this one, the teacher's evidence is halved; where it names it, it is at least this.
ABSENT_FACTOR = 0.5
PRESENT_LEAST = 0.75
#: Evidence from which a clip counts as one of the genre when the output is judged.
COUNTED = 0.5


def teacher_evidence(tags: np.ndarray, audioset: np.ndarray) -> np.ndarray:
    """[n, genres] in 0..1 from mean scores of clips: tags [n, 50] and AudioSet classes [n, 527]; the loudest source of a genre counts."""
    columns: dict[str, np.ndarray] = {}
    for pack, scores in (("msd-musicnn", tags), ("mn04-audioset", audioset)):
        full = np.maximum(LEAST_FULL, np.quantile(scores, FULL_QUANTILE, axis=0))
        for name, values in zip(class_names(pack), np.minimum(1, scores / full).T, strict=True):
            columns[f"{pack} {name}"] = values
    silent = np.zeros(len(tags))
    heard = []
    for source in WIDE.values():
        found = [columns[f"msd-musicnn {tag}"] for tag in source.tags] + [columns[f"mn04-audioset {name}"] for name in source.audioset]
        heard.append(np.max([silent, *found], axis=0))
    return np.stack(heard, axis=1)


def label_of(clip: Clip, source: Source) -> bool | None:
    """What the clip's own labels say of a genre; None where they can't say."""
    if clip.collection == "mood-4q" and source.allmusic:
        given = {name.strip() for name in clip.labels["genres_allmusic"].split(",") if name.strip()}
        return None if not given else any(name in given for name in source.allmusic)
    if clip.collection == "emotify" and source.emotify:
        return clip.labels["genre"] in source.emotify
    if clip.collection == "gtzan":
        return source is WIDE.get(clip.labels["genre"].replace("hiphop", "hip-hop"))
    return None


def evidence(clips: list[Clip], tags: np.ndarray, audioset: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Soft targets [n, genres], and the collections' own word: 1, 0, or -1 where they have none [n, genres]."""
    soft = teacher_evidence(tags, audioset)
    said = np.array([[{True: 1, False: 0, None: -1}[label_of(clip, source)] for source in WIDE.values()] for clip in clips])
    soft = np.where(said == 0, soft * ABSENT_FACTOR, np.where(said == 1, np.maximum(soft, PRESENT_LEAST), soft))
    return soft.astype(np.float32), said
