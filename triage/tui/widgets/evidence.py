"""Why an item is flagged: each flag with its kind, place, confidence, reason and rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.events import Click, Resize
from textual.message import Message
from textual.strip import Strip

from triage.model import Flag, Item
from triage.text import clean_line
from triage.tui.layout import Layout
from triage.tui.parts import Part
from triage.tui.render import UNICODE, Signs, flag_role, flag_sign, to_strip
from triage.tui.widgets.lineview import LineView
from triage.wording import confidence, kind_and_cause, paragraphs, where

NO_FLAGS = "No flags: nothing speaks against this page."
NOT_SCANNED = "Not read yet: what speaks against this page is not known."


def evidence_parts(flags: Sequence[Flag], signs: Signs = UNICODE) -> list[Part]:
    """The flags as parts; `block` of each is the number of its flag."""
    parts: list[Part] = []
    for number, flag in enumerate(flags):
        role = flag_role(flag)
        facts = f"{where(flag)} {signs.dot} {confidence(flag)}"
        if flag.same_as is not None:
            facts += f" {signs.dot} first copy: {paragraphs(*flag.same_as)}"
        gap = 1 if number else 0
        what = clean_line(kind_and_cause(flag))
        sign = flag_sign(flag, signs)
        parts.append(Part(what, f"{role} kind", sign=sign, sign_role=role, gap=gap, block=number))
        parts.append(Part(facts, "facts", block=number))
        if flag.reason:
            parts.append(Part(clean_line(flag.reason), "reason", block=number))
        parts.append(Part(f"rule {clean_line(flag.rule)}", "rule", block=number))
    return parts


class EvidencePanel(LineView):
    """The flags of one item; the one selected is marked and told to whoever listens."""

    ROLES_OF = "evidence"
    ROLES: ClassVar[frozenset[str]] = frozenset((
        "kind", "facts", "reason", "rule", "sign", "empty", "selected", "error-page", "noise", "repeat",
        "boilerplate", "duplicate", "thin", "unreadable",
    ))  # fmt: skip

    DEFAULT_CSS = """
    EvidencePanel {
        background: $surface;
        color: $foreground;
        scrollbar-background: $surface;
        scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface;
        & > .evidence--kind { text-style: bold; }
        & > .evidence--rule { text-style: dim; }
        & > .evidence--sign { text-style: bold; }
        & > .evidence--empty { text-style: dim italic; }
        & > .evidence--selected { background: $primary-muted; }
        &:ansi > .evidence--selected { background: transparent; }
        & > .evidence--error-page { color: $text-error; }
        & > .evidence--noise { color: $text-error; }
        & > .evidence--repeat { color: $text-warning; }
        & > .evidence--boilerplate { text-style: dim; }
        & > .evidence--duplicate { color: $text-secondary; }
        & > .evidence--thin { color: $text-warning; }
        & > .evidence--unreadable { color: $text-error; }
    }
    """

    @dataclass
    class Chosen(Message):
        """The analyst went to a flag."""

        flag: Flag

    def __init__(self, *, signs: Signs = UNICODE, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(signs=signs, id=id, classes=classes)
        self._item: Item | None = None
        self._flags: Sequence[Flag] = ()
        self._selected: int | None = None
        self._layout = Layout((), 40)

    def show(self, item: Item | None, flags: Sequence[Flag]) -> None:
        """Show the flags of an item; what was selected stays so while it is the same item's."""
        same = item is not None and self._item is not None and item.key == self._item.key and flags == self._flags
        self._item, self._flags = item, flags
        if not same:
            self._selected = None
            self.scroll_to_line(0)
        self._rebuild()

    @property
    def selected(self) -> Flag | None:
        """The flag gone to last."""
        return None if self._selected is None else self._flags[self._selected]

    def select_next(self) -> None:
        """Go to the next flag, from the last to the first."""
        self._select(0 if self._selected is None else self._selected + 1)

    def select_previous(self) -> None:
        """Go to the flag before, from the first to the last."""
        self._select(-1 if self._selected is None else self._selected - 1)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        width, base = self.view_width, self.base_style
        y += self.scroll_offset.y
        if y >= self._layout.height:
            return Strip.blank(width, base)
        line = self._layout.line(y)
        if line and self._selected is not None and self._flag_at(y) == self._selected:
            base += self.style_of("selected")
            (sign, role), *rest = line
            line = (((sign.strip() + self.signs.cursor).ljust(len(sign)), role), *rest)
        return to_strip(line, width, base, self.style_of)

    def on_resize(self, event: Resize) -> None:
        """Wrap anew."""
        del event
        self._rebuild()

    def on_click(self, event: Click) -> None:
        """Go to the flag under the mouse."""
        y = self.line_clicked(event)
        if self._flags and y < self._layout.height:
            self._select(self._flag_at(y))

    def _select(self, index: int) -> None:
        if not self._flags:
            return
        self._selected = index % len(self._flags)
        mine = [number for number, part in enumerate(self._layout.parts) if part.block == self._selected]
        top, bottom = self._layout.top(mine[0]), self._layout.bottom(mine[-1])
        view, height = self.scroll_offset.y, self.view_height
        if top < view or bottom > view + height:
            self.scroll_to_line(top)
        self.refresh()
        self.post_message(self.Chosen(self._flags[self._selected]))

    def _flag_at(self, y: int) -> int:
        return self._layout.parts[self._layout.part_at(y)].block or 0

    def _rebuild(self) -> None:
        parts = evidence_parts(self._flags, self.signs)
        if not parts and self._item is not None:
            parts = [Part(NO_FLAGS if self._item.scanned else NOT_SCANNED, "empty")]
        self._layout = Layout(parts, self.view_width or 40)
        self.set_height(self._layout.height)
        self.refresh()
