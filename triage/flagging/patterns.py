"""The small language in which phrases are written, and its compiler to regular expressions.

A pattern is words, each of which stands for itself, and:

- `(a|b c|d)`  one of these
- `[a|b]`      one of these or nothing
- `{page}`     a slot of the language's file: one of its alternatives
- `*`          a gap of up to six words (fourteen characters in scripts without spaces)
- `stran~`     a word that begins so

Words are brought to the same form as the text they are looked for in (`form`), so case, accents and punctuation of
a pattern do not matter: `can't` is found in `CAN’T`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from triage.text import squeeze

KEY, KEY_UNSPACED = 4, 2
"""Letters of a word's beginning, and characters of a run without spaces, by which their phrases are looked up."""

_ACCENTS = re.compile("[\u0300-\u036f]+")
_STROKED = re.compile("[łøđıŁØĐİ]")
_WITHOUT_STROKE = str.maketrans("łøđıŁØĐİ", "lodiLODI")
_UNSPACED = "\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af"
_NUMBER_EDGE = re.compile(f"(?<=[0-9])(?=[{_UNSPACED}])|(?<=[{_UNSPACED}])(?=[0-9])")
# Words typed with both alphabets, as a Latin C that begins a Cyrillic word; the letters that look alike, folded.
_MIXED_WORD = re.compile("\\b(?:[a-z]+[\u0430-\u045f]|[\u0430-\u045f]+[a-z])\\w*")
_CYRILLIC = re.compile("[\u0430-\u045f]")
_LOOKALIKES = str.maketrans("aceopxykmthbi", "асеорхукмтнві")
_PIECE = re.compile(r"[()\[\]|*]|\{\w+\}|[^\s()\[\]|*{}]+")

Keys = frozenset[str]

_SMALL_WORD = 60


@dataclass(frozen=True, slots=True)
class Pattern:
    """One parsed phrase: its regular expression, and the word beginnings of which each set must hold one in a text."""

    expression: str
    required: tuple[Keys, ...]


@lru_cache(maxsize=512)
def form(text: str) -> str:
    """`text` as phrases are matched on it: squeezed, letters without accents, numbers apart from unspaced text.

    Several rules ask for the form of one block, so the last ones are kept.
    """
    if not text.isascii():
        if _STROKED.search(text):
            text = text.translate(_WITHOUT_STROKE)
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
        text = _NUMBER_EDGE.sub(" ", unicodedata.normalize("NFC", bare))
    text = squeeze(text)
    return _MIXED_WORD.sub(_as_cyrillic, text) if _CYRILLIC.search(text) else text


def _as_cyrillic(word: re.Match[str]) -> str:
    return word.group().translate(_LOOKALIKES)


def parse(source: str, slots: Mapping[str, str], *, unspaced: bool) -> Pattern:
    """`source` as an expression for texts in `form`, a space behind each word, or none where `unspaced`.

    Raises ValueError with the pattern where a bracket or a slot is wrong.
    """
    parser = _Parser(source, slots, unspaced)
    expression, required = parser.alternatives(end="")
    start = "" if unspaced else r"(?:^|(?<= ))"
    return Pattern(f"{start}(?:{expression})", tuple(required))


class _Parser:
    """Recursive descent over the pieces of one pattern; each step gives an expression and what it requires."""

    def __init__(self, source: str, slots: Mapping[str, str], unspaced: bool) -> None:
        self.source = source
        self.slots = slots
        self.unspaced = unspaced
        self.pieces = _PIECE.findall(source)
        self.at = 0

    def alternatives(self, end: str) -> tuple[str, list[Keys]]:
        """Alternatives up to the closing `end`; required of a choice is what all its branches have, joined."""
        branches = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence())
        if self.peek() != end:
            raise ValueError(f"pattern {self.source!r}: expected {end or 'the end'!r} at piece {self.at + 1}")
        self.at += bool(end)
        if len(branches) == 1:
            return branches[0]
        rarest = [max(required, key=_rarity) for _, required in branches if required]
        joined = [frozenset[str]().union(*rarest)] if len(rarest) == len(branches) else []
        return "|".join(expression for expression, _ in branches), joined

    def sequence(self) -> tuple[str, list[Keys]]:
        expressions: list[str] = []
        required: list[Keys] = []
        while (piece := self.peek()) not in ("", "|", ")", "]"):
            self.at += 1
            expression, keys = self.element(piece)
            expressions.append(expression)
            required += keys
        return "".join(expressions), required

    def element(self, piece: str) -> tuple[str, list[Keys]]:
        if piece == "*":
            return (".{0,14}?" if self.unspaced else r"(?:\S+ ){0,6}?"), []
        if piece == "(":
            expression, required = self.alternatives(")")
            return f"(?:{expression})", required
        if piece == "[":
            expression, _ = self.alternatives("]")
            return f"(?:{expression})?", []
        if piece.startswith("{"):
            if piece[1:-1] not in self.slots:
                raise ValueError(f"pattern {self.source!r}: no slot {piece}")
            slot = _Parser(self.slots[piece[1:-1]], self.slots, self.unspaced)
            expression, required = slot.alternatives(end="")
            return f"(?:{expression})", required
        return self.words(piece)

    def words(self, piece: str) -> tuple[str, list[Keys]]:
        words = form(piece).split()
        if self.unspaced:
            return "".join(words), [frozenset({"".join(words)[:KEY_UNSPACED]})] if words else []
        if piece.endswith("~") and words:
            *whole, last = words
            return "".join(f"{word} " for word in whole) + last + r"\w* ", [*map(_key, whole), _key(last[:KEY])]
        return "".join(f"{word} " for word in words), [_key(word) for word in words]

    def peek(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""


def narrowest(required: Iterable[Keys], shared: Mapping[str, int]) -> Keys:
    """Of the keys a phrase requires those that lead to it with the fewest others, `shared` being how many have each.

    Small words count as shared by many: they stand in every text, and would be looked up there in vain.
    """

    def cost(key: str) -> int:
        return shared[key] + (_SMALL_WORD if len(key) <= KEY and key.isascii() else 0)

    return min(required, key=lambda keys: (sum(map(cost, keys)), sorted(keys)))


def keys_of(words: Sequence[str]) -> Keys:
    """The keys under which phrases of a text with these words stand: the words and how they begin."""
    return frozenset(words).union([word[:KEY] for word in words])


def keys_of_unspaced(line: str) -> Keys:
    """The keys under which phrases of a line without spaces stand: its characters and pairs of them."""
    return frozenset(line) | frozenset(map(str.__add__, line, line[1:]))


def _key(word: str) -> Keys:
    return frozenset({word})


def _rarity(keys: Keys) -> int:
    """How well a set of keys narrows the search: by its shortest key, then by how few there are."""
    return min(map(len, keys)) * 100 - len(keys)
