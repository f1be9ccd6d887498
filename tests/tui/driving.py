"""Drives the app as an analyst would, and reads its screen as text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from textual.pilot import Pilot

from triage.config import Settings
from triage.scanning import Event
from triage.session import Session
from triage.tui.app import TriageApp
from triage.tui.messages import ScanTold
from triage.tui.screens.review import ReviewScreen

SIZE = (100, 34)


@dataclass
class FakeScan:
    """Tells nothing by itself; remembers what it was asked for."""

    tell: Callable[[Event], None]
    asked: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.asked.append("start")

    def prefer(self, paths: Sequence[str]) -> None:
        self.asked.append(f"prefer {paths[0]}")

    def cancel(self) -> None:
        self.asked.append("cancel")

    def join(self, timeout: float | None = None) -> bool:
        del timeout
        return True


class Driver:
    """The app, its keys and its screen."""

    def __init__(self, app: TriageApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.session: Session = app.session

    async def press(self, *keys: str) -> None:
        """One key after another, until what they decided is written, or a second has passed."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        review = self.app.get_default_screen()
        if isinstance(review, ReviewScreen):
            with suppress(TimeoutError):  # keys wait for a fifth of it, which is not enough on a busy machine
                await asyncio.wait_for(review.behind.decided(), 1.0)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        """A text, letter by letter."""
        names = {" ": "space", ",": "comma", "-": "minus", ":": "colon", ".": "full_stop", "*": "asterisk"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def hear(self, event: Event) -> None:
        """What the scan tells."""
        self.app.get_default_screen().post_message(ScanTold(event))
        await self.pilot.pause()

    @property
    def screen(self) -> str:
        """The screen as text, a line each."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def sent(self) -> str:
        """The screen as it leaves for the terminal, after all filters of the app."""
        background = self.app.screen.background_colors[1]
        strips = self.app.screen._compositor.render_strips()
        for line_filter in self.app.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return self.screen.splitlines()

    @property
    def status(self) -> str:
        """The line that tells what was done, and how far it is."""
        return self.lines[-2]

    @property
    def title(self) -> str | None:
        """Title of the current item."""
        return None if self.session.current is None else self.session.current.title


@asynccontextmanager
async def driving(
    session: Session,
    size: tuple[int, int] = SIZE,
    settings: Settings | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    first_start: bool = False,
) -> AsyncIterator[Driver]:
    """The app on a screen of `size`, with a scan that says nothing."""
    session.greeted = session.greeted or not first_start
    app = TriageApp(session, FakeScan, settings, environment={"TERM": "xterm"} if environment is None else environment)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()  # the first paint waits for the first layout
            yield Driver(app, pilot)
    finally:
        app.end()
