"""The library: what scanning found, with a full-text index. A cache; deleting it costs a rescan, nothing else."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from triage.errors import TriageError
from triage.model import Flag, Item, ItemKey, Scanned, SourceFile
from triage.store import turns
from triage.store.indexing import ITEM_COLUMNS, drop, insert, item_in, phrase
from triage.store.library_file import connect, damaged, library_path, remove_library
from triage.store.packing import DamagedError, pack_flags, unpack, unpack_flags
from triage.store.rows import key_in, key_out, name_in, name_out
from triage.text import clean_line

_AT_KEY = "path = ? AND ifnull(record, '') = ifnull(?, '')"

_AT_ONCE = 500
"""Values of one statement; SQLite takes 999 in all its versions."""

_T = TypeVar("_T")

_UNFINISHED = ""
"""The stamp of a file of which not all pages are there yet: none has it."""


class Portion(NamedTuple):
    """Some items in path order, by their numbers."""

    items: tuple[int, ...]
    paths: tuple[str, ...]
    """The files that they are of."""
    ended: tuple[str, ...]
    """Of those files, which have no item in a later portion."""


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
        self._searches: set[sqlite3.Connection] = set()
        self._keys: dict[int, ItemKey] = {}
        """Whose number in the library is whose, as far as that was read: of many finds, to look it up takes longest."""
        self._keys_of: tuple[int, int] | None = None
        """The file in which these are the numbers."""
        self._writing, self._reading = threading.RLock(), threading.RLock()
        try:
            self._writer, self._reader = connect(self._path), connect(self._path)
        except sqlite3.DatabaseError as error:
            if not damaged(error):
                raise self._fault(error) from error
            self._delete()
            self._writer, self._reader = connect(self._path), connect(self._path)

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

    def outdated(self, size: int = _AT_ONCE) -> list[Portion]:
        """What this version has extracted and other rules have flagged, in path order: `size` items at a time."""
        sql = (
            "SELECT files.path, id FROM files LEFT JOIN items ON items.path = files.path "
            "WHERE detector = ? AND rules <> ? ORDER BY files.path, id"
        )
        rows = [(name_in(path), item) for path, item in self._rows(sql, self.detector, self.rules)]
        last = {path: at for at, (path, _) in enumerate(rows)}
        return [
            Portion(
                tuple(item for _, item in rows[at : at + size] if item is not None),
                tuple(dict.fromkeys(path for path, _ in rows[at : at + size])),
                tuple(
                    path for path in dict.fromkeys(path for path, _ in rows[at : at + size]) if last[path] < at + size
                ),
            )
            for at in range(0, len(rows), size)
        ]

    def put(self, results: Sequence[tuple[SourceFile, Sequence[Scanned]]]) -> None:
        """Keep what scanning these files gave, in place of what was kept of them; all or nothing."""

        def job(writer: sqlite3.Connection) -> None:
            drop(writer, [file.path for file, _ in results])
            writer.execute("DELETE FROM grouped")
            for file, pages in results:
                self._insert_file(writer, file.path, _stamp(file))
                for scanned in pages:
                    insert(writer, scanned)

        self._write(job)

    def begin(self, path: str) -> None:
        """Drop what is kept of a file of many pages, which come bit by bit; until `complete` it counts as changed."""

        def job(writer: sqlite3.Connection) -> None:
            drop(writer, [path])
            writer.execute("DELETE FROM grouped")
            self._insert_file(writer, path, _UNFINISHED)

        self._write(job)

    def add(self, pages: Sequence[Scanned]) -> None:
        """Keep some pages of files that were begun."""

        def job(writer: sqlite3.Connection) -> None:
            writer.execute("DELETE FROM grouped")
            for scanned in pages:
                insert(writer, scanned)

        self._write(job)

    def complete(self, file: SourceFile, note: str | None = None) -> None:
        """All pages of a file that was begun are there; `note` tells what of it is no page."""
        values = (_stamp(file), note, name_out(file.path))
        self._write(lambda writer: writer.execute("UPDATE files SET stamp = ?, note = ? WHERE path = ?", values))

    def _insert_file(self, writer: sqlite3.Connection, path: str, stamp: str) -> None:
        row = (name_out(path), stamp, self.detector, self.rules)
        writer.execute("INSERT INTO files (path, stamp, detector, rules) VALUES (?, ?, ?, ?)", row)

    def notes(self) -> dict[str, str]:
        """What of the files is no page, by their paths, where that is to be told."""
        rows = self._rows("SELECT path, note FROM files WHERE note IS NOT NULL ORDER BY path")
        return {name_in(path): note for path, note in rows}

    def empty(self) -> list[str]:
        """Paths of the files that no page is in, in order."""
        sql = (
            "SELECT path FROM files WHERE NOT EXISTS (SELECT 1 FROM items WHERE items.path = files.path) ORDER BY path"
        )
        return [name_in(path) for (path,) in self._rows(sql)]

    def pages(self, items: Sequence[int]) -> list[Scanned]:
        """Items of a `Portion` whole, as they were scanned, without what was found across pages."""
        sql = "SELECT body, flags, fingerprint FROM items JOIN bodies ON item = id WHERE id = ?"

        def job(reader: sqlite3.Connection) -> list[Scanned]:
            return [unpack(*row) for item in items for row in reader.execute(sql, (item,))]

        none: list[Scanned] = []
        return self._read(job, none)

    def set_flags(self, paths: Sequence[str], found: Mapping[ItemKey, tuple[tuple[Flag, ...], bytes]]) -> None:
        """Keep flags and fingerprints that these rules found; the files at `paths` have those of all pages by then."""

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
            drop(writer, paths)
            writer.execute("DELETE FROM grouped")

        self._write(job)

    def items(self) -> list[Item]:
        """All items in path order, without their texts and decisions."""
        sql = f"SELECT {ITEM_COLUMNS} FROM items ORDER BY path, ifnull(record, '')"  # noqa: S608  # our own columns
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}  # flags that are alike are unpacked once
        none: list[Item] = []
        return self._read(lambda reader: self._items(reader.execute(sql), seen), none)

    def beside(self, key: ItemKey, count: int) -> list[Item]:
        """At most `count` items from one on and as many before it, in path order; the path "" is before all."""
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}
        path, record = key_out(key)
        sql = f"SELECT {ITEM_COLUMNS} FROM items WHERE path "  # noqa: S608  # our own columns

        def some(own: str, others: str, order: str) -> list[Any]:
            ordered = f"ORDER BY path {order}, ifnull(record, '') {order} LIMIT"
            found = self._rows(f"{sql} = ? AND ifnull(record, '') {own} ? {ordered} {count:d}", path, record or "")
            return found + self._rows(f"{sql} {others} ? {ordered} {count - len(found):d}", path)

        rows = (*reversed(some("<", "<", "DESC")), *some(">=", ">", ""))
        return [item_in(row, seen) for row in rows]

    def portions(self, size: int) -> Iterator[list[Item]]:
        """All items as `items` gives them, `size` at a time, so that who shows them need not wait for the last."""
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}
        try:
            with closing(connect(self._path)) as own:
                rows = own.execute(f"SELECT {ITEM_COLUMNS} FROM items ORDER BY path, ifnull(record, '')")  # noqa: S608  # our own columns
                while portion := rows.fetchmany(size):
                    yield self._items(portion, seen)
        except (sqlite3.DatabaseError, DamagedError) as error:
            self._mend(error)

    def _items(self, rows: Iterable[tuple[Any, ...]], seen: dict[str, tuple[Flag, ...]]) -> list[Item]:
        """Rows of ITEM_COLUMNS as items, their numbers noted for searches."""
        keys, items = self._known_keys(), []
        for row in rows:
            item = item_in(row, seen)
            keys[row[0]] = item.key
            items.append(item)
        return items

    def paths(self) -> set[str]:
        """Paths of the files that something is kept of."""
        return {name_in(path) for (path,) in self._rows("SELECT path FROM files")}

    def items_of(self, paths: Sequence[str]) -> list[Item]:
        """The items of these files."""
        sql = f"SELECT {ITEM_COLUMNS} FROM items WHERE path = ? ORDER BY ifnull(record, '')"  # noqa: S608  # our own columns
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}

        def job(reader: sqlite3.Connection) -> list[Item]:
            return [item_in(row, seen) for path in paths for row in reader.execute(sql, (name_out(path),))]

        none: list[Item] = []
        return self._read(job, none)

    def items_at(self, items: Sequence[int]) -> list[Item]:
        """The items of a `Portion`, for a list."""
        sql = f"SELECT {ITEM_COLUMNS} FROM items WHERE id = ?"  # noqa: S608  # our own columns
        seen: dict[str, tuple[Flag, ...]] = {"[]": ()}

        def job(reader: sqlite3.Connection) -> list[Item]:
            return [item_in(row, seen) for item in items for row in reader.execute(sql, (item,))]

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
        phrases = [phrase(word) for word in words]
        if not phrases or not all(phrases):
            return set()
        # By a connection of its own: what is looked up for the screen meanwhile does not wait for a long search.
        own = connect(self._path)
        self._searches.add(own)
        try:
            return self._found(own, " AND ".join(phrases))
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_INTERRUPT:
                self._mend(error)
            return set()
        finally:
            self._searches.discard(own)
            own.close()

    def _found(self, own: sqlite3.Connection, words: str) -> set[ItemKey]:
        keys = self._known_keys()
        own.execute("BEGIN")  # so that both statements see the same items
        numbers = [number for (number,) in own.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (words,))]
        new = [number for number in numbers if number not in keys]
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            sql = f"SELECT id, path, record FROM items WHERE id IN ({', '.join('?' * len(some))})"  # noqa: S608
            keys.update((number, key_in(path, record)) for number, path, record in own.execute(sql, some))
        return {keys[number] for number in numbers if number in keys}

    def _known_keys(self) -> dict[int, ItemKey]:
        """Numbers that were read before, for who reads more to add to; none where another file stands there since."""
        try:
            found = self._path.stat()
        except OSError:  # about to be made anew
            return {}
        if self._keys_of != (found.st_dev, found.st_ino):
            self._keys, self._keys_of = {}, (found.st_dev, found.st_ino)
        return self._keys

    def give_up_searching(self) -> None:
        """End the searches that other threads have under way, which then find nothing."""
        for search in tuple(self._searches):
            with suppress(sqlite3.ProgrammingError):  # it has ended just now
                search.interrupt()

    def values(self) -> dict[str, list[str]]:
        """Sites and languages of the items, the commonest first, by the names of the filter language."""
        names = {"site": "site", "lang": "language"}
        sql = "SELECT {0} FROM items WHERE {0} IS NOT NULL GROUP BY {0} ORDER BY count(*) DESC, {0}"
        return {name: [value for (value,) in self._rows(sql.format(column))] for name, column in names.items()}

    def fingerprints(self) -> Iterator[tuple[ItemKey, str | None, bytes]]:
        """Key, site and fingerprint of every item, in path order."""
        with closing(connect(self._path)) as own:
            for path, record, site, print_ in own.execute(
                "SELECT path, record, site, fingerprint FROM items ORDER BY path, ifnull(record, '')"
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

    def _write(self, job: Callable[[sqlite3.Connection], object]) -> None:
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

    def _in_transaction(self, job: Callable[[sqlite3.Connection], object]) -> None:
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
        if isinstance(error, sqlite3.DatabaseError) and not damaged(error):
            raise self._fault(error) from error
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()
            self._delete()
            self._writer, self._reader = connect(self._path), connect(self._path)

    def _fault(self, error: sqlite3.Error) -> TriageError:
        name = clean_line(str(self._path))
        return TriageError(f"The cache {name} cannot be used ({error}). It holds no decisions: delete it if need be.")

    def _delete(self) -> None:
        remove_library(self._path)


def _stamp(file: SourceFile) -> str:
    """What tells that a file is the same still; text, since inodes and times may be beyond SQLite's integers."""
    return f"{file.size} {file.mtime_ns} {file.inode}"
