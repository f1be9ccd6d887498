"""The library: what scanning found, with a full-text index. A cache; deleting it costs a rescan, nothing else.

Full text: words go into the index in normal form, and characters of scripts without spaces (Chinese, Japanese,
Thai ...) as a word each; a search word becomes the phrase of its parts. So every word and every piece of unspaced
text is found, one character upwards; FTS5's trigram index would need three, and three times the room.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from platformdirs import user_cache_path

from triage.errors import TriageError
from triage.model import Flag, Item, ItemKey, Scanned, SourceFile
from triage.store import turns
from triage.store.opening import script, statements
from triage.store.packing import SHAPE, DamagedError, pack, pack_flags, unpack, unpack_flags
from triage.store.rows import key_in, key_out, name_in, name_out, text_out
from triage.text import clean_line, tokens

_SCHEMA = script("library.sql")
_VERSION = int.from_bytes(blake2b((_SCHEMA + SHAPE).encode(), digest_size=4).digest(), "big") >> 1
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_AT_KEY = "path = ? AND ifnull(record, '') = ifnull(?, '')"
_COLUMNS = "path, record, sha256, title, author, site, date, language, words, flags, near, page_group"

_T = TypeVar("_T")

Version = str | Callable[[], str]
"""A version, or what works it out once it is needed: a list can stand before."""


class Library:
    """The cache of one folder; for any number of threads, so that the screen reads while the scan writes.

    Damage found at any time empties it. Each method raises TriageError where the cache cannot be used at all.
    """

    def __init__(
        self, path: Path, detector: Version, rules: Version = "", *, temporary: bool = False, turn: int | None = None
    ) -> None:
        self._path = path
        self._detector_told, self._rules_told = detector, rules
        self._temporary, self._turn = temporary, turn
        self._writing, self._reading = threading.RLock(), threading.RLock()
        try:
            self._writer, self._reader = self._connect(), self._connect()
        except sqlite3.DatabaseError as error:
            if not _damaged(error):
                raise self._fault(error) from error
            self._delete()
            self._writer, self._reader = self._connect(), self._connect()

    @classmethod
    def open(cls, folder: Path, cache: Path | None = None, detector: Version = "", rules: Version = "") -> Library:
        """The library of `folder`, in the directory `cache` (None: the user's own cache directory).

        What another version of this program or a damaged disk left there is thrown away. Where the directory cannot
        be written, the library lasts until it is closed. `detector`: version of what turns bytes into articles; files
        that another version scanned are not `unchanged`. `rules`: version of what finds flags in articles. Who names
        none of the two only reads; who does, while another program is at it, gets a copy that lasts until it is closed.
        """
        path = library_path(folder, cache)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.access(path.parent, os.W_OK | os.X_OK):
                turn = turns.take(path) if detector or rules else None
                if turn is None and (detector or rules):
                    return cls(turns.copied(path), detector, rules, temporary=True)
                return cls(path, detector, rules, turn=turn)
        except OSError:
            pass
        return cls(Path(tempfile.mkdtemp(prefix="triage-")) / path.name, detector, rules, temporary=True)

    @cached_property
    def detector(self) -> str:
        """Version of what turns bytes into articles."""
        return self._detector_told if isinstance(self._detector_told, str) else self._detector_told()

    @cached_property
    def rules(self) -> str:
        """Version of what finds flags in articles."""
        return self._rules_told if isinstance(self._rules_told, str) else self._rules_told()

    @property
    def path(self) -> Path:
        """The file of the library, for a worker process that opens it on its own."""
        return self._path

    def close(self) -> None:
        """Let go of the file."""
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()
            if self._temporary:
                shutil.rmtree(self._path.parent, ignore_errors=True)
            if self._turn is not None:
                os.close(self._turn)
                self._turn = None

    def unchanged(self, files: Sequence[SourceFile]) -> set[str]:
        """Paths of the files that this version has extracted and that look the same still."""
        sql = "SELECT path, stamp FROM files WHERE detector = ?"
        known = self._rows(sql, self.detector)
        stamps = {name_in(path): stamp for path, stamp in known}
        return {file.path for file in files if stamps.get(file.path) == _stamp(file)}

    def outdated(self) -> list[str]:
        """Paths of the files that this version has extracted and other rules have flagged, in order."""
        sql = "SELECT path FROM files WHERE detector = ? AND rules <> ? ORDER BY path"
        return [name_in(path) for (path,) in self._rows(sql, self.detector, self.rules)]

    def put(self, results: Sequence[tuple[SourceFile, Sequence[Scanned]]]) -> None:
        """Keep what scanning these files gave, in place of what was kept of them; all or nothing."""

        def job(writer: sqlite3.Connection) -> None:
            _drop(writer, [file.path for file, _ in results])
            writer.execute("DELETE FROM grouped")
            for file, pages in results:
                row = (name_out(file.path), _stamp(file), self.detector, self.rules)
                writer.execute("INSERT INTO files VALUES (?, ?, ?, ?)", row)
                for scanned in pages:
                    _insert(writer, scanned)

        self._write(job)

    def pages(self, paths: Sequence[str]) -> list[Scanned]:
        """All pages of these files whole, as they were scanned, without what was found across pages."""
        sql = "SELECT body, flags, fingerprint FROM items JOIN bodies ON item = id WHERE path = ? ORDER BY id"

        def job(reader: sqlite3.Connection) -> list[Scanned]:
            return [unpack(*row) for path in paths for row in reader.execute(sql, (name_out(path),))]

        none: list[Scanned] = []
        return self._read(job, none)

    def set_flags(self, paths: Sequence[str], found: Mapping[ItemKey, tuple[tuple[Flag, ...], bytes]]) -> None:
        """Keep the flags and fingerprints that these rules found for all pages of the files at `paths`."""

        def job(writer: sqlite3.Connection) -> None:
            writer.execute("DELETE FROM grouped")
            writer.executemany(
                f"UPDATE items SET flags = ?, fingerprint = ? WHERE {_AT_KEY}",  # noqa: S608
                ((pack_flags(flags), print_, *key_out(key)) for key, (flags, print_) in found.items()),
            )
            writer.executemany(
                "UPDATE files SET rules = ? WHERE path = ?", ((self.rules, name_out(path)) for path in paths)
            )

        self._write(job)

    def forget(self, paths: Collection[str]) -> None:
        """Drop what is kept of files that are gone."""

        def job(writer: sqlite3.Connection) -> None:
            _drop(writer, paths)
            writer.execute("DELETE FROM grouped")

        self._write(job)

    def items(self) -> list[Item]:
        """All items in path order, without their texts and decisions."""
        sql = f"SELECT {_COLUMNS} FROM items ORDER BY path, id"  # noqa: S608  # our own columns
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}  # flags that are alike are unpacked once
        none: list[Item] = []
        return self._read(lambda reader: [_item(row, seen) for row in reader.execute(sql)], none)

    def beside(self, path: str, count: int) -> list[Item]:
        """At most `count` items from `path` on and as many before it, in path order; "" is before all."""
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}
        at = name_out(path)
        sql = f"SELECT {_COLUMNS} FROM items WHERE path "  # noqa: S608  # our own columns
        before = self._rows(f"{sql} < ? ORDER BY path DESC, id DESC LIMIT {count:d}", at)
        after = self._rows(f"{sql} >= ? ORDER BY path, id LIMIT {count:d}", at)
        return [_item(row, seen) for row in (*reversed(before), *after)]

    def portions(self, size: int) -> Iterator[list[Item]]:
        """All items as `items` gives them, `size` at a time, so that who shows them need not wait for the last."""
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}
        try:
            with closing(self._connect()) as own:
                rows = own.execute(f"SELECT {_COLUMNS} FROM items ORDER BY path, id")  # noqa: S608  # our own columns
                while portion := rows.fetchmany(size):
                    yield [_item(row, seen) for row in portion]
        except (sqlite3.DatabaseError, DamagedError) as error:
            self._mend(error)

    def paths(self) -> set[str]:
        """Paths of the files that items are of."""
        return {name_in(path) for (path,) in self._rows("SELECT DISTINCT path FROM items")}

    def items_of(self, paths: Sequence[str]) -> list[Item]:
        """The items of these files."""
        sql = f"SELECT {_COLUMNS} FROM items WHERE path = ? ORDER BY id"  # noqa: S608  # our own columns
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}

        def job(reader: sqlite3.Connection) -> list[Item]:
            return [_item(row, seen) for path in paths for row in reader.execute(sql, (name_out(path),))]

        none: list[Item] = []
        return self._read(job, none)

    def scanned(self, key: ItemKey) -> Scanned | None:
        """One page whole, with the flags found across pages; None where it is not there."""

        def job(reader: sqlite3.Connection) -> Scanned | None:
            sql = f"SELECT body, flags, fingerprint, near FROM items JOIN bodies ON item = id WHERE {_AT_KEY}"  # noqa: S608
            row = reader.execute(sql, key_out(key)).fetchone()
            if row is None:
                return None
            scanned = unpack(*row[:3])
            return scanned if row[3] == "[]" else replace(scanned, flags=scanned.flags + unpack_flags(row[3]))

        return self._read(job, None)

    def search(self, words: Sequence[str]) -> set[ItemKey]:
        """Items whose title or text holds every one of `words`; several words in one are a phrase.

        Case and accents do not count. A word that ends in `*` stands for every word that begins so. A word without
        letters or digits is found nowhere.
        """
        phrases = [_phrase(word) for word in words]
        if not phrases or not all(phrases):
            return set()
        sql = "SELECT path, record FROM texts JOIN items ON items.id = texts.rowid WHERE texts MATCH ?"
        rows = self._rows(sql, " AND ".join(phrases))
        return {key_in(path, record) for path, record in rows}

    def values(self) -> dict[str, list[str]]:
        """Sites and languages of the items, the commonest first, by the names of the filter language."""
        names = {"site": "site", "lang": "language"}
        sql = "SELECT {0} FROM items WHERE {0} IS NOT NULL GROUP BY {0} ORDER BY count(*) DESC, {0}"
        return {name: [value for (value,) in self._rows(sql.format(column))] for name, column in names.items()}

    def fingerprints(self) -> Iterator[tuple[ItemKey, str | None, bytes]]:
        """Key, site and fingerprint of every item, in path order."""
        with closing(self._connect()) as own:
            for path, record, site, print_ in own.execute(
                "SELECT path, record, site, fingerprint FROM items ORDER BY path, id"
            ):
                yield key_in(path, record), site, print_

    def set_groups(self, groups: Mapping[ItemKey, str], flags: Mapping[ItemKey, tuple[Flag, ...]]) -> set[ItemKey]:
        """Keep what looking across pages found, in place of what it found before; the keys of items altered by it."""
        now = {key: (groups.get(key), pack_flags(flags.get(key, ()))) for key in groups.keys() | flags.keys()}
        sql = "SELECT path, record, page_group, near FROM items WHERE page_group IS NOT NULL OR near <> '[]'"
        before = {
            key_in(path, record): (None if group is None else name_in(group), near)
            for path, record, group, near in self._rows(sql)
        }
        nothing = (None, "[]")
        altered = {key for key in now.keys() | before.keys() if now.get(key, nothing) != before.get(key, nothing)}

        def job(writer: sqlite3.Connection) -> None:
            rows = ((*now.get(key, nothing), key) for key in altered)
            writer.executemany(
                f"UPDATE items SET page_group = ?, near = ? WHERE {_AT_KEY}",  # noqa: S608
                ((None if group is None else name_out(group), near, *key_out(key)) for group, near, key in rows),
            )
            writer.execute("DELETE FROM grouped")
            writer.execute("INSERT INTO grouped VALUES (?)", (self._rules_whole,))

        self._write(job)
        return altered

    def grouped(self) -> bool:
        """Whether what was found across pages holds for the items as they are."""
        return bool(self._rows("SELECT 1 FROM grouped WHERE rules = ?", self._rules_whole))

    @property
    def _rules_whole(self) -> str:
        return f"{self.detector} {self.rules}"

    def _rows(self, sql: str, *values: str | bytes) -> list[Any]:
        none: list[Any] = []
        return self._read(lambda reader: reader.execute(sql, values).fetchall(), none)

    def _read(self, job: Callable[[sqlite3.Connection], _T], empty: _T) -> _T:
        try:
            with self._reading:
                return job(self._reader)
        except (sqlite3.DatabaseError, DamagedError) as error:
            self._mend(error)
            return empty

    def _write(self, job: Callable[[sqlite3.Connection], None]) -> None:
        with self._writing:
            try:
                self._in_transaction(job)
            except (sqlite3.DatabaseError, DamagedError) as error:
                self._mend(error)
            else:
                return
            try:
                self._in_transaction(job)
            except sqlite3.Error as error:
                raise self._fault(error) from error

    def _in_transaction(self, job: Callable[[sqlite3.Connection], None]) -> None:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            job(self._writer)
            self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    def _mend(self, error: sqlite3.DatabaseError | DamagedError) -> None:
        """Empty a damaged library; what is no damage, but a full disk or a locked file, is told instead."""
        if isinstance(error, sqlite3.DatabaseError) and not _damaged(error):
            raise self._fault(error) from error
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()
            self._delete()
            self._writer, self._reader = self._connect(), self._connect()

    def _fault(self, error: sqlite3.Error) -> TriageError:
        name = clean_line(str(self._path))
        return TriageError(f"The cache {name} cannot be used ({error}). It holds no decisions: delete it if need be.")

    def _connect(self) -> sqlite3.Connection:
        """A connection to the library, made anew where it is empty or of another version."""
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = NORMAL", "trusted_schema = OFF"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version != _VERSION and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                connection.close()
                self._delete()
                return self._connect()
            if version != _VERSION:
                _create(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _delete(self) -> None:
        remove_library(self._path)


def library_path(folder: Path, cache: Path | None = None) -> Path:
    """Where the library of `folder` is kept, in the directory `cache` (None: the user's own cache directory)."""
    name = blake2b(os.fsencode(folder.resolve()), digest_size=12).hexdigest() + ".sqlite"
    return (cache or user_cache_path("article-triage")) / name


def remove_library(path: Path) -> None:
    """Delete the library at `path`: it can be made again from the pages."""
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:  # nobody else made it meanwhile
        for statement in statements(_SCHEMA):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")


def _damaged(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE  # the low byte tells the kind


def _stamp(file: SourceFile) -> str:
    """What tells that a file is the same still; text, since inodes and times may be beyond SQLite's integers."""
    return f"{file.size} {file.mtime_ns} {file.inode}"


def _insert(writer: sqlite3.Connection, scanned: Scanned) -> None:
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


def _drop(writer: sqlite3.Connection, paths: Collection[str]) -> None:
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


def _index_text(scanned: Scanned) -> tuple[str, str]:
    article = scanned.article
    return " ".join(tokens(article.title or "")), " ".join(tokens(article.text))


def _phrase(word: str) -> str:
    """A search word in FTS5's language, "" where nothing of it can be searched for."""
    parts = tokens(word)
    prefix = "*" if re.search(r"\w\*$", word) else ""
    return f'"{" ".join(parts)}"{prefix}' if parts else ""


def _item(row: tuple[Any, ...], seen: dict[str, tuple[Flag, ...]]) -> Item:
    path, record, sha256, title, author, site, date, language, words, flags, near, group = row
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
