"""The table of items that commands print: state, flags and words whole, the rest in what the width leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from triage.model import Item
from triage.text import clean_line
from triage.wording import by_severity, short

STATES = {None: "", "keep": "kept", "discard": "discarded", "later": "later"}
_NAMES = ("state", "flags", "words", "site", "title", "path")
_STYLES = ("", "red", "", "dim", "", "dim")
_WORDS, _SITE, _TITLE, _PATH = 2, 3, 4, 5
_WHOLE = 3
"""Columns from the left that are never cut."""
_GAP = 2
_LONGEST_TITLE = 60
_ROOM_FOR_A_SITE = 70
"""Cells that site, title and path have together from which on the site is shown: most paths tell it too."""


def table(items: Iterable[Item], width: int | None) -> list[Text]:
    """A line of names and a line an item, safe to show, in at most `width` cells; None: as wide as it needs."""
    rows = [_NAMES, *map(_cells, items)]
    widths = _widths(rows, width)
    return [_line(row, widths, "bold" if row is _NAMES else "") for row in rows]


def _cells(item: Item) -> tuple[str, ...]:
    flags = " ".join(dict.fromkeys(map(short, by_severity(item.flags))))
    cells = (STATES[item.decision.verdict], flags, f"{item.words:,}", item.site or "", item.title, item.name)
    return tuple(map(clean_line, cells))


def _widths(rows: Sequence[tuple[str, ...]], width: int | None) -> list[int]:
    """Cells of each column; none for the site where there is no room for it."""
    wanted = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    wanted[_TITLE] = min(wanted[_TITLE], _LONGEST_TITLE)
    if width is None:
        return wanted
    room = width - sum(wanted[:_WHOLE]) - _GAP * (len(_NAMES) - 1)
    if sum(wanted[_WHOLE:]) <= room:
        return wanted
    site = min(wanted[_SITE], room // 4) if room >= _ROOM_FOR_A_SITE else 0
    room -= site or -_GAP
    title = min(wanted[_TITLE], max(room // 2, room - wanted[_PATH]))
    return [*wanted[:_WHOLE], site, title, max(0, min(wanted[_PATH], room - title))]


def _line(row: Sequence[str], widths: Sequence[int], style: str) -> Text:
    line = Text(style=style)
    for at, (cell, cells, own) in enumerate(zip(row, widths, _STYLES, strict=True)):
        if not cells:
            continue
        shown = _cut_before(cell, cells) if at == _PATH else _cut_behind(cell, cells)
        blanks = " " * (cells - cell_len(shown))
        padded = blanks + shown if at == _WORDS else shown if at == _PATH else shown + blanks
        line.append(" " * _GAP if line else "").append(padded, style or own)
    line.rstrip()
    return line


def _cut_behind(text: str, cells: int) -> str:
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1) + "…"


def _cut_before(text: str, cells: int) -> str:
    """Of a path the end tells most."""
    if cell_len(text) <= cells:
        return text
    start = len(text)
    while cell_len(text[start - 1 :]) < cells:
        start -= 1
    return "…" + text[start:]
