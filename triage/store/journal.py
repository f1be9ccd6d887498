"""The journal: every decision as it was made, in one SQLite file.

A step is one act of the analyst, bulk acts included. Steps and the changes they made are only ever added; undo and
redo add steps too, so both reach back without limit and across restarts. What holds now is each item's latest
change. The tables are told in `journal-1.sql`; its view `decisions` is for other programs.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from triage.errors import JournalError, UnwritableJournalError
from triage.model import UNDECIDED, Decision, ItemKey
from triage.store.garbage import uncollected
from triage.store.ledger import Ledger, Made, StepRow, Whereabouts
from triage.store.opening import Connection, damaged, file_connection, open_file, schema
from triage.store.rows import name_in, name_out, storable, text_out
from triage.text import clean_line

_NEWEST = 2**62  # above every number of a step


@dataclass(frozen=True, slots=True)
class Change:
    """What one step made of one item."""

    path: str
    record: str | None
    sha256: str | None
    """The page's content as the analyst saw it; None while it was not scanned, and where what was decided on stays."""
    before: Decision
    after: Decision
    before_sha256: str | None = None
    """The content that `before` was decided on, as the journal tells it."""

    @property
    def key(self) -> ItemKey:
        """Path and record."""
        return (self.path, self.record)


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the analyst, undone as one."""

    id: int
    at: str
    """UTC, ISO 8601."""
    reviewer: str
    label: str
    """What was done, in words."""
    changes: tuple[Change, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """What holds for one item, under the path at which it was last seen."""

    path: str
    record: str | None
    sha256: str | None
    """The content that was decided on."""
    decision: Decision

    @property
    def key(self) -> ItemKey:
        """Path and record."""
        return (self.path, self.record)


class Journal:
    """One open file of decisions, used from one thread at a time. Each method may raise JournalError."""

    def __init__(self, path: Path, reviewer: str, connect: Callable[[Path], Connection]) -> None:
        self.path = path
        self._connect = connect
        self._reviewer = text_out(reviewer)
        self._ledger = Ledger(open_file(path, connect, schema()), path)
        self._seen: int | None = None
        """The newest change that was read or made here; None while nothing was read."""
        self._news: list[Change] = []

    @classmethod
    def open(cls, path: Path, reviewer: str, connect: Callable[[Path], Connection] = file_connection) -> Journal:
        """The journal at `path`, made where there is none.

        Raises JournalError, with the remedy, where the file cannot be written, is not ours, is newer or damaged; it
        is then left as it was. `connect` is where tests put a connection that loses power.
        """
        return cls(path, reviewer, connect)

    def refuse(self, refusal: JournalError) -> None:
        """From now on each write raises `refusal`."""
        self._ledger.refusal = refusal

    def close(self) -> None:
        """Let go of the file; every decision is in it already."""
        self._ledger.close()

    def reopen(self) -> None:
        """Go on with the file that stands at the path now, after it was mended or replaced. Raises as `open` does."""
        ledger = Ledger(open_file(self.path, self._connect, schema()), self.path)
        self._ledger.close()
        self._ledger, self._seen, self._news = ledger, None, []

    def whereabouts(self) -> Whereabouts:
        """Whether the file that was opened still stands at its path."""
        return self._ledger.whereabouts()

    def save_as(self, target: Path) -> None:
        """Write all that the open file holds, wherever it is now, to a new file; on the disk when this returns."""
        self._ledger.save_as(target)

    def decide(self, changes: Sequence[Change], label: str) -> Step:
        """Add one step; it is on the disk when this returns, and nothing changed where it raises.

        Reviewer and time are filled in where `after` has none. In the step that comes back, `before` is what the
        file held: not the caller's, where another program decided meanwhile. What was undone before can no longer be
        redone; the history keeps it.
        """
        if not changes:
            raise ValueError("a step needs at least one change")
        with self._act():
            number, at = self._ledger.next_id("steps"), _now()
            step = StepRow(number, at, self._reviewer, "decide", None, text_out(label), number, None)
            self._ledger.add_step(step)
            stamped: dict[int, Decision] = {}  # by the decision's identity: a bulk step makes the same of many items
            for change in changes:
                if id(change.after) not in stamped:
                    stamped[id(change.after)] = self._stamped(change.after, at)
            made = self._ledger.add_changes(
                number, ((change.key, change.sha256, stamped[id(change.after)]) for change in changes)
            )
        return _step(step, made, undone=False)

    def undo(self) -> Step | None:
        """Take back the newest step that stands; None where there is none.

        The step comes back as it was made, now `undone`: what holds is the `before` of its changes.
        """
        with self._act():
            return self._undo()

    def undo_to(self, step: int) -> list[Step]:
        """Take back every step that stands down to `step`, it included, all or none; the newest first."""
        undone: list[Step] = []
        with self._act():
            while (one := self._undo()) is not None:
                undone.append(one)
                if one.id <= step:
                    break
        return undone

    def redo(self) -> Step | None:
        """Make the step that was undone last again, unless something was decided since; None where there is none.

        The step comes back as it was made: what holds is the `after` of its changes.
        """
        with self._act():
            _, target = self._next()
            if target is None:
                return None
            undone_at = self._ledger.rows("SELECT max(id) FROM steps WHERE target = ? AND kind = 'undo'", target)
            _, beneath = self._next(before=undone_at[0][0])
            return self._revert(target, "redo", target, beneath)

    def current(self) -> list[Stored]:
        """What holds now, in path order: the items with a verdict, tags, a note or marks."""
        self._seen = self._ledger.last_change()
        return [Stored(*key, change.sha256, change.decision) for key, change in self._ledger.held()]

    def check(self) -> None:
        """Hold every row against its checksum. Raises DamagedJournalError for the first that is not as written."""
        self.history(limit=_NEWEST)
        self.current()

    def look(self) -> None:
        """Find out what other programs decided in this file; `take_news` tells."""
        if self._seen is not None:
            self._hear(self._seen)
            self._seen = self._ledger.last_change()

    def take_news(self) -> list[Change]:
        """What other programs made of items since they were last read here: noticed with each step, and by `look`."""
        news, self._news = self._news, []
        return news

    def history(self, key: ItemKey | None = None, limit: int = 1000) -> list[Step]:
        """What was decided, newest first, undone steps too; with `key`, that item's part of each step alone."""
        item = None if key is None else self._ledger.item(key)
        if key is not None and item is None:
            return []
        rows = self._ledger.rows(
            "SELECT id, ifnull((SELECT kind = 'undo' FROM steps AS later WHERE later.target = steps.id"
            "                   ORDER BY later.id DESC LIMIT 1), 0) FROM steps WHERE kind = 'decide'"
            " AND (?1 IS NULL OR id IN (SELECT step FROM changes WHERE item = ?1)) ORDER BY id DESC LIMIT ?2",
            item,
            limit,
        )
        return [
            _step(self._ledger.step(number), self._ledger.made(number, item), undone=bool(undone))
            for number, undone in rows
        ]

    def recent_tags(self) -> list[str]:
        """The tags in use, the one given last first."""
        in_use = self._ledger.tags_in_use()
        given = (tag for before, after in self._ledger.tag_changes() for tag in after if tag not in before)
        return [tag for tag in dict.fromkeys(given) if tag in in_use]

    def follow(self, moves: Sequence[tuple[ItemKey, ItemKey]]) -> None:
        """Note that items stand elsewhere now, (old key, new key) each; decisions, undo and history go along.

        For what `matching.match` found by content alone: the old path is gone, the new one has no decision.
        """
        keys = [key for move in moves for key in move]
        if len(set(keys)) < len(keys):
            raise ValueError("a key is moved twice, or moved to where another was")
        if moves:
            with self._ledger.transaction():
                at = _now()
                for old, new in moves:
                    self._ledger.move(old, new, at)

    def place(self) -> dict[str, str]:
        """Where the analyst was, as `set_place` was last told."""
        rows = self._ledger.rows("SELECT name, value FROM place WHERE typeof(value) IN ('text', 'blob')")
        return {name: name_in(value) for name, value in rows}

    def set_place(self, place: Mapping[str, str]) -> None:
        """Remember where the analyst is, in place of what was remembered; one commit, so not for every key press."""
        with self._ledger.transaction():
            self._ledger.rows("DELETE FROM place")
            rows = [(text_out(name), name_out(value)) for name, value in place.items()]
            self._ledger.insert("INSERT INTO place (name, value) VALUES (?, ?)", rows)

    @contextmanager
    def _act(self) -> Iterator[None]:
        """A transaction in which nothing that others decided meanwhile goes unnoticed."""
        with uncollected(), self._ledger.transaction():
            if self._seen is not None and self._seen != self._ledger.last_change():
                self._hear(self._seen)
            yield
            seen = self._ledger.last_change()
        self._seen = seen if self._seen is not None else None

    def _hear(self, seen: int) -> None:
        self._news += (
            Change(*key, change.sha256, UNDECIDED, change.decision) for key, change in self._ledger.held_since(seen)
        )

    def _undo(self) -> Step | None:
        target, _ = self._next()
        if target is None:
            return None
        beneath, _ = self._next(before=target)
        if beneath is not None and beneath >= target:  # round and round
            raise damaged(self.path, f"undo leads from step {target} to {beneath}")
        return self._revert(target, "undo", beneath, target)

    def _next(self, before: int = _NEWEST) -> tuple[int | None, int | None]:
        """The steps that undo and redo would take next, now or just before the step `before` was added."""
        last = self._ledger.step_before(before)
        return (None, None) if last is None else (last.undo_next, last.redo_next)

    def _revert(self, target: int, kind: Literal["undo", "redo"], undo_next: int | None, redo_next: int | None) -> Step:
        """Add the step that takes `target` back or makes it again."""
        undone, made = self._ledger.step(target), self._ledger.made(target)
        number = self._ledger.next_id("steps")
        self._ledger.add_step(StepRow(number, _now(), self._reviewer, kind, target, undone.label, undo_next, redo_next))
        self._ledger.add_reversal(number, made, back=kind == "undo")
        return _step(undone, made, undone=kind == "undo")

    def _stamped(self, decision: Decision, at: str) -> Decision:
        if decision == UNDECIDED:
            return decision
        by = self._reviewer if decision.reviewer is None else decision.reviewer
        return storable(replace(decision, reviewer=by, decided_at=decision.decided_at or at))


