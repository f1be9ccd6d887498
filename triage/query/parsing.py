"""Reading the filter language. Whatever is typed, QueryError is all that is raised, with the place of the fault."""

from __future__ import annotations

import re

from triage.errors import QueryError
from triage.query.conditions import NAMES, condition, unknown_name
from triage.query.tree import All, Condition, Either, Node, Not, Query, Words
from triage.text import tokens

_DEEPEST = 40  # brackets and minus signs in one another; Python's own stack ends somewhere beyond
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"([A-Za-z]+):")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_BARE = re.compile(r'[^\s()"]+')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def parse(text: str) -> Query:
    """The query that `text` writes; an empty one matches everything. Raises QueryError, `at` the offset in `text`."""
    parser = _Parser(text)
    tree = parser.alternatives(0)
    if parser.at < len(text):
        raise QueryError("This bracket closes nothing.", parser.at)
    return Query.of(text, tree)


class _Parser:
    """Recursive descent over one text; `at` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._skip()

    def alternatives(self, depth: int) -> Node:
        """Runs of parts with `or` between them."""
        runs = [self._run(depth)]
        while self._at_or():
            at = self.at
            self.at += 2
            self._skip()
            if runs[-1] == All():
                raise QueryError("Nothing stands before this “or”. Put it in quotes to search for the word.", at)
            runs.append(self._run(depth))
            if runs[-1] == All():
                raise QueryError("Nothing stands after this “or”. Put it in quotes to search for the word.", at)
        return runs[0] if len(runs) == 1 else Either(tuple(runs))

    def _run(self, depth: int) -> Node:
        """Parts side by side."""
        parts: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] != ")" and not self._at_or():
            parts.append(self._part(depth))
            self._skip()
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _part(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise QueryError("Too many brackets and minus signs stand in one another here.", self.at)
        start = self.at
        if self.text[start] == "-":
            self.at += 1
            if self.at == len(self.text) or self.text[self.at].isspace() or self.text[self.at] == ")":
                raise QueryError("Nothing follows this minus; write it right before what must not hold.", start)
            return Not(self._part(depth + 1))
        if self.text[start] == "(":
            return self._brackets(depth)
        if found := _NAME.match(self.text, start):
            return self._condition(found[1])
        return self._words()

    def _brackets(self, depth: int) -> Node:
        start = self.at
        self.at += 1
        self._skip()
        inner = self.alternatives(depth + 1)
        if self.at == len(self.text):
            raise QueryError("This bracket is not closed.", start)
        if inner == All():
            raise QueryError("Nothing stands between these brackets.", start)
        self.at += 1
        return inner

    def _condition(self, typed: str) -> Node:
        start, name = self.at, typed.lower()
        if name not in NAMES:
            raise QueryError(str(unknown_name(typed)), start)
        self.at += len(name) + 1
        at, value = self.at, self._value()
        if not value.strip():
            raise QueryError(f"“{name}:” needs a value, such as {NAMES[name].example}.", start)
        try:
            return Condition(name, value, condition(name, value))
        except QueryError as error:
            raise QueryError(str(error), at) from None

    def _words(self) -> Node:
        start, text = self.at, self._value()
        if not tokens(text):
            raise QueryError(f"There is no letter or digit to search for in “{text}”.", start)
        return Words(text)

    def _value(self) -> str:
        """What stands here, in quotes or bare; empty where nothing does."""
        if self.text.startswith('"', self.at):
            found = _QUOTED.match(self.text, self.at)
            if found is None:
                raise QueryError("This quote is not closed.", self.at)
            self.at = found.end()
            return _ESCAPE.sub(r"\1", found[1])
        found = _BARE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def _at_or(self) -> bool:
        found = _BARE.match(self.text, self.at)
        return found is not None and found[0] in ("or", "OR")

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
