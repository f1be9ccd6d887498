"""The named conditions of the filter language: what each asks of an item, and which values it takes."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, get_args

from triage.errors import QueryError
from triage.model import ErrorCause, FlagKind, Item
from triage.query.tree import Groups
from triage.text import normal

Holds = Callable[[Item, Groups], bool]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the language: what it makes of a value, an example, and the values known beforehand."""

    build: Callable[[str], Holds]
    """Raises QueryError where the value is none."""
    example: str
    values: Sequence[str] = ()


FLAG_KINDS: tuple[str, ...] = get_args(FlagKind)
ERROR_CAUSES: tuple[str, ...] = get_args(ErrorCause)

STATES: Mapping[str, Holds] = {
    "undecided": lambda item, _: item.decision.verdict is None,
    "decided": lambda item, _: item.decision.verdict is not None,
    "kept": lambda item, _: item.decision.verdict == "keep",
    "discarded": lambda item, _: item.decision.verdict == "discard",
    "later": lambda item, _: item.decision.verdict == "later",
    "changed": lambda item, _: item.changed,
    "flagged": lambda item, _: bool(item.flags),
    "clean": lambda item, _: item.scanned and not item.flags,
    "scanned": lambda item, _: item.scanned,
    "tagged": lambda item, _: bool(item.decision.tags),
    "noted": lambda item, _: bool(item.decision.note),
}

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "": operator.eq,
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_NUMBER = re.compile(r"(>=|<=|>|<|=|)([0-9]{1,15})")
_NUMBERS = re.compile(r"([0-9]{0,15})\.\.([0-9]{0,15})")
_DAY = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_DATE = re.compile(rf"(>=|<=|>|<|=|)({_DAY})")
_DATES = re.compile(rf"({_DAY})?\.\.({_DAY})?")


def _is(value: str) -> Holds:
    found = [name for name in STATES if name.startswith(value.casefold())]
    if value.casefold() == "keep":
        found = ["kept"]
    exact = [name for name in found if name == value.casefold()]
    if len(exact or found) != 1:
        raise _unknown("state", value, STATES, found)
    return STATES[(exact or found)[0]]


def _flag(value: str) -> Holds:
    """Kinds that begin with the value, or one of whose words does."""
    start = value.casefold().removesuffix("*")
    kinds = frozenset(
        kind for kind in FLAG_KINDS if kind.startswith(start) or any(word.startswith(start) for word in kind.split("-"))
    )
    if not kinds:
        raise _unknown("kind of flag", value, FLAG_KINDS)
    return lambda item, _: any(flag.kind in kinds for flag in item.flags)


def _cause(value: str) -> Holds:
    """Causes that begin with the value; each kind of flag has its own, so only what looks mistyped is refused."""
    start = value.casefold().removesuffix("*")
    if not any(cause.startswith(start) for cause in ERROR_CAUSES) and get_close_matches(start, ERROR_CAUSES, 1, 0.8):
        raise _unknown("cause", value, ERROR_CAUSES)
    return lambda item, _: any((flag.cause or "").startswith(start) for flag in item.flags)


def _words(value: str) -> Holds:
    holds = _number(value, "words:>300")
    return lambda item, _: item.scanned and holds(item.words)


def _group(value: str) -> Holds:
    """A size to compare with, else the name of the group, which is the path of its first member."""
    if re.match(r"[<>=]|[0-9]+$|[0-9]*\.\.[0-9]*$", value):
        holds = _number(value, "group:>1")
        return lambda item, groups: holds(1 if item.group is None else groups.get(item.group, 2))
    fits = _pattern(value)
    return lambda item, _: item.group is not None and fits(item.group)


def _date(value: str) -> Holds:
    if value == "*":
        return lambda item, _: bool(item.date)
    if found := _DATES.fullmatch(value):
        low, high = _day(found[1] or ""), _day(found[2] or "")
        if not low and not high:
            raise QueryError("“date:..” needs a day, month or year on one side, such as date:2024-01..")
        if low and high and low[: len(high)] > high[: len(low)]:
            raise QueryError(f"The range “{value}” runs backwards.")
        return lambda item, _: bool(item.date) and low <= item.date and (not high or item.date[: len(high)] <= high)  # type: ignore[index, operator]  # mypy does not see through bool()
    if found := _DATE.fullmatch(value):
        compare, day = _COMPARISONS[found[1]], _day(found[2])
        return lambda item, _: bool(item.date) and compare((item.date or "")[: len(day)], day)
    raise QueryError(f"“{value}” is no date: write date:2024, date:2024-05, date:>2024-05-31 or date:2024-01..2024-06.")


