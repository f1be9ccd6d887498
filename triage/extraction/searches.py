"""trafilatura's searches for elements by tag, id and class, asked once of each id and class.

trafilatura finds the parts of a page by XPath expressions that ask regular expressions of the attributes of every
element: each a call out of the XPath engine, and together half of an extraction's time. Yet elements of a page, and
pages of a site, share their attributes. So the expressions are read here, and what their conditions make of a value is
remembered; only an element of which one may hold is asked in full. An expression with anything in it that is not
understood here stays as trafilatura has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, cast

from lxml.etree import XPath
from lxml.html import HtmlElement
from trafilatura import xpaths

_PIECE = re.compile(r"\s*(?:'(?P<text>[^']*)'|(?P<name>[a-zA-Z_][\w-]*(?::(?!:)[\w-]+)?)|(?P<sign>\.?//|::|\S))")
_KEPT = 2048
"""Values of an attribute of which is remembered what one expression says of them."""

OfValue = Callable[[str], bool]


class NotUnderstoodError(Exception):
    """The expression holds something that is not read here."""


@dataclass(frozen=True, slots=True)
class _Condition:
    """What is asked of an element, and what one of its attributes must hold where it is met; None for not known."""

    holds: Callable[[HtmlElement], bool]
    needs: Mapping[str, tuple[OfValue, ...]] | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One `.//tag[condition][condition]`; no tags are any."""

    tags: frozenset[str]
    conditions: tuple[_Condition, ...]

    def holds(self, element: HtmlElement) -> bool:
        """Whether an element is found."""
        return (not self.tags or element.tag in self.tags) and all(one.holds(element) for one in self.conditions)


class Search:
    """What the XPath expression `path` finds below an element, in the page's order; called as an `XPath` is."""

    def __init__(self, path: str, whole: XPath | None = None) -> None:
        """`whole`: the expression itself, for pages with elements that it asks for and hardly a page has.

        Raises NotUnderstoodError for an expression that is not read here.
        """
        reader = _Reader(path)
        self.path = path
        self._expression = whole
        self._steps = reader.steps()
        self._first, self._first_of_parent = reader.first, reader.first_of_parent
        self._in_page = reader.below == "//"
        self._whole = frozenset(tag for step in self._steps if not step.conditions for tag in step.tags)
        asked = [step for step in self._steps if step.conditions]
        self._tags = ("*",) if any(not step.tags for step in asked) else tuple(
            sorted(self._whole.union(*(step.tags for step in asked)))
        )  # fmt: skip
        needs = [next((one.needs for one in step.conditions if one.needs is not None), None) for step in asked]
        together = _joined(needs)
        self._rare = reader.rare
        if together is None or (self._rare and whole is None):
            raise NotUnderstoodError
        self._may = tuple((name, _remembered(tests)) for name, tests in sorted(together.items()))

    def __str__(self) -> str:
        return self.path

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        """The elements found below `tree`, or in its page."""
        if self._rare and self._expression is not None and next(tree.getroottree().iter(*self._rare), None) is not None:
            return cast("list[HtmlElement]", self._expression(tree))
        whole, asked = self._whole, self._may
        found: list[HtmlElement] = []
        among = tree.getroottree().getroot().iter if self._in_page else tree.iterdescendants
        for element in among(*self._tags):
            if whole and element.tag in whole:
                found.append(element)
                continue
            get = element.get
            for name, may in asked:
                value = get(name)
                if value is not None and may(value):
                    if any(step.holds(element) for step in self._steps):
                        found.append(element)
                    break
            if self._first and found:
                break
        if self._first:
            return found[:1]
        return _first_of_parents(found) if self._first_of_parent else found


def _first_of_parents(elements: list[HtmlElement]) -> list[HtmlElement]:
    by_parent: dict[HtmlElement | None, HtmlElement] = {}
    for element in elements:
        by_parent.setdefault(element.getparent(), element)
    return list(by_parent.values())


def _joined(needs: list[Mapping[str, tuple[OfValue, ...]] | None]) -> dict[str, tuple[OfValue, ...]] | None:
    """What one of several conditions needs; None where one of them may hold whatever the attributes."""
    together: dict[str, tuple[OfValue, ...]] = {}
    for one in needs:
        if one is None:
            return None
        for name, tests in one.items():
            together[name] = together.get(name, ()) + tests
    return together


def _remembered(tests: tuple[OfValue, ...]) -> OfValue:
    return lru_cache(maxsize=_KEPT)(lambda value: any(test(value) for test in tests))


