"""The command palette: every action, every order of the list, every theme."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from triage.actions import ACTIONS, shown_keys

if TYPE_CHECKING:
    from triage.tui.app import TriageApp
    from triage.tui.screens.review import ReviewScreen


class Palette(CommandPalette):
    """Textual's own, which ends the app where a page is turned in a list too small to show a line."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region.area:
            super()._action_command_list(action)


class _Command(NamedTuple):
    name: str
    help: str
    run: Callable[[], Awaitable[None]]


class ActionProvider(Provider):
    """Finds actions by their name and by what they do."""

    async def discover(self) -> Hits:
        """All of them, in the order of the table."""
        for command in self._commands():
            yield DiscoveryHit(Content(command.name), command.run, text=command.name, help=command.help)

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.name), matcher.match(command.help) * 0.8)
            if score > 0:
                yield Hit(score, matcher.highlight(command.name), command.run, text=command.name, help=command.help)

    def _commands(self) -> Iterator[_Command]:
        app = cast("TriageApp", self.app)
        review = cast("ReviewScreen", app.get_default_screen())
        for action in ACTIONS:
            if action.where == "review" and action.name not in ("palette", "quick-tag"):
                keys = app.keys.all(action.name)
                name = f"{action.name.replace('-', ' ')}  {shown_keys(keys)}"
                yield _Command(name, action.help, _act(review, action.name, keys[0] if keys else ""))
        for theme in sorted(app.available_themes):
            yield _Command(f"theme {theme}", "Use these colours", _theme(app, theme))


def _act(review: ReviewScreen, name: str, key: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await review.act(name, key)

    return run


def _theme(app: TriageApp, name: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        app.theme = name

    return run
