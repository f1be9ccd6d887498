"""A line to be typed: tags, a note, a filter. Letters typed here mean themselves and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from triage.actions import Where
from triage.errors import QueryError
from triage.model import Item
from triage.query import Query
from triage.query.completing import last_word_at
from triage.session.deciding import tidy_tags
from triage.text import clean_line
from triage.tui.keys import carry_out, fill
from triage.tui.widgets.typing import TypedLine
from triage.wording import counted

_SHOWN = 8
_BEFORE_CHOSEN = 2
_PAUSE = 0.05
"""Seconds without a key before the items of a filter are counted."""


class Turns:
    """Proposals gone through one after another by the same key, as long as nothing else is typed."""

    def __init__(self) -> None:
        self.offered: Sequence[str] = ()
        self.at = 0
        self._before = self._after = ""
        self._made: tuple[str, int] | None = None

    def going(self, line: Input) -> bool:
        """Whether the line is as the last proposal left it."""
        return self._made == (line.value, line.cursor_position)

    def begin(self, offered: Sequence[str], before: str, after: str) -> None:
        """Proposals for what stands between `before` and `after`."""
        self.offered, self.at, self._before, self._after = offered, -1, before, after

    def put_next(self, line: Input) -> None:
        """The next proposal into the line; behind the last the first."""
        if self.offered:
            self.at = (self.at + 1) % len(self.offered)
            chosen = self._before + self.offered[self.at]
            line.value = chosen + self._after
            line.cursor_position = len(chosen)
            self._made = (line.value, line.cursor_position)


def in_a_line(proposals: Sequence[str], chosen: int | None = None) -> str:
    """Proposals beside one another, the one that stands in the line in brackets; as many as are of use, from it on."""
    first = 0 if chosen is None else max(0, chosen - _BEFORE_CHOSEN)
    shown = [
        f"[{clean_line(text)}]" if number == chosen else clean_line(text)
        for number, text in enumerate(proposals[first : first + _SHOWN], first)
    ]
    return "  ".join(["…"] * (first > 0) + shown + ["…"] * (first + _SHOWN < len(proposals)))


class PromptScreen(ModalScreen[str | None]):
    """Answers with what was typed, None where the analyst leaves."""

    where: ClassVar[Where] = "prompt"
    AUTO_FOCUS = "Input"

    replaces: ClassVar[bool] = False
    """What is typed first replaces the whole line, as long as the cursor was not moved."""

    def __init__(self, title: str, value: str = "", hint: str = "{accept} accepts · {cancel} leaves") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        """A title, the line, and what is told of it."""
        with Vertical(classes="panel"):
            yield Static(Content(clean_line(self._title)), classes="panel-title")
            yield TypedLine(self._value, select_on_focus=self.replaces, compact=True)
            yield Static(Content(self.told(self._value)), classes="panel-hint", id="told")

    @property
    def line(self) -> Input:
        """The line being typed."""
        return self.query_one(Input)

    def told(self, text: str) -> str:
        """What stands below the line: may hold text of the analyst's, so keys are filled in before that is added."""
        del text
        return fill(self, self._hint)

    def tell(self, told: str | Content) -> None:
        """Show something below the line."""
        self.query_one("#told", Static).update(Content(told) if isinstance(told, str) else told)

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table, once the line holds all that was typed before."""
        typed = asyncio.Event()
        self.line.call_later(typed.set)
        await typed.wait()
        await carry_out(self, name, key)

    async def do_accept(self) -> None:
        """Answer with the line."""
        await self.dismiss(self.line.value)

    async def do_complete(self) -> None:
        """Nothing is completed here."""

    async def do_cancel(self) -> None:
        """Leave without an answer."""
        await self.dismiss(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell anew."""
        self.tell(self.told(event.value))


