"""The frame of a site in a text page: the lines of its menu above what it says, and of its foot below.

A page saved as text keeps what a browser shows around it as lines like all others, so that of a message amid forty of
them little seems to be left. A menu is told by its shape, many labels in a row, and by a few of them that every site
has ("Log in", "Search"); a foot by the rights it reserves or by such labels, with addresses and numbers between.
A line that speaks of an error is never of the frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from triage.flagging import line_phrases, phrases
from triage.text import is_unspaced

RIGHTS = re.compile(r"©|\(c\)\s|\bcopyright\b|\bpowered by\b|\ball rights reserved\b", re.IGNORECASE)
"""What the foot of a page says, in whatever words."""
_MENU = 5
"""Labels in a row from which on they are a menu."""
_KNOWN = 2
"""How many of them a site's frame has at the least."""
_WORDS, _CHARS, _CHARS_UNSPACED = 4, 40, 12
"""The longest label."""
_LINE = 120
"""Characters of the longest line of a foot."""
_STRANGE = 2
"""Lines in a row in a foot that are neither labels nor known."""
_SHARE = 0.25
"""Share of a foot's lines that are known at the least."""
_MOSTLY = 0.5
"""Share of a line that its known words are at the least."""
_CONTACT = re.compile(r"@|www\.|\d\D{0,2}\d\D{0,2}\d\D{0,2}\d")
_STOPS = tuple(".!?…:;,。！？؟।")
_FRAME = frozenset({"login", "consent", "paywall"})
"""Causes of errors whose words stand as labels in the frames of all sites."""


def frame_of(lines: Sequence[str]) -> frozenset[int]:
    """Which of a text page's lines are its site's frame, by their places; none where all would be."""
    foot = _foot(lines)
    menu = _menu(lines, signed=any(RIGHTS.search(lines[at]) for at in foot))
    return menu | foot if len(menu) + len(foot) < len(lines) else frozenset()


def _menu(lines: Sequence[str], *, signed: bool) -> frozenset[int]:
    """The labels a page begins with; few need be known where its foot tells that there is a frame (`signed`)."""
    if not all(map(_is_label, lines[:_MENU])):
        return frozenset()
    run = list(takewhile(lambda line: _is_label(line) and not _speaks(line), lines))
    if len(run) < _MENU or not (signed or sum(map(_is_known, run)) >= _KNOWN):
        return frozenset()
    return frozenset(range(len(run)))


def _foot(lines: Sequence[str]) -> frozenset[int]:
    """The lines a page ends with, from the topmost that every site has."""
    known = strange = rights = 0
    first = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if len(line) > _LINE or _speaks(line) or _asks_in(line):
            break
        reserved = RIGHTS.search(line) is not None
        if reserved or _is_known(line):
            known += 1
            rights += reserved
        elif line.endswith(_STOPS):
            break
        elif not (_is_label(line) or _CONTACT.search(line)):
            if strange == _STRANGE:
                break
            strange += 1
            continue
        strange = 0
        if known >= _SHARE * (len(lines) - at):
            first = at
    return frozenset(range(first, len(lines))) if known >= _KNOWN or rights else frozenset()


def _is_label(line: str) -> bool:
    if len(line) > _CHARS or line.endswith(_STOPS):
        return False
    return len(line) <= _CHARS_UNSPACED if is_unspaced(line) else line.count(" ") < _WORDS


def _is_known(line: str) -> bool:
    """Whether a line is one that the frames of many sites have."""
    if any(hit.kind == "boilerplate" and hit.share >= _MOSTLY for hit in line_phrases.match(line)):
        return True
    return any(hit.cause in _FRAME for hit in phrases.match(line))


def _speaks(line: str) -> bool:
    """Whether a line surely speaks of an error, and is no label of a frame in the same words."""
    return any(hit.sure and not (hit.whole and hit.cause in _FRAME) for hit in phrases.match(line))


def _asks_in(line: str) -> bool:
    """Whether a line may be of a form to log in with, which a page of nothing else ends with."""
    return any(hit.cause == "login" for hit in phrases.match(line))
