"""Runs of text with a role, the signs that tell what colour alone must not, and how they become a line on the screen.

A `Line` is a tuple of `(text, role)`; a widget knows the style of each role from its `ROLES`. So what
stands on a line is told, and tested, without a terminal.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from triage.model import Flag, FlagKind, Verdict
from triage.text import clean_line

Run = tuple[str, str]
"""A text and its role, the name of a part that the widget has a style for."""
Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """One character for each thing that is told by colour too."""

    keep: str = "✓"
    discard: str = "✗"
    later: str = "…"
    undecided: str = "·"
    cursor: str = "▌"
    selected: str = "┃"
    error_page: str = "■"
    noise: str = "!"
    repeat: str = "="
    boilerplate: str = "~"
    duplicate: str = "≈"
    thin: str = "-"
    unreadable: str = "?"
    changed: str = "Δ"
    note: str = "¶"
    closed: str = "▸"
    opened: str = "▾"
    bullet: str = "•"
    bar: str = "│"
    rule: str = "─"
    dot: str = "·"
    cut: str = "…"


UNICODE = Signs()
ASCII = Signs(
    keep="K", discard="X", later="L", undecided=".", cursor=">", selected="|", error_page="#", duplicate="%",
    changed="*", note="n", closed=">", opened="v", bullet="*", bar="|", rule="-", dot="-", cut=".",
)  # fmt: skip


def signs_for_terminal(environment: Mapping[str, str] = os.environ, encoding: str | None = None) -> Signs:
    """ASCII signs where the terminal's font or encoding lacks the others: the Linux console, no UTF-8 locale.

    Python says UTF-8 under the C locale too, so the variables that name the locale are asked as well.
    """
    encoding = encoding or terminal_encoding()
    named = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in named if name), "utf-8")
    if environment.get("TERM") == "linux" or not all("utf" in name.lower() for name in (encoding, locale)):
        return ASCII
    return UNICODE


def terminal_encoding() -> str:
    """How what is written to the terminal is encoded."""
    return getattr(sys.__stdout__, "encoding", None) or "ascii"


def state_sign(verdict: Verdict | None, signs: Signs) -> str:
    """The sign of a decision; of none: `undecided`."""
    return signs.undecided if verdict is None else str(getattr(signs, verdict))


_ROLES: dict[FlagKind, str] = {
    "error-page": "error-page",
    "error-noise": "noise",
    "repeated-section": "repeat",
    "boilerplate": "boilerplate",
    "near-duplicate": "duplicate",
    "thin": "thin",
    "unreadable": "unreadable",
}


def flag_role(flag: Flag) -> str:
    """The role, and so the colour, of what a flag covers."""
    return _ROLES[flag.kind]


def flag_sign(flag: Flag, signs: Signs) -> str:
    """The sign of what a flag covers."""
    return str(getattr(signs, flag_role(flag).replace("-", "_")))


def clip(text: str, cells: int, cut: str = "…") -> str:
    """`text` in exactly `cells` cells: padded, or cut with a sign at its end."""
    if cells <= 0:
        return ""
    text = text.strip("\u200d")  # would join what stands beside it
    length = cell_len(text)
    if length <= cells:
        return text + " " * (cells - length)
    return set_cell_size(text, cells - 1) + cut


def clip_start(text: str, cells: int, cut: str = "…") -> str:
    """`text` in at most `cells` cells, what is too much left out at its beginning: of a path the end tells most."""
    if cell_len(text) <= cells:
        return text
    start = len(text)
    while start and cell_len(text[start - 1 :]) < cells:
        start -= 1
    return cut + text[start:] if cells > 0 else ""


def split_matches(text: str, role: str, matches: re.Pattern[str] | None) -> Iterator[Run]:
    """`text` as runs: what the pattern finds in the role that `matcher` gave it, the rest in `role`."""
    at = 0
    for match in matches.finditer(text) if matches else ():
        if match.end() > match.start():
            if match.start() > at:
                yield text[at : match.start()], role
            yield match.group(), match.lastgroup or MATCH_ROLES[0]
            at = match.end()
    if at < len(text) or not text:
        yield text[at:], role


# Letters that no word begins or ends between; in unspaced scripts words stand inside running text.
_LETTER = r"[A-Za-z0-9_\u00c0-\u024f\u0370-\u052f]"
# Bounded: a page may hold a run of a million letters, which `*` would go through from each of them.
_ANY_LETTERS = r"\w{0,30}"


MATCH_ROLES = ("match", "keepword", "discardword")
"""What is found in a text, in the order in which it wins: words of the filter, and of the analyst's two lists."""


def matcher(words: Iterable[str], keep: Iterable[str] = (), discard: Iterable[str] = ()) -> re.Pattern[str] | None:
    """A pattern that finds words in a text, whatever their case; `*` in a word stands for up to 30 letters.

    A word is found whole where it begins or ends with a letter, but inside running text of unspaced scripts. The
    name of the group that matched is the role of what was found.
    """
    lists = zip(MATCH_ROLES, (words, keep, discard), strict=True)
    groups = [f"(?P<{role}>{found})" for role, listed in lists if (found := _any_of(listed))]
    return re.compile("|".join(groups), re.IGNORECASE) if groups else None


def _any_of(words: Iterable[str]) -> str:
    patterns: list[str] = []
    for word in sorted({clean_line(word) for word in words}, key=lambda word: (-len(word), word)):
        if not word.strip("* "):
            continue
        before = rf"(?<!{_LETTER})" if word[0].isalnum() or word[0] == "*" else ""
        after = rf"(?!{_LETTER})" if word[-1].isalnum() else ""
        first, *rest = (re.escape(part).replace(r"\ ", r"\s+") for part in re.split(r"\*+", word))
        # What a star stands for ends with the next part of the word, once for all: ten stars would else be tried in
        # every way that there is.
        parts = [f"(?>{_ANY_LETTERS}?{part}{after if at == len(rest) else ''})" for at, part in enumerate(rest, 1)]
        if rest and not rest[-1]:
            parts[-1] = _ANY_LETTERS
        patterns.append(before + first + ("".join(parts) or after))
    return "|".join(patterns)


def to_strip(line: Sequence[Run], width: int, base: Style, style_of: Callable[[str], Style]) -> Strip:
    """The line as Textual draws it, in exactly `width` cells; each role's style over `base`.

    Neighbours that look alike become one segment: over SSH a segment's colours cost more than its text.
    """
    segments: list[Segment] = []
    for text, role in line:
        style = base if not role or text.isspace() else base + style_of(role)
        if segments and segments[-1].style == style:
            segments[-1] = Segment(segments[-1].text + text, style)
        elif text:
            segments.append(Segment(text, style))
    return Strip(segments).adjust_cell_length(width, base)
