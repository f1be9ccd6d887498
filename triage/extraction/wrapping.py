"""Which lines of a text were one paragraph before something wrapped them, and how they read joined.

A greedy wrapper starts a new line when the next word no longer fits. So the lines of one wrapped paragraph are *full*:
line + space + first word of the next line is wider than the widest line. That, together with sentences that run on
over the line end, tells wrapped prose from verse, lists, headlines and one paragraph a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from triage.text import is_unspaced

WIDEST = 120
"""Longer lines were not wrapped by a mail program, an editor or a terminal."""
_NARROWEST_PAGE = 50
_NARROWEST_RUN = 40
_NARROWEST_SHORT_RUN = 50
_LONGEST_WORD = 25
"""A longer first word is an address: that it would not have fitted says nothing."""
_ENDS = frozenset(".!?…:;。！？：；।۔؟”»\"'’)]」』")
_LEANS_ON = frozenset(",、，،-–—/&([{„“«")
_CLOSERS = "”»\"'’)]」』"
_SENTENCE_ENDS = frozenset(".!?…。！？۔؟")


def page_width(runs: Sequence[Sequence[str]]) -> int | None:
    """The width a whole text was wrapped at, given its runs of lines between blank ones; None where it was not."""
    lengths = sorted(len(line) for run in runs for line in run)
    if len(lengths) < 8 or lengths[-1 - len(lengths) // 20] > WIDEST:
        return None
    links = [(a, b) for run in runs for a, b in pairwise(run)]
    wide = sorted(len(a) for a, _ in links)
    if len(links) < 6:
        return None
    width = wide[-1 - len(wide) // 50]
    if not _NARROWEST_PAGE <= width <= WIDEST:
        return None
    full = sum(_is_full(a, b, width) for a, b in links)
    runs_on = sum(_runs_on(a, b) for a, b in links)
    return width if full >= 0.7 * len(links) and runs_on >= 0.4 * len(links) else None


def paragraphs(run: Sequence[str], width: int | None = None) -> list[tuple[int, int]]:
    """The paragraphs of a run of lines without a blank one, as first and last index.

    `width` is that of the whole page where it is wrapped; else a run must prove by itself that it was.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(run):
        last = _end_in_wrapped_page(run, at, width) if width else _end_of_chain(run, at)
        if last > at and not width and not _was_wrapped(run[at : last + 1]):
            # Nothing of a chain that fails is joined: half of a poem is as wrong as the whole.
            found.extend((k, k) for k in range(at, last + 1))
        else:
            found.append((at, last))
        at = last + 1
    return found


def join(lines: Sequence[str]) -> str:
    """The lines of one paragraph as one: words apart by a space, unspaced scripts and broken words by none."""
    text = lines[0]
    for line in lines[1:]:
        if text.endswith("\u00ad"):
            text = text[:-1] + line
        elif (text[-1:] == "-" and text[-2:-1].isalpha() and line[:1].islower()) or (
            text and line and is_unspaced(text[-1] + line[0])
        ):
            text += line
        else:
            text += " " + line
    return text


def _end_in_wrapped_page(run: Sequence[str], at: int, width: int) -> int:
    while at + 1 < len(run):
        line, after = run[at], run[at + 1]
        if len(line) > width + 8:
            break
        if not _is_full(line, after, width) and not (_runs_on(line, after) and len(line) >= 0.55 * width):
            break
        at += 1
    return at


def _end_of_chain(run: Sequence[str], at: int) -> int:
    """The last line that could belong to the paragraph beginning at `at`; its first sentence must run on."""
    widest = 0
    if at + 1 < len(run) and _has_cases(run[at]) and not _runs_on(run[at], run[at + 1]):
        return at
    while at + 1 < len(run):
        line, after = run[at], run[at + 1]
        if len(line) > WIDEST or len(after) > WIDEST:
            break
        widest = max(widest, len(line))
        if not _runs_on(line, after) and not _is_full(line, after, max(widest, len(after))):
            break
        at += 1
    return at


def _was_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines that could be one wrapped paragraph are enough like one."""
    width = max(map(len, lines))
    links = list(pairwise(lines))
    full = sum(_is_full(a, b, width) for a, b in links) / len(links)
    if not _has_cases(lines[0]):
        return _was_wrapped_without_cases(lines, width, full)
    running = sum(_runs_on(a, b) for a, b in links) / len(links)
    if not running or width < _NARROWEST_RUN:
        return False
    if len(lines) <= 3 and (width < _NARROWEST_SHORT_RUN or lines[-1].rstrip(_CLOSERS)[-1:] not in _SENTENCE_ENDS):
        return False  # two headlines, or a label over one
    pauses = sum(a[-1] in _ENDS or a[-1] in _LEANS_ON for a, _ in links)
    if len(links) >= 3 and pauses > len(links) / 2:
        return False  # verse pauses where its lines end
    if len(lines) == 2:
        return full == 1.0
    even = sum(map(len, lines[:-1])) >= 0.6 * width * len(links)
    return full >= 0.6 or (width >= 60 and running >= 0.7 and even)


def _was_wrapped_without_cases(lines: Sequence[str], width: int, full: float) -> bool:
    """The same where no capitals tell of sentences: every line is full, and few end a sentence."""
    if full < 1.0:
        return False
    ends = sum(map(_ends, lines[:-1]))
    if all(map(is_unspaced, lines)):
        return (
            len(lines) >= 4
            and width >= _NARROWEST_RUN // 2
            and ends <= len(lines) // 3
            and any(set(a) & _LEANS_ON for a in lines)
        )
    return len(lines) >= 3 and width >= _NARROWEST_RUN and ends <= len(lines) // 2


def _has_cases(line: str) -> bool:
    return any(letter.islower() or letter.isupper() for letter in line) and not is_unspaced(line)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line after would not have fitted."""
    word = 2 if is_unspaced(after[:1]) else len(after.split(None, 1)[0])
    return word <= _LONGEST_WORD and len(line) + 1 + word > width


def _runs_on(line: str, after: str) -> bool:
    """Whether a sentence runs on from one line to the next, as far as marks and capitals tell."""
    if "://" in after.split(None, 1)[0]:
        return False
    start = after.lstrip("\"'“„«([")[:1]
    if line[-1:] in _LEANS_ON:
        return start.isalnum()
    return start.islower() and not _ends(line)


def _ends(line: str) -> bool:
    """Whether the line ends as a sentence, a quotation or a label does."""
    bare = line.rstrip(_CLOSERS)
    if bare != line and bare and (bare[-1].isalnum() or bare[-1] == ","):
        return False  # a bracket or quotation that closes inside a sentence
    return line[-1:] in _ENDS
