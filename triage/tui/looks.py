"""How the screen looks: a theme is chosen while one sees it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from triage.tui import remembered
from triage.tui.render import Run, Signs
from triage.tui.screens.pick import PickScreen, numbered
from triage.tui.themes import THEMES
from triage.tui.widgets.menu import Menu, MenuLine

if TYPE_CHECKING:
    from triage.tui.screens.review import ReviewScreen

_ABOUT = {
    "triage-dark": "as the program begins",
    "triage-light": "for bright rooms",
    "triage-contrast": "high contrast",
    "ansi-dark": "the terminal's own colours",
    "ansi-light": "the terminal's own colours, on white",
}


async def choose(review: ReviewScreen) -> None:
    """Choose a theme; leaving brings the one from before back."""
    app = review.app
    before = app.theme
    ours = [theme.name for theme in THEMES]
    names = [*ours, *sorted(set(app.available_themes) - set(ours))]
    choices: list[tuple[Any, list[Run]]] = [
        (name, [(name.ljust(22), ""), (_ABOUT.get(name, ""), "dim")]) for name in names
    ]

    async def answered(name: str | None) -> None:
        app.theme = name or before
        if name is not None:
            await asyncio.to_thread(remembered.note_theme, name, app.settings.theme)
            review.tell(f"{name} from now on", "theme")

    await app.push_screen(_Themes("Colours", numbered(choices), before, review.signs), answered)


class _Themes(PickScreen):
    """Shows each theme as the cursor comes to it."""

    def __init__(self, title: str, lines: list[MenuLine], now: str, signs: Signs) -> None:
        super().__init__(title, lines, signs=signs)
        self._now = now

    def on_mount(self) -> None:
        """Begin at the theme in use, once the height of the list is known."""
        self.call_after_refresh(self.query_one(Menu).choose, self._now)

    async def do_pick_down(self) -> None:
        """A theme on."""
        await super().do_pick_down()
        self._show()

    async def do_pick_up(self) -> None:
        """A theme back."""
        await super().do_pick_up()
        self._show()

    def _show(self) -> None:
        self.app.theme = self.query_one(Menu).value
