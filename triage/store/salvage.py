"""A sound file of decisions made from a damaged one: every row that can be read, and those of a backup that fit.

Rows are only ever added to the journal, so a row that is lost may be taken from an earlier copy of the same file, up
to the last step that the file itself tells of: what a copy has beyond that may have been taken back by a restore.
Which step undo takes next is told anew by going through the steps in their order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from triage.model import UNDECIDED
from triage.store.opening import file_connection, open_file, schema
from triage.store.pages import Row, Rows, read_rows
from triage.store.rows import checksum, decision_out, key_in
from triage.store.swapping import put_in_place, set_aside
from triage.text import clean_line

_REVIEWER = "triage"
"""Who made the step that takes away what could not be read."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What became of a damaged file."""

    path: Path
    aside: Path
    """Where the damaged file is kept."""
    decisions: int
    """How many items have a decision, a tag or a note now."""
    unreadable: int
    """Items whose last decision could not be read: they are undecided again."""
    backup: Path | None = None
    """The backup that stands in its place, where nothing at all could be read."""

    def __str__(self) -> str:
        name, kept = clean_line(str(self.path)), f"The damaged file is kept as {clean_line(self.aside.name)}."
        if self.backup is not None:
            return (
                f"Nothing of the damaged file of decisions {name} could be read; the {self.decisions:,} decisions of "
                f"the backup {clean_line(self.backup.name)} stand in its place. {kept}"
            )
        lost = (
            f"; {self.unreadable:,} could not be read, and their pages are undecided again" if self.unreadable else ""
        )
        return (
            f"The file of decisions {name} was damaged: {self.decisions:,} decisions were saved from it{lost}. {kept}"
        )


def salvage(path: Path, backups: Sequence[Path] = ()) -> Salvaged:
    """Put a sound file in the place of the damaged one at `path`, which is kept beside it under a dated name.

    `backups`: earlier copies, the newest first; rows are taken from the first that is a copy of this very file.
    Raises OSError and sqlite3.Error where there is no room or no permission; the damaged file then stands as it was.
    """
    rows, instead = read_rows(path.read_bytes()), None
    for backup in backups:
        older = read_rows(backup.read_bytes())
        if not (rows.steps or rows.changes) and older.steps:
            rows, instead = older, backup
            break
        if _same_file(rows, older):
            _add(rows, older)
            break
    aside = set_aside(path, "damaged")
    new = path.with_name(f"{aside.name}.mended")
    decisions, unreadable = _write(new, rows)
    put_in_place(new, path)
    return Salvaged(path, aside, decisions, unreadable, instead)


def _same_file(rows: Rows, older: Rows) -> bool:
    """Whether `older` is an earlier copy: no step that both have differs, and there is one."""
    both = rows.steps.keys() & older.steps.keys()
    return bool(both) and all(rows.steps[number] == older.steps[number] for number in both)


def _add(rows: Rows, older: Rows) -> None:
    last = max([*rows.steps, *(change[1] for change in rows.changes.values())])
    rows.steps = {number: step for number, step in older.steps.items() if number <= last} | rows.steps
    rows.changes = {number: change for number, change in older.changes.items() if change[1] <= last} | rows.changes
    rows.names = {item: (row[1], row[2]) for item, row in older.items.items()} | rows.names
    rows.place = older.place | rows.place


def _write(path: Path, rows: Rows) -> tuple[int, int]:
    """Write the rows to a new file; how many items are decided in it, and of how many that could not be told."""
    changes = _changes(rows)
    newest = {change[2]: change[0] for change in changes}
    items = _items(rows, newest)
    changes = [change for change in changes if change[2] in items]
    unreadable = [item for item, (_, _, change) in items.items() if newest.get(item, 0) < change]
    steps = _steps(rows, changes)
    if unreadable:
        after = max([*newest.values(), *(items[item][2] for item in unreadable)])
        number = max((row[0] for row in steps), default=0) + 1
        step, taken = _taken_away(number, unreadable, after, newest)
        steps.append(step)
        changes += taken
        newest |= {change[2]: change[0] for change in taken}
    with closing(open_file(path, file_connection, schema())) as connection:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF"):  # checked, and written to the disk, whole at the end
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_insert("steps", 9), map(_with_checksum, steps))
        connection.executemany(_insert("changes", 13), map(_with_checksum, changes))
        connection.executemany(
            _insert("items", 5),
            (
                (item, where, record, newest[item], checksum(item, *key_in(where, record), newest[item]))
                for item, (where, record, _) in items.items()
            ),
        )
        connection.executemany("INSERT INTO place VALUES (?, ?)", rows.place.items())
        connection.execute("COMMIT")
        for check in ("foreign_key_check", "integrity_check"):
            found = connection.execute(f"PRAGMA {check}").fetchall()
            if found not in ([], [("ok",)]):
                raise sqlite3.DatabaseError(f"what was saved does not hold together: {found[0]}")
        decided = connection.execute("SELECT count(*) FROM decisions").fetchall()[0][0]
    return int(decided), len(unreadable)


def _changes(rows: Rows) -> list[Row]:
    """The changes in order, each with the one before it of the same item, without their checksums."""
    previous: dict[int, int] = {}
    found = []
    for number in sorted(rows.changes):
        _, step, item, _, *decision, _ = rows.changes[number]
        found.append((number, step, item, previous.get(item), *decision))
        previous[item] = number
    return found


def _items(rows: Rows, newest: Mapping[int, int]) -> dict[int, tuple[Any, Any, int]]:
    """Path, record and newest change of each item; the index tells of items whose own row is lost."""
    items = {item: (path, record, change) for item, path, record, change, _ in rows.items.values()}
    taken = {(path, record) for path, record, _ in items.values()}
    for item, name in rows.names.items():
        if item not in items and item in newest and name not in taken:
            items[item] = (*name, newest[item])
            taken.add(name)
    return items


def _steps(rows: Rows, changes: Iterable[Row]) -> list[Row]:
    """The steps in order, each with the steps that undo and redo would take after it, without their checksums.

    One that is lost, and one whose target is, stands as a decision, which it was in effect.
    """
    lost = {change[1]: change for change in changes if change[1] not in rows.steps}
    found: list[Row] = []
    done: list[int] = []
    undone: list[int] = []
    for number in sorted(rows.steps.keys() | lost.keys()):
        if number in rows.steps:
            _, at, reviewer, kind, target, label, *_ = rows.steps[number]
        else:
            at = lost[number][10] or (found[-1][1] if found else _now())
            reviewer = lost[number][9] or _REVIEWER
            kind, target, label = "decide", None, "a step whose own row could not be read"
        if kind == "undo" and target in done:
            done.remove(target)
            undone.append(target)
        elif kind == "redo" and target in undone:
            undone.remove(target)
            done.append(target)
        else:
            kind, target = "decide", None
            done.append(number)
            undone.clear()
        found.append(
            (number, at, reviewer, kind, target, label, done[-1] if done else None, undone[-1] if undone else None)
        )
    return found


def _taken_away(step: int, items: Sequence[int], after: int, newest: Mapping[int, int]) -> tuple[Row, list[Row]]:
    """One more step, and its changes: these items are undecided, since an older decision may be wrong."""
    label = f"made {len(items):,} undecided whose decision could not be read"
    changes = [
        (after + index, step, item, newest.get(item), None, *decision_out(UNDECIDED))
        for index, item in enumerate(items, 1)
    ]
    return (step, _now(), _REVIEWER, "decide", None, label, step, None), changes


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _with_checksum(row: Row) -> Row:
    return (*row, checksum(*row))


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608  # names of ours
