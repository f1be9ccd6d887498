"""Near copies side by side: how much of one stands in the other, word by word what differs, which is the best. Pure.

Words are compared in normal form: case, punctuation and white space do not count as differences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, zip_longest
from typing import Any, Literal, NamedTuple

from triage.model import Item
from triage.text import clean_line, is_unspaced, tokens

SHINGLE = 5
"""Words of a run that must stand in both texts to count as shared (w-shingling; Broder, 1997), as in `corpus`."""
_CONTEXT = 12
"""Unchanged words shown on either side of a change."""
_LEAST_FOLD = 12
"""Fewer unchanged words than this are not folded away."""
_STRAY = 2
"""So few equal words between two larger changes are chance, and read better as part of the change."""
_LEAST_ALIKE = 0.2
"""Passages that share less are told whole, as gone and new."""
_MOST_CELLS = 400_000_000
"""Words times words of two passages compared word by word; at a bit each 50 MB, and a tenth of a second."""
_MUCH_SHORTER = 0.8
"""A copy with less of the longest copy's text is a shortened one."""

_WHOLE, _LONGEST = "not shortened", "longest clean text"

Change = Literal["same", "gone", "new", "fold"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words of one kind: in both texts, in the first alone, in the second alone, or folded away."""

    change: Change
    text: str
    """Safe to show; spaces at its end belong to it. Of a fold: empty."""
    words: int


Paragraph = tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts share."""

    here: float
    """Share of this text that stands in the other, 0..1."""
    there: float
    """Share of the other that stands in this one."""
    longer: float
    """How many times as long the other is."""
    same: bool
    """Both have the same words in the same order."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A member of a group of near copies, with its clean text."""

    item: Item
    paragraphs: tuple[str, ...] = ()
    """Of the clean view: without noise, repeats and boilerplate."""
    words: int = 0
    """Of these paragraphs."""
    home: str | None = None
    """Host that the page stands on, where its folder tells."""
    named: str | None = None
    """Host that the page itself names as its address."""

    @property
    def fit(self) -> bool:
        """Whether the page may stand for its copies: an error page or an unreadable one never does."""
        return not any(flag.kind in ("error-page", "unreadable") for flag in self.item.flags)

    @property
    def flags(self) -> int:
        """Flags that speak against the page; that it has copies does not."""
        return sum(flag.kind != "near-duplicate" for flag in self.item.flags)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The copy that is best kept, and why."""

    index: int
    reason: str


# How alike.


def likeness(one: Sequence[str], other: Sequence[str]) -> Likeness:
    """How much the paragraphs `one` and `other` share, by the containment of their runs of five words."""
    (here, mine), (there, theirs) = _shingled(tuple(one)), _shingled(tuple(other))
    shared = len(mine & theirs)
    return Likeness(
        here=shared / max(1, len(mine)),
        there=shared / max(1, len(theirs)),
        longer=len(there) / max(1, len(here)),
        same=here == there,
    )


@lru_cache(maxsize=2)  # of a group, all are compared with one
def _shingled(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """The words of a text, and their runs of five; of a shorter text the one run that it is."""
    words = tokens("\n".join(paragraphs))
    width = min(SHINGLE, len(words))
    return words, frozenset(words[at : at + width] for at in range(len(words) - width + 1 if words else 0))


def percent(share: float) -> str:
    """A share as a percentage; only the whole is called 100 %, and only nothing 0 %."""
    return f"{100 if share >= 1 else 0 if share <= 0 else min(99, max(1, round(share * 100)))} %"


def told(found: Likeness, other: str = "that one") -> str:
    """A likeness in words, both ways: by how much longer one is, or by both shares; `other` names the other text."""
    if found.same:
        return f"word for word the text of {other}"
    if not (found.here or found.there):
        return f"nothing of this page stands in {other}"
    if found.longer >= 1.15:
        return f"{percent(found.here)} of this page stands in {other}, which is {found.longer:.1f} times longer"
    if found.longer <= 1 / 1.15:
        return f"{percent(found.there)} of {other} stands in this page, which is {1 / found.longer:.1f} times longer"
    return f"{percent(found.here)} of this page stands in {other}, {percent(found.there)} of that one in this"


# The best.


def propose(copies: Sequence[Copy]) -> Proposal | None:
    """The copy to keep: what the analyst kept already; else of those about as long as the longest the one that
    stands on the site which the copies name as theirs, has the fewest flags, is the earliest, is the longest.

    None where no copy is fit to be kept: error pages never are.
    """
    fit = [index for index, copy in enumerate(copies) if copy.fit]
    open_ = [index for index in fit if copies[index].item.decision.verdict != "discard"] or fit
    kept = [index for index in open_ if copies[index].item.decision.verdict == "keep"]
    candidates = kept or open_
    if not candidates:
        return None
    facts = _facts(copies, max(copies[index].words for index in candidates))

    def rank(index: int) -> tuple[Any, ...]:
        return (*(value(copies[index]) for _, value in facts), copies[index].item.path, copies[index].item.record or "")

    best = min(candidates, key=rank)
    reasons = ["kept already"] if kept else []
    for word, value in facts:
        mine = value(copies[best])
        others = [value(copies[index]) for index in fit if index != best]
        if others and mine <= min(others) and mine < max(others):
            reasons.append(word)
    if _LONGEST in reasons and _WHOLE in reasons:
        reasons.remove(_WHOLE)
    return Proposal(best, ", ".join(reasons) or "all are alike, this is the first by path")


def _facts(copies: Sequence[Copy], longest: int) -> list[tuple[str, Callable[[Copy], Any]]]:
    """What speaks for a copy, the weightiest first: the word for it, and a value that is lower the better."""
    homes = {copy.named for copy in copies} - {None}
    return [
        (_WHOLE, lambda copy: copy.words < _MUCH_SHORTER * longest),
        ("its own site", lambda copy: copy.home not in homes),
        ("fewest flags", lambda copy: copy.flags),
        ("earliest", lambda copy: copy.item.date or "9999"),
        (_LONGEST, lambda copy: -copy.words),
    ]


# What differs.


class _Unit(NamedTuple):
    """A word with what clings to it; a character where words are not spaced."""

    text: str
    key: str
    begins: bool
    """It is the first of its paragraph."""


class _Run(NamedTuple):
    change: Change
    units: list[_Unit]


def differences(one: Sequence[str], other: Sequence[str]) -> tuple[Paragraph, ...]:
    """What stands in the paragraphs `one` alone (`gone`) and in `other` alone (`new`), long equal stretches folded.

    Paragraphs that are equal are found first, then words between them, so that re-cut paragraphs are told as the
    same. The paragraphs of the result are those of `other`, what is gone at its place between.
    """
    mine, theirs = ([units for text in texts if (units := list(_units(text)))] for texts in (one, other))
    keys: dict[Any, int] = {}
    here = [keys.setdefault(tuple(unit.key for unit in units), len(keys)) for units in mine]
    there = [keys.setdefault(tuple(unit.key for unit in units), len(keys)) for units in theirs]
    paragraphs: list[list[_Run]] = []
    for equal, (a, b), (c, d) in _stretches(here, there):
        if equal:
            paragraphs += [[_Run("same", units)] for units in theirs[c:d]]
        else:
            paragraphs += _between(_flat(mine[a:b]), _flat(theirs[c:d]))
    return tuple(_fold(paragraphs))


def beside(one: Sequence[str], other: Sequence[str]) -> list[tuple[Paragraph, Paragraph]]:
    """Two passages row by row, what differs marked: equal paragraphs face each other, the others as they come."""
    keys: dict[Any, int] = {}
    here, there = ([keys.setdefault(tokens(text), len(keys)) for text in texts] for texts in (one, other))
    rows: list[tuple[Paragraph, Paragraph]] = []
    for _, (a, b), (c, d) in _stretches(here, there):
        rows += [_facing(mine, theirs) for mine, theirs in zip_longest(one[a:b], other[c:d], fillvalue="")]
    return rows


def _facing(one: str, other: str) -> tuple[Paragraph, Paragraph]:
    mine, theirs = list(_units(one)), list(_units(other))
    keys: dict[str, int] = {}
    here, there = ([keys.setdefault(unit.key, len(keys)) for unit in units] for units in (mine, theirs))
    stretches = _stretches(here, there)
    left = (_passage("same" if equal else "gone", mine[a:b]) for equal, (a, b), _ in stretches if b > a)
    right = (_passage("same" if equal else "new", theirs[c:d]) for equal, _, (c, d) in stretches if d > c)
    return tuple(left), tuple(right)


def _units(paragraph: str) -> Iterator[_Unit]:
    text = key = ""
    begins = True
    for chunk in clean_line(paragraph).split():
        pieces = [*chunk[:-1], chunk[-1] + " "] if is_unspaced(chunk) else [chunk + " "]
        for piece in pieces:
            found = "".join(tokens(piece))
            if found and key:
                yield _Unit(text, key, begins)
                begins, text, key = False, "", ""
            text, key = text + piece, key + found
    if key:
        yield _Unit(text, key, begins)


def _flat(paragraphs: Sequence[Sequence[_Unit]]) -> list[_Unit]:
    return [unit for units in paragraphs for unit in units]


_Stretch = tuple[bool, tuple[int, int], tuple[int, int]]
"""Whether it is equal, and where it stands in the one and in the other sequence."""


def _stretches(here: Sequence[int], there: Sequence[int]) -> list[_Stretch]:
    """Both sequences as stretches by turns equal and not, by their longest common subsequence."""
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - only who compares pays for it

    opcodes = LCSseq.opcodes(here, there)
    return [
        (equal, (group[0].src_start, group[-1].src_end), (group[0].dest_start, group[-1].dest_end))
        for equal, found in groupby(opcodes, key=lambda opcode: opcode.tag == "equal")
        for group in [list(found)]
    ]


def _between(mine: list[_Unit], theirs: list[_Unit]) -> list[list[_Run]]:
    """The paragraphs of a passage that differs, compared word by word."""
    stretches: list[_Stretch] = [(False, (0, len(mine)), (0, len(theirs)))]
    if mine and theirs and len(mine) * len(theirs) <= _MOST_CELLS:
        keys: dict[str, int] = {}
        here = [keys.setdefault(unit.key, len(keys)) for unit in mine]
        there = [keys.setdefault(unit.key, len(keys)) for unit in theirs]
        found = list(_trimmed(_without_strays(_stretches(here, there)), here, there))
        alike = sum(b - a for equal, (a, b), _ in found if equal)
        if alike >= _LEAST_ALIKE * min(len(mine), len(theirs)):
            stretches = found
    paragraphs = _Paragraphs(mine)
    for equal, (a, b), (c, d) in stretches:
        if not equal:
            for at in range(a, b):
                paragraphs.add("gone", mine[at], at)
        for at, unit in enumerate(theirs[c:d], a):
            paragraphs.add("same" if equal else "new", unit, at if equal else b)
    return paragraphs.done


def _without_strays(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Equal stretches of a word or two become part of the changes around them where both of these are larger."""
    kept: list[_Stretch] = []
    for number, stretch in enumerate(stretches):
        equal, (a, b), (c, d) = stretch
        if equal and 0 < number < len(stretches) - 1 and b - a <= _STRAY:
            smaller = min(_size(kept[-1]), _size(stretches[number + 1]))
            equal = smaller <= b - a
        if kept and not equal and not kept[-1][0]:
            _, (start, _), (there, _) = kept[-1]
            kept[-1] = (False, (start, b), (there, d))
        else:
            kept.append((equal, (a, b), (c, d)))
    return kept


def _trimmed(stretches: Sequence[_Stretch], here: Sequence[int], there: Sequence[int]) -> Iterator[_Stretch]:
    """What a change has in common at its beginning and its end goes to the equal stretches around it."""
    for equal, (a, b), (c, d) in stretches:
        head = tail = 0
        if not equal:
            shorter = min(b - a, d - c)
            while head < shorter and here[a + head] == there[c + head]:
                head += 1
            while head + tail < shorter and here[b - tail - 1] == there[d - tail - 1]:
                tail += 1
        yield (True, (a, a + head), (c, c + head))
        yield (equal, (a + head, b - tail), (c + head, d - tail))
        yield (True, (b - tail, b), (d - tail, d))


def _size(stretch: _Stretch) -> int:
    _, (a, b), (c, d) = stretch
    return max(b - a, d - c)


class _Paragraphs:
    """Gathers words into paragraphs as the second text has them, with the paragraphs that are gone between."""

    def __init__(self, mine: Sequence[_Unit]) -> None:
        self._mine = mine
        self.done: list[list[_Run]] = []

    def add(self, change: Change, unit: _Unit, at: int) -> None:
        """`at`: where the first text has this word, or goes on after what is new."""
        if not self.done or (unit.begins and not self._goes_on(change, at)):
            self.done.append([])
        runs = self.done[-1]
        if not runs or runs[-1].change != change:
            runs.append(_Run(change, []))
        runs[-1].units.append(unit)

    def _goes_on(self, change: Change, at: int) -> bool:
        """What is gone so far is the beginning of this very paragraph, not one of its own."""
        if change == "gone" or any(run.change != "gone" for run in self.done[-1]):
            return False
        return at < len(self._mine) and not self._mine[at].begins


def _fold(paragraphs: Sequence[Sequence[_Run]]) -> Iterator[Paragraph]:
    """Paragraphs with what is the same folded away where it is long and far from a change."""
    for same, group in groupby(paragraphs, key=lambda runs: all(run.change == "same" for run in runs)):
        together = list(group)
        words = sum(len(run.units) for runs in together for run in runs)
        if same and words > _LEAST_FOLD:
            yield (Passage("fold", "", words),)
            continue
        for runs in together:
            yield tuple(_passages(runs))


def _passages(runs: Sequence[_Run]) -> Iterator[Passage]:
    for number, (change, units) in enumerate(runs):
        if change != "same":
            yield _passage(change, units)
            continue
        head = _CONTEXT if number else 0
        tail = _CONTEXT if number < len(runs) - 1 else 0
        hidden = len(units) - head - tail
        if hidden <= _LEAST_FOLD or not (head or tail):
            yield _passage(change, units)
            continue
        if head:
            yield _passage(change, units[:head])
        yield Passage("fold", "", hidden)
        if tail:
            yield _passage(change, units[-tail:])


def _passage(change: Change, units: Sequence[_Unit]) -> Passage:
    return Passage(change, "".join(unit.text for unit in units), len(units))
