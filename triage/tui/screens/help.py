"""All keys, made from the table of actions; typing filters, enter carries out."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from triage.actions import ACTIONS, Action, Where, shown_keys
from triage.tui.keys import Keys, carry_out, fill
from triage.tui.render import UNICODE, Signs, clip
from triage.tui.widgets.menu import Menu, MenuLine
from triage.tui.widgets.typing import TypedLine

_KEY_CELLS = 12


def help_lines(keys: Keys, wanted: str = "") -> list[MenuLine]:
    """The actions whose key, name or help holds every word of `wanted`, by group; the review's can be chosen."""
    words = wanted.casefold().split()
    lines: list[MenuLine] = []
    group = ""
    for action in ACTIONS:
        written = shown_keys(keys.all(action.name))
        if not all(_holds(action, written, word) for word in words):
            continue
        if action.group != group:
            group = action.group
            lines.append(MenuLine(((group, "heading"),)))
        runs = ((clip(written, _KEY_CELLS), "key"), (" ", ""), (action.help, ""))
        lines.append(MenuLine(runs, action.name if action.where == "review" else None))
    return lines


def _holds(action: Action, written: str, word: str) -> bool:
    return word in f"{action.name} {action.label} {action.help} {action.group}".casefold() or word in written.split()


class HelpScreen(ModalScreen[str | None]):
    """Answers with the name of the action that the analyst chose, None where it was read only."""

    where: ClassVar[Where] = "prompt"
    AUTO_FOCUS = "Input"

    def __init__(self, keys: Keys, *, signs: Signs = UNICODE) -> None:
        super().__init__()
        self._keys = keys
        self._signs = signs

    def compose(self) -> ComposeResult:
        """A line to filter by, and the actions."""
        with Vertical(classes="panel tall"):
            yield Static(Content("Keys"), classes="panel-title")
            yield TypedLine(placeholder="type to find a key", compact=True)
            yield Menu(help_lines(self._keys), signs=self._signs)
            yield Static(Content(fill(self, "↑ ↓ move · {accept} does it · {cancel} closes")), classes="panel-hint")

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table, once the line holds all that was typed before."""
        typed = asyncio.Event()
        self.query_one(Input).call_later(typed.set)
        await typed.wait()
        self._filter(self.query_one(Input).value)
        await carry_out(self, name, key)

    async def do_accept(self) -> None:
        """Answer with the action under the cursor."""
        await self.dismiss(self.query_one(Menu).value)

    async def do_complete(self) -> None:
        """A line on."""
        self.query_one(Menu).move(1)

    async def do_cancel(self) -> None:
        """Close."""
        await self.dismiss(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter."""
        self._filter(event.value)

    def on_key(self, event: Key) -> None:
        """The arrows move in the list while the line keeps the letters."""
        steps = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
        if event.key in steps:
            event.stop()
            for _ in range(abs(steps[event.key])):
                self.query_one(Menu).move(1 if steps[event.key] > 0 else -1)

    def on_menu_clicked(self, event: Menu.Clicked) -> None:
        """A click chooses."""
        self.dismiss(event.value)

    def _filter(self, wanted: str) -> None:
        menu = self.query_one(Menu)
        lines = help_lines(self._keys, wanted)
        if lines != menu.lines:
            menu.show(lines)
