"""What the comparison of pages needs to know of one page, in a few hundred bytes.

A fingerprint holds a key for each block, and for the prose as a whole hashes of its runs of five words (shingles;
Broder, 1997). Menus, labels and headlines of other articles, which a dump of a page has around its text, are no
prose: they would make copies in two frames unlike and strangers in one frame alike, most of all in a folder of few
pages, where nothing shows that a line recurs. A page of little else keeps all its words. All shingles of a short page
are kept, of a longer one those whose hash lies in the lowest quarter: the same ones on every page, so that shares of
one page in another are estimated without bias.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from xxhash import xxh3_64_digest, xxh3_64_intdigest

from triage.model import Article, Block, Flag
from triage.text import tokens

VERSION = 2
"""Raised when a fingerprint of the same page would come out otherwise; older ones are to be made again."""
SHINGLE = 5
SAMPLED = 2**62
"""Shingles below this are kept of every page: one in four."""
_MOST_HASHES = 100_000
_KEEP_ALL = 200
"""A page of fewer shingles keeps them all."""
_LONG_CHARACTERS = 25
_PROSE_WORDS = 20
_SENTENCE_WORDS = 6
"""Words of the shortest block that is prose where it ends as a sentence does; a longer one is prose in any case."""
_LEAST_PROSE, _LEAST_SHARE = 40, 0.2
"""Words of prose, and share of it among all words, with which the rest is left out."""
_AT_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]」』）]*\s*$")

ERROR, KEPT_ALL = 1, 2
"""Marks of a page: it is an error page; all its shingles are in the fingerprint."""
LONG, PROSE, HEADING, FLAGGED = 1, 2, 4, 8
"""Marks of a block: at least 25 characters of words; at least 20 words; a heading; covered by a flag."""

_HEADER = struct.Struct("<BBHIIQ")  # version, marks, blocks, words, shingles, key of the whole text
_MOST_BLOCKS = 0xFFFF

UInts = npt.NDArray[np.uint64]
_POWERS = np.array([pow(0x9E3779B97F4A7C15, exponent, 2**64) for exponent in range(SHINGLE)], np.uint64)


class Fingerprint(NamedTuple):
    """A fingerprint taken apart; arrays are still bytes, little-endian."""

    marks: int
    words: int
    """Words (characters in scripts without spaces) of the text that no flag covers."""
    content: int
    """Key of that text as a whole."""
    shingles: bytes
    """Sorted, 8 bytes each."""
    block_keys: bytes
    """8 bytes each, in page order."""
    block_marks: bytes


def fingerprint(article: Article, flags: Collection[Flag] = ()) -> bytes:
    """The fingerprint of an article; text that `flags` (the page's own) cover is left out of its shingles."""
    covered = {
        index
        for flag in flags
        if flag.first is not None and flag.last is not None
        for index in range(flag.first, flag.last + 1)
    }
    marks = ERROR if any(flag.kind == "error-page" for flag in flags) else 0
    words: list[str] = []
    prose: list[str] = []
    keys: list[int] = []
    block_marks = bytearray()
    for index, block in enumerate(article.blocks):
        own = tokens(block.text)
        if index < _MOST_BLOCKS:
            spelt = " ".join(own)
            keys.append(xxh3_64_intdigest(spelt.encode()))
            block_marks.append(_block_marks(block, len(spelt), len(own), index in covered))
        if index not in covered:
            words += own
            if _is_prose(block, len(own)):
                prose += own
    shingles = _shingles(prose if len(prose) >= max(_LEAST_PROSE, _LEAST_SHARE * len(words)) else words)
    if len(shingles) < _KEEP_ALL:
        marks |= KEPT_ALL
    else:
        shingles = shingles[: np.searchsorted(shingles, np.uint64(SAMPLED))]
    return b"".join(
        (
            _HEADER.pack(
                VERSION, marks, len(keys), len(words), len(shingles), xxh3_64_intdigest(" ".join(words).encode())
            ),
            shingles.astype("<u8").tobytes(),
            np.array(keys, "<u8").tobytes(),
            bytes(block_marks),
        )
    )


def _is_prose(block: Block, words: int) -> bool:
    return words >= _PROSE_WORDS or (words >= _SENTENCE_WORDS and _AT_END.search(block.text[-12:]) is not None)


def parse(data: bytes) -> Fingerprint | None:
    """A fingerprint taken apart; None where it is of another version or not one at all."""
    if len(data) < _HEADER.size:
        return None
    version, marks, blocks, words, shingles, content = _HEADER.unpack_from(data)
    keys_at = _HEADER.size + 8 * shingles
    marks_at = keys_at + 8 * blocks
    if version != VERSION or len(data) != marks_at + blocks:
        return None
    return Fingerprint(
        marks=marks,
        words=words,
        content=content,
        shingles=data[_HEADER.size : keys_at],
        block_keys=data[keys_at:marks_at],
        block_marks=data[marks_at:],
    )


def _block_marks(block: Block, characters: int, words: int, covered: bool) -> int:
    marks = LONG if characters >= _LONG_CHARACTERS else 0
    marks |= PROSE if words >= _PROSE_WORDS else 0
    marks |= HEADING if block.kind == "heading" else 0
    return marks | (FLAGGED if covered else 0)


class _Hashes(dict[str, bytes]):
    """The hash of each word that was met, 8 bytes, big-endian."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= _MOST_HASHES:
            self.clear()
        found = self[word] = xxh3_64_digest(word.encode())
        return found


_hashes = _Hashes()


def _shingles(words: list[str]) -> UInts:
    """Distinct hashes of each run of five words, sorted; of the whole where a text has fewer."""
    if not words:
        return np.zeros(0, np.uint64)
    hashes = np.frombuffer(b"".join(map(_hashes.__getitem__, words)), ">u8").astype(np.uint64)
    width = min(SHINGLE, len(words))
    count = len(words) - width + 1
    rolled = np.zeros(count, np.uint64)
    for offset in range(width):
        rolled += hashes[offset : offset + count] * _POWERS[offset]
    mixed = np.sort(_mixed(rolled))
    return mixed[np.concatenate(([True], mixed[1:] != mixed[:-1]))]  # np.unique took ten times as long


def _mixed(values: UInts) -> UInts:
    """Every bit of the input in every bit of the output (the finalizer of splitmix64; Vigna, 2015)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def compare(one: bytes, other: bytes) -> tuple[float, float]:
    """The share of one page that stands in the other, and of the other in the one, 0..1, from their fingerprints."""
    mine, theirs = parse(one), parse(other)
    if mine is None or theirs is None:
        return 0.0, 0.0
    here, there = np.frombuffer(mine.shingles, "<u8"), np.frombuffer(theirs.shingles, "<u8")
    if not mine.marks & theirs.marks & KEPT_ALL:
        here, there = here[here < SAMPLED], there[there < SAMPLED]
    shared = len(np.intersect1d(here, there, assume_unique=True))
    return shared / max(1, len(here)), shared / max(1, len(there))
