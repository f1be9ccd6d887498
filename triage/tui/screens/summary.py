"""How far the work is, and how fast it goes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from triage.actions import Where
from triage.session.stats import Stats
from triage.session.summary import summary_lines
from triage.tui.keys import carry_out, fill
from triage.tui.render import ASCII, UNICODE, Signs
from triage.tui.widgets.menu import Menu, MenuLine

_FRAME = 8
"""Cells of the panel's border, its padding, the cursor's column and the scroll bar."""


class SummaryScreen(ModalScreen[None]):
    """Shows the figures until it is closed."""

    where: ClassVar[Where] = "list"
    AUTO_FOCUS = "Menu"

    def __init__(self, stats: Stats, *, signs: Signs = UNICODE) -> None:
        super().__init__()
        self._stats = stats
        self._signs = signs

    def compose(self) -> ComposeResult:
        """The figures, as lines to scroll through."""
        with Vertical(classes="panel tall"):
            yield Static(Content("Summary"), classes="panel-title")
            yield Menu(signs=self._signs)
            yield Static(Content(fill(self, "{pick-down} {pick-up} scroll · {leave} closes")), classes="panel-hint")

    def on_mount(self) -> None:
        """Draw."""
        self._draw()

    def on_resize(self) -> None:
        """Plots are drawn for the width."""
        self._draw()

    def _draw(self) -> None:
        lines = summary_lines(self._stats, self.app.size.width - _FRAME, ascii_only=self._signs == ASCII)
        self.query_one(Menu).show([MenuLine(((text, role),)) for text, role in lines])

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table."""
        await carry_out(self, name, key)

    async def do_pick(self) -> None:
        await self.dismiss(None)

    async def do_pick_number(self, key: str) -> None:
        """There is nothing to choose here."""

    async def do_pick_down(self) -> None:
        self.query_one(Menu).move(1)

    async def do_pick_up(self) -> None:
        self.query_one(Menu).move(-1)

    async def do_leave(self) -> None:
        await self.dismiss(None)
