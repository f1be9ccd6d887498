"""An item as the parts the reader shows: its head, then its text marked, clean, or as the page's source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from triage.clean_view import Fold, FoldKind, block_keys, hidden
from triage.model import Article, Block, Flag, FlagKind, Item, Scanned
from triage.text import clean, clean_line, normal
from triage.tui.parts import BlockParts, Mark, Part, Parts
from triage.tui.render import MATCH_ROLES, UNICODE, Signs, flag_role, flag_sign, state_sign
from triage.wording import (
    EXTRACTOR_WORDS,
    KIND_WORDS,
    by_severity,
    cause,
    confidence,
    counted,
    kind_and_cause,
    paragraphs,
    where,
)

_STATE_WORDS = {"keep": "kept", "discard": "discarded", "later": "later"}
_FOLD_ROLES: dict[FoldKind, str] = {
    "error-noise": "noise",
    "noise": "noise",
    "repeated-section": "repeat",
    "boilerplate": "boilerplate",
}
_LOOKED_AT = 200
"""Blocks in which the beginning of the clean text is looked for."""
_LEAST_PROSE, _LEAD = 40, 160
"""Characters of a block to be taken for prose, and of what is shown of it."""
_WORDS = 8
"""Words found that are named."""
_MARK_ORDER = ("noise", "repeat", "first-copy", "boilerplate")


class Found(NamedTuple):
    """A word that is marked in a text: how it is written, whose list it is of, how often it stands there."""

    word: str
    role: str
    number: int


def head(
    item: Item, scanned: Scanned | None, flags: Sequence[Flag], signs: Signs = UNICODE, more: Sequence[Part] = ()
) -> list[Part]:
    """What answers "keep or not": title, facts, decision, flags in words, `more`; a line below."""
    title = clean_line(item.title) or clean_line(item.name.encode("utf-8", "replace").decode())
    parts = [Part(title, "title")]
    article = scanned.article if scanned else None
    if facts := _facts(item, article, signs):
        parts.append(Part(facts, "facts"))
    if article is not None and article.extractor == "visible-text":
        parts.append(Part("No article was found in the page; this is all of its visible text.", "warning"))
    if decision := _decision(item, signs):
        verdict = item.decision.verdict
        sign = state_sign(verdict, signs) if verdict else ""
        parts.append(Part(decision, "decision", sign=sign, sign_role=verdict or "undecided"))
    parts.extend(_flag_lines(flags, signs))
    parts.extend(more)
    parts.append(Part(signs.rule, "rule", rule=True))
    return parts


def begins_with_title(title: str, blocks: Sequence[Block]) -> bool:
    """Whether the first block of several says no more than the title, which the head shows."""
    return len(blocks) > 1 and bool(title) and normal(clean_line(blocks[0].text)) == normal(clean_line(title))


def lead(item: Item, blocks: Sequence[Block], flags: Sequence[Flag], signs: Signs = UNICODE) -> list[Part]:
    """The beginning of the clean text, where what is flagged stands before it; nothing where nothing does."""
    first = blocks[:_LOOKED_AT]
    folds = hidden(first, flags, item.decision.marks)
    if not folds or folds[0].first > 0:
        return []
    away = {number for fold in folds for number in range(fold.first, fold.last + 1)}
    prose = (
        clean_line(block.text)
        for number, block in enumerate(first)
        if number not in away and block.kind != "heading" and len(block.text) >= _LEAST_PROSE
    )
    text = next(prose, "")
    text = text if len(text) <= _LEAD else text[:_LEAD].rsplit(" ", 1)[0] + " ..."
    return [Part(text, "lead-text", indent=f"{signs.bar} ", hang=f"{signs.bar} ")] if text else []


def found_in(article: Article | None, words: re.Pattern[str] | None) -> list[Found]:
    """What a pattern of `matcher` finds in title and text, the filter's own words first, the most frequent first."""
    if article is None or words is None:
        return []
    blocks = article.blocks[begins_with_title(article.title or "", article.blocks) :]
    text = "\0".join([article.title or "", *(block.text for block in blocks)])
    counts = Counter((match.lastgroup or "", match.group().casefold()) for match in words.finditer(text))
    found = [Found(word, role, count) for (role, word), count in counts.items()]
    return sorted(found, key=lambda one: (MATCH_ROLES.index(one.role), -one.number, one.word))


def first_of(copies: int, flags: Sequence[Flag], signs: Signs = UNICODE) -> list[Part]:
    """That a page of a group of `copies` has copies, where no flag of its own says so: the group is named after it."""
    others = copies - 1
    if others < 1 or any(flag.kind == "near-duplicate" for flag in flags):
        return []
    text = counted(others, "other page is a near copy", "other pages are near copies")
    return [Part(f"{text} of this one", "duplicate label", sign=signs.duplicate, sign_role="duplicate")]


