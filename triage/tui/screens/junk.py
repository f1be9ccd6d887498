"""Error pages one after another, as cards: cause, evidence, first lines, and one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from triage.actions import Where
from triage.model import Item
from triage.text import clean_line
from triage.tui import copies
from triage.tui.render import Run
from triage.tui.widgets.bars import Bar, Hints
from triage.tui.widgets.menu import Menu, MenuLine
from triage.tui.wrapping import wrap
from triage.wording import by_severity, confidence, kind_and_cause

if TYPE_CHECKING:
    from triage.tui.screens.review import ReviewScreen

FILTER = "is:undecided flag:error-page"
_LEAST_LINES, _ABOVE_TEXT = 8, 16
"""So many paragraphs at least, and one more for each line that the screen has beside what stands round them."""
_REASON_LINES = 3
_BESIDE_TEXT = 10
"""Cells of a line that frame, margins and indent take."""
_HINTS = ("discard", "keep", "later", "shared-error", "undo", "down", "up", "back")


class JunkScreen(ModalScreen[None]):
    """Shows the current item of a review that is filtered to error pages; the keys are the review's own."""

    where: ClassVar[Where] = "review"
    AUTO_FOCUS = ""

    def __init__(self, review: ReviewScreen) -> None:
        super().__init__()
        self._review = review

    def compose(self) -> ComposeResult:
        """A card between two lines."""
        with Vertical(classes="panel card"):
            yield Bar(signs=self._review.signs, id="card-title")
            yield Menu(signs=self._review.signs)
            yield Static(id="card-text")
            yield Bar(signs=self._review.signs, id="card-told")
            yield Hints(signs=self._review.signs, id="card-hints")

    def on_mount(self) -> None:
        """Show the first card; another as soon as the scan takes the one shown away."""
        self._review.heard.subscribe(self, lambda _: self.paint(), immediate=True)
        self.paint()

    def paint(self) -> None:
        """Show the current item."""
        review, item = self._review, self._review.session.current
        left = sum(row.decision.verdict is None for row in review.session.rows)
        self.query_one("#card-title", Bar).say((("Error pages ", "strong"), (f"{left:,} left", "dim")))
        self.query_one(Menu).show([MenuLine(runs) for runs in _card(review, item)] if item else [])
        lines = _first_lines(review, item) if item else ["No error page is left"]
        self.query_one("#card-text", Static).update(Content("\n".join(lines)))
        self.query_one("#card-told", Bar).say(review.last_told)
        self.query_one("#card-hints", Hints).offer(_HINTS, review.keys, self.app.size.width - 4)

    def on_hints_clicked(self, event: Hints.Clicked) -> None:
        """A click on a hint is its key."""
        self.app.call_later(self.act, event.name, "")

    async def act(self, name: str, key: str) -> None:
        """The review's own actions, as far as they make sense on a card."""
        if name in ("back", "quit", "junk"):
            await self.dismiss(None)
        elif name in ("keep", "discard", "later", "undo", "redo", "down", "up", "next-undecided", "previous-undecided"):
            await self._review.act(name, key)
            self.paint()
        elif name == "shared-error":
            await copies.discard_shared_error(self._review, self.paint)
            self.paint()


def _card(review: ReviewScreen, item: Item) -> list[tuple[Run, ...]]:
    facts = " · ".join(clean_line(fact) for fact in (item.site, item.date, item.language, item.name) if fact)
    verdict = item.decision.verdict
    lines: list[tuple[Run, ...]] = [((clean_line(item.title) or "(no title)", "heading"),), ((facts, "dim"),)]
    if verdict:
        lines.append(((f"{getattr(review.signs, verdict)} {verdict}", verdict),))
    for flag in by_severity(item.flags):
        lines.append(((kind_and_cause(flag), "discard"), (f"  {confidence(flag)}", "dim")))
        reason = clean_line(flag.reason)
        width = review.app.size.width - _BESIDE_TEXT
        lines += [((f"  {reason[start:end]}", ""),) for start, end in wrap(reason, width)[:_REASON_LINES]]
    return lines


def _first_lines(review: ReviewScreen, item: Item) -> list[str]:
    scanned = review.session.scanned(item)
    blocks = scanned.article.blocks[: max(_LEAST_LINES, review.app.size.height - _ABOVE_TEXT)] if scanned else ()
    return [clean_line(block.text) for block in blocks] or ["(no text)"]
