"""What differs between two texts, word by word: told by brackets and signs, and by colour too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.events import Resize
from textual.strip import Strip

from triage.comparing import Paragraph, Passage
from triage.text import is_unspaced
from triage.tui.layout import MARGIN, MEASURE
from triage.tui.render import UNICODE, Line, Run, Signs, to_strip
from triage.tui.widgets.lineview import LineView
from triage.tui.wrapping import Span, wrap

GONE, NEW = ("[-", "-]"), ("{+", "+}")
"""As word-level differences are written everywhere."""
SAME_WORDS = "The words are the same; case, punctuation, noise and what the clean view hides are not compared."


def difference_lines(paragraphs: Sequence[Paragraph], width: int, signs: Signs = UNICODE) -> list[Line]:
    """The paragraphs as lines of at most `width` cells, one empty between two; the margin says what a line holds."""
    room = min(width - MARGIN - 1, MEASURE)
    lines: list[Line] = []
    if not any(passage.change in ("gone", "new") for paragraph in paragraphs for passage in paragraph):
        paragraphs = [(Passage("same", SAME_WORDS, 0),), *paragraphs]
    for paragraph in paragraphs:
        runs = runs_of(paragraph)
        text = "".join(text for text, _ in runs)
        sign = (_sign(paragraph, signs).ljust(MARGIN), "sign")
        if lines:
            lines.append(())
        lines += [(sign, *cut(runs, span)) for span in wrap(text, room)]
    return lines


def _sign(paragraph: Paragraph, signs: Signs) -> str:
    changes = {passage.change for passage in paragraph}
    if changes == {"gone"}:
        return "-"
    if changes == {"new"}:
        return "+"
    if not changes & {"gone", "new"}:
        return ""
    return "~" if signs.rule.isascii() else "±"


def runs_of(paragraph: Paragraph) -> list[Run]:
    """Runs of text and role; the space after what changed stands outside its brackets."""
    runs: list[Run] = []
    for index, passage in enumerate(paragraph):
        last = index == len(paragraph) - 1
        text = passage.text.rstrip()
        space = " " if not last and (passage.change == "fold" or text != passage.text) else ""
        if passage.change == "fold":
            before = "" if not runs or runs[-1][0].endswith(" ") else " "
            word = "word" if passage.words == 1 else "words"
            runs.append((f"{before}({passage.words:,} {word} the same){space}", "fold"))
        elif passage.change == "same":
            runs.append((text + space, ""))
        else:
            opened, closed = GONE if passage.change == "gone" else NEW
            before = "" if not runs or runs[-1][0].endswith(" ") or is_unspaced(text) else " "
            mark = f"{passage.change}-mark"
            runs += [(before, ""), (opened, mark), (text, passage.change), (closed, mark), (space, "")]
    return [run for run in runs if run[0]]


def cut(runs: Sequence[Run], span: Span) -> Iterator[Run]:
    """The part of the runs that stands between two offsets of their text."""
    start, end = span
    at = 0
    for text, role in runs:
        piece = text[max(0, start - at) : max(0, end - at)]
        if piece:
            yield piece, role
        at += len(text)


class Difference(LineView):
    """Shows what differs; scrolled by pages."""

    ROLES_OF = "difference"
    ROLES: ClassVar[frozenset[str]] = frozenset(("gone", "gone-mark", "new", "new-mark", "fold", "sign"))

    DEFAULT_CSS = """
    Difference {
        background: $background;
        color: $foreground;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        & > .difference--gone { color: $text-error; }
        & > .difference--gone-mark { color: $text-error; text-style: bold; }
        & > .difference--new { color: $text-success; }
        & > .difference--new-mark { color: $text-success; text-style: bold; }
        & > .difference--fold { text-style: dim italic; }
        & > .difference--sign { text-style: bold; }
    }
    """

    def __init__(self, *, signs: Signs = UNICODE, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(signs=signs, id=id)
        self._paragraphs: Sequence[Paragraph] = ()
        self._lines: list[Line] = []

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Other texts, from the top; the same ones stay where they are."""
        if paragraphs is not self._paragraphs:
            self._paragraphs = paragraphs
            self._wrap()
            self.scroll_to_line(0)

    def page(self, pages: int) -> bool:
        """Pages on, or back where negative, two lines kept in view; False at the end."""
        before = self.scroll_offset.y
        self.scroll_to_line(before + pages * max(1, self.view_height - 2))
        return self.scroll_offset.y != before

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        y += self.scroll_offset.y
        line = self._lines[y] if y < len(self._lines) else ()
        return to_strip(line, self.view_width, self.base_style, self.style_of)

    def on_resize(self, event: Resize) -> None:
        """Wrap anew."""
        del event
        self._wrap()

    def _wrap(self) -> None:
        self._lines = difference_lines(self._paragraphs, self.view_width or 40, self.signs)
        self.set_height(len(self._lines))
        self.refresh()
