"""trafilatura's searches for elements by tag, id and class, each read once and remembered by what it depends on.

trafilatura finds the parts of a page by XPath expressions that ask regular expressions of the attributes of every
element: each a call out of the XPath engine, and together half of an extraction's time. Yet what such an expression
says of an element depends on its tag and a few attributes, which the elements of a page, and of all pages of a site,
share. So the expressions are read here, and what they say of each such set is asked once. An expression with anything
in it that is not understood here stays as trafilatura has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement
from trafilatura import xpaths

_PIECE = re.compile(r"\s*(?:'(?P<text>[^']*)'|(?P<name>[a-zA-Z_][\w-]*(?::(?!:)[\w-]+)?)|(?P<sign>\.//|::|\S))")
_MOST_KEPT = 5000
"""Sets of attributes of which is remembered what one expression says of them."""

Attributes = Mapping[str, str]
"""Those of an element, in the order of the page."""
Test = Callable[[HtmlElement, Attributes], bool]


class NotUnderstoodError(Exception):
    """The expression holds something that is not read here."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One `.//tag[condition][condition]`; those in `looking` ask for more than tag and attributes."""

    tags: frozenset[str] | None
    conditions: tuple[Test, ...]
    looking: tuple[Test, ...]

    def may_hold(self, element: HtmlElement, attributes: Attributes) -> bool:
        """Whether tag and attributes allow it."""
        return (self.tags is None or element.tag in self.tags) and all(
            condition(element, attributes) for condition in self.conditions
        )

    def holds(self, element: HtmlElement, attributes: Attributes) -> bool:
        """Whether an element is found."""
        return self.may_hold(element, attributes) and all(condition(element, attributes) for condition in self.looking)


class Search:
    """What the XPath expression `path` finds below an element, in the page's order; called as an `XPath` is."""

    def __init__(self, path: str) -> None:
        """Raises NotUnderstoodError for an expression that is not read here."""
        reader = _Reader(path)
        self.path = path
        self._steps, self._first = reader.whole()
        self._first_of_parent = reader.first_of_parent
        self._names = tuple(sorted(reader.names))
        self._in_order = reader.in_order
        tags = [step.tags for step in self._steps]
        self._tags = ("*",) if None in tags else tuple(sorted({tag for own in tags for tag in own or ()}))
        self._by_tag = reader.by_tag or len(tags) > 1
        self._looks = any(step.looking for step in self._steps)
        self._known: dict[tuple[str | None, ...], bool] = {}

    def __str__(self) -> str:
        return self.path

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        """The elements found below `tree`."""
        names, in_order, by_tag, known = self._names, self._in_order, self._by_tag, self._known
        most = len(names) - 1
        found: list[HtmlElement] = []
        for element in tree.iterdescendants(*self._tags):
            key = tuple(map(element.get, names))
            if in_order and key.count(None) < most:
                key += tuple(element.keys())
            if by_tag:
                key += (element.tag,)
            may = known.get(key)
            if may is None:
                may = known[key] = self._asked(element, _Step.may_hold)
            if may and (not self._looks or self._asked(element, _Step.holds)):
                found.append(element)
                if self._first:
                    break
        if len(known) > _MOST_KEPT:  # a page of many, or many pages
            known.clear()
        if not self._first_of_parent:
            return found
        by_parent: dict[HtmlElement | None, HtmlElement] = {}
        for element in found:
            by_parent.setdefault(element.getparent(), element)
        return list(by_parent.values())

    def _asked(self, element: HtmlElement, ask: Callable[[_Step, HtmlElement, Attributes], bool]) -> bool:
        own = dict(element.items())
        return any(ask(step, element, own) for step in self._steps)


