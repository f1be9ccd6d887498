"""The figures as lines of text with plots: what the summary screen shows and `triage stats` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from triage.plots import bars, binned, columns
from triage.session.stats import WORDS, Stats, sentences
from triage.text import clean_line

_PLOT_LINES = 9
_NARROWEST, _WIDEST = 24, 100
_LABEL = 28

Line = tuple[str, str]
"""A text and its role: `heading`, `bar`, or empty for plain text."""


def summary_lines(found: Stats, width: int, *, ascii_only: bool = False) -> list[Line]:
    """All figures: sentences, decisions over time, words, bars by what is alike.

    A line takes at most `width` cells, or 24 where there are fewer: less shows no figure.
    """
    width = max(_NARROWEST, min(width, _WIDEST))
    lines: list[Line] = [(line, "") for text in sentences(found) for line in _wrapped(text, width)]
    if len(found.pace.by_minute) > 1:
        lines += [("", ""), *_over_time(found.pace.by_minute, width, ascii_only=ascii_only)]
    group: dict[str, list[tuple[str, int]]] = {}
    for facet in found.facets:
        group.setdefault(facet.group, []).append((clean_line(facet.label)[: min(_LABEL, width // 2)], facet.count))
    for name, pairs in group.items():
        lines += [("", ""), (name, "heading"), *((line, "bar") for line in bars(pairs, width, ascii_only=ascii_only))]
    if any(found.words):
        labels = [str(least) for least in WORDS]
        size = (min(width, 72), _PLOT_LINES)
        drawn = columns(found.words, labels, size, title="Pages by words", ascii_only=ascii_only)
        lines += [("", ""), *((line, "bar") for line in drawn)]
    return lines


def _over_time(by_minute: Sequence[int], width: int, *, ascii_only: bool) -> Iterator[Line]:
    values, minutes = binned(by_minute, width - 12)
    labels = [f"{at * minutes} min" for at in range(len(values))]
    title = "Decisions a minute" if minutes == 1 else f"Decisions in {minutes} minutes at work"
    for line in columns(values, labels, (width, _PLOT_LINES), title=title, ascii_only=ascii_only):
        yield line, "bar"


def _wrapped(text: str, width: int) -> list[str]:
    """`text` broken at its middle dots, else between words, where it is too long for one line."""
    lines: list[str] = []
    for part in (piece for whole in text.split(" · ") for piece in wrap(whole, width)):
        if lines and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines
