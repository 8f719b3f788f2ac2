"""Results, unknown genres, robustness and content data in small: `python models/lab/selftest_results.py`. Needs ffmpeg, no data, some 10 seconds."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.io import wavfile

from compare import merged
from lab import beyond, changes, content, unknowns
from lab.aggregation import OVERLAPPING, RULES, calibration_parts, compare, mean, sharpen_across, spread, track_shares
from lab.beside_app import Heard, beside
from lab.calibration import Calibration, shares
from lab.clips import Clip
from lab.comparison import COMPARED, judge_folds, mean_recall, recipes_table
from lab.decode import decode
from lab.vocabulary import GENRES
from lab.wide import WIDE
from lab.window_logits import TaskWindows, load, of_tracks, save
from results import draw_all, risk_curve
from robustness import compare as compare_verdicts

NAMES = ("low", "middle", "high")
RATE = 48_000


def refused(action, *arguments) -> str:
    """The message of the ValueError that `action` must raise."""
    try:
        action(*arguments)
    except ValueError as error:
        return str(error)
    raise AssertionError(f"{action.__name__} took what it must refuse")


def made_up_task(rng: np.random.Generator, spread_out: float = 1.0) -> TaskWindows:
    """90 tracks of three labels in three folds, whose windows lean to the true label and whose embeddings lie around three corners."""
    label = np.arange(90) % 3
    windows = [rng.normal(0, 1.5, (int(rng.integers(3, 12)), 3)) + 1.5 * np.eye(3)[k] for k in label]
    embedding = np.eye(8)[label] + 0.05 * spread_out * rng.standard_normal((90, 8))
    return of_tracks([f"t{i}" for i in range(90)], windows, label, np.arange(90) // 3 % 3, NAMES, embedding)


def check_file(folder: Path, found: TaskWindows) -> None:
    """What is saved is what is loaded, and what does not fit is refused."""
    path = folder / "windows.npz"
    save(path, {"genre": found})
    again = load(path)["genre"]
    assert again.names == found.names and again.keys == found.keys
    for name in ("logits", "track", "label", "fold", "embedding"):
        assert np.array_equal(getattr(again, name), getattr(found, name)), name
    assert [len(w) for w in again.windows()] == np.bincount(found.track).tolist()
    assert "0..2" in refused(of_tracks, ["a"], [np.zeros((2, 3))], [3], [0], NAMES)
    assert "shape" in refused(of_tracks, ["a"], [np.zeros((2, 2))], [1], [0], NAMES)
    assert "window" in refused(of_tracks, ["a", "b"], [np.zeros((2, 3)), np.zeros((0, 3))], [1, 1], [0, 0], NAMES)
    assert "underscore" in refused(save, path, {"a_b": found})


def check_rules(found: TaskWindows) -> None:
    """The rules by hand, and that they agree on tracks of one window."""
    windows = np.array([[0.6, 0.4], [0.6, 0.4], [0.6, 0.4], [0.6, 0.4], [0.0, 1.0]])
    expected = {
        "mean of probabilities": 0.48,
        "geometric mean (mean of logits)": 0.0,
        "majority vote": (4 + 0.48) / 6,
        "median": 0.6,
        "trimmed mean": 0.6,
        "weighted by confidence": 4 * 0.36 / (4 * 0.6 + 1),
    }
    for name, value in expected.items():
        share = RULES[name](windows)
        assert abs(share[0] - value) < 0.01 and abs(share.sum() - 1) < 1e-9, f"{name}: {share}"
    assert spread(3, 12).tolist() == [2, 6, 10] and spread(0, 4).tolist() == spread(9, 4).tolist() == [0, 1, 2, 3]
    single = [track_shares(found, rule, 1).argmax(axis=1) for rule in RULES.values()]
    assert all(np.array_equal(single[0], each) for each in single)
    rows = {(row.rule, row.windows): row for row in compare(found)}
    best, worst = rows["mean of probabilities", 0], rows["mean of probabilities", 1]
    assert best.accuracy > worst.accuracy + 0.05, "more windows must help on independent noise"
    other = made_up_task(np.random.default_rng(1))
    dense = [row for row in compare(found, other) if row.windows == OVERLAPPING]
    alone = [replace(row, windows=OVERLAPPING) for row in compare(other) if row.windows == 0]
    assert dense == alone and dense[0].ece != best.ece, "overlapping windows are judged by themselves"


def check_calibration(found: TaskWindows) -> None:
    """No track helps to fit its own temperature, with several folds or one."""
    share = track_shares(found, mean)
    for fold in (found.fold, np.zeros_like(found.fold)):
        inside = calibration_parts(fold) == 0
        before, after = (sharpen_across(share, label, fold) for label in (found.label, np.where(inside, (found.label + 1) % 3, found.label)))
        assert np.allclose(before[inside], after[inside]) and not np.allclose(before[~inside], after[~inside])


def check_unknowns(rng: np.random.Generator) -> None:
    """Chance is one half, a far cluster is found, and a struck column takes no part."""
    assert unknowns.auroc(np.array([2.0, 3.0]), np.array([1.0, 2.0])) == 0.875
    row = unknowns.detect(made_up_task(rng), 2, unseen=False)
    assert row.unknown == 30 and row.known == 60
    assert row.auroc["centroid distance"] > 0.99 and row.auroc["k-NN distance"] > 0.99, row
    assert 0.55 < row.auroc["entropy"] < 0.95, row
    windows = [rng.normal(size=(4, 3)) for _ in range(5)]
    louder = [w + np.array([0, 0, 50.0]) for w in windows]
    for name, values in unknowns.logit_scores(windows, 2).items():
        assert np.allclose(values, unknowns.logit_scores(louder, 2)[name]), name
    assert np.allclose(unknowns.logit_scores([np.zeros((2, 3))], 0)["entropy"], np.log(2))


def check_comparison(found: TaskWindows) -> None:
    """Runs are compared on the named folds alone, by hand the same, and a run compared again takes the place of its elder."""
    said = judge_folds(found, (0, 1))
    rows = found.fold != 2
    right = track_shares(found, mean).argmax(axis=1)[rows] == found.label[rows]
    assert said.tracks == 60 and abs(said.accuracy - right.mean()) < 1e-9 and 0 < said.log_loss < np.log(3)
    assert mean_recall(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])) == 0.75
    assert "fold 3" in refused(judge_folds, found, (0, 3))
    old, new = ({"run": "a", "what": what, "folds": [0], "tasks": dict.fromkeys(COMPARED, vars(said))} for what in ("old", "new"))
    other = old | {"folds": [1]}
    assert merged([old, other], [new]) == [new, other]
    assert recipes_table([new]).splitlines()[2].startswith("| new ")
    worse = {task: vars(said) | {"accuracy": said.accuracy - 0.1} for task in COMPARED}
    middle = 100 * (said.accuracy - 0.05)
    assert f"{middle:.1f} ± 7.1" in recipes_table([new, new | {"run": "b", "tasks": worse}]), "two seeds are one row with their spread"


def check_beside_app(found: TaskWindows) -> None:
    """The same verdicts lie nowhere apart; another label is not the same, wherever its confidence; a missing verdict is named."""
    plain = Calibration(1, 1, 0)
    said = shares(found.windows(), 1)
    heard = {key: Heard(NAMES[row.argmax()], float(row.max()), True) for key, row in zip(found.keys, said, strict=True)}
    same = beside(found, plain, heard)
    assert same.app_named == same.named_alike == 1
    assert same.same == 1 and same.app == same.lab and same.largest_difference < 1e-6
    right = said[0].argmax() == found.label[0]
    other = beside(found, plain, heard | {"t0": Heard(NAMES[(said[0].argmax() + 1) % 3], 0.0, True)})
    assert np.isclose(other.same, 89 / 90) and other.largest_difference < 1e-6 and other.lab == same.lab
    assert not right or np.isclose(other.app, same.app - 1 / 90)
    surer = beside(found, plain, heard | {"t1": Heard(heard["t1"].label, heard["t1"].confidence + 0.25, True)})
    assert np.isclose(surer.largest_difference, 0.25) and surer.median_difference < 1e-6 and surer.same == 1
    electronic = np.where(np.array(list(WIDE)) == "electronic", 2.0, 0.1)
    ratios = dict.fromkeys(heard, np.zeros(len(WIDE))) | {"t0": electronic}
    assert np.isclose(beside(found, plain, heard, ratios).named_alike, 89 / 90), "the lab withholds what the app names"
    both = beside(found, plain, heard | {"t0": Heard(heard["t0"].label, heard["t0"].confidence, False)}, ratios)
    assert both.named_alike == 1 and np.isclose(both.app_named, 89 / 90)
    assert "t1" in refused(beside, found, plain, {"t0": heard["t0"]})


def check_beyond() -> None:
    """Electronic music that is taken for classical is kept back, unless classical or a kind of it is heard as well; telling is perfect there."""
    names = list(WIDE)

    def ratios(**named: float) -> np.ndarray:
        return np.array([named.get(name.replace(" ", "_").replace("-", "_"), 0.1) for name in names])

    classical, rock = GENRES.index("classical"), GENRES.index("rock")
    cases = [
        (classical, ratios(electronic=2.0), True),
        (classical, ratios(electronic=2.0, classical=1.1), False),
        (classical, ratios(jazz=2.0, electronic=1.5), False),
        (classical, ratios(electronic=0.9), False),
        (rock, ratios(funk=2.0, hard_rock=1.0), False),
        (rock, ratios(funk=2.0, jazz=1.9), True),
    ]
    top, ratio, kept_back = (np.array(column) for column in zip(*cases, strict=True))
    assert beyond.withheld(top, ratio).tolist() == kept_back.tolist()
    clips = [Clip("emotify", Path(f"{i}"), {"genre": genre}) for i, genre in enumerate(["electronic", "classical", "classical", "electronic", "rock", "electronic"])]
    groups = {row.group: row for row in beyond.judge(clips, top, np.array([True] * 5 + [False]), ratio)}
    electronic, certain = groups["Emotify's electronic"], groups["clips of one certain genre"]
    assert (electronic.clips, electronic.before, electronic.after, electronic.right_after) == (3, 2 / 3, 1 / 3, None)
    assert (certain.clips, certain.before, certain.right_before, certain.after) == (2, 1, 1, 1)
    told = beyond.telling(clips[:3] + clips[4:], np.delete(top, 3), np.linspace(0, 1, 5), np.delete(ratio, 3, axis=0))
    assert told["wide genres"] == 1, told


def check_results(folder: Path, found: TaskWindows) -> None:
    """Pictures are small, and the numbers are those of the tracks."""
    tasks = {task: {"agreement": 0.5, "abstaining": 1.0, "agreementAnswered": None} for task in ("genre", "mood")}
    change = {"change": "made up", "clips": 3, "tasks": tasks}
    (folder / "out" / "results").mkdir(parents=True)
    kept = {"run": "made-up", "what": "a made-up recipe", "folds": [0], "tasks": dict.fromkeys(COMPARED, vars(judge_folds(found, (0,))))}
    (folder / "out" / "results" / "recipes.json").write_text(json.dumps([kept]))
    (folder / "robustness-none.json").write_text(json.dumps({"model": "none 0", "protocol": "self-test", "tasks": list(tasks), "changes": [change]}))
    beside_app = {"task": "made up", "tracks": 7, "app": 0.5, "lab": 0.25, "same": 0.75, "median_difference": 0.001, "largest_difference": 0.1, "app_named": 0.5, "named_alike": 1.0}
    (folder / "through-app.json").write_text(json.dumps([beside_app]))
    group = {"group": "made up", "clips": 5, "before": 0.5, "right_before": None, "after": 0.25, "right_after": None}
    (folder / "beyond.json").write_text(json.dumps({"groups": [group], "auroc": {"1 - confidence": 0.5}}))
    draw_all("self-test", {"genre": found, "mood": found}, folder / "out", folder)
    pictures = sorted((folder / "out" / "results").glob("*.png"))
    assert len(pictures) == 5 and all(picture.stat().st_size < 60_000 for picture in pictures), [(p.name, p.stat().st_size) for p in pictures]
    result = json.loads((folder / "out" / "results" / "results.json").read_text())[0]
    assert result["tracks"] == 90 and 0.6 < result["accuracy"] < 1
    text = (folder / "out" / "RESULTS.md").read_text()
    assert all(picture.name in text for picture in pictures) and "| made up | 3     | 50.0" in text and "| a made-up recipe | 0 " in text and "| made up | 7     | 50.0" in text and "| made up | 5 " in text
    coverage, risk = risk_curve(np.array([0.9, 0.5, 0.7]), np.array([True, False, True]))
    assert np.allclose(coverage, [1 / 3, 2 / 3, 1]) and np.allclose(risk, [0, 0, 1 / 3])


def tone(path: Path, hertz: float, seconds: float, level: float = 0.4) -> Path:
    """A stereo WAV whose right channel is silent."""
    left = level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)
    wavfile.write(path, RATE, np.stack([left, np.zeros_like(left)], axis=1).astype(np.float32))
    return path


def peak(samples: np.ndarray, rate: int) -> float:
    """Frequency of the largest peak of the middle second, Hz."""
    middle = samples[len(samples) // 2 :][: rate // 2]
    return float(np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle)))))) * rate / len(middle)


def check_changes(folder: Path) -> None:
    """Each change does what its name says to a tone of 5 kHz."""
    recording = changes.probe(tone(folder / "tone.wav", 5000, 4))
    assert recording.channels == 2 and abs(recording.seconds - 4) < 0.01
    wanted = [change for change in changes.CHANGES if changes.applies(change, recording)]
    assert "first minute only" not in [change.name for change in wanted]
    heard = {change.name: decode(path) for path, change in changes.apply(wanted, recording, folder).items()}
    level = {name: float(np.sqrt(np.mean(samples[len(samples) // 4 : len(samples) // 2] ** 2))) for name, (samples, _) in heard.items()}
    plain = level["unchanged, stored as WAV"]
    assert abs(level["+6 dB"] / plain - 1.995) < 0.01 and abs(level["-6 dB"] / plain - 0.501) < 0.01
    assert level["low-pass 4 kHz"] < 0.01 * plain < level["low-pass 8 kHz"]
    assert abs(level["left channel only"] / plain - 2) < 0.01
    for name, factor in (("speed +5 %", 1.05), ("speed -5 %", 0.95)):
        samples, rate = heard[name]
        assert abs(len(samples) / rate - 4 / factor) < 0.02 and abs(peak(samples, rate) - 5000 * factor) < 10, name
    assert all(abs(len(heard[name][0]) / heard[name][1] - 2) < 0.02 for name in ("first half only", "last half only"))
    assert abs(peak(*heard["MP3 64 kbit/s"]) - 5000) < 10
    pairs = [({"genre": (1, False), "mood": (0, True)}, {"genre": (1, False), "mood": (0, False)}), ({"genre": (1, False), "mood": (2, False)}, {"genre": (2, True), "mood": (2, False)})]
    assert compare_verdicts(pairs)["genre"] == {"agreement": 0.5, "abstaining": 0.5, "agreementAnswered": 1.0}


def check_content(folder: Path) -> None:
    """Short files are joined with pauses, long ones cut, broken ones refused; the list of sources is sound."""
    files = [tone(folder / f"{i}.wav", 300 + 100 * i, 1) for i in range(8)]
    content.write_clip(files, 0, folder / "joined.opus")
    samples, rate = decode(folder / "joined.opus")
    assert abs(len(samples) / rate - 8 * (1 + content.PAUSE)) < 0.1 and content.is_sound(samples, rate)
    assert not content.is_sound(samples * 1e-4, rate) and not content.is_sound(samples[:rate], rate)
    content.write_clip([tone(folder / "long.wav", 440, 80)], content.MUSIC_START, folder / "long.opus")
    samples, rate = decode(folder / "long.opus")
    assert abs(len(samples) / rate - content.LONGEST) < 0.1
    broken = folder / "broken.wav"
    broken.write_bytes(b"no sound" * 200)
    try:
        content.write_clip([broken], 0, folder / "none.opus")
        raise AssertionError("a broken file made a clip")
    except subprocess.CalledProcessError:
        pass
    assert [len(group) for group in content.groups(files, "other", 3)] == [8]
    assert [group[0] for group in content.groups(files, "music", 4)] == files[::2]
    source = content.Source("speech", "none", "(?P<voice>[0-9])\\.wav", "MIT")
    assert len(source.voices(folder)) == 8
    assert "mend its entry" in refused(content.Source("speech", "none", "nothing", "MIT").voices, folder)
    assert content.is_what_it_claims("speech", 0.9, 0.1) and not content.is_what_it_claims("speech", 0.9, 0.9)
    assert {source.kind for source in content.load_sources()} == set(content.KINDS)


def main() -> None:
    rng = np.random.default_rng(0)
    found = made_up_task(rng)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        check_file(folder, found)
        check_rules(found)
        check_calibration(found)
        check_unknowns(rng)
        check_comparison(found)
        check_beside_app(found)
        check_beyond()
        check_results(folder, found)
        for check in (check_changes, check_content):
            (folder / check.__name__).mkdir()
            check(folder / check.__name__)
    print("self-test of the results passed")


if __name__ == "__main__":
    main()
