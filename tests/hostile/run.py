"""All hostile samples and traps against the real tool: `python -m tests.hostile.run [FOLDER]`; about ten minutes.

Writes the samples to FOLDER (default: a temporary one), scans them with the real command, measures each in a process
of its own, goes through all of them on the real screen in a pseudo-terminal, and prints a table. Exit code 1 where a
promise does not hold.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the pseudo-terminal's driver stands beside the tests

from terminal import COMMAND, Terminal, running

from tests.hostile.judging import Line, cause, leaked, scan, silently_lost
from tests.hostile.make import make
from tests.hostile.measure import Measured, measured_apart
from tests.hostile.payloads import raw_in
from tests.hostile.sample import Sample
from triage.scanning import Limits

PAGE_SECONDS = 10.0
"""The most a child may take, of processor time; the program's own limit is a second less."""
PAGE_MEGABYTES = 2048


def main(words: list[str]) -> int:
    place = Path(words[0]) if words else Path(tempfile.mkdtemp(prefix="hostile-"))
    written, traps = make(place)
    say("samples", len(written))
    say("folder traps", len(traps))
    code, lines, narrated = scan(COMMAND, place / "pages", place / "home")
    faults = judge(written, lines, code)
    took = measured_apart(place / "pages", [sample.path for sample in written], Limits().cpu_seconds)
    faults += judge_costs(took, len(written))
    faults += judge_screen(place, int(re.findall(r"^([\d,]+) items:", narrated, re.MULTILINE)[0].replace(",", "")))
    say("promises that do not hold", faults or "none")
    return 1 if faults else 0


def judge(written: list[Sample], lines: Mapping[str, Line], code: int) -> list[str]:
    """What the scan said of each sample."""
    verdicts = Counter(cause(lines[sample.path]) for sample in written if sample.path in lines)
    lost = {one.path: parts for one in written if one.path in lines and (parts := silently_lost(one, lines[one.path]))}
    failed = [path for path, line in lines.items() if cause(line) in {"unreadable: crash", "unreadable: fault"}]
    say("exit code of the scan", code)
    say("verdicts", sum(verdicts.values()))
    for verdict, count in verdicts.most_common():
        say(f"  {verdict}", count)
    return list(
        told(
            {
                "exit code": code,
                "samples without a verdict": [one.path for one in written if one.path not in lines],
                "articles lost in silence": lost,
                "crashed or failed": failed,
                "read outside the folder": leaked(lines.values()),
            }
        )
    )


def judge_costs(took: list[Measured], count: int) -> list[str]:
    """What each sample took in a process of its own."""
    for one in sorted(took, key=lambda one: -one.seconds)[:3]:
        say(f"  processor seconds, {one.path}", f"{one.seconds:.1f}")
    for one in sorted(took, key=lambda one: -one.megabytes)[:3]:
        say(f"  megabytes, {one.path}", f"{one.megabytes:.0f}")
    return list(
        told(
            {
                "not measured": count - len(took),
                "crashes of a child": [one for one in took if one.crashed],
                "over the limit of time": [one.path for one in took if one.seconds > PAGE_SECONDS],
                "over the limit of memory": [one.path for one in took if one.megabytes > PAGE_MEGABYTES],
                "attempts to reach the network": [one for one in took if one.network],
            }
        )
    )


def judge_screen(place: Path, total: int) -> list[str]:
    """Every page on the real screen, marked, clean and as source: raw bytes, and the longest wait for a key."""
    waits: list[tuple[float, str]] = []
    home = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(place / "home"))
    with running(place / "pages", columns=140, rows=44, environment=home) as terminal:
        terminal.until(lambda text: f" of {total:,}\n" in text and "keep" in text, "the whole list")
        terminal.press("g")
        for row in range(2, total + 1):
            waits.append((wait(terminal, "j", f"{row:,} of {total:,}\n"), f"row {row}"))
            if row % 5 == 0:
                waits.extend((wait(terminal, "r", mode), f"{mode} of row {row}") for mode in ("clean", "source"))
                terminal.press("r")
        terminal.press("q")
        code = terminal.wait()
    for seconds, what in sorted(waits, reverse=True)[:3]:
        say(f"  longest wait for the screen, {what}", f"{seconds:.2f} s")
    raw = raw_in(bytes(terminal.sent))
    say("keys on the screen", len(waits))
    say("raw bytes of pages among those sent to the terminal", len(raw))
    return list(told({"exit code of the screen": code, "raw bytes on the terminal": raw}))


def wait(terminal: Terminal, key: str, words: str) -> float:
    """Seconds from a key to its effect on the screen."""
    began = time.monotonic()
    terminal.press(key)
    terminal.until(lambda text: words in text, f"{words!r} after {key!r}")
    return time.monotonic() - began


def told(found: Mapping[str, object]) -> Iterator[str]:
    """Prints each count; gives those that are not nothing."""
    for what, things in found.items():
        say(what, len(things) if isinstance(things, list | dict) else things)
        if things:
            yield f"{what}: {things}"


def say(what: str, value: object) -> None:
    print(f"{what:<64} {value}", flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
