"""One item as one line of the work list, in columns that fit the width."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from triage.model import Item, ItemKey
from triage.session import Head
from triage.text import clean_line
from triage.tui.render import (
    UNICODE,
    Line,
    Run,
    Signs,
    clip,
    clip_start,
    flag_role,
    flag_sign,
    split_matches,
    state_sign,
)
from triage.wording import by_severity, short

_LEAD = 3  # cursor or selection, state, space


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells, each without the space before it; 0 leaves a column out."""

    flags: int
    title: int
    site: int = 0
    date: int = 0
    words: int = 0

    @classmethod
    def for_width(cls, width: int) -> Columns:
        """As much as `width` holds, the title first: under 56 cells flags and title alone."""
        if width < 56:
            return cls(flags=min(9, max(0, width - 20)), title=max(1, width - _LEAD - min(9, max(0, width - 20)) - 1))
        if width < 90:
            flags, site, date, words = 11, min(20, width // 5), 0 if width < 76 else 10, 6
        else:
            flags, site, date, words = 16, min(28, width // 6), 10, 7
        used = sum(column + 1 for column in (flags, site, date, words) if column)
        return cls(flags, width - _LEAD - used, site, date, words)


@dataclass(frozen=True, slots=True)
class RowContext:
    """What a row's look depends on besides the item."""

    columns: Columns
    signs: Signs = UNICODE
    group_sizes: Mapping[str, int] | None = None
    matches: re.Pattern[str] | None = None
    word_counts: Mapping[ItemKey, tuple[int, int]] | None = None
    """Words for keeping and for discarding in each item that holds any."""


def row(item: Item, context: RowContext, *, cursor: bool = False, selected: bool = False) -> Line:
    """The item's line. A page not scanned yet is named by its path; one decided is dimmed by the widget's role."""
    columns, signs = context.columns, context.signs
    lead = signs.cursor if cursor else signs.selected if selected else " "
    runs: list[Run] = [(lead, "cursor-mark" if cursor else "selected-mark")]
    verdict = item.decision.verdict
    runs.append((state_sign(verdict, signs), verdict or "undecided"))
    # The cursor's own mark hides the selection's, so that a selected row under the cursor says it here.
    runs.append((signs.selected if cursor and selected else " ", "selected-mark"))
    runs.extend(_flags(item, context))
    runs.append((" ", ""))
    runs.extend(_title(item, context))
    for text, cells, right in _facts(item, columns):
        runs.append((" " + (text.rjust(cells) if right else clip(text, cells, signs.cut)), "facts"))
    return tuple(runs)


class HeadedLines:
    """Which line of the list a row stands on, where heads stand above the rows at which runs begin."""

    def __init__(self, begins: Sequence[int]) -> None:
        """`begins`: the first row of each run, ascending."""
        self._begins = begins
        self._heads = [row + index for index, row in enumerate(begins)]

    def line_of(self, row: int) -> int:
        """The line of a row."""
        return row + bisect_right(self._begins, row)

    def head_at(self, line: int) -> int | None:
        """Which head stands on a line; None where it is a row's."""
        index = bisect_right(self._heads, line) - 1
        return index if index >= 0 and self._heads[index] == line else None

    def row_from(self, line: int) -> int:
        """The row on a line; on a head's line the first of its run."""
        return line - bisect_left(self._heads, line)


def head_line(head: Head, width: int, signs: Signs) -> Line:
    """What stands over a run: its label, how many items it has, and a rule to the end of the line."""
    count = f" {head.count:,} "
    label = clip(head.label, min(cell_len(head.label), max(1, width - cell_len(count) - 4)), signs.cut)
    rule = signs.rule * max(0, width - cell_len(label) - cell_len(count) - 3)
    return ((f"{signs.rule}{signs.rule} ", "count"), (label, "head"), (count, "count"), (rule, "count"))


def row_role(item: Item) -> str:
    """The role of the whole row: waiting for its scan, decided, or to be decided."""
    if item.decision.verdict is not None:
        return "decided"
    return "todo" if item.scanned else "unscanned"


def _facts(item: Item, columns: Columns) -> list[tuple[str, int, bool]]:
    words = f"{item.words:,}w" if item.scanned else ""
    facts = (
        (clean_line(item.site or ""), columns.site, False),
        (clean_line(item.date or "")[:10], columns.date, False),
        (words if len(words) <= columns.words else f"{item.words // 1000}k", columns.words, True),
    )
    return [fact for fact in facts if fact[1]]


def _title(item: Item, context: RowContext) -> list[Run]:
    title = clean_line(item.title) if item.scanned else ""
    runs: list[Run] = []
    words = _word_runs((context.word_counts or {}).get(item.key, (0, 0)))
    tags = "".join(f" #{clean_line(tag)}" for tag in item.decision.tags)
    tags += f" {context.signs.note}" if item.decision.note else ""
    room = context.columns.title
    tags = clip(tags, room // 2, context.signs.cut) if cell_len(tags) > room // 2 else tags
    room -= cell_len(tags) + sum(len(text) for text, _ in words)
    name = title or clean_line(item.name.encode("utf-8", "replace").decode())
    if title:
        shown = clip(name, min(room, cell_len(name)), context.signs.cut)
    else:
        shown = clip_start(name, room, context.signs.cut)
    runs.extend(split_matches(shown, "title" if title else "path", context.matches))
    runs.extend(words)
    if tags:
        runs.append((tags, "tags"))
    runs.append((" " * (room - cell_len(shown)), ""))
    return runs


def _word_runs(counts: tuple[int, int]) -> list[Run]:
    """How many words of the two lists a page holds, where it holds any."""
    signed = ((f" +{counts[0]}", "keepword"), (f" -{counts[1]}", "discardword"))
    return [run for run, count in zip(signed, counts, strict=True) if count]


def marks(item: Item, signs: Signs, group_size: int = 0) -> list[Run]:
    """The item's flags as short words with their signs, the gravest first, each once; a group with its size."""
    found: dict[str, str] = {}
    if item.changed:
        found[signs.changed + "CHG"] = "changed"
    for flag in by_severity(item.flags):
        word = flag_sign(flag, signs) + short(flag)
        if flag.kind == "near-duplicate" and group_size > 1:
            word += str(group_size)
        found.setdefault(word, flag_role(flag))
    if group_size > 1 and not any(role == "duplicate" for role in found.values()):
        found[f"{signs.duplicate}DUP{group_size}"] = "duplicate"
    return list(found.items())


def _flags(item: Item, context: RowContext) -> list[Run]:
    room = context.columns.flags
    if not room:
        return []
    if not item.scanned:
        return [(clip(context.signs.cut, room), "unscanned")]
    size = (context.group_sizes or {}).get(item.group, 0) if item.group else 0
    return _fit(marks(item, context.signs, size), room)


def _fit(found: list[Run], room: int) -> list[Run]:
    """As many words as there is room for, of the others the sign alone; exactly `room` cells."""
    whole = len(found)
    while whole and sum(cell_len(word) + 1 for word, _ in found[:whole]) + len(found) - whole > room + (
        whole == len(found)
    ):
        whole -= 1
    runs: list[Run] = []
    for index, (word, role) in enumerate(found):
        runs.append((word + " " if index < whole else word[0], role))
    shown = "".join(word for word, _ in runs)
    while cell_len(shown) > room and runs:
        word, role = runs.pop()
        shown = shown[: -len(word)]
        if word.endswith(" ") and cell_len(shown + word) - 1 <= room:
            runs.append((word[:-1], role))
            shown += word[:-1]
            break
    return [*runs, (" " * (room - cell_len(shown)), "")]
