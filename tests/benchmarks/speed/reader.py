"""How much work a long text is for the reader: one page of a million characters, and every key that moves in it.

    python -m tests.benchmarks.speed.reader [CHARACTERS]

The page is made up, scanned and opened in a folder that is thrown away. Told is the processor time from the key to the
painted screen, the median and the slowest of ten; the screen has 140 columns and 40 lines.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from textual.pilot import Pilot

from triage.cli.working import opened, scan_to_the_end
from triage.scanning import Limits
from triage.session import Session
from triage.tui.app import TriageApp

_TIMES = 10
_KEYS = (
    ("open the page", ("k", "j"), 1),
    ("a line down", ("J",), 0),
    ("a page down", ("pagedown",), 0),
    ("to the end", ("end",), 0),
    ("to the beginning", ("home",), 0),
    ("next match", (".",), 0),
    ("clean, source, marked", ("r",), 0),
)
"""What is done, its keys, and how many of them are not timed."""


def page(characters: int) -> str:
    """A text of numbered paragraphs, one word of each its own."""
    lines: list[str] = []
    length = 0
    while length < characters:
        number = len(lines)
        line = f"Paragraph {number} tells what the harbour master wrote on day {number * 7} of that year, " * 5
        lines.append(line)
        length += len(line) + 2
    return "\n\n".join(lines)


async def measured(session: Session) -> list[tuple[str, float, float]]:
    """Median and slowest processor time of each key, in milliseconds."""
    app = TriageApp(session)
    found: list[tuple[str, float, float]] = []
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"harbour", "enter", "j", "tab")
        for what, keys, untimed in _KEYS:
            times = [await _timed(pilot, keys, untimed) for _ in range(_TIMES)]
            found.append((what, statistics.median(times), max(times)))
    app.end()
    return found


async def _timed(pilot: Pilot[int], keys: tuple[str, ...], untimed: int) -> float:
    if untimed:  # in the list, where the page is left and opened again
        await pilot.press("escape", *keys[:untimed])
        await pilot.pause()
    begun = time.process_time()
    await pilot.press(*keys[untimed:])
    await pilot.pause()
    took = (time.process_time() - begun) * 1000
    if untimed:
        await pilot.press("tab")
    return took


def main() -> None:
    """Make the page, and measure."""
    characters = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "pages"
        folder.mkdir()
        (folder / "a.txt").write_text("A short page about the harbour.", encoding="utf-8")
        (folder / "long.txt").write_text(page(characters), encoding="utf-8")
        with opened(folder, Path(place) / "d.sqlite", "script", Limits()) as (journal, library):
            scan_to_the_end(folder, library, Limits())
            for what, median, slowest in asyncio.run(measured(Session(folder, journal, library))):
                print(f"{what:24} {median:7.1f} ms   slowest {slowest:7.1f} ms")  # noqa: T201 (what the command is for)


if __name__ == "__main__":
    main()