def left_behind(copies: Sequence[Item], signs: Signs = UNICODE) -> list[Part]:
    """A line for each discarded copy of the page that has tags or a note."""
    parts = []
    for item in copies:
        decision = item.decision
        words = [f"#{clean_line(tag)}" for tag in decision.tags]
        words += [f"note: {clean_line(decision.note)}"] if decision.note else []
        parts.append(Part(f"Of the discarded copy {clean_line(item.name)}: {f' {signs.dot} '.join(words)}", "decision"))
    return parts


def words_found(found: Sequence[Found], signs: Signs = UNICODE) -> list[Part]:
    """Words of the filter, then those that speak for and against: `ferry 3 · +harbour 2 · -casino 1`."""
    lists = {"keepword": "+", "discardword": "-"}
    words = [f"{lists.get(role, '')}{clean_line(word)} {number:,}" for word, role, number in found[:_WORDS]]
    more = [f"{len(found) - _WORDS} more"] if len(found) > _WORDS else []
    return [Part(f" {signs.dot} ".join([*words, *more]), "found")] if found else []


def _facts(item: Item, article: Article | None, signs: Signs) -> str:
    facts = [item.site, item.date, item.author, item.language]
    if item.scanned:
        facts.append(counted(item.words, "word"))
    if article is not None and not any(flag.kind == "error-page" for flag in item.flags):
        facts.append(EXTRACTOR_WORDS[article.extractor])
    return f" {signs.dot} ".join(clean_line(fact) for fact in facts if fact)


def _decision(item: Item, signs: Signs) -> str:
    decision = item.decision
    words = []
    if decision.verdict:
        by = f" by {clean_line(decision.reviewer)}" if decision.reviewer else ""
        words.append(_STATE_WORDS[decision.verdict] + by)
    if decision.reason:
        words.append(f"because: {clean_line(decision.reason)}")
    words.extend(f"#{clean_line(tag)}" for tag in decision.tags)
    if item.changed:
        words.append("the page has changed since")
    if decision.note:
        words.append(f"note: {clean_line(decision.note)}")
    return f" {signs.dot} ".join(words)


def _flag_lines(flags: Sequence[Flag], signs: Signs) -> list[Part]:
    """A line for each flag of the whole page, with its reason; the flags of its parts a line for each kind."""
    parts: list[Part] = []
    of_parts: dict[FlagKind, list[Flag]] = {}
    for flag in by_severity(flags):
        if flag.first is None:
            role = flag_role(flag)
            text = f" {signs.dot} ".join((kind_and_cause(flag), confidence(flag), clean_line(flag.reason)))
            parts.append(Part(text, f"{role} label", sign=flag_sign(flag, signs), sign_role=role))
        else:
            of_parts.setdefault(flag.kind, []).append(flag)
    for kind, found in of_parts.items():
        role = flag_role(found[0])
        text = f"{KIND_WORDS[kind]}: {_causes_and_places(found)}"
        parts.append(Part(text, f"{role} label", sign=flag_sign(found[0], signs), sign_role=role))
    return parts


def _causes_and_places(flags: Sequence[Flag]) -> str:
    """Which causes stand where, the first few of each: `disclaimer in paragraph 8; comment stub in paragraph 9`."""
    places: dict[str, list[str]] = {}
    for flag in flags:
        places.setdefault(cause(flag), []).append(where(flag))
    return _first_few([f"{why} in {_stands(found)}".strip() for why, found in places.items()], "; ")


def _stands(places: Sequence[str]) -> str:
    """Places in few words: `paragraphs 4, 8-9 and 12`, of more than three the first three."""
    if len(places) == 1:
        return places[0]
    numbers = [place.partition(" ")[2] for place in places]
    shown = numbers[:3] + ([f"{len(numbers) - 3} more"] if len(numbers) > 3 else [])
    return f"paragraphs {', '.join(shown[:-1])} and {shown[-1]}"


