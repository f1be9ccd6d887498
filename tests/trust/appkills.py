"""`kill -9` of the real app in a pseudo-terminal, at a random moment while keys decide pages on its screen."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.terminal import running
from tests.trust.acts import held
from tests.trust.promise import Outcome, Promise

_PAGES = 60
_VERDICTS = {"a": "keep", "d": "discard", "s": "later"}
_COUNTS = re.compile(r"✓([\d,]+) +✗([\d,]+) +…([\d,]+)")
_LONGEST = 0.8
"""Seconds from the last key to the kill, at most."""

Verdicts = list[tuple[str, str]]
"""Path and verdict of the pages decided, in path order."""


def check(place: Path, kills: int, seed: int) -> Outcome:
    """Kills until `kills` are done; what the screen counted as decided must be in the file, in order and whole."""
    chance = random.Random(seed)
    folder, home = place / "pages", place / "home"
    paths = _pages(folder)
    decided: Verdicts = []
    faults: list[str] = []
    shown = 0
    for number in range(kills):
        if len(decided) > _PAGES - 20:
            (folder / "triage.sqlite").unlink()
            decided = []
        keys = [*chance.choices("ads", k=chance.randint(1, 8)), *chance.choices(["", "vjjjdy"], k=1)]
        states = _states(decided, paths, keys)
        acknowledged = _killed_once(folder, home, keys, len(decided), chance)
        shown += acknowledged - len(decided)
        found = held(folder / "triage.sqlite")
        fault = _fault(found, states, acknowledged)
        if fault:
            faults.append(f"seed {seed}, kill {number}, keys {keys}, {acknowledged} counted on the screen: {fault}")
        if isinstance(found, str):
            (folder / "triage.sqlite").unlink()
            decided = []
        else:
            decided = _verdicts(found)
    return Outcome(
        f"{kills:,} kills after {shown:,} decisions counted on the screen: {len(faults)} lost, torn or corrupt", faults
    )


def _states(decided: Verdicts, paths: list[str], keys: list[str]) -> list[Verdicts]:
    """What the file holds after each key that decides; pages are decided in path order."""
    states, left = [decided], paths[len(decided) :]
    for key in keys:
        count = 4 if key.startswith("v") else len(key)
        verdict = _VERDICTS[key[-2] if key.startswith("v") else key] if key else ""
        states.append([*states[-1], *((path, verdict) for path in left[:count])])
        left = left[count:]
    return states


def _fault(found: object, states: list[Verdicts], acknowledged: int) -> str:
    if isinstance(found, str):
        return found
    verdicts = _verdicts(found)
    if verdicts not in states:
        return f"torn: {len(verdicts)} decisions are no state between keys"
    return f"lost: {len(verdicts)} decisions are left" if len(verdicts) < acknowledged else ""


def _verdicts(found: object) -> Verdicts:
    assert isinstance(found, dict)
    return sorted((path, one.verdict) for (path, _), one in found.items())


def _killed_once(folder: Path, home: Path, keys: list[str], before: int, chance: random.Random) -> int:
    """Starts the app, presses the keys, kills it; how many decisions its screen counted at the last."""
    homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(home))
    with running(folder, "--workers", "1", columns=100, environment=homes) as terminal:
        terminal.until(lambda text: f"of {_PAGES}" in text and _counted(text) == before, "the list")
        if before:
            terminal.press("n")  # the cursor stands on the first page, since a killed app notes no place
        for key in keys:
            terminal.press(key)
            if chance.random() < 0.5:
                terminal.look(chance.random() ** 2 * 0.1)
        terminal.look(chance.random() ** 2 * _LONGEST)
        terminal.kill()
        return _counted(terminal.text)


def _counted(text: str) -> int:
    counts = _COUNTS.search(text)
    return sum(int(count.replace(",", "")) for count in counts.groups()) if counts else -1


def _pages(folder: Path) -> list[str]:
    folder.mkdir()
    names = [f"{number:02}.html" for number in range(_PAGES)]
    for name in names:
        words = f"Page {name} tells of the ferry to the island, of its captain and of the weather. " * 12
        (folder / name).write_text(f"<title>Page {name}</title><p>{words}</p>", "utf-8")
    return names


PROMISES = (
    Promise("kill-app", "After kill -9 of the app every decision that its screen counted is there", 400, 10, check),
)
