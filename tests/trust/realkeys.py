"""Random keys and sizes for the real program in a pseudo-terminal; what its screen says is what the store holds."""

from __future__ import annotations

import random
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.hostile.payloads import MARKUP, SEQUENCES, raw_in
from tests.terminal import PATIENCE, Terminal, running
from tests.trust.promise import Outcome, Promise
from triage.actions import ACTIONS

_PAGES = 40
_A_SIZE = 12
"""Keys for each change of the size."""
_SIZES = ((100, 34), (80, 24), (140, 40), (60, 14), (200, 60), (500, 200), (40, 12), (10, 3), (1, 1), (1, 50), (200, 1))
_COUNTS = re.compile(r"·([\d,]+)(?: left)? +✓([\d,]+)(?: kept)? +✗([\d,]+)(?: discarded)? +…([\d,]+)")
_ROW = re.compile(r"^[▌┃ ]([·✓✗…]) [^│┃]*?\bqk(\d\d)\b")
_VERDICTS = {"✓": "keep", "✗": "discard", "…": "later"}
_NAMED = {
    "space": " ", "tab": "\t", "enter": "\r", "escape": "\x1b", "backspace": "\x7f", "up": "\x1b[A", "down": "\x1b[B",
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "f1": "\x1bOP", "f2": "\x1bOQ",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "cdpru"},
}  # fmt: skip
_OURS = [_NAMED.get(key, key) for action in ACTIONS for key in action.keys if key in _NAMED or len(key) == 1]
_KEYS = [*(key for key in _OURS if key != "q"), *("adsjknpuU" * 8), *(["\x1b"] * 25), *"yyy\r\r", "é", "港", "\x01"]
_HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


def check(place: Path, steps: int, seed: int) -> Outcome:
    """As many keys as `steps`; a program that was told to quit is started again."""
    chance = random.Random(seed)
    folder = place / "pages"
    paths = _pages(folder)
    environment = {**dict.fromkeys(_HOMES, str(place / "home")), **dict.fromkeys(("EDITOR", "VISUAL", "PAGER"), "true")}
    pressed = sizes = agreed = raw = 0
    played: list[str] = []
    try:
        while pressed < steps:
            with running(folder, "--workers", "1", columns=100, rows=34, environment=environment) as terminal:
                terminal.until(lambda text: f" of {_PAGES}" in text.split("\n")[0], "the list")
                while pressed < steps and chance.random() > 0.01:
                    if pressed >= sizes * _A_SIZE:
                        size = chance.choice(_SIZES)
                        played.append(f"size={size}")
                        terminal.resize(*size)
                        sizes += 1
                    key = chance.choice(_KEYS)
                    played.append(repr(key))
                    terminal.press(key)
                    pressed += 1
                    agreed += _settled(terminal, folder / "triage.sqlite", paths)
                _leave(terminal)
                raw += len(raw_in(bytes(terminal.sent)))
    except AssertionError as fault:
        last = " ".join(played[-40:])
        return Outcome(f"after {pressed:,} keys", [f"seed {seed}, key {pressed}, the last ones: {last}: {fault}"])
    figure = f"{pressed:,} keys, {sizes:,} sizes, the list read {agreed:,} times, {raw} raw bytes of pages"
    faults = [f"seed {seed}: {raw} raw bytes of pages were sent"] if raw else []
    if agreed < steps // 4:
        faults.append(f"seed {seed}: the list was read {agreed} times in {steps} keys: little is shown")
    return Outcome(figure, faults)


def _settled(terminal: Terminal, database: Path, paths: list[str]) -> bool:
    """Wait until what is painted is what is stored; whether the list was there to be read."""
    end = time.monotonic() + PATIENCE
    while True:
        terminal.look(0.12)
        told = _differs(terminal.text.split("\n"), database, paths)
        if not told:
            return told is not None
        assert time.monotonic() < end, f"{told}; the screen shows:\n{terminal.text}"


def _differs(lines: list[str], database: Path, paths: list[str]) -> str | None:
    """Where screen and store differ, "" where they agree, None where the screen shows no list with its counts."""
    counts = _COUNTS.search(lines[-2]) if len(lines) > 1 else None
    if counts is None:
        return None
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reader:
        stored = dict(reader.execute("SELECT path, verdict FROM decisions WHERE verdict IS NOT NULL"))
    said = [int(count.replace(",", "")) for count in counts.groups()]
    held = [sum(verdict == one for verdict in stored.values()) for one in _VERDICTS.values()]
    if said != [len(paths) - sum(held), *held]:
        return f"the screen counts {said}, the store {held}"
    if not lines[0].startswith(" triage"):
        return ""
    for row in filter(None, map(_ROW.search, lines[1:-2])):
        if stored.get(paths[int(row[2])]) != _VERDICTS.get(row[1]):
            return f"the row {row[0]!r} is stored as {stored.get(paths[int(row[2])])}"
    return ""


def _leave(terminal: Terminal) -> None:
    """Quit from wherever the program is; it must end well."""
    terminal.resize(100, 34)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        terminal.press("\x1b")
        terminal.look(0.3)
        lines = terminal.text.split("\n")
        if lines[0].startswith(" triage") and _COUNTS.search(lines[-2]) and "? help" in lines[-1]:
            terminal.press("q")
            code = terminal.wait()
            assert code == 0, f"the program ended with {code}"
            return
    raise AssertionError(f"the list is not reached by escape; the screen shows:\n{terminal.text}")


def _pages(folder: Path) -> list[str]:
    """Plain pages, and some with a payload in title and text; their paths in order."""
    folder.mkdir()
    payloads = [*MARKUP, *SEQUENCES.values()]
    names = [f"{number:02}.txt" for number in range(_PAGES)]
    for number, name in enumerate(names):
        payload = payloads[number % len(payloads)].replace("\n", " ") if number % 3 == 0 else "plain"
        words = f"Page {name} tells of the ferry, of its captain and of the weather of that day. " * (number % 7 + 3)
        (folder / name).write_text(f"qk{number:02} {payload}\n\n{words}\n\n{payload} at its end.\n", "utf-8")
    return names


PROMISES = (
    Promise("keys-real", "The same of the real program in a pseudo-terminal", 600, 40, check),
)  # fmt: skip
