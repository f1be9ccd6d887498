"""How many keys a decision takes: a scripted session over a folder, by the means an analyst has.

    python tests/benchmarks/hands.py FOLDER [DECISIONS] [SHARE]

Some error pages are looked at one by one as cards, those that share a text with others of their site are discarded
together, the rest go by a saved filter and a bulk step for each cause. Of groups of copies those in which it is clear
which is best are resolved together, the others one after another by keeping the proposed one. Of pages without a flag
and with much text the titles are read, half a screen at a time, and kept as a range. What is left of DECISIONS (500) is
decided one by one. At most SHARE (1.0) of the decisions are error pages: with less, pages are left that an analyst
would have cleared away first. Every key of the session is counted, those that move, open, ask and agree as well. The
decisions are kept in a file that is thrown away.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from triage.cli.working import opened, scan_to_the_end
from triage.scanning import Limits
from triage.session import Session
from triage.tui.app import TriageApp
from triage.tui.screens.pick import ConfirmScreen

_LONG = 150
"""Words from which the script takes a page for an article worth keeping."""
_CARDS = 30
"""Error pages that are looked at one by one before the rest is trusted to be what they are."""


_SITES, _CAUSES, _SCREENS = 10, 40, 8
"""How often the script tries what may be done together, before it goes on."""
_NAMED = {" ": "space", ":": "colon", ">": "greater_than_sign"}
"""Keys that have names of their own."""


class Hands:
    """Presses keys, and counts what they decided."""

    def __init__(self, app: TriageApp, pilot: Pilot[int], decisions: int, share: float) -> None:
        self.app = app
        self.session = app.session
        self.decisions = decisions
        self._share = share
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Keys one after another."""
        await self._pilot.press(*keys)
        await self._pilot.pause()

    async def settle(self) -> None:
        """Wait for what is read off the screen's loop."""
        await self._pilot.app.workers.wait_for_complete()
        await self._pilot.pause(0.05)

    def so_far(self) -> tuple[int, int]:
        """Keys pressed and verdicts given."""
        return self.app.keys_pressed, self.session.made

    @property
    def errors_allowed(self) -> int:
        """Error pages that may still be decided in bulk."""
        return int(self.decisions * self._share) - self.session.made


async def cards(hands: Hands) -> None:
    """Error pages as cards: a key each."""
    await hands.press("X")
    for _ in range(_CARDS):
        item = hands.session.current
        if type(hands.app.screen).__name__ != "JunkScreen" or item is None or item.decision.verdict is not None:
            break
        await hands.press("d")
    await hands.press("escape")


async def shared_texts(hands: Hands) -> None:
    """Error texts that pages of a site share: asked for on a page of the site, looked at, agreed to."""
    tried: set[str] = set()
    await hands.press("V", "3")
    for _ in range(_SITES):
        item = hands.session.current
        if item is None or item.decision.verdict is not None or hands.errors_allowed <= 0:
            break
        if item.site is not None and item.site not in tried:
            tried.add(item.site)
            await hands.press("E")
            await hands.settle()
            if hands.app.screen is not hands.app.get_default_screen():
                await hands.press("y")
                continue
        await hands.press("n")
    await hands.press("escape")


async def by_query(hands: Hands) -> None:
    """The saved filter of undecided error pages; there all of one cause after the other, as one bulk step each."""
    await hands.press("V", "3")
    for _ in range(_CAUSES):
        item = hands.session.current
        if item is None or item.decision.verdict is not None or hands.errors_allowed <= 0:
            break
        if 1 < len(hands.session.alike()[0].keys) <= hands.errors_allowed:
            await hands.press("*", "1", "d", "y")
        else:
            await hands.press("n")
    await hands.press("escape")


async def clear_groups(hands: Hands) -> None:
    """Groups of copies of which the best one holds nearly all of the others: looked at as a list, agreed to."""
    await hands.press("V", "5", "ampersand")
    await hands.settle()
    if hands.app.screen is not hands.app.get_default_screen():
        await hands.press("y")
    await hands.press("escape")


async def groups(hands: Hands) -> None:
    """The other groups: compared, the proposed copy kept, one group after another without leaving the comparison."""
    review = hands.app.get_default_screen()
    await hands.press("V", "5", "c")
    await hands.settle()
    passed: set[str | None] = set()
    while hands.session.made < hands.decisions and hands.app.screen is not review:
        before = hands.session.made
        await hands.press("K")
        await hands.settle()
        if hands.app.screen is not review and isinstance(hands.app.screen, ConfirmScreen):
            await hands.press("y")
            await hands.settle()
        elif hands.session.made == before:  # no page fit to be kept: passed over, once
            group = hands.session.current.group if hands.session.current else None
            if group in passed:
                break
            passed.add(group)
            await hands.press("n")
            await hands.settle()
    while hands.app.screen is not review:
        await hands.press("escape")
    await hands.press("escape")


async def by_titles(hands: Hands) -> None:
    """Pages without a flag and with much text: their titles are read half a screen at a time, and kept as a range."""
    await hands.press("/")
    await hands.press(*(_NAMED.get(letter, letter) for letter in "is:undecided is:clean words:>400"))
    await hands.press("enter")
    for _ in range(_SCREENS):
        item = hands.session.current
        if item is None or item.decision.verdict is not None or hands.session.made >= hands.decisions:
            break
        await hands.press("v", "ctrl+d", "a", "y")
    await hands.press("escape")


async def one_by_one(hands: Hands) -> None:
    """A key a page: long pages are kept, short ones discarded."""
    session = hands.session
    while session.made < hands.decisions and session.counts().undecided:
        if session.current is None or session.current.decision.verdict is not None:
            await hands.press("n")
        elif session.current is not None:
            await hands.press("a" if session.current.words >= _LONG else "d")


MEANS: tuple[tuple[str, Callable[[Hands], Awaitable[None]]], ...] = (
    ("error pages as cards", cards),
    ("shared error texts", shared_texts),
    ("error pages by query", by_query),
    ("groups that are clear", clear_groups),
    ("groups one by one", groups),
    ("long pages by title", by_titles),
    ("one by one", one_by_one),
)


async def work(session: Session, decisions: int, share: float) -> None:
    """The whole session, with a line for each means."""
    app = TriageApp(session)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        hands = Hands(app, pilot, decisions, share)
        for name, means in MEANS:
            keys, made = hands.so_far()
            await means(hands)
            _tell(name, *(after - before for after, before in zip(hands.so_far(), (keys, made), strict=True)))
        _tell("the session", *hands.so_far())
    app.end()


def _tell(name: str, keys: int, made: int) -> None:
    print(f"{name:24} {keys:6} keys {made:6} decisions  {keys / made if made else 0:.2f} keys a decision")  # noqa: T201 (what the command is for)


def main() -> None:
    """Scan the folder and work through it."""
    folder = Path(sys.argv[1])
    decisions = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    share = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
    with (
        tempfile.TemporaryDirectory() as place,
        opened(folder, Path(place) / "d.sqlite", "script", Limits()) as (journal, library),
    ):
        scan_to_the_end(folder, library, Limits())
        asyncio.run(work(Session(folder, journal, library), decisions, share))


if __name__ == "__main__":
    main()
