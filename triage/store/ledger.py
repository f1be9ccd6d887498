"""The tables of the file of decisions: rows in and out, each checked against its checksum, in whole transactions.

Knows nothing of what undo means; that is the journal's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

from triage.errors import JournalError
from triage.model import UNDECIDED, Decision, ItemKey
from triage.store.opening import FAULTS, Connection, damaged, fault, roll_back
from triage.store.rows import (
    DECISION_COLUMNS,
    checksum,
    decision_in,
    decision_out,
    is_number,
    is_step,
    key_in,
    key_out,
    tags_in,
)
from triage.store.swapping import to_disk
from triage.text import clean_line

StepKind = Literal["decide", "undo", "redo"]
Whereabouts = Literal["here", "gone", "replaced"]

_CHANGE_COLUMNS = f"id, step, item, previous, sha256, {DECISION_COLUMNS}, checksum"
_CHANGE_WIDTH = _CHANGE_COLUMNS.count(",") + 1
_CHANGE, _PREVIOUS = (
    ", ".join(f"{table}.{column}" for column in _CHANGE_COLUMNS.split(", ")) for table in ("changes", "previous")
)
_ITEM = "items.id, items.path, items.record, items.change, items.checksum"
_ITEM_WIDTH = 5
_AT_ONCE = 400
"""Items asked for at once; SQLite takes 999 values of one statement in all its versions."""
_AT_KEY = "items.path = ? AND ifnull(items.record, '') = ifnull(?, '')"


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of `steps`."""

    id: int
    at: str
    reviewer: str
    kind: StepKind
    target: int | None
    label: str
    undo_next: int | None
    redo_next: int | None


class ChangeRow(NamedTuple):
    """A row of `changes`; a tuple, since a bulk step makes many thousands."""

    id: int
    step: int
    item: int
    previous: int | None
    sha256: str | None
    decision: Decision


class Made(NamedTuple):
    """One change, the item's key as of now, and the change that held before it."""

    key: ItemKey
    change: ChangeRow
    before: ChangeRow | None
    holds: int
    """Number of the change that holds for the item now."""