def _site(value: str) -> Holds:
    """A host with all that stands under it."""
    host = normal(value).removeprefix("www.")
    if "*" in host:
        return _text(value, lambda item: item.site)
    under = "." + host
    return lambda item, _: item.site is not None and (normal(item.site) == host or normal(item.site).endswith(under))


def _language(value: str) -> Holds:
    fits = _pattern(value)
    return lambda item, _: (
        item.language is not None and (fits(normal(item.language)) or fits(normal(item.language).partition("-")[0]))
    )


def _tag(value: str) -> Holds:
    fits = _pattern(value)
    return lambda item, _: any(fits(normal(tag)) for tag in item.decision.tags)


def _by(value: str) -> Holds:
    return _text(value, lambda item: item.decision.reviewer)


def _note(value: str) -> Holds:
    return _within(value, lambda item: item.decision.note)


def _path(value: str) -> Holds:
    return _within(value, lambda item: item.name)


def _title(value: str) -> Holds:
    return _within(value, lambda item: item.title)


NAMES: Mapping[str, Name] = {
    "is": Name(_is, "is:undecided", tuple(STATES)),
    "flag": Name(_flag, "flag:error-page", FLAG_KINDS),
    "cause": Name(_cause, "cause:captcha", ERROR_CAUSES),
    "tag": Name(_tag, "tag:archive"),
    "site": Name(_site, "site:example.com"),
    "lang": Name(_language, "lang:en"),
    "words": Name(_words, "words:>300", (">300", "<100", "100..500")),
    "date": Name(_date, "date:2024-01.."),
    "group": Name(_group, "group:>1", (">1",)),
    "title": Name(_title, "title:report"),
    "path": Name(_path, "path:news/*"),
    "note": Name(_note, "note:ask"),
    "by": Name(_by, "by:anna"),
}


def condition(name: str, value: str) -> Holds:
    """What `name:value` asks. Raises QueryError, without an offset, where the value is none."""
    return NAMES[name].build(value)


def unknown_name(name: str) -> QueryError:
    """The fault of a name that the language does not have."""
    near = get_close_matches(name.casefold(), NAMES, 1)
    meant = f" Did you mean “{near[0]}:”?" if near else ""
    return QueryError(f"There is no condition “{name}:”.{meant} Put it in quotes to search for it as a word.")


def _unknown(
    what: str, value: str, known: Mapping[str, Any] | Sequence[str], several: Sequence[str] = ()
) -> QueryError:
    if several:
        return QueryError(f"“{value}” could be {' or '.join(several)}.")
    near = get_close_matches(value.casefold(), list(known), 1)
    return QueryError(
        f"There is no {what} “{value}”. Did you mean “{near[0]}”?"
        if near
        else f"There is no {what} “{value}”; known are {', '.join(known)}."
    )


def _number(value: str, example: str) -> Callable[[int], bool]:
    if found := _NUMBER.fullmatch(value):
        compare, number = _COMPARISONS[found[1]], int(found[2])
        return lambda given: compare(given, number)
    found = _NUMBERS.fullmatch(value)
    if found is None or value == "..":
        raise QueryError(f"“{value}” is no number: write such as {example}, or a range such as 100..500.")
    low, high = int(found[1] or 0), int(found[2]) if found[2] else None
    if high is None:
        return lambda given: given >= low
    if high < low:
        raise QueryError(f"The range “{value}” runs backwards.")
    return lambda given: low <= given <= high


def _day(value: str) -> str:
    """`value` where it is a day, month or year that exists."""
    if value:
        try:
            date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
        except ValueError:
            raise QueryError(f"There is no date “{value}”.") from None
    return value


def _text(value: str, of: Callable[[Item], str | None]) -> Holds:
    """The whole text, `*` standing for anything."""
    fits = _pattern(value)

    def holds(item: Item, _: Groups) -> bool:
        text = of(item)
        return text is not None and fits(normal(text))

    return holds


def _within(value: str, of: Callable[[Item], str]) -> Holds:
    """Somewhere in the text; with a `*`, the whole of it."""
    wanted = normal(value)
    if "*" in wanted:
        fits = _pattern(value)
        return lambda item, _: bool(of(item)) and fits(normal(of(item)))
    return lambda item, _: wanted in normal(of(item))


def _pattern(value: str) -> Callable[[str], bool]:
    """Whether a text in normal form is `value`, where `*` stands for any run of characters, also none.

    By hand: a regular expression of many stars takes for ever on a long text.
    """
    first, *rest = normal(value).split("*")
    if not rest:
        return first.__eq__
    *middle, last = rest

    def fits(text: str) -> bool:
        if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
            return False
        at, end = len(first), len(text) - len(last)
        for piece in middle:
            found = text.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True

    return fits