class TagPrompt(PromptScreen):
    """Several tags with commas between, completed from those in use."""

    def __init__(self, title: str, value: str, known: Sequence[str]) -> None:
        super().__init__(title, value)
        self._known = known
        self._turns = Turns()

    def told(self, text: str) -> str:
        """The tags that the word could become."""
        if self.is_mounted and self._turns.going(self.line):
            return fill(self, "{complete}: ") + in_a_line(
                [tag.removesuffix(", ") for tag in self._turns.offered], self._turns.at
            )
        found = self._completions(text)
        if not found:
            return fill(self, "commas between tags · {complete} completes · {accept} accepts · {cancel} leaves")
        return fill(self, "{complete}: ") + in_a_line(found)

    async def do_complete(self) -> None:
        """The last word becomes the most recent tag that begins so, or holds it; again, the next one."""
        if not self._turns.going(self.line):
            before = self.line.value.rpartition(",")[0]
            self._turns.begin(
                [f"{tag}, " for tag in self._completions(self.line.value)], f"{before}, " if before else "", ""
            )
        self._turns.put_next(self.line)

    def _completions(self, text: str) -> list[str]:
        *there, word = (part.strip() for part in text.split(","))
        word = word.casefold().lstrip("#")
        left = [tag for tag in self._known if tag not in tidy_tags(there) and tag.casefold() != word]
        begins = [tag for tag in left if tag.casefold().startswith(word)]
        return begins + [tag for tag in left if word in tag.casefold() and tag not in begins]


class FilterPrompt(PromptScreen):
    """A filter with the number of items it would show, and a pointer at what is wrong with it."""

    replaces = True

    def __init__(
        self,
        value: str,
        understand: Callable[[str], Query],
        count: Callable[[Query, Sequence[Item]], tuple[int, int]],
        items: Callable[[], Sequence[Item]],
        complete: Callable[[str, int, Sequence[Item]], list[str]],
    ) -> None:
        super().__init__("Filter", value)
        self._understand = understand
        self._count = count
        self._items = items
        self._complete = complete
        self._turns = Turns()

    def told(self, text: str) -> str:
        """Help for an empty line; else the count stands here."""
        del text
        return fill(
            self,
            "words, “phrases”, flag:error-page, is:undecided, tag:, site:, lang:, words:>300 · - for not · "
            "{complete} completes",
        )

    async def do_accept(self) -> None:
        """Answer with a filter that can be understood; else point at the fault."""
        try:
            self._understand(self.line.value)
        except QueryError as fault:
            self._point_at(fault)
            return
        await self.dismiss(self.line.value)

    async def do_complete(self) -> None:
        """The word at the cursor becomes the first that fits; again, the next one. A name goes on to its values."""
        text, at = self.line.value, self.line.cursor_position
        if not self._turns.going(self.line) or text[:at].endswith(":"):
            offered = await asyncio.to_thread(self._complete, text, at, self._items())
            self._turns.begin(offered, text[: last_word_at(text[:at])], text[at:])
        self._turns.put_next(self.line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Count anew, off the loop; only the last count is told."""
        self.run_worker(self._tell_count(event.value), exclusive=True)

    async def _tell_count(self, text: str) -> None:
        await asyncio.sleep(_PAUSE)
        items = self._items()  # as they are now: a scan may go on behind
        offered = await self._proposals(text, items)
        if not text.strip():
            self.tell(self.told(text))
            return
        try:
            query = self._understand(text)
        except QueryError as fault:
            if offered and fault.at >= last_word_at(text[: self.line.cursor_position]):  # the word is not finished yet
                self.tell(offered.strip())
            else:
                self._point_at(fault)
            return
        count, left_out = await asyncio.to_thread(self._count, query, items)
        if not self.is_current:  # answered meanwhile
            return
        without = f", {counted(left_out, 'error page')} left out" if left_out else ""
        self.tell(f"{count:,} of {counted(len(items), 'item')}{without}{offered}")

    async def _proposals(self, text: str, items: Sequence[Item]) -> str:
        """What the completing key offers."""
        at = self.line.cursor_position
        if self._turns.going(self.line) and not text[:at].endswith(":"):
            found, chosen = list(self._turns.offered), self._turns.at
        else:
            found, chosen = await asyncio.to_thread(self._complete, text, at, items), None
        return fill(self, "   {complete}: ") + in_a_line(found, chosen) if found else ""

    def _point_at(self, fault: QueryError) -> None:
        line = self.line
        before = cell_len(line.value[: fault.at]) - line.scroll_offset.x  # a long filter is scrolled in its line
        self.tell(Content.assemble((" " * max(0, before) + "↑ ", "bold $error"), (clean_line(str(fault)), "$error")))
