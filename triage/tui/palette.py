"""The command palette: every action, and every order, group, view, tag, flag, cause and theme by its name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.style import Style

from triage.actions import ACTIONS, shown_keys
from triage.session import GROUPING_WORDS, GROUPINGS, SORTS
from triage.session.likeness import Facet, facets
from triage.session.views import VIEWS
from triage.text import clean_line

if TYPE_CHECKING:
    from triage.tui.app import TriageApp
    from triage.tui.screens.review import ReviewScreen

_NO_STYLE = Style()


class Palette(CommandPalette):
    """Textual's own, which ends the app where a page is turned in a list too small to show a line."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region.area:
            super()._action_command_list(action)


class _Command(NamedTuple):
    name: str
    """May hold text of pages: it is shown as it stands."""
    help: str
    """Of our own words alone: Textual takes it for markup."""
    run: Callable[[], Awaitable[None]]


class ActionProvider(Provider):
    """Finds actions by their name and by what they do."""

    _found: Sequence[Facet] = ()

    async def startup(self) -> None:
        """Gather them once, what needs all items off the loop."""
        session = cast("TriageApp", self.app).session
        self._found = await asyncio.to_thread(facets, session.items)

    async def discover(self) -> Hits:
        """All of them, in the order of the table."""
        for command in self._commands():
            yield DiscoveryHit(_shown(command), command.run, text=command.name)

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.name), matcher.match(command.help) * 0.8)
            if score > 0:
                _, found = matcher.fuzzy_search.match(query, command.name)
                yield Hit(score, _shown(command, found, matcher.match_style), command.run, text=command.name)

    def _commands(self) -> Iterator[_Command]:
        app = cast("TriageApp", self.app)
        review = cast("ReviewScreen", app.get_default_screen())
        for action in ACTIONS:
            if action.where == "review" and action.name not in ("palette", "quick-tag", "quick-view"):
                keys = app.keys.all(action.name)
                name = f"{action.name.replace('-', ' ')}  {shown_keys(keys)}"
                yield _Command(name, action.help, _act(review, action.name, keys[0] if keys else ""))
        yield from _of_the_list(review, self._found)
        for theme in sorted(app.available_themes):
            yield _Command(f"theme {theme}", "Use these colours", _theme(app, theme))


def _shown(command: _Command, found: Sequence[int] = (), style: Style = _NO_STYLE) -> Content:
    """Name and help, `found` letters of the name in `style`; as texts, since Textual takes its own help for markup."""
    name = Content(command.name)
    for at in found:
        name = name.stylize(style, at, at + 1)
    return Content.assemble(name, "\n", (command.help, "dim"))


def _of_the_list(review: ReviewScreen, found: Sequence[Facet]) -> Iterator[_Command]:
    session = review.session
    for by in SORTS:
        yield _Command(f"sort by {by}", "The order of the list", partial(review.sort, by))
    for group in (*GROUPINGS, None):
        name = f"group by {GROUPING_WORDS[group]}" if group else "group by nothing"
        yield _Command(name, "Runs of the list", partial(review.group_by, group))
    for name, text in (VIEWS | session.views).items():
        yield _Command(
            f"view {clean_line(name)}  {clean_line(text)}", "Show what this filter matches", _filter(review, text)
        )
    for facet in found:
        if facet.filter.startswith(("flag:", "cause:", "site:", "tag:")):
            about = f"Show the items of this {facet.group.lower()}; there are {facet.count:,}"
            yield _Command(f"show {clean_line(facet.filter)}", about, _filter(review, facet.filter))
    for tag in session.tags:
        shown = clean_line(tag)
        yield _Command(f"tag {shown}", "Add this tag to the item, or to all selected", _tag(review, tag))


def _filter(review: ReviewScreen, text: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await review.apply_filter(text)

    return run


def _tag(review: ReviewScreen, tag: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await review.decide(lambda items: review.session.plan_tags(add=[tag], items=items))

    return run


def _act(review: ReviewScreen, name: str, key: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await review.act(name, key)

    return run


def _theme(app: TriageApp, name: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        app.theme = name

    return run
