"""What each system is: config/systems.json, read into plain records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from ..paths import CONFIG
from ..vocabulary import GENRES, MOODS

#: How a run's tracks are divided. `random` is by snippet for systems that hear 3 s, which leaks; `random-clip` keeps clips whole.
PROTOCOLS = ("artist", "random", "random-clip")
#: The labels of genre where only Emotify has the audio.
EMOTIFY_GENRES = ("classical", "rock", "electronic", "pop")


@dataclass(frozen=True)
class System:
    """One published system. `given` are settings that its report names, `chosen` are ours; `inputs` names an input by task."""

    id: str
    family: str
    network: str
    inputs: dict[str, str]
    data: str
    published: dict[str, str]
    given: dict
    chosen: dict
    notes: list[str]
    why: dict[str, str]
    notTrained: dict[str, str]

    @property
    def tasks(self) -> tuple[str, ...]:
        return tuple(self.inputs)

    def setting(self, name: str, default=None):
        """A setting: what the report gives goes before what we chose."""
        return self.given.get(name, self.chosen.get(name, default))

    @property
    def seconds(self) -> int:
        """Length of a window: whole clips of 30 s, or snippets of 3 s."""
        return 3 if any("3s" in name for name in self.inputs.values()) else 30


def labels_of(system: System, task: str) -> tuple[str, ...]:
    """The classes that a system tells apart."""
    if task == "mood":
        return MOODS
    return EMOTIFY_GENRES if system.inputs[task].startswith("waveform") else GENRES


def protocols_of(system: System) -> tuple[str, ...]:
    """`random-clip` differs from `random` only where a clip is more than one window."""
    return PROTOCOLS if system.seconds == 3 else PROTOCOLS[:2]


@lru_cache
def all_systems() -> dict[str, System]:
    """Every system by id, in the order of the table."""
    config = json.loads((CONFIG / "systems.json").read_text(encoding="utf-8"))
    found = {}
    for row in config["systems"]:
        chosen = {**config["families"].get(row["family"], {}), **row.get("chosen", {})}
        found[row["id"]] = System(
            row["id"], row["family"], row.get("network", row["id"]), row["inputs"], row["data"], row["published"],
            row.get("given", {}), chosen, row.get("notes", []), row.get("why", {}), row.get("notTrained", {}),
        )  # fmt: skip
    return found


def find_system(name: str) -> System:
    """Raises `SystemExit` with the ids that there are."""
    systems = all_systems()
    if name not in systems:
        raise SystemExit(f"no system is called {name}; there are {', '.join(systems)}")
    return systems[name]
