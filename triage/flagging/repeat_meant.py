"""Copies that a writer meant: what recurs in a page by its nature and is no repeated section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from triage.flagging.repeat_matches import runs_of_words
from triage.flagging.repeat_sections import COVERED, LINKED, Copy, PageText

ALIKE_ROWS = 3
"""Paragraphs, each a little different, that make the rows of a list."""
SHORT_LINES = 12
"""Mean words of lines that resemble each other in lists of packages, parts or sizes; a copy of them is exact."""
_AT_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]」』）]*(?:\s*\[\d{1,3}\])*$")
"""A full stop, quotation marks and brackets that close behind it, and the numbers of footnotes."""
SENTENCE_END = re.compile(r"[.!?…؟।][\"'”’»)\]]*(?:\s|$)|[。！？]")
_QUESTION_MARKS = ("?", "？", "؟", ";")
"""The last one is the Greek mark as it is typed, a semicolon."""
_GREEK = re.compile(r"[α-ωΑ-Ω]")
_LABEL_WORDS = 40
_LABEL_TIMES = 4
_TEMPLATE_WORDS = 60
_IN_FORMULA = 0.2
"""Share of the words that copy and original have in common which makes another paragraph one of their kind."""


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _AT_END.search(text[-40:].rstrip()) is not None


def meant_to_recur(text: PageText, run: Sequence[Copy], words: int) -> str | None:
    """Why a run of copies, of so many words of prose, is meant to stand again; None where nothing says so."""
    return next((reason for reason, is_meant in _REASONS if is_meant(text, run, words)), None)


def _prose(text: PageText, run: Sequence[Copy]) -> list[int]:
    return [copy.block for copy in run if text.prose(copy.block)]


def _is_listed(text: PageText, run: Sequence[Copy], words: int) -> bool:  # noqa: ARG001
    """Lines that stand one after the other above, as in a table of contents, stand apart below."""
    origins = [text.owner[copy.first] for copy in run]
    return (
        len(run) > 1
        and all(after == before + 1 for before, after in pairwise(origins))
        and all(after.block > before.block + 1 for before, after in pairwise(run))
        and not any(ends_sentence(text.blocks[copy.block].text) for copy in run)
    )


def _is_linked(text: PageText, run: Sequence[Copy], words: int) -> bool:  # noqa: ARG001
    """Headings to which links above lead."""
    return all(
        text.blocks[copy.block].kind == "heading" and text.blocks[text.owner[copy.first]].links > LINKED
        for copy in run
        if text.prose(copy.block)
    )


def _is_quoted(text: PageText, run: Sequence[Copy], words: int) -> bool:  # noqa: ARG001
    """All of it is set as a quotation, and what it repeats is none."""
    return all(
        text.blocks[copy.block].kind == "quote" and text.blocks[text.owner[copy.first]].kind != "quote" for copy in run
    )


def _is_formula(text: PageText, run: Sequence[Copy], words: int) -> bool:
    """A short paragraph that differs from its original shares with others what it shares with that."""
    copy = run[0]
    if len(run) > 1 or copy.matched == text.length(copy.block) or words >= _TEMPLATE_WORDS:
        return False
    shared = set(runs_of_words(text.words[copy.first : copy.last + 1]))
    shared &= set(runs_of_words(text.words_of(copy.block)))
    origin = range(text.owner[copy.first], text.owner[copy.last] + 1)
    in_common = Counter(block for run in shared for block in text.holders[run])
    others = (number for block, number in in_common.items() if block != copy.block and block not in origin)
    return sum(number >= _IN_FORMULA * len(shared) for number in others) >= ALIKE_ROWS - 1


def _are_labels(text: PageText, run: Sequence[Copy], words: int) -> bool:
    """Short lines that stand under each of several parts."""
    prose = _prose(text, run)
    few = words < min(_LABEL_WORDS, SHORT_LINES * len(prose))
    return few and all(text.times(block) >= ALIKE_ROWS for block in prose)


def _is_label(text: PageText, run: Sequence[Copy], words: int) -> bool:
    """One paragraph that stands under each of several parts."""
    return len(run) == 1 and words < _LABEL_WORDS and text.times(run[0].block) >= _LABEL_TIMES


def _is_plan(text: PageText, run: Sequence[Copy], words: int) -> bool:
    """Lines each of which stands in many places."""
    return words < _TEMPLATE_WORDS and all(text.times(block) > _LABEL_TIMES for block in _prose(text, run))


def _is_question(text: PageText, run: Sequence[Copy], words: int) -> bool:
    """A question asked of several, or about several things. A paragraph that ends in one has more that is none."""
    return len(run) == 1 and words < _LABEL_WORDS and asks(text.blocks[run[0].block].text.rstrip())


def asks(text: str) -> bool:
    """Whether a text ends in a question which is at least half of it."""
    if not text.endswith(_QUESTION_MARKS) or (text.endswith(";") and not _GREEK.search(text)):
        return False
    before = max((end.end() for end in SENTENCE_END.finditer(text[:-1])), default=0)
    return before * 2 <= len(text)


def _is_pull_quote(text: PageText, run: Sequence[Copy], words: int) -> bool:  # noqa: ARG001
    """One sentence out of a longer paragraph. A paragraph's first sentence is a teaser of it."""
    copy, block = run[0], text.blocks[run[0].block]
    origin = text.owner[copy.first]
    one_of_many = origin == text.owner[copy.last] and copy.matched < COVERED * text.length(origin)
    one_sentence = len(SENTENCE_END.findall(block.text.strip())) <= 1
    inside = block.kind == "quote" or copy.first > text.starts[origin] + 1
    return len(run) == 1 and one_of_many and one_sentence and inside


_REASONS: tuple[tuple[str, Callable[[PageText, Sequence[Copy], int], bool]], ...] = (
    ("lines of a list above, each of which heads its own part", _is_listed),
    ("headings to which a table of contents leads", _is_linked),
    ("quoted from above, as in an answer", _is_quoted),
    ("words that several paragraphs have in common", _is_formula),
    ("lines of a plan, each of which stands in many places", _is_plan),
    ("short lines that stand under each of several parts", _are_labels),
    ("a question asked again", _is_question),
    ("a label that stands under each of several parts", _is_label),
    ("a pull-quote: one sentence of a longer paragraph", _is_pull_quote),
)
