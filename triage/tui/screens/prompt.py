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

_SHOWN = 12
_PAUSE = 0.05
"""Seconds without a key before the items of a filter are counted."""


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
            yield Input(self._value, select_on_focus=self.replaces, compact=True)
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

    def told(self, text: str) -> str:
        """The tags that the word could become."""
        found = self._completions(text)
        if not found:
            return fill(self, "commas between tags · {complete} completes · {accept} accepts · {cancel} leaves")
        return fill(self, "{complete}: ") + "  ".join(clean_line(tag) for tag in found[:_SHOWN])

    async def do_complete(self) -> None:
        """The last word becomes the most recent tag that begins so, or holds it."""
        found = self._completions(self.line.value)
        if found:
            before = self.line.value.rpartition(",")[0]
            self.line.value = f"{before}, {found[0]}, " if before else f"{found[0]}, "
            self.line.cursor_position = len(self.line.value)

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
        complete: Callable[[str, int], list[str]],
    ) -> None:
        super().__init__("Filter", value)
        self._understand = understand
        self._count = count
        self._items = items
        self._complete = complete
        self._fault: QueryError | None = None

    def told(self, text: str) -> str:
        """Help for an empty line; else the count stands here."""
        del text
        return fill(
            self,
            "words, “phrases”, flag:error-page, is:undecided, tag:, site:, lang:, words:>300 · - for not · {complete}",
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
        """The word at the cursor becomes the first that fits."""
        found = self._complete(self.line.value, self.line.cursor_position)
        if found:
            self._put_in(found[0])

    def _put_in(self, word: str) -> None:
        at = self.line.cursor_position
        text = self.line.value
        start = last_word_at(text[:at])
        self.line.value = text[:start] + word + text[at:]
        self.line.cursor_position = start + len(word)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Count anew, off the loop; only the last count is told."""
        self.run_worker(self._tell_count(event.value), exclusive=True)

    async def _tell_count(self, text: str) -> None:
        await asyncio.sleep(_PAUSE)
        if not text.strip():
            self.tell(self.told(text))
            return
        try:
            query = self._understand(text)
        except QueryError as fault:
            self._point_at(fault)
            return
        items = self._items()  # as they are now: a scan may go on behind
        count, left_out = await asyncio.to_thread(self._count, query, items)
        if not self.is_current:  # answered meanwhile
            return
        found = self._complete(text, self.line.cursor_position)
        more = fill(self, "   {complete}: ") + "  ".join(clean_line(word) for word in found[:6]) if found else ""
        without = f", {left_out:,} error pages left out" if left_out else ""
        self.tell(f"{count:,} of {len(items):,} items{without}{more}")

    def _point_at(self, fault: QueryError) -> None:
        line = self.line
        before = cell_len(line.value[: fault.at]) - line.scroll_offset.x  # a long filter is scrolled in its line
        self.tell(Content.assemble((" " * max(0, before) + "↑ ", "bold $error"), (clean_line(str(fault)), "$error")))