class Ledger:
    """The open file. Every method raises JournalError in the user's words where SQLite fails."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._identity = self._look()
        self.refusal: JournalError | None = None
        """Raised in the place of every write; None: what may be read may be written."""

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written inside is on the disk afterwards; after an error, none of it is."""
        if self.refusal is not None:
            raise self.refusal
        self._check_file()
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self._check_file()
            self.rows("COMMIT")
        except BaseException:
            roll_back(self._connection)
            raise

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """The answer to one statement, whole."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except FAULTS as error:
            raise fault(error, self._path) from error

    def insert(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run one statement for each of `rows`."""
        try:
            self._connection.executemany(sql, rows).fetchall()
        except FAULTS as error:
            raise fault(error, self._path) from error

    def next_id(self, table: Literal["steps", "changes", "items"]) -> int:
        """The number that the next row of `table` takes; inside a transaction nobody else takes it."""
        last = self.rows(f"SELECT ifnull(max(id), 0) FROM {table}")[0][0]  # noqa: S608  # a name of ours
        if not is_number(last + 1):
            raise damaged(self._path, f"{table} has no number left")
        return int(last) + 1

    def add_step(self, step: StepRow) -> None:
        """Put down one step."""
        row = astuple(step)
        self.rows("INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *row, checksum(*row))

    def step(self, number: int) -> StepRow:
        """The step of that number."""
        found = self._steps("WHERE id = ?", number)
        if not found:
            raise damaged(self._path, f"step {number} is missing")
        return found[0]

    def step_before(self, number: int) -> StepRow | None:
        """The last step of a number below `number`."""
        found = self._steps("WHERE id < ? ORDER BY id DESC LIMIT 1", number)
        return found[0] if found else None

    def add_changes(self, step: int, changes: Iterable[tuple[ItemKey, str | None, Decision]]) -> list[Made]:
        """Put down what `step` makes of the items at these keys: content and decision."""
        next_change, next_item = self.next_id("changes"), self.next_id("items")
        changes = list(changes)
        held: dict[ItemKey, tuple[int, ChangeRow | None]] = dict(self._holding(key for key, _, _ in changes))
        made: list[Made] = []
        for key, sha256, decision in changes:
            item, before = held.get(key) or (next_item, None)
            next_item = max(next_item, item + 1)
            content = before.sha256 if sha256 is None and before else sha256  # decided again before it is scanned again
            change = ChangeRow(next_change + len(made), step, item, before.id if before else None, content, decision)
            held[key] = (item, change)
            made.append(Made(key, change, before, change.id))
        self._put(made)
        return made

    def add_reversal(self, step: int, made: Sequence[Made], *, back: bool) -> None:
        """Put down that what `made` tells of is taken `back`, or made again."""
        next_change = self.next_id("changes")
        new: list[Made] = []
        for one in reversed(made) if back else made:  # an item changed twice by one step ends as it began
            row = one.before if back else one.change
            sha256, decision = (row.sha256, row.decision) if row else (None, UNDECIDED)
            change = ChangeRow(next_change + len(new), step, one.change.item, one.holds, sha256, decision)
            new.append(Made(one.key, change, None, change.id))
        self._put(new)

    def made(self, step: int, item: int | None = None) -> list[Made]:
        """What `step` made, in its order; of one item alone where `item` names it."""
        rows = self.rows(
            f"SELECT {_ITEM}, {_CHANGE}, {_PREVIOUS} FROM changes JOIN items ON items.id = changes.item"  # noqa: S608
            " LEFT JOIN changes AS previous ON previous.id = changes.previous"
            " WHERE changes.step = ?1 AND (?2 IS NULL OR changes.item = ?2) ORDER BY changes.id",
            step,
            item,
        )
        return [self._made(row) for row in rows]

    def held(self) -> list[tuple[ItemKey, ChangeRow]]:
        """What holds now for each item that has a verdict, tags, a note or marks, in path order."""
        rows = self.rows(
            f"SELECT {_ITEM}, {_CHANGE} FROM items JOIN changes ON changes.id = items.change"  # noqa: S608
            " WHERE changes.verdict IS NOT NULL OR changes.tags <> '[]' OR changes.note <> '' OR changes.marks <> '[]'"
            " ORDER BY items.path, items.record"
        )
        return [(self._key(row), self._change(row[_ITEM_WIDTH:])) for row in rows]

    def held_since(self, change: int) -> list[tuple[ItemKey, ChangeRow]]:
        """What holds now for each item that was changed after that change was made."""
        rows = self.rows(
            f"SELECT {_ITEM}, {_CHANGE} FROM changes JOIN items ON items.id = changes.item"  # noqa: S608
            " WHERE items.change = changes.id AND changes.id > ? ORDER BY changes.id",
            change,
        )
        return [(self._key(row), self._change(row[_ITEM_WIDTH:])) for row in rows]

    def last_change(self) -> int:
        """Number of the newest change; 0 where there is none."""
        return self.next_id("changes") - 1

    def save_as(self, target: Path) -> None:
        """Write all that the open file holds to a new file, and bring it to the disk."""
        try:
            self.rows("VACUUM INTO ?", str(target))
            to_disk(target)
        except OSError as error:
            raise JournalError(f"Cannot write {clean_line(str(target))}: {error.strerror}.") from error
        except JournalError:
            target.unlink(missing_ok=True)  # half of it, where the disk is full
            raise

    def tags_in_use(self) -> set[str]:
        """Every tag that an item has now."""
        rows = self.rows(
            "SELECT DISTINCT tags FROM items JOIN changes ON changes.id = items.change WHERE tags <> '[]'",
        )
        return {tag for (tags,) in rows for tag in self._tags(tags)}

    def tag_changes(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Tags before and after each kind of change of tags that left any, the last made first."""
        rows = self.rows(
            "SELECT ifnull(previous.tags, '[]'), changes.tags FROM changes"
            " LEFT JOIN changes AS previous ON previous.id = changes.previous"
            " WHERE changes.tags <> '[]' AND changes.tags <> ifnull(previous.tags, '[]')"
            " GROUP BY 1, 2 ORDER BY max(changes.id) DESC"
        )
        return [(self._tags(before), self._tags(after)) for before, after in rows]

    def _tags(self, text: str) -> tuple[str, ...]:
        try:
            return tags_in(text)
        except ValueError as error:
            raise damaged(self._path, "tags are not as triage writes them") from error

    def item(self, key: ItemKey) -> int | None:
        """Number of the item at `key`."""
        found = self.rows(f"SELECT {_ITEM} FROM items WHERE {_AT_KEY}", *key_out(key))  # noqa: S608
        if not found:
            return None
        self._key(found[0])
        return int(found[0][0])

    def move(self, old: ItemKey, new: ItemKey, at: str) -> None:
        """The item at `old` stands at `new`; an item without a decision that stood there goes to `old`.

        One with a decision stays, and so does the item at `old`: it was decided at `new` meanwhile.
        """
        item, displaced, held = self.item(old), self.item(new), dict(self._holding([new])).get(new)
        if item is None or (held and held[1].decision != UNDECIDED):
            return
        self.insert("UPDATE items SET path = x'00', record = id WHERE id = ?", [(item,)])
        if displaced is not None:
            self._place_items([(displaced, *old, self._held_change(displaced))])
        self._place_items([(item, *new, self._held_change(item))])
        self.rows(
            "INSERT INTO moves (at, item, old_path, old_record, new_path, new_record) VALUES (?, ?, ?, ?, ?, ?)",
            at, item, *key_out(old), *key_out(new),
        )  # fmt: skip

    def _put(self, made: Sequence[Made]) -> None:
        self.insert(
            f"INSERT INTO changes ({_CHANGE_COLUMNS}) VALUES ({', '.join('?' * _CHANGE_WIDTH)})",  # noqa: S608
            (_change_out(one.change) for one in made),
        )
        self._place_items((one.change.item, *one.key, one.change.id) for one in made)

    def _held_change(self, item: int) -> int:
        return int(self.rows("SELECT change FROM items WHERE id = ?", item)[0][0])

    def _place_items(self, items: Iterable[tuple[int, str, str | None, int]]) -> None:
        """Say where items stand and which change holds for them."""
        self.insert(
            "INSERT INTO items (id, path, record, change, checksum) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET path = excluded.path, record = excluded.record, change = excluded.change, "
            "checksum = excluded.checksum",
            (
                (item, *key_out((path, record)), change, checksum(item, path, record, change))
                for item, path, record, change in items
            ),
        )

    def _holding(self, keys: Iterable[ItemKey]) -> Iterator[tuple[ItemKey, tuple[int, ChangeRow]]]:
        """Number, and the change that holds, of each item at `keys` that is there."""
        wanted = iter(keys)
        while some := list(islice(wanted, _AT_ONCE)):
            rows = self.rows(
                f"WITH wanted (path, record) AS (VALUES {', '.join(['(?, ?)'] * len(some))})"  # noqa: S608
                f" SELECT {_ITEM}, {_CHANGE} FROM wanted CROSS JOIN items ON items.path = wanted.path"
                " AND ifnull(items.record, '') = ifnull(wanted.record, '') JOIN changes ON changes.id = items.change",
                *(value for key in some for value in key_out(key)),
            )
            yield from ((self._key(row), (row[0], self._change(row[_ITEM_WIDTH:]))) for row in rows)

    def _steps(self, where: str, *values: Any) -> list[StepRow]:
        columns = "id, at, reviewer, kind, target, label, undo_next, redo_next, checksum"
        rows = self.rows(f"SELECT {columns} FROM steps {where}", *values)  # noqa: S608  # a clause of ours
        for row in rows:
            self._verify("steps", row[0], row[:-1], row[-1])
            if not is_step(row[:-1]):
                raise damaged(self._path, f"row {row[0]} of steps is not as triage writes it")
        return [StepRow(*row[:-1]) for row in rows]

    def _made(self, row: tuple[Any, ...]) -> Made:
        change, previous = row[_ITEM_WIDTH : _ITEM_WIDTH + _CHANGE_WIDTH], row[_ITEM_WIDTH + _CHANGE_WIDTH :]
        before = None if previous[0] is None else self._change(previous)
        return Made(self._key(row), self._change(change), before, row[3])

    def _key(self, row: tuple[Any, ...]) -> ItemKey:
        item, path, record, change, expected = row[:_ITEM_WIDTH]
        try:
            key = key_in(path, record)
        except TypeError as error:
            raise damaged(self._path, f"row {item} of items is not as triage writes it") from error
        self._verify("items", item, (item, *key, change), expected)
        return key

    def _change(self, row: tuple[Any, ...]) -> ChangeRow:
        self._verify("changes", row[0], row[:-1], row[-1])
        number, step, item, previous, sha256 = row[:5]
        try:
            return ChangeRow(number, step, item, previous, sha256, decision_in(tuple(row[5:-1])))
        except ValueError as error:
            raise damaged(self._path, f"row {number} of changes is not as triage writes it") from error

    def _verify(self, table: str, number: int, values: tuple[Any, ...], expected: int) -> None:
        try:
            whole = checksum(*values) == expected
        except TypeError:  # bytes where there was text
            whole = False
        if not whole:
            raise damaged(self._path, f"row {number} of {table} is not as it was written")

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return (found.st_dev, found.st_ino)

    def whereabouts(self) -> Whereabouts:
        """Whether the file that was opened still stands at its path."""
        now = self._look()
        return "here" if now == self._identity and now is not None else "gone" if now is None else "replaced"

    def _check_file(self) -> None:
        """A commit into a file that was deleted or replaced would be lost without a word."""
        if self.whereabouts() != "here":
            raise JournalError(
                f"The file of decisions {clean_line(str(self._path))} was deleted, renamed or replaced while it was "
                "open: nothing was saved. Put it back, or start triage again."
            )


def _change_out(change: ChangeRow) -> tuple[Any, ...]:
    values = (change.id, change.step, change.item, change.previous, change.sha256, *decision_out(change.decision))
    return (*values, checksum(*values))
