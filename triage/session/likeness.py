"""Which items are like this one: by flag, site or group; and how many items there are of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triage.model import Flag, Item, ItemKey
from triage.query import Query
from triage.query.tree import Either, quoted
from triage.session.words import STATES, state
from triage.wording import CAUSE_WORDS, KIND_WORDS, by_severity, kind_and_cause


@dataclass(frozen=True, slots=True)
class Alike:
    """A way of being like the current item, and the undecided items of the list that are."""

    label: str
    keys: tuple[ItemKey, ...]


def alike(item: Item, rows: Sequence[Item]) -> list[Alike]:
    """The ways in which other undecided items of `rows` are like `item`, the narrowest first."""
    site, group = item.site, item.group
    ways: list[tuple[str, Callable[[Item], bool]]] = []
    for flag in by_severity(item.flags)[:1]:
        same = _same_flag(flag)
        if site is not None:
            ways.append((f"{kind_and_cause(flag)}, on {site}", _both(same, lambda other: other.site == site)))
        ways.append((kind_and_cause(flag), same))
    if group is not None:
        ways.append(("copies of the same article", lambda other: other.group == group))
    if site is not None:
        ways.append((f"pages of {site}", lambda other: other.site == site))
    ways.append(("everything the list shows", lambda _: True))
    open_rows = [other for other in rows if other.decision.verdict is None or other.key == item.key]
    found: dict[tuple[ItemKey, ...], Alike] = {}
    for label, is_like in ways:
        keys = tuple(other.key for other in open_rows if is_like(other))
        if len(keys) > 1:
            found.setdefault(keys, Alike(label, keys))  # the narrowest way of saying it
    return list(found.values())


def _same_flag(flag: Flag) -> Callable[[Item], bool]:
    return lambda other: any((one.kind, one.cause) == (flag.kind, flag.cause) for one in other.flags)


def _both(one: Callable[[Item], bool], two: Callable[[Item], bool]) -> Callable[[Item], bool]:
    return lambda other: one(other) and two(other)


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that items have in common, how many have it, and the filter that shows them."""

    group: str
    label: str
    count: int
    filter: str


def facets(items: Iterable[Item], each: int = 12) -> list[Facet]:
    """How many of `items` there are by state, flag, cause, site, language and tag; at most `each` values of a group."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("is", "flag", "cause", "tag", "lang", "site")}
    for item in items:
        counts["is"][state(item.decision)] += 1
        counts["is"]["changed"] += item.changed
        counts["flag"].update({flag.kind for flag in item.flags})
        counts["cause"].update({f.cause for f in item.flags if f.cause and f.kind in ("error-page", "error-noise")})
        counts["tag"].update(item.decision.tags)
        counts["lang"].update([item.language] if item.language else [])
        counts["site"].update([item.site] if item.site else [])
    return [
        Facet(_TITLES[name], _label(name, value), count, f"{name}:{_quoted(value)}")
        for name, counter in counts.items()
        for value, count in _ordered(name, counter)[:each]
        if count
    ]


_TITLES = {"is": "State", "flag": "Flag", "cause": "Cause", "tag": "Tag", "lang": "Language", "site": "Site"}
_WORDS: Mapping[str, Mapping[Any, str]] = {
    "flag": KIND_WORDS,
    "cause": CAUSE_WORDS,
    "is": {"changed": "changed since"},
}


def narrowed(query: Query, condition: str) -> str:
    """The filter that shows what `query` shows and `condition` too."""
    now = query.text.strip()
    if not now:
        return condition
    return f"({now}) {condition}" if isinstance(query.tree, Either) else f"{now} {condition}"


def _label(name: str, value: str) -> str:
    return _WORDS.get(name, {}).get(value, value)


def _ordered(name: str, counter: Counter[str]) -> list[tuple[str, int]]:
    if name == "is":
        return [(value, counter[value]) for value in (*STATES, "changed")]
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _quoted(value: str) -> str:
    plain = value and not any(character.isspace() or character in '()"\\' for character in value)
    return value if plain else quoted(value)
