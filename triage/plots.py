"""Plots of a few numbers as lines of text without colour, drawn by plotext: the screen and the commands show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_ASCII = str.maketrans("┌┐└┘├┤┬┴┼─│█", "++++++++++|#"[:9] + "-|#")
_WHOLE = re.compile(r"(\d)\.0+\b(?= *$)")
_NUMBER = re.compile(r"(?<= )\d+$")
_TICKS = 5


def columns(
    values: Sequence[int], labels: Sequence[str], size: tuple[int, int], *, title: str, ascii_only: bool = False
) -> list[str]:
    """A column a value, with as many of the labels below as fit; `size`: width in cells, height in lines."""
    plot, (width, height) = _fresh(), size
    plot.plot_size(width, height)
    plot.title(title)
    places = list(range(1, len(values) + 1))
    plot.bar(places, list(values), marker="#" if ascii_only else "sd", width=0.8 if len(values) <= 12 else 1)
    step = max(1, -(-len(values) // max(1, min(_TICKS if len(values) > 12 else 12, width // 9))))
    plot.xticks(places[::step], list(labels)[::step])
    top = max([1, *values])
    plot.yticks(sorted({0, top // 2, top}))
    plot.ylim(0, top)
    return _lines(plot, ascii_only=ascii_only)


def bars(pairs: Sequence[tuple[str, int]], width: int, *, ascii_only: bool = False) -> list[str]:
    """A bar a line: label, bar, number; the longest fills `width` cells."""
    if not pairs:
        return []
    plot, most = _fresh(), max(value for _, value in pairs)
    width -= len(f"{most:,}") - len(f"{most}")
    plot.simple_bar([label for label, _ in pairs], [value for _, value in pairs], width=width, marker="█")
    lines = [_WHOLE.sub(r"\1", line) for line in _lines(plot, ascii_only=ascii_only)]
    return [_NUMBER.sub(lambda number: f"{int(number.group()):,}", line) for line in lines]


def binned(values: Sequence[int], most: int) -> tuple[list[int], int]:
    """`values` summed in runs of equal length, at most `most` of them, and how many values a run has."""
    size = max(1, -(-len(values) // most))
    return [sum(values[at : at + size]) for at in range(0, len(values), size)], size


def _fresh() -> Any:
    import plotext  # noqa: PLC0415  # 30 ms that only who looks at a plot pays

    plotext.clear_figure()  # it draws on one figure of its own
    plotext.theme("clear")
    plotext.limit_size(False, False)  # the size asked for, whatever terminal this process has
    return plotext


def _lines(plot: Any, *, ascii_only: bool) -> list[str]:
    text = str(plot.uncolorize(plot.build()))
    if ascii_only:
        text = text.translate(_ASCII)
    return [line.rstrip() for line in text.splitlines() if line.strip()]