def _step(step: StepRow, made: Sequence[Made], *, undone: bool) -> Step:
    changes = tuple(
        Change(*one.key, one.change.sha256, before[0], one.change.decision, before[1])
        for one in made
        for before in [(one.before.decision, one.before.sha256) if one.before else (UNDECIDED, None)]
    )
    return Step(step.id, step.at, step.reviewer, step.label, changes, undone)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_current(path: Path) -> list[Stored]:
    """What holds in another file of decisions, which is left as it is. Raises JournalError where it is none."""
    with _copied(path, "") as journal:
        return journal.current()


@contextmanager
def reading(path: Path, reviewer: str, refusal: UnwritableJournalError) -> Iterator[Journal]:
    """What the file at `path` holds, nothing where there is none, for who may not write it: each write is refused.

    Raises `refusal` where a write to the file was cut off, as who may write it has to open it first.
    """
    if path.with_name(path.name + "-journal").exists():
        raise refusal
    with _copied(path if path.exists() else None, reviewer) as journal:
        journal.refuse(refusal)
        yield journal


@contextmanager
def _copied(path: Path | None, reviewer: str) -> Iterator[Journal]:
    """A copy of the file at `path`, or an empty one, that lasts as long as the context. Raises JournalError."""
    with tempfile.TemporaryDirectory(prefix="triage-") as place:
        copy = Path(place) / "decisions.sqlite"
        try:
            if path is not None:
                shutil.copyfile(path, copy)
            journal = Journal.open(copy, reviewer)
        except OSError as error:
            raise JournalError(f"Cannot read {clean_line(str(path))}: {error.strerror}.") from error
        except JournalError as error:
            raise JournalError(str(error).replace(str(copy), clean_line(str(path)))) from error
        with closing(journal):
            yield journal
