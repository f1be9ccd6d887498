"""Scanned pages into the rows of the library and its full-text index, out of them, and as items of a list.

Full text: words go into the index in normal form, and characters of scripts without spaces (Chinese, Japanese,
Thai ...) as a word each; a search word becomes the phrase of its parts. So every word and every piece of unspaced
text is found, one character upwards; FTS5's trigram index would need three, and three times the room.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection
from sys import intern
from typing import Any

from triage.model import Flag, Item, Scanned
from triage.store.packing import pack, pack_flags, unpack, unpack_flags
from triage.store.rows import key_in, key_out, name_in, name_out, text_out
from triage.text import tokens

ITEM_COLUMNS = "id, path, record, sha256, title, author, site, date, language, words, flags, near, page_group"
"""What `item_in` takes."""


def insert(writer: sqlite3.Connection, scanned: Scanned) -> None:
    """Put one page in."""
    article = scanned.article
    optional = (
        None if text is None else text_out(text)
        for text in (article.author, article.site, article.date, article.language)
    )
    row = (
        *key_out((scanned.path, scanned.record)), scanned.sha256, text_out(article.title or ""), *optional,
        scanned.words, pack_flags(scanned.flags), scanned.fingerprint,
    )  # fmt: skip
    columns = "path, record, sha256, title, author, site, date, language, words, flags, fingerprint"
    number = writer.execute(f"INSERT INTO items ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid  # noqa: S608
    writer.execute("INSERT INTO bodies VALUES (?, ?)", (number, pack(scanned)))
    writer.execute("INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)", (number, *_index_text(scanned)))


def drop(writer: sqlite3.Connection, paths: Collection[str]) -> None:
    """Delete files with their items; the index has no texts of its own, so it is told again what to take out."""
    for path in map(name_out, paths):
        for number, body in writer.execute(
            "SELECT id, body FROM items JOIN bodies ON item = id WHERE path = ?", (path,)
        ).fetchall():
            texts = _index_text(unpack(body, "[]", b""))
            writer.execute("INSERT INTO texts (texts, rowid, title, body) VALUES ('delete', ?, ?, ?)", (number, *texts))
            writer.execute("DELETE FROM bodies WHERE item = ?", (number,))
        writer.execute("DELETE FROM items WHERE path = ?", (path,))
        writer.execute("DELETE FROM files WHERE path = ?", (path,))


def phrase(word: str) -> str:
    """A search word in FTS5's language, "" where nothing of it can be searched for."""
    parts = tokens(word)
    prefix = "*" if re.search(r"\w\*$", word) else ""
    return f'"{" ".join(parts)}"{prefix}' if parts else ""


def item_in(row: tuple[Any, ...], seen: dict[str, tuple[Flag, ...]]) -> Item:
    """A row of ITEM_COLUMNS as an item; flags that were `seen` are not unpacked again."""
    _, path, record, sha256, title, author, site, date, language, words, flags, near, group = row
    for text in (flags, near):
        if text not in seen:
            seen[text] = unpack_flags(text)
    return Item(
        *key_in(path, record),
        sha256,
        title,
        _one(author),
        _one(site),
        _one(date),
        _one(language),
        words,
        seen[flags] + seen[near],
        None if group is None else name_in(group),
    )


def _one(text: str | None) -> str | None:
    """The same object for equal texts: sites, dates and languages recur over a whole folder."""
    return None if text is None else intern(text)


def _index_text(scanned: Scanned) -> tuple[str, str]:
    article = scanned.article
    return " ".join(tokens(article.title or "")), " ".join(tokens(article.text))
