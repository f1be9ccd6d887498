"""`kill -9` at a random moment while decisions are made: of a process that keeps a journal, without a screen."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.trust.acts import Desk, State, held, verdict_on
from tests.trust.promise import Outcome, Promise
from triage.store.journal import Journal

_CONTEXT = multiprocessing.get_context("forkserver")  # imports once, so that a kill costs little
_KILLS_OF_A_FILE = 25
"""Kills before a new file is begun, so that none grows without end."""
_LONGEST = 0.08
"""Seconds from an acknowledged act to the kill, at most."""
_COMMIT = 0.02
"""Seconds from the beginning of a commit to the kill, at most; mostly far less."""


def check(place: Path, kills: int, seed: int) -> Outcome:
    """The product's own settings must lose nothing."""
    wrong, faults = killed(place, kills, seed)
    return Outcome(told(wrong), faults)


def check_weaker(place: Path, kills: int, seed: int) -> Outcome:
    """Without a rollback journal the very same trial must find damage, or it shows nothing."""
    wrong, faults = killed(place, kills, seed, weakened=True)
    return Outcome(f"journal_mode=OFF: {told(wrong)}", () if faults else [f"seed {seed}: no damage in {kills} kills"])


def told(wrong: Counter[str]) -> str:
    """The counts in words."""
    parts = ", ".join(f"{wrong[what]} {what}" for what in ("lost", "torn", "corrupt"))
    return f"{wrong['kills']:,} kills after {wrong['acts']:,} acknowledged acts: {parts}"


class _Telling(sqlite3.Connection):
    """Tells when it is about to commit, so that a kill can be aimed at that."""

    weakened = False
    sender: Connection

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            self.sender.send(("commit", {}))
        if self.weakened and sql.startswith("PRAGMA journal_mode"):
            super().execute("PRAGMA cache_size = 1")  # pages go to the file as they are written, not at the end alone
            sql = "PRAGMA journal_mode = OFF"
        return super().execute(sql, *values)


def killed(place: Path, kills: int, seed: int, *, weakened: bool = False) -> tuple[Counter[str], list[str]]:
    """What was broken, counted and told; of a `weakened` journal the first damage is enough."""
    _CONTEXT.set_forkserver_preload([__name__])
    chance, desk, made = random.Random(seed), Desk(), 0
    wrong: Counter[str] = Counter()
    faults: list[str] = []
    for number in range(kills):
        path = place / f"{number // _KILLS_OF_A_FILE}.sqlite"
        if not path.exists():
            desk, made = Desk(), 0
        acts, begun = _killed_once(path, desk, chance, weakened=weakened)
        earlier = [desk.state, *desk.done, *desk.undone]
        for kind, wanted in acts:
            earlier.append(wanted)
            desk.take_over(kind, wanted)
        made += len(acts)
        fault = verdict_on(held(path), earlier, desk.state, begun[1] if begun else None)
        wrong.update(kills=1, acts=len(acts))
        if fault:
            wrong[fault] += 1
            faults.append(f"seed {seed}, kill {number}: {fault}")
            if weakened:
                break
            path.unlink()
        elif begun is not None and _steps(path) > made:
            desk.take_over(*begun)
            made += 1
    return wrong, faults


Act = tuple[str, State]


def _killed_once(path: Path, desk: Desk, chance: random.Random, *, weakened: bool) -> tuple[list[Act], Act | None]:
    """The acts that were acknowledged before the kill, and the one that was begun.

    Half of the kills come at any time, half a moment after a commit began.
    """
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    child = _CONTEXT.Process(target=_work, args=(path, desk, chance.randrange(2**31), weakened, sender))
    child.start()
    sender.close()
    acts: list[Act] = []
    begun: Act | None = None
    wanted, aimed = chance.randint(1, 12), chance.random() < 0.5
    delay = chance.random() ** 3 * (_COMMIT if aimed else _LONGEST)
    with suppress(EOFError, OSError):  # the end of what it sent, or a message cut short: of an act not begun
        while True:
            kind, state = receiver.recv()
            if kind == "done" and begun is not None:
                acts.append(begun)
                begun = None
            elif kind != "commit":
                begun = (kind, state)
            if len(acts) >= wanted and (kind == "commit") == aimed and child.is_alive():
                child.join(delay)  # it works on meanwhile
                child.kill()
    child.join()
    receiver.close()
    return acts, begun


def _work(path: Path, desk: Desk, seed: int, weakened: bool, sender: Connection) -> None:
    """Decide for ever, and tell of each act before it and after it was committed."""

    def connect(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, factory=_Telling)
        connection.sender, connection.weakened = sender, weakened
        return connection

    chance = random.Random(seed)
    journal = Journal.open(path, "ann", connect=connect)
    while True:
        kind, wanted = desk.plan(chance)
        sender.send((kind, wanted))
        desk.carry_out(kind, wanted, journal)
        sender.send(("done", {}))
        desk.take_over(kind, wanted)


def _steps(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM steps").fetchone()[0])


PROMISES = (
    Promise("kill", "After kill -9 of the journal's process every acknowledged act is there", 600, 90, check),
    Promise("kill-weaker", "... and without SQLite's rollback journal damage is found", 600, 60, check_weaker),
)