class _Reader:
    """Recursive descent over the pieces of one expression."""

    def __init__(self, path: str) -> None:
        self._pieces = [(found.lastgroup or "", found[found.lastgroup or 0]) for found in _PIECE.finditer(path)]
        self._at = 0
        self.names: set[str] = set()
        """Attributes that are asked for."""
        self.first_of_parent = self.by_tag = self.in_order = False
        """Whether it ends in [1]; whether a condition asks for the tag, or for the first of several attributes."""
        self._looks = False

    def whole(self) -> tuple[tuple[_Step, ...], bool]:
        """The steps of which one must find an element, and whether the first element of all is asked for alone."""
        first = self._takes("(")
        steps = [self._step()]
        while self._takes("|"):
            steps.append(self._step())
        if first:
            for sign in (")", "[", "1", "]"):
                self._must(sign)
        if self._at < len(self._pieces) or (self.first_of_parent and (first or len(steps) > 1)):
            raise NotUnderstoodError
        return tuple(steps), first

    def _step(self) -> _Step:
        self._must(".//")
        tags = None if self._takes("*") else frozenset({self._name()})
        conditions: list[Test] = []
        looking: list[Test] = []
        while self._takes("["):
            if self.first_of_parent:
                raise NotUnderstoodError
            if self._takes("1"):
                self.first_of_parent = True
            elif tags is None and not conditions and (among := self._tags_alone()):
                tags = among
            else:
                self._looks = False
                condition = self._either()
                (looking if self._looks else conditions).append(condition)
            self._must("]")
        return _Step(tags, tuple(conditions), tuple(looking))

    def _tags_alone(self) -> frozenset[str]:
        """The tags of a condition that asks for nothing else, and it is read; none, and it is not, for another."""
        start, tags = self._at, set()
        while self._takes("self"):
            self._must("::")
            tags.add(self._name())
            if not self._takes("or"):
                break
        if tags and self._peek() == ("sign", "]"):
            return frozenset(tags)
        self._at = start
        return frozenset()

    def _either(self) -> Test:
        tests = [self._both()]
        while self._takes("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda element, own: any(test(element, own) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._takes("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda element, own: all(test(element, own) for test in tests)

    def _one(self) -> Test:
        if self._takes("("):
            test = self._either()
            self._must(")")
            return test
        if self._takes("not"):
            self._must("(")
            inner = self._below() if self._peek() == ("sign", ".//") else self._either()
            self._must(")")
            return lambda element, own: not inner(element, own)
        if self._takes("self"):
            self._must("::")
            tag = self._name()
            self.by_tag = True
            return lambda element, _: bool(element.tag == tag)
        if self._peek() == ("sign", "@"):
            return self._attribute()
        return self._function(self._name())

    def _below(self) -> Test:
        self._must(".//")
        path = f".//{self._name()}"
        self._looks = True
        return lambda element, _: element.find(path) is not None

    def _attribute(self) -> Test:
        self._must("@")
        name = self._name()
        self.names.add(name)
        if self._takes("="):
            value = self._text()
            return lambda _, own: own.get(name) == value
        return lambda _, own: name in own

    def _function(self, name: str) -> Test:
        self._must("(")
        value = self._value()
        self._must(",")
        words = self._text()
        flags = self._text() if self._takes(",") else ""
        self._must(")")
        if name == "re:test" and flags in {"", "i"}:
            search = re.compile(words, re.IGNORECASE if flags else 0).search
            return lambda _, own: search(value(own)) is not None
        if name == "contains" and not flags:
            return lambda _, own: words in value(own)
        if name == "starts-with" and not flags:
            return lambda _, own: value(own).startswith(words)
        raise NotUnderstoodError

    def _value(self) -> Callable[[Attributes], str]:
        """An attribute's text, "" where it is not there; of several, the first in the page (XPath 1.0, 4.2)."""
        if self._takes("translate"):
            self._must("(")
            inner = self._value()
            self._must(",")
            old = self._text()
            self._must(",")
            table = str.maketrans(old, self._text())
            self._must(")")
            return lambda own: inner(own).translate(table)
        names = set()
        while True:
            self._must("@")
            names.add(self._name())
            if not self._takes("|"):
                break
        self.names |= names
        if len(names) == 1:
            (name,) = names
            return lambda own: own.get(name, "")
        self.in_order = True
        return lambda own: next((value for name, value in own.items() if name in names), "")

    def _peek(self) -> tuple[str, str]:
        return self._pieces[self._at] if self._at < len(self._pieces) else ("", "")

    def _takes(self, word: str) -> bool:
        kind, piece = self._peek()
        found = piece == word and kind != "text"
        self._at += found
        return found

    def _must(self, word: str) -> None:
        if not self._takes(word):
            raise NotUnderstoodError

    def _name(self) -> str:
        return self._kind("name")

    def _text(self) -> str:
        return self._kind("text")

    def _kind(self, wanted: str) -> str:
        kind, piece = self._peek()
        if kind != wanted:
            raise NotUnderstoodError
        self._at += 1
        return piece


def _read(expression: Any) -> Any:
    """The search for an XPath expression; the expression itself where it is not understood."""
    try:
        return Search(expression.path) if isinstance(expression, XPath) else expression
    except (NotUnderstoodError, ValueError):  # the latter where letters are not translated one by one
        return expression


def quicken() -> None:
    """Give trafilatura, in this process, searches that find the same in less time."""
    for expressions in (
        xpaths.BODY_XPATH, xpaths.DISCARD_IMAGE_ELEMENTS, xpaths.OVERALL_DISCARD_XPATH, xpaths.RAW_TREE_PRUNE_XPATH,
        xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH, xpaths.TEASER_DISCARD_XPATH,
    ):  # fmt: skip
        expressions[:] = map(_read, expressions)
    baseline: Any = import_module("trafilatura.baseline")  # a function of the package goes by the same name
    baseline.BASIC_CLEAN_XPATH = _read(baseline.BASIC_CLEAN_XPATH)
