"""A question answered by choosing a line, and one answered by yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from triage.actions import Where
from triage.model import Item
from triage.session import Plan
from triage.session.words import name
from triage.text import clean_line
from triage.tui.keys import carry_out, fill
from triage.tui.render import UNICODE, Run, Signs
from triage.tui.widgets.bars import Bar
from triage.tui.widgets.menu import Menu, MenuLine

_PREVIEWS = 5


class PickScreen(ModalScreen[Any]):
    """Answers with the value of the line chosen, None where the analyst leaves."""

    where: ClassVar[Where] = "list"
    AUTO_FOCUS = "Menu"

    def __init__(self, title: str, lines: Sequence[MenuLine], *, signs: Signs = UNICODE, hint: str = "") -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._signs = signs
        self._hint = hint

    def compose(self) -> ComposeResult:
        """A title, the lines, the keys."""
        with Vertical(classes="panel"):
            yield Static(Content(clean_line(self._title)), classes="panel-title")
            yield Menu(self._lines, signs=self._signs)
            yield Static(Content(fill(self, self._hint or "{pick} chooses · {leave} leaves")), classes="panel-hint")

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table."""
        await carry_out(self, name, key)

    async def do_pick(self) -> None:
        """Answer with the line under the cursor."""
        value = self.query_one(Menu).value
        if value is not None:
            await self.dismiss(value)

    async def do_pick_down(self) -> None:
        """A line down."""
        self.query_one(Menu).move(1)

    async def do_pick_up(self) -> None:
        """A line up."""
        self.query_one(Menu).move(-1)

    async def do_leave(self) -> None:
        """Leave without an answer."""
        await self.dismiss(None)

    async def do_pick_number(self, key: str) -> None:
        """Answer with the line of this digit."""
        for line in self._lines:
            if line.digit == key:
                await self.dismiss(line.value)
                return

    def on_menu_clicked(self, event: Menu.Clicked) -> None:
        """A click chooses."""
        self.dismiss(event.value)


def numbered(choices: Sequence[tuple[Any, Sequence[Run]]]) -> list[MenuLine]:
    """Lines with the digits 1 to 9 before them."""
    return [
        MenuLine(((f"{index}  " if index <= 9 else "   ", "key"), *runs), value, str(index) if index <= 9 else "")
        for index, (value, runs) in enumerate(choices, 1)
    ]


class ConfirmScreen(ModalScreen[bool]):
    """A question with what it is about below it; enter does not say yes."""

    where: ClassVar[Where] = "confirm"
    AUTO_FOCUS = ""

    def __init__(self, question: str, lines: Sequence[MenuLine], *, signs: Signs = UNICODE) -> None:
        super().__init__()
        self._question = question
        self._lines = lines
        self._signs = signs

    def compose(self) -> ComposeResult:
        """The question, what it is about, the two keys."""
        with Vertical(classes="panel"):
            yield Static(Content(clean_line(self._question)), classes="panel-title")
            yield Menu(self._lines, signs=self._signs)
            bar = Bar(signs=self._signs)
            agree, leave = fill(self, "{yes}"), fill(self, "{no}")
            bar.say(
                (
                    (agree, "key"),
                    (" yes   ", ""),
                    (leave, "key"),
                    (" no   ", ""),
                    ("one step, which can be undone", "dim"),
                )
            )
            yield bar

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table."""
        await carry_out(self, name, key)

    async def do_yes(self) -> None:
        """Carry it out."""
        await self.dismiss(True)

    async def do_no(self) -> None:
        """Leave it."""
        await self.dismiss(False)


def _preview(item: Item) -> tuple[Run, ...]:
    """Title and path: error pages of a site are all called the same."""
    called, path = name(item, 40), clean_line(item.name)
    return ((called, ""),) if called == path else ((called, ""), (f"  {path}", "dim"))


def previews(plan: Plan) -> list[MenuLine]:
    """What a plan for several items means: five of them by name, and how many were decided before."""
    lines: list[tuple[Run, ...]] = [_preview(item) for item in plan.items[:_PREVIEWS]]
    if len(plan.items) > _PREVIEWS:
        lines.append(((f"… and {len(plan.items) - _PREVIEWS:,} more", "dim"),))
    already = len(plan.items) - len(plan.changes)
    if already:
        lines.append(((f"{already:,} already so", "dim"),))
    lines += [((f"left: {name(item)}, the last copy of its article", "later"),) for item in plan.spared[:_PREVIEWS]]
    if len(plan.spared) > _PREVIEWS:
        lines.append(((f"… and {len(plan.spared) - _PREVIEWS:,} more last copies left", "later"),))
    if plan.overwrites:
        lines.append(((f"{plan.overwrites:,} decided otherwise before", "discard"),))
    return [MenuLine(runs) for runs in lines]
