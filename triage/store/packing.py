"""Scanned pages as JSON: every field of the model in its order, so that nothing of a page is lost in the library."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from triage.model import Article, Block, Evidence, Flag, Scanned
from triage.store.garbage import uncollected

_KINDS = (Scanned, Article, Block, Evidence, Flag)
SHAPE = ";".join(f"{kind.__name__}:{','.join(field.name for field in fields(kind))}" for kind in _KINDS)
"""The fields that were known when a page was packed; a library of another shape is not read."""


_VALUES = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in _KINDS}


class DamagedError(Exception):
    """Bytes that `pack` did not write."""


def pack(scanned: Scanned) -> bytes:
    """A scanned page without its flags and its fingerprint, which the library keeps apart: rules find others."""
    bare = replace(scanned, flags=(), fingerprint="")  # type: ignore[arg-type]  # bytes are not in JSON
    return zlib.compress(_dump(bare).encode(), 3)


def unpack(body: bytes, flags: str, fingerprint: bytes) -> Scanned:
    """What `pack` packed, with `flags` as `pack_flags` packed them. Raises DamagedError where they packed others."""
    try:
        with uncollected():  # else two thirds of the time of a page of 200,000 lines
            return _scanned(json.loads(zlib.decompress(body)), unpack_flags(flags), fingerprint)
    except (zlib.error, ValueError, TypeError) as error:
        raise DamagedError(str(error)) from error


def pack_flags(flags: tuple[Flag, ...]) -> str:
    """Flags as compact JSON."""
    return _dump(flags) if flags else "[]"


def unpack_flags(text: str) -> tuple[Flag, ...]:
    """What `pack_flags` packed. Raises DamagedError where the text is another."""
    try:
        return _flags(json.loads(text))
    except (ValueError, TypeError) as error:
        raise DamagedError(str(error)) from error


def _scanned(values: list[Any], flags: tuple[Flag, ...], fingerprint: bytes) -> Scanned:
    path, record, sha256, article, evidence, _, url, status, captured, words, _, *others = values
    media, from_url, trouble, visible, spot = others
    title, author, date, site, language, blocks, extractor = article
    return Scanned(
        path,
        record,
        sha256,
        Article(title, author, date, site, language, _blocks(blocks), extractor),
        Evidence(*_tuples(evidence)),
        flags,
        url,
        status,
        captured,
        words,
        fingerprint,
        media,
        from_url,
        trouble,
        _blocks(visible),
        spot and (spot[0], spot[1]),
    )


def _blocks(rows: list[list[Any]]) -> tuple[Block, ...]:
    return tuple(Block(kind, text, lines and tuple(lines), links) for kind, text, lines, links in rows)


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), default=lambda one: _VALUES[type(one)](one))


def _flags(rows: list[list[Any]]) -> tuple[Flag, ...]:
    return tuple(Flag(*_tuples(row)) for row in rows)


def _tuples(value: Any) -> Any:
    """Lists of JSON as the tuples that they were, at every depth."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
