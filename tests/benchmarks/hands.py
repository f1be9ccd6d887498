"""How many keys a decision takes: a scripted session over a folder, by the means an analyst has.

    python tests/benchmarks/hands.py FOLDER [DECISIONS]

Error pages go by one query and one bulk step, the rest one by one, as many as are left of DECISIONS (500). The
decisions are kept in a file that is thrown away.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from triage.cli.working import opened, scan_to_the_end
from triage.scanning import Limits
from triage.session import Session
from triage.tui.app import TriageApp

_LONG = 150
"""Words from which the script takes a page for an article worth keeping."""


class Hands:
    """Presses keys, and counts what they decided."""

    def __init__(self, app: TriageApp, pilot: Pilot[int]) -> None:
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Keys one after another."""
        await self._pilot.press(*keys)
        await self._pilot.pause()

    def so_far(self) -> tuple[int, int]:
        """Keys pressed and verdicts given."""
        return self.app.keys_pressed, self.app.session.made


async def errors_in_bulk(hands: Hands) -> None:
    """The view of undecided error pages, all of it, discarded after its number was seen."""
    await hands.press("V", "3")
    if hands.app.session.rows:
        await hands.press("v", "G", "d", *(("y",) if len(hands.app.session.rows) > 1 else ()))
    await hands.press("escape")


async def one_by_one(hands: Hands, decisions: int) -> None:
    """A key a page: long pages are kept, short ones discarded."""
    session = hands.app.session
    while session.made < decisions and session.counts().undecided:
        if session.current is None or session.current.decision.verdict is not None:
            await hands.press("n")
        elif session.current is not None:
            await hands.press("a" if session.current.words >= _LONG else "d")


async def work(session: Session, decisions: int) -> None:
    """The whole session, with a line for each means."""
    app = TriageApp(session)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        hands = Hands(app, pilot)
        for name, means in (
            ("error pages in bulk", errors_in_bulk(hands)),
            ("one by one", one_by_one(hands, decisions)),
        ):
            keys, made = hands.so_far()
            await means
            _tell(name, *(after - before for after, before in zip(hands.so_far(), (keys, made), strict=True)))
        _tell("the session", *hands.so_far())
    app.end()


def _tell(name: str, keys: int, made: int) -> None:
    print(f"{name:24} {keys:6} keys {made:6} decisions  {keys / made if made else 0:.2f} keys a decision")  # noqa: T201 (what the command is for)


def main() -> None:
    """Scan the folder and work through it."""
    folder = Path(sys.argv[1])
    decisions = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    with (
        tempfile.TemporaryDirectory() as place,
        opened(folder, Path(place) / "d.sqlite", "script", Limits()) as (journal, library),
    ):
        scan_to_the_end(folder, library, Limits())
        asyncio.run(work(Session(folder, journal, library), decisions))


if __name__ == "__main__":
    main()