class _Reader:
    """Recursive descent over the pieces of one expression."""

    def __init__(self, path: str) -> None:
        self._pieces = [(found.lastgroup or "", found[found.lastgroup or 0]) for found in _PIECE.finditer(path)]
        self._at = 0
        self.first = self._takes("(")
        """Whether only the first element of all is asked for."""
        self.first_of_parent = False
        """Whether only the first element below each parent is."""
        self.below = self._peek()[1]
        """Where it looks: `.//` below an element, `//` in the whole page."""
        self.rare = frozenset[str]()
        """Elements of whose text something is asked: where there is none of them, it does not hold."""

    def steps(self) -> tuple[_Step, ...]:
        """The steps of which one must find an element."""
        steps = [self._step()]
        while self._takes("|"):
            steps.append(self._step())
        if self.first:
            for sign in (")", "[", "1", "]"):
                self._must(sign)
        if self._at < len(self._pieces) or (self.first_of_parent and (self.first or len(steps) > 1)):
            raise NotUnderstoodError
        return tuple(steps)

    def _step(self) -> _Step:
        self._must(self.below if self.below == "//" else ".//")
        tags = frozenset[str]() if self._takes("*") else frozenset({self._name()})
        conditions: list[_Condition] = []
        while self._takes("["):
            if self.first_of_parent:
                raise NotUnderstoodError
            if self._takes("1"):
                self.first_of_parent = True
            elif not tags and not conditions and (among := self._tags_alone()):
                tags = among
            else:
                conditions.append(self._either())
            self._must("]")
        return _Step(tags, tuple(conditions))

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

    def _either(self) -> _Condition:
        ones = [self._both()]
        while self._takes("or"):
            ones.append(self._both())
        if len(ones) == 1:
            return ones[0]
        return _Condition(lambda element: any(one.holds(element) for one in ones), _joined([one.needs for one in ones]))

    def _both(self) -> _Condition:
        ones = [self._one()]
        while self._takes("and"):
            ones.append(self._one())
        if len(ones) == 1:
            return ones[0]
        needs = next((one.needs for one in ones if one.needs is not None), None)
        return _Condition(lambda element: all(one.holds(element) for one in ones), needs)

    def _one(self) -> _Condition:
        if self._takes("("):
            condition = self._either()
            self._must(")")
            return condition
        if self._takes("not"):
            self._must("(")
            inner = self._below() if self._peek() == ("sign", ".//") else self._either()
            self._must(")")
            return _Condition(lambda element: not inner.holds(element))
        if self._takes("self"):
            self._must("::")
            tag = self._name()
            return _Condition(lambda element: bool(element.tag == tag))
        if self._peek() == ("sign", "@"):
            return self._attribute()
        name = self._name()
        if self._takes("="):
            self._text()
            self.rare |= {name}
            return _Condition(lambda _: False, {})
        return self._function(name)

    def _below(self) -> _Condition:
        self._must(".//")
        path = f".//{self._name()}"
        return _Condition(lambda element: element.find(path) is not None)

    def _attribute(self) -> _Condition:
        self._must("@")
        name = self._name()
        if self._takes("="):
            wanted = self._text()
            return _Condition(lambda element: element.get(name) == wanted, {name: (lambda value: value == wanted,)})
        return _Condition(lambda element: element.get(name) is not None, {name: (lambda _: True,)})

    def _function(self, name: str) -> _Condition:
        self._must("(")
        names, turned = self._value()
        self._must(",")
        words = self._text()
        flags = self._text() if self._takes(",") else ""
        self._must(")")
        test = _test(name, words, flags)

        @lru_cache(maxsize=_KEPT)
        def says(value: str) -> bool:
            return test(turned(value))

        if says(""):  # it holds of an attribute that is not there
            raise NotUnderstoodError
        if len(names) == 1:
            return _Condition(lambda element: says(element.get(names[0], "")), {names[0]: (says,)})
        # Of several attributes the string is that of the first in the page (XPath 1.0, 4.2).
        return _Condition(
            lambda element: says(next((value for name, value in element.items() if name in names), "")),
            dict.fromkeys(names, (says,)),
        )

    def _value(self) -> tuple[tuple[str, ...], Callable[[str], str]]:
        """The attributes of which the first is asked for, and what is made of its text before."""
        if self._takes("translate"):
            self._must("(")
            names, inner = self._value()
            self._must(",")
            old = self._text()
            self._must(",")
            table = str.maketrans(old, self._text())
            self._must(")")
            return names, lambda text: inner(text).translate(table)
        found: list[str] = []
        while not found or self._takes("|"):
            self._must("@")
            found.append(self._name())
        return tuple(found), str

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


def _test(name: str, words: str, flags: str) -> OfValue:
    if name == "re:test" and flags in {"", "i"}:
        search = re.compile(words, re.IGNORECASE if flags else 0).search
        return lambda text: search(text) is not None
    if name == "contains" and not flags:
        return lambda text: words in text
    if name == "starts-with" and not flags:
        return lambda text: text.startswith(words)
    raise NotUnderstoodError


def _read(expression: Any) -> Any:
    """The search for an XPath expression; the expression itself where it is not understood."""
    try:
        return Search(expression.path, expression) if isinstance(expression, XPath) else expression
    except (NotUnderstoodError, ValueError):  # the latter where letters are not translated one by one
        return expression


def quicken() -> None:
    """Give trafilatura, in this process, searches that find the same in less time."""
    for expressions in (
        xpaths.AUTHOR_DISCARD_XPATHS, xpaths.AUTHOR_XPATHS, xpaths.BODY_XPATH, xpaths.DISCARD_IMAGE_ELEMENTS,
        xpaths.OVERALL_DISCARD_XPATH, xpaths.RAW_TREE_PRUNE_XPATH, xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH,
        xpaths.TEASER_DISCARD_XPATH,
    ):  # fmt: skip
        expressions[:] = map(_read, expressions)
    baseline: Any = import_module("trafilatura.baseline")  # a function of the package goes by the same name
    baseline.BASIC_CLEAN_XPATH = _read(baseline.BASIC_CLEAN_XPATH)
