"""CARD.md, from a run's figures."""

from __future__ import annotations

from .config import Config
from .card_heads import heads_section
from .figures import Judged
from .head_figures import HeadFigures
from .markdown import percent
from .vocabulary import GENRES, MOODS

HEAD = """# Genregram base

Ten classic genres (blues, classical, country, disco, hip-hop, jazz, metal, pop, reggae, rock), wide genres (any number of them may hold), the
four quadrants of Russell's valence-arousal plane (happy/excited, angry/tense, sad/bored, calm/content), valence and arousal themselves,
whether it is music, speech or something else, and a 128-number embedding, all from 3-second windows.

## What it is

A residual network of two halves on one log-mel window (16 kHz, 512/256, 96 bands, 187 frames). The coarse half sees the window as 33
columns of 93 ms, the fine half all 187 frames; their genre log-probabilities are averaged, the mood comes from both together. The level is
taken out inside the graph, so a recording's gain does not change the verdict (digital silence excepted). Wide genres, valence and
arousal, and content are linear layers on the embedding, fitted when the rest was trained.

## What it was trained on

| what | how much | what it taught |
| --- | --- | --- |
| GTZAN (Tzanetakis and Cook 2002), spectrogram pictures of the Kaggle version, faulty tracks left out (Sturm 2013) | 748 tracks | the ten genres, coarse half only |
| 4Q audio emotion dataset (Panda, Malheiro and Paiva 2018) | 719 clips of 30 s | mood quadrants; genres by teachers and AllMusic's labels |
| Emotify (Aljanaki, Wiering and Veltkamp 2015) | 310 clips of 30 s | genres by teachers and its labels; felt emotions as weak quadrants |
| GTZAN's clips themselves | 76 classical clips | genres |
| Creative Commons recordings | 17 | the teachers' scores |
| Free recordings from Debian packages (`models/lab/config/content.json` lists packages and licences) | EXTRA_COUNTS | the linear layers alone: what is speech, what is neither speech nor music, the teachers' scores of games' music |

Two published taggers were teachers on all of it: MSD-musicnn (Pons and Serra 2019, ISC), whose 50 tags become genres by a logistic regression
fitted on 609 GTZAN tracks, and EfficientAT mn04 (Schmid, Koutini and Widmer 2023, MIT), whose AudioSet genres are taken as they
are. Their averaged verdict, moved by the collections' own labels where these speak, is what the student learns on windows without a
GTZAN label. No weight of a teacher and no recording is in the model. The labelled collections are for research use and are not redistributed;
the weights are under this repository's licence.
"""

WEAK = """## What is weak

- Ten genres are coarse, old and Western: GTZAN was collected around 2001, mostly Anglo-American pop music. Music from elsewhere, electronic
  music, folk and film music have no place among the ten. The app withholds the ten's verdict where the wide genres hear another (of 75 electronic
  clips 8 % are answered for all the same, of 58 with AllMusic's other genres 36 %; models/lab/RESULTS.md, "Genres that are none of the ten").
  These were learnt from AllMusic's artist-level labels and what the teachers know from Last.fm's and YouTube's users: Western and popular again.
  Of what the wide genres do not know either, abstention catches some only: networks that were never shown a genre tell its tracks by their
  confidence with an area under the ROC curve of .77 on clips and .69 on GTZAN's pictures, where .5 is chance (six and ten genres, 3000 steps of
  training; models/lab/RESULTS.md), by neighbours in the embedding with one of .81 on clips; rap is told worst.
- A wide genre whose table row has no labelled clips was judged against the teachers alone: it says what they would say, right or wrong.
- Speech was learnt from studio prompts and games, "other" from sound effects; old radio, stand-up comedy with applause, rap without music and
  field recordings with music far away lie between and may go either way.
- Two of three blues tracks are taken for jazz, country or disco, and half of rock for disco, country, metal or another; a fifth of reggae goes to
  hip-hop. On clips of real audio blues and reggae are found least of all (16 and 27 clips, noisily labelled; the teachers find 62 and 52 % of them).
- Sad and calm differ in valence alone, which sound shows least.
- Folds differ by ten points of genre and thirteen of mood; the first, on which the recipe was chosen, is the best of five for genre.
- Of the clips the teachers themselves name 88 % right, of the quadrants 73 %: what they know, the network has learnt; a better one needs more labels.
- The genre figures come from GTZAN's pictures, which the coarse half reads; audio of GTZAN was at hand for classical music alone, so the figure for
  both halves together on GTZAN's audio is not known from here. 4Q's previews are of one source and loudness.
- Half a track, or sound without anything above 4 kHz, changes the first genre of 13 to 15 % of clips and the mood of 7 to 12 %, 5 % more or less
  speed the genre of 9 to 14 % and the mood of 4 to 7 %; of those answered both times 99 to 100 % stay the same (207 clips of fold 0;
  models/lab/RESULTS.md).
- Content was judged on clips that are clearly one thing: speech over music was left out. A recording of a singing bird passed for pop.
- Quadrants are a listener's average. A mood verdict on a piece is an opinion.
- Figures of the `evaluate` command on the collections above are in-sample for the shipped weights unless the held-out tracks are named.
"""


