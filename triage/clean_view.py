"""The clean view of an article: which blocks are folded away, and what the fold says. Screen and export share it.

Hidden are error noise, the later copy of a repeated section and boilerplate; then the analyst's own marks are laid
over, which win in both directions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from triage.model import Block, Flag
from triage.text import normal

FoldKind = Literal["error-noise", "repeated-section", "boilerplate", "noise"]

# Where flags overlap, the one named first gives the fold its name.
_HIDING = ("error-noise", "repeated-section", "boilerplate")
_PROSE = 80  # characters; a block as long or longer is called a paragraph, a shorter one a line
_CAUSES = {
    "not-found": "404 error",
    "http-error": "server error",
    "bot-wall": "bot check",
    "js-required": "JavaScript notice",
    "consent": "cookie consent",
    "login": "log-in notice",
    "paywall": "paywall notice",
    "parked": "parked domain",
    "maintenance": "maintenance notice",
    "other": "error text",
}


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of blocks that the clean view hides."""

    first: int
    last: int
    """Inclusive."""
    kind: FoldKind
    """`noise`: hidden by the analyst's own mark."""
    label: str
    """What stands in its place: "3 lines hidden: 404 error"."""


def block_keys(blocks: Sequence[Block]) -> tuple[str, ...]:
    """What names each block in `Decision.marks`: its text, and which of the blocks of that text it is.

    So a mark survives blocks that come or go before it, and a mark on the later copy leaves the first alone.
    """
    seen: Counter[str] = Counter()
    keys = []
    for block in blocks:
        key = blake2b(normal(block.text).encode("utf-8", "replace"), digest_size=8).hexdigest()
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return tuple(keys)


def hidden(blocks: Sequence[Block], flags: Sequence[Flag], marks: Sequence[tuple[str, bool]] = ()) -> tuple[Fold, ...]:
    """The folds of the clean view in block order; neighbours fold together where they have the same cause."""
    why = _reasons(blocks, flags, marks)
    folds: list[Fold] = []
    start = 0
    while start < len(why):
        end = start
        while end + 1 < len(why) and why[end + 1] == why[start]:
            end += 1
        reason = why[start]
        if reason is not None:
            kind = reason[0]
            folds.append(Fold(start, end, kind, f"{_count(blocks[start : end + 1])} hidden: {reason[1]}"))
        start = end + 1
    return tuple(folds)


def clean_blocks(
    blocks: Sequence[Block], flags: Sequence[Flag], marks: Sequence[tuple[str, bool]] = ()
) -> tuple[Block, ...]:
    """The blocks that the clean view shows."""
    away = {number for fold in hidden(blocks, flags, marks) for number in range(fold.first, fold.last + 1)}
    return tuple(block for number, block in enumerate(blocks) if number not in away)


def _reasons(
    blocks: Sequence[Block], flags: Sequence[Flag], marks: Sequence[tuple[str, bool]]
) -> list[tuple[FoldKind, str] | None]:
    """Why each block is hidden, None where it is shown."""
    why: list[tuple[FoldKind, str] | None] = [None] * len(blocks)
    spans = [flag for flag in flags if flag.kind in _HIDING and flag.first is not None and flag.last is not None]
    for flag in sorted(spans, key=lambda flag: _HIDING.index(flag.kind), reverse=True):
        for number in range(max(flag.first or 0, 0), min(flag.last or 0, len(blocks) - 1) + 1):
            why[number] = (flag.kind, _name(flag))  # type: ignore[assignment]  # one of _HIDING
    if marks:
        by_hand = dict(marks)
        for number, key in enumerate(block_keys(blocks)):
            if by_hand.get(key) is False:
                why[number] = None
            elif by_hand.get(key) and why[number] is None:
                why[number] = ("noise", "marked as noise by hand")
    return why


def _name(flag: Flag) -> str:
    """What a flag finds, in a few words; paragraphs are counted from 1."""
    if flag.kind == "repeated-section" and flag.same_as is not None:
        return f"repeat of paragraph {flag.same_as[0] + 1}"
    cause = flag.cause or flag.kind
    return _CAUSES.get(cause, cause.replace("-", " "))


def _count(blocks: Sequence[Block]) -> str:
    prose = any(len(block.text) >= _PROSE for block in blocks)
    return f"{len(blocks)} {'paragraph' if prose else 'line'}{'' if len(blocks) == 1 else 's'}"
