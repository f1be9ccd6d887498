"""The three lines round the panes: what is shown, how far it is, which keys there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from triage.session import Counts
from triage.tui.keys import Keys
from triage.tui.render import UNICODE, Line, Run, Signs, clip, to_strip
from triage.tui.widgets.roles import Roles

if TYPE_CHECKING:
    from triage.scanning.events import Finished, Progress

_BAR_CELLS = 10


class Bar(Roles, Widget):
    """One line with something on its left and something on its right; the left is cut where both do not fit."""

    ROLES_OF = "bar"
    ROLES: ClassVar[frozenset[str]] = frozenset((
        "strong", "dim", "key", "keep", "discard", "later", "undecided", "done", "todo", "alarm", "mode",
    ))  # fmt: skip

    DEFAULT_CSS = """
    Bar {
        height: 1;
        background: $panel;
        color: $foreground;
        & > .bar--strong { text-style: bold; color: $primary; }
        & > .bar--dim { text-style: dim; }
        & > .bar--key { text-style: bold; color: $accent; }
        & > .bar--keep { color: $success; }
        & > .bar--discard { color: $error; }
        & > .bar--later { color: $warning; }
        & > .bar--undecided { text-style: bold; }
        & > .bar--done { color: $primary; }
        & > .bar--todo { text-style: dim; }
        & > .bar--alarm { text-style: bold reverse; color: $error; }
        & > .bar--mode { text-style: bold reverse; color: $accent; }
    }
    """

    def __init__(self, *, signs: Signs = UNICODE, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._signs = signs
        self._left: Line = ()
        self._right: Line = ()
        self._whole = 0

    def say(self, left: Line, right: Line = (), *, whole: int = 0) -> None:
        """Show another line, if it is another; the last `whole` runs of the left are cut last."""
        if (left, right, whole) != (self._left, self._right, self._whole):
            self._left, self._right, self._whole = left, right, whole
            self.refresh()

    @property
    def text(self) -> str:
        """What the line says, without its colours."""
        return "  ".join("".join(text for text, _ in side) for side in (self._left, self._right) if side)

    def render_line(self, y: int) -> Strip:
        """The line."""
        del y
        width, base = self.size.width, self.rich_style
        right = clipped(self._right, width - 2, self._signs.cut)
        room = width - 2 - sum(cell_len(text) for text, _ in right) - (2 if right else 0)
        first, last = self._left[: len(self._left) - self._whole], self._left[len(self._left) - self._whole :]
        taken = sum(cell_len(text) for text, _ in last)
        if taken < room // 2:
            left = (*clipped(first, room - taken, self._signs.cut), *last)
        else:
            left = clipped(self._left, room, self._signs.cut)
        used = sum(cell_len(text) for text, _ in left)
        gap = max(0, width - 2 - used - sum(cell_len(text) for text, _ in right))
        return to_strip(((" ", ""), *left, (" " * gap, ""), *right, (" ", "")), width, base, self.style_of)


class Hints(Bar):
    """The keys that matter now; a click on one does what the key does."""

    @dataclass
    class Clicked(Message):
        """The hint of an action was clicked."""

        name: str

    def __init__(self, *, signs: Signs = UNICODE, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(signs=signs, id=id)
        self._names: Sequence[str] = ()

    def offer(self, names: Sequence[str], keys: Keys, width: int, labels: Mapping[str, str] | None = None) -> None:
        """Show as many of these actions as fit into `width` cells, the last one always.

        `labels`: what some of them do here, where the table says it less exactly.
        """
        hinted = [name for name in names if keys.shown(name)]
        known = labels or {}
        hints = [(keys.shown(name), known.get(name, keys.hint(name)[1])) for name in hinted]
        line = hints_line(hints, width - 2)
        shown = len(line) // 2
        self._names = [*hinted[: shown - 1], *hinted[-1:]] if shown else []
        self.say(line)

    def on_click(self, event: Click) -> None:
        """Tell which action was meant."""
        cells = 1
        for number, name in enumerate(self._names):
            cells += sum(cell_len(text) for text, _ in self._left[2 * number : 2 * number + 2])
            if event.x < cells:
                self.post_message(self.Clicked(name))
                return


def clipped(line: Line, cells: int, cut: str = "…") -> Line:
    """`line` in at most `cells` cells."""
    kept: list[Run] = []
    for text, role in line:
        length = cell_len(text)
        if length > cells:
            return (*kept, (clip(text, cells, cut), role)) if cells > 0 else tuple(kept)
        kept.append((text, role))
        cells -= length
    return tuple(kept)


def counts_line(counts: Counts, signs: Signs, *, words: bool) -> Line:
    """Items by state; with `words` the sign is told in a word too."""
    parts = (
        (signs.undecided, counts.undecided, "left", "undecided"),
        (signs.keep, counts.kept, "kept", "keep"),
        (signs.discard, counts.discarded, "discarded", "discard"),
        (signs.later, counts.later, "later", "later"),
    )
    runs: list[Run] = []
    for sign, count, word, role in parts:
        runs.append((f"{'  ' if runs else ''}{sign}{count:,}", role))
        if words:
            runs.append((f" {word}", "dim"))
    return tuple(runs)


def scan_line(progress: Progress | None, finished: Finished | None, signs: Signs) -> Line:
    """How far the scan is; nothing once it has ended well."""
    if finished is not None:
        return (("scan stopped", "alarm"),) if finished.fault else ()
    if progress is None:
        return ()
    if progress.walking or not progress.found:
        return ((f"listing… {progress.found:,}", "dim"),)
    share = progress.done / progress.found
    full = round(share * _BAR_CELLS)
    block = "█" if signs.rule == "─" else "#"
    empty = "░" if signs.rule == "─" else "."
    return (("scan ", "dim"), (block * full, "done"), (empty * (_BAR_CELLS - full), "todo"), (f" {share:.0%}", "dim"))


def hints_line(hints: Iterable[tuple[str, str]], width: int) -> Line:
    """As many hints of key and label as fit into `width` cells; the last one always does (help or the way out)."""
    shown = [(key, label) for key, label in hints if key]
    room = width - _hint_cells(shown[-1:])
    runs: list[Run] = []
    for key, label in shown[:-1]:
        room -= _hint_cells([(key, label)])
        if room < 0:
            break
        runs += [(key, "key"), (f" {label}  ", "dim")]
    for key, label in shown[-1:]:
        runs += [(key, "key"), (f" {label}", "dim")]
    return tuple(runs)


def _hint_cells(hints: Sequence[tuple[str, str]]) -> int:
    return sum(cell_len(key) + cell_len(label) + 3 for key, label in hints)
