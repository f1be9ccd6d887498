"""The power goes at a random moment while decisions are made; what was acknowledged must be there, whole."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.trust.acts import Desk, State, held, verdict_on
from tests.trust.disk import Disk, NotingVFS, Op, connecting
from tests.trust.memory import in_memory
from tests.trust.promise import Outcome, Promise
from triage.store.journal import Journal

_NAME = "triage.sqlite"
_ACTS = 120
"""Decisions, bulk steps, undos and redos of one session before its log is cut up."""
_CUTS = 250
"""Cuts that one session is put through."""
_WEAKER = (
    {"journal_mode": "WAL", "synchronous": "NORMAL"},
    {"journal_mode": "DELETE", "synchronous": "FULL"},
    {"journal_mode": "DELETE", "synchronous": "OFF"},
)


def check(place: Path, cuts: int, seed: int) -> Outcome:
    """The product's own settings must lose nothing."""
    wrong, faults = broken(place, cuts, seed, {})
    return Outcome(_told(wrong, cuts), faults)


def check_weaker(place: Path, cuts: int, seed: int) -> Outcome:
    """Settings that are too weak must be found out by the very same trial, or it shows nothing."""
    told, faults = [], []
    for settings in _WEAKER:
        name = "+".join(settings.values())
        wrong, _ = broken(place, cuts, seed, settings)
        told.append(f"{name}: {_told(wrong, cuts)}")
        if not wrong:
            faults.append(f"seed {seed}: {name} came through {cuts} cuts")
    return Outcome("; ".join(told), faults)


def broken(place: Path, cuts: int, seed: int, settings: dict[str, str]) -> tuple[Counter[str], list[str]]:
    """What `cuts` cuts broke, counted and told, over sessions of their own."""
    wrong: Counter[str] = Counter()
    faults: list[str] = []
    with in_memory(place) as folder:
        for part in range(0, cuts, _CUTS):
            log, states = session(folder / "work", seed + part, settings)
            for at, fault in cut_up(folder / "cut", log, states, min(_CUTS, cuts - part), seed + part):
                wrong[fault] += 1
                faults.append(f"seed {seed + part}, cut after operation {at} of {len(log)}: {fault}")
    return wrong, faults


def session(place: Path, seed: int, settings: dict[str, str]) -> tuple[list[Op], list[State]]:
    """The log of a session, and what should hold after each of its acts."""
    _empty(place)
    log: list[Op] = []
    vfs = NotingVFS(log)
    chance, desk = random.Random(seed), Desk()
    journal = Journal.open(place / _NAME, "ann", connect=connecting(settings))
    log.append(Op("done", offset=0))
    states: list[State] = [{}]
    for act in range(1, _ACTS + 1):
        kind, wanted = desk.plan(chance)
        log.append(Op("begin", offset=act))
        desk.carry_out(kind, wanted, journal)
        log.append(Op("done", offset=act))
        desk.take_over(kind, wanted)
        states.append(wanted)
    journal.close()
    vfs.unregister()
    return log, states


def cut_up(place: Path, log: Sequence[Op], states: Sequence[State], cuts: int, seed: int) -> list[tuple[int, str]]:
    """Where a cut broke something, and what; half of the cuts come right after an act was acknowledged."""
    chance = random.Random(seed)
    moments = [at + 1 for at, op in enumerate(log) if op.kind == "done"]
    points = sorted(
        chance.choice(moments) if chance.random() < 0.5 else chance.randrange(len(log) + 1) for _ in range(cuts)
    )
    disk, followed, done, begun = Disk(), 0, 0, 0
    faults: list[tuple[int, str]] = []
    for point in points:
        for op in log[followed:point]:
            disk.follow(op)
            done = op.offset if op.kind == "done" else done
            begun = op.offset if op.kind == "begin" else begun
        followed = point
        _empty(place)
        disk.cut(place, chance)
        fault = verdict_on(held(place / _NAME), states[:done], states[done], states[begun] if begun > done else None)
        if fault:
            faults.append((point, fault))
    return faults


def _told(wrong: Counter[str], cuts: int) -> str:
    return f"{cuts:,} cuts: " + ", ".join(f"{wrong[what]} {what}" for what in ("lost", "torn", "corrupt"))


def _empty(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)


PROMISES = (
    Promise("powercut", "After a power cut every acknowledged decision is there, whole", 2000, 120, check),
    Promise("powercut-weaker", "... and settings that are too weak are found out", 400, 60, check_weaker),
)
