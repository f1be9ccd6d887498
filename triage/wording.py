"""Flags in words: kind and cause, where, how sure, and the short word that stands for each in a list; and counts."""

from __future__ import annotations

from collections.abc import Iterable

from triage.model import Extractor, Flag, FlagKind
from triage.text import clean_line

KIND_WORDS: dict[FlagKind, str] = {
    "error-page": "error page",
    "error-noise": "error noise",
    "repeated-section": "repeated section",
    "boilerplate": "boilerplate",
    "near-duplicate": "near copy of another page",
    "thin": "too little text",
    "unreadable": "unreadable",
}
CAUSE_WORDS = {
    "not-found": "page not found (404)",
    "http-error": "HTTP error",
    "rate-limit": "too many requests",
    "bot-wall": "bot wall",
    "captcha": "captcha",
    "js-required": "needs JavaScript",
    "consent": "consent wall",
    "login": "log-in wall",
    "paywall": "paywall",
    "parked": "parked domain",
    "maintenance": "under maintenance",
    "other": "other error",
    "exact": "word for word",
    "edited": "with changes",
}
_CAUSE_SHORT = {
    "not-found": "404",
    "http-error": "ERR",
    "rate-limit": "RATE",
    "bot-wall": "BOT",
    "captcha": "CAP",
    "js-required": "JS",
    "consent": "CONS",
    "login": "LOG",
    "paywall": "PAY",
    "parked": "PARK",
    "maintenance": "DOWN",
}
_KIND_SHORT: dict[FlagKind, str] = {
    "error-page": "ERR",
    "error-noise": "ERR",
    "repeated-section": "REP",
    "boilerplate": "BOI",
    "near-duplicate": "DUP",
    "thin": "THIN",
    "unreadable": "UNR",
}
EXTRACTOR_WORDS: dict[Extractor, str] = {
    "trafilatura": "article",
    "text-dump": "text file",
    "visible-text": "visible text",
    "none": "no text",
}
"""Where a page's text comes from."""
SEVERITY: tuple[FlagKind, ...] = (
    "unreadable", "error-page", "error-noise", "thin", "near-duplicate", "repeated-section", "boilerplate",
)  # fmt: skip
"""Kinds of flag, the gravest first."""


def kind_and_cause(flag: Flag) -> str:
    """What the flag is, in words: `error noise: captcha`."""
    kind, why = KIND_WORDS[flag.kind], cause(flag)
    return kind if not why or why == kind else f"{kind}: {why}"


def cause(flag: Flag) -> str:
    """The flag's cause in words; empty where it has none."""
    return CAUSE_WORDS.get(flag.cause or "", clean_line(flag.cause or "").replace("-", " "))


def where(flag: Flag) -> str:
    """Which paragraphs the flag covers, counted from 1 as the analyst does."""
    if flag.first is None:
        return "whole page"
    return paragraphs(flag.first, flag.first if flag.last is None else flag.last)


def paragraphs(first: int, last: int) -> str:
    """The blocks `first..last`, from 0, as paragraphs counted from 1."""
    return f"paragraph {first + 1}" if first == last else f"paragraphs {first + 1}-{last + 1}"


def confidence(flag: Flag) -> str:
    """How sure the flag is, in a word and as a percentage."""
    words = ((0.95, "nearly certain"), (0.8, "likely"), (0.5, "perhaps"), (0.0, "doubtful"))
    word = next(word for least, word in words if flag.confidence >= least)
    return f"{word}, {flag.confidence:.0%}"


def short(flag: Flag) -> str:
    """The word that stands for the flag in a list: the cause of an error (404, BOT, LOG), else the kind (REP, BOI)."""
    if flag.kind in ("error-page", "error-noise"):
        return _CAUSE_SHORT.get(flag.cause or "", _KIND_SHORT[flag.kind])
    return _KIND_SHORT[flag.kind]


def by_severity(flags: Iterable[Flag]) -> list[Flag]:
    """`flags`, the gravest kind first, in page order within a kind."""
    return sorted(flags, key=lambda flag: (SEVERITY.index(flag.kind), -1 if flag.first is None else flag.first))


def counted(number: int, one: str, more: str = "") -> str:
    """A number with its noun: `1 page`, `2,000 pages`; `more`: the words for several, where not with `s`."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