def confusion_table(judged: Judged, labels: tuple[str, ...]) -> str:
    """Rows are the truth, columns what was said."""
    lines = ["| true \\ said | " + " | ".join(labels) + " |", "| --- " * (len(labels) + 1) + "|"]
    lines += [f"| {label} | " + " | ".join(str(n) for n in row) + " |" for label, row in zip(labels, judged.confusion, strict=True)]
    return "\n".join(lines)


def section(title: str, judged: Judged, labels: tuple[str, ...]) -> str:
    """One task's figures."""
    folds = ", ".join(f"{percent(v)} %" for v in judged.by_fold)
    coverage = ", ".join(f"{percent(v)} % at {float(c):.0%}" for c, v in judged.coverage.items())
    return f"""### {title}

| figure | value |
| --- | --- |
| tracks | {judged.tracks} |
| accuracy | {percent(judged.accuracy)} % (by fold: {folds}) |
| macro-F1 | {judged.macro_f1:.3f} |
| expected calibration error, 10 bins | {judged.ece:.3f} |
| right among the surest share of tracks | {coverage} |
| answered (not abstained) | {percent(judged.answered)} %, of these right {percent(judged.answered_accuracy)} % |
| recall by label | {with_counts(judged, labels)} |

{confusion_table(judged, labels)}
"""


def with_counts(judged: Judged, labels: tuple[str, ...]) -> str:
    """Recall by label with the number of tracks it rests on."""
    counts = {label: sum(row) for label, row in zip(labels, judged.confusion, strict=True)}
    return ", ".join(f"{label} {value:.2f} of {counts[label]}" for label, value in judged.recall.items())


def card_text(
    name: str, config: Config, shipped_steps: int, genre: Judged, mood: Judged, certain: Judged, teacher: float, heads: HeadFigures, extra: dict[str, int]
) -> str:
    """The whole card; `extra` is the number of clips by extra collection."""
    held_out = len(mood.by_fold)
    protocol = f"""## How good it is

All figures are per track (mean of the windows' probabilities), on tracks whose artist the judged network had not seen: {held_out} of
{config.folds} artist-disjoint folds, a network trained for each in {config.steps} steps. The shipped network is trained by the same recipe on everything, in {shipped_steps} steps; it
can't be judged on these tracks itself. Temperatures and thresholds are cross-fitted over the tracks. The recipe was chosen with folds 0 and 1 in view
(models/lab/RESULTS.md tells among which, and how much the seed alone changes): the figures are a little kind for that. They come from

```sh
python models/lab/train.py --name {name} --fold 0   # and so on, a fold each
python models/lab/evaluate.py --name {name}
python models/lab/calibrate.py --name {name}
python models/lab/heads.py --name {name}
python models/lab/card.py --name {name}
```

The app's own `evaluate` says the same of the same clips with the folds' networks (`models/lab/through_app.py`; RESULTS.md, "Through the app").

For comparison, the tag teacher alone reaches {percent(teacher)} % on GTZAN's tracks in the same {config.folds} folds.
"""
    known = f"""### Clips with one certain genre

Of {certain.tracks} held-out clips whose collection names one of the ten genres and no other (4Q: rap, reggae, country, blues, jazz; Emotify and GTZAN: classical),
{percent(certain.accuracy)} % are named right, by both halves together: {with_counts(certain, GENRES)}.
"""
    return "\n".join(
        [HEAD.replace("EXTRA_COUNTS", ", ".join(f"{count} clips of {kind.removeprefix('content-')}" for kind, count in extra.items())), protocol, section("Genre: GTZAN's tracks as pictures, coarse half", genre, GENRES), known, section("Mood: 4Q's clips", mood, MOODS), heads_section(heads), WEAK]
    )