def _first_few(words: Sequence[str], between: str) -> str:
    return between.join(words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")


@dataclass(slots=True)
class _Marking:
    """Collects the marks of blocks while flags are gone through."""

    count: int
    lead: str
    signs: dict[int, tuple[str, str]] = field(default_factory=dict)
    labels: dict[int, list[Part]] = field(default_factory=dict)

    def cover(self, first: int, last: int, sign: str, role: str) -> None:
        for block in range(max(0, first), min(last, self.count - 1) + 1):
            held = self.signs.get(block)
            if held is None or _MARK_ORDER.index(role) < _MARK_ORDER.index(held[1]):
                self.signs[block] = sign, role

    def label(
        self, block: int, text: str, mark: tuple[str, str], *, jump: int | None = None, stop: bool = True
    ) -> None:
        sign, role = mark
        part = Part(
            text, f"{role} label", indent=self.lead, sign=sign, sign_role=role,
            gap=1, block=block, jump=jump, stop=stop,
        )  # fmt: skip
        self.labels.setdefault(block, []).append(part)


def marks(
    blocks: Sequence[Block], flags: Sequence[Flag], by_hand: Sequence[tuple[str, bool]] = (), signs: Signs = UNICODE
) -> dict[int, Mark]:
    """The marks of an article's blocks: noise, repeats with the number of the copy, boilerplate.

    Where several flags cover a block the gravest gives its sign; each has its label. A first copy is marked too.
    What the analyst marked `by_hand` (as in `Decision.marks`) wins over the flags.
    """
    count = len(blocks)
    marking = _Marking(count, signs.rule * 2 + " ")
    copies: dict[tuple[int, int], list[Flag]] = {}
    for flag in by_severity(flags):
        if flag.first is None or not 0 <= flag.first < count or flag_role(flag) not in _MARK_ORDER:
            continue
        last = flag.first if flag.last is None else flag.last
        sign, jump = flag_sign(flag, signs), None
        text = f"{clean_line(kind_and_cause(flag))} {signs.dot} {clean_line(flag.reason)}"
        if flag.same_as is not None:
            same = copies.setdefault(flag.same_as, [])
            same.append(flag)
            sign += str(len(same) + 1) if len(same) < 9 else "+"
            jump = flag.same_as[0]
            text = f"repeat of {paragraphs(*flag.same_as)}, {cause(flag)}"
        marking.cover(flag.first, last, sign, flag_role(flag))
        marking.label(flag.first, text, (sign, flag_role(flag)), jump=jump)
    for (first, last), later in copies.items():
        again = ", ".join(where(flag) for flag in later[:3]) + (" ..." if len(later) > 3 else "")
        sign = f"{signs.repeat}1"
        marking.cover(first, last, sign, "first-copy")
        text = f"first copy; stands again at {again}"
        marking.label(max(0, first), text, (sign, "repeat"), jump=later[0].first, stop=False)
    if by_hand:
        _mark_by_hand(marking, block_keys(blocks), dict(by_hand), signs)
    covered = marking.signs.keys() | marking.labels.keys()
    return {block: Mark(*marking.signs.get(block, ("", "")), tuple(marking.labels.get(block, ()))) for block in covered}


def _mark_by_hand(marking: _Marking, keys: Sequence[str], by_hand: dict[str, bool], signs: Signs) -> None:
    before: bool | None = None
    for block, key in enumerate(keys):
        noise = by_hand.get(key)
        if noise is not None:
            role, what = ("noise", "noise") if noise else ("kept-text", "text")
            marking.signs[block] = signs.noise if noise else signs.keep, role
            if noise is not before:
                marking.label(block, f"marked as {what} by hand", marking.signs[block])
        before = noise


def marked(
    blocks: Sequence[Block], marked_blocks: dict[int, Mark], signs: Signs, first: int = 0, last: int | None = None
) -> Parts:
    """The blocks `first..last` with labels above what is flagged and a sign beside it."""
    last = len(blocks) - 1 if last is None else last
    pieces: list[Sequence[Part]] = []
    at = first
    for number in sorted(number for number, mark in marked_blocks.items() if mark.labels and first <= number <= last):
        pieces += [BlockParts(blocks, at, number - 1, marked_blocks, signs), marked_blocks[number].labels]
        at = number
    return Parts([*pieces, BlockParts(blocks, at, last, marked_blocks, signs)])


def folded(  # noqa: PLR0913, PLR0917 (a text, what is away of it, and how it is shown)
    blocks: Sequence[Block],
    folds: Sequence[Fold],
    opened: Collection[int],
    marked_blocks: dict[int, Mark],
    signs: Signs,
    first: int = 0,
) -> Parts:
    """The blocks from `first` on with each fold as one line, but for those whose first block is in `opened`."""
    pieces: list[Sequence[Part]] = []
    at = first
    for fold in folds:
        pieces.append(BlockParts(blocks, at, fold.first - 1, signs=signs))
        is_open = fold.first in opened
        sign = signs.opened if is_open else signs.closed
        label = fold.label.replace(" hidden", "", 1) if is_open else fold.label
        role = _FOLD_ROLES[fold.kind]
        line = Part(
            label, f"{role} fold", sign=sign, sign_role=role, gap=1, block=fold.first, fold=fold.first, stop=True
        )
        pieces.append([line])
        if is_open:
            inside = marked(blocks, marked_blocks, signs, fold.first, fold.last)
            pieces.append([replace(part, stop=False) for part in inside])
        at = fold.last + 1
    return Parts([*pieces, BlockParts(blocks, at, len(blocks) - 1, signs=signs)])


def lines_of_blocks(blocks: Sequence[Block], source: str) -> Sequence[int]:
    """For each block the number, from 1, of the source line it most likely begins on; never decreasing.

    A text page's blocks know their lines; in a page of markup the first words are looked for behind the last find.
    """
    if blocks and blocks[0].lines is not None and blocks[-1].lines is not None:
        return [block.lines[0] if block.lines is not None else 1 for block in blocks]
    source = clean(source)
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    found: list[int] = []
    at = 0
    for block in blocks:
        here = source.find(clean(block.text[:200])[:24], at)
        at = here if here >= 0 else at
        found.append(bisect_right(starts, at))
    return found
