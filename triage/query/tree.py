"""A filter as a tree: what was asked for, written out again, and asked of an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import reduce
from types import MappingProxyType

from triage.model import Item, ItemKey

Hits = Mapping[str, Collection[ItemKey]]
Groups = Mapping[str, int]
Matcher = Callable[[Item, Hits, Groups], bool]

_NO_GROUPS: Groups = MappingProxyType({})
_BARE_WORD = re.compile(r'(?!or$|-|[A-Za-z]+:)[^\s()"]+', re.IGNORECASE)
_BARE_VALUE = re.compile(r'[^\s()"]+')


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase, looked for in the full text and the title of a page."""

    text: str

    def __str__(self) -> str:
        return self.text if _BARE_WORD.fullmatch(self.text) else quoted(self.text)

    def matcher(self) -> Matcher:
        """Asks what the full-text index found."""
        text = self.text
        return lambda item, hits, _: (item.path, item.record) in hits[text]  # its `key`, in two thirds of the time


@dataclass(frozen=True, slots=True)
class Condition:
    """A named condition, such as `flag:error-page`."""

    name: str
    value: str
    holds: Callable[[Item, Groups], bool] = field(compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.name}:{self.value if _BARE_VALUE.fullmatch(self.value) else quoted(self.value)}"

    def matcher(self) -> Matcher:
        """Asks the item alone."""
        holds = self.holds
        return lambda item, _, groups: holds(item, groups)


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Node

    def __str__(self) -> str:
        return f"-{_inner(self.part)}"

    def matcher(self) -> Matcher:
        """The part's answer, turned round."""
        matches = self.part.matcher()
        return lambda item, hits, groups: not matches(item, hits, groups)


@dataclass(frozen=True, slots=True)
class All:
    """What must hold at once; with no parts, everything does."""

    parts: tuple[Node, ...] = ()

    def __str__(self) -> str:
        return " ".join(_inner(part) for part in self.parts)

    def matcher(self) -> Matcher:
        """The first part that says no decides."""
        parts = [part.matcher() for part in self.parts]
        return reduce(_both, parts) if parts else _anything


def _both(first: Matcher, second: Matcher) -> Matcher:
    return lambda item, hits, groups: first(item, hits, groups) and second(item, hits, groups)


def _anything(item: Item, hits: Hits, groups: Groups) -> bool:
    del item, hits, groups
    return True


@dataclass(frozen=True, slots=True)
class Either:
    """What must hold in one part at least."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, Either) else str(part) for part in self.parts)

    def matcher(self) -> Matcher:
        """The first part that says yes decides."""
        parts = tuple(part.matcher() for part in self.parts)

        def matches(item: Item, hits: Hits, groups: Groups) -> bool:
            return any(part(item, hits, groups) for part in parts)

        return matches


Node = Words | Condition | Not | All | Either


@dataclass(frozen=True, slots=True)
class Query:
    """A filter that was understood. `str` writes it in its plainest form, which parses to the same."""

    text: str = field(compare=False)
    """As the analyst typed it."""
    tree: Node
    words: tuple[str, ...]
    """What the full-text index has to be asked for before `matches` is."""
    _matcher: Matcher = field(compare=False, repr=False)

    @classmethod
    def of(cls, text: str, tree: Node) -> Query:
        """The query of a parsed text."""
        return cls(text, tree, tuple(dict.fromkeys(_words(tree))), tree.matcher())

    def __str__(self) -> str:
        return str(self.tree)

    def matches(self, item: Item, hits: Hits, groups: Groups = _NO_GROUPS) -> bool:
        """Whether the item is shown.

        `hits`: the keys of the items that hold each of `words`; `groups`: members of each near-copy group, where it
        is left out a group counts as two.
        """
        return self._matcher(item, hits, groups)


def quoted(text: str) -> str:
    """`text` between quotes, as the language writes what holds spaces, brackets or quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _inner(part: Node) -> str:
    return f"({part})" if isinstance(part, All | Either) else str(part)


def _words(tree: Node) -> list[str]:
    match tree:
        case Words(text):
            return [text]
        case Not(part):
            return _words(part)
        case All(parts) | Either(parts):
            return [word for part in parts for word in _words(part)]
        case _:
            return []
