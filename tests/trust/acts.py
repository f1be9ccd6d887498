"""Random acts of an analyst upon a journal, and what should hold after each, told by a dictionary."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from triage.errors import JournalError
from triage.model import UNDECIDED, Decision, ItemKey
from triage.store.journal import Change, Journal

State = dict[ItemKey, Decision]
KEYS: tuple[ItemKey, ...] = tuple((f"pages/{number}.html", None) for number in range(120))
_VERDICTS = ("keep", "discard", "later")


@dataclass(slots=True)
class Desk:
    """What was decided so far, with all that undo and redo reach; `journal` holds the same if it is right."""

    state: State = field(default_factory=dict)
    done: list[State] = field(default_factory=list)
    undone: list[State] = field(default_factory=list)

    def plan(self, chance: random.Random) -> tuple[str, State]:
        """What will be done next, and the state that it leads to; nothing is done yet."""
        kind = chance.choices(("one", "bulk", "undo", "redo"), (60, 15, 15, 10))[0]
        if kind == "undo" and self.done:
            return kind, self.done[-1]
        if kind == "redo" and self.undone:
            return kind, self.undone[-1]
        keys = chance.sample(KEYS, chance.randint(2, len(KEYS)) if kind == "bulk" else 1)
        return "decide", {**self.state, **{key: _decision(chance) for key in keys}}

    def carry_out(self, kind: str, wanted: State, journal: Journal) -> None:
        """Write it to the journal; it is on the disk when this returns."""
        if kind == "undo":
            journal.undo()
        elif kind == "redo":
            journal.redo()
        else:
            journal.decide(
                [
                    Change(*key, "aa", self.state.get(key, UNDECIDED), after)
                    for key, after in wanted.items()
                    if self.state.get(key, UNDECIDED) != after
                ]
                or [Change(*KEYS[0], "aa", UNDECIDED, wanted.get(KEYS[0], UNDECIDED))],
                "step",
            )

    def take_over(self, kind: str, wanted: State) -> None:
        """It was done."""
        if kind == "undo":
            self.undone.append(self.state)
            self.done.pop()
        elif kind == "redo":
            self.done.append(self.state)
            self.undone.pop()
        else:
            self.done.append(self.state)
            self.undone.clear()
        self.state = wanted


def held(path: Path) -> State | str:
    """What the file at `path` holds, read anew with every row checked; what is wrong with it where it is damaged."""
    try:
        journal = Journal.open(path, "ann")
    except JournalError as fault:
        return str(fault)
    try:
        journal.history(limit=1_000_000)
        return {stored.key: stored.decision for stored in journal.current()}
    except JournalError as fault:
        return str(fault)
    finally:
        journal.close()


def verdict_on(found: State | str, earlier: Sequence[State], acknowledged: State, begun: State | None) -> str:
    """What is wrong with what was found after a crash: `lost`, `torn` or `corrupt`; "" where all is right.

    What was acknowledged must be there; what was begun may be there, but only whole. A state of an `earlier` time means
    that decisions were lost; any other, that a step was torn.
    """
    if isinstance(found, str):
        return "corrupt" if "damaged" in found else "lost"  # no file, or one without a table in it
    if found in [_decided(state) for state in (acknowledged, begun) if state is not None]:
        return ""
    return "lost" if any(found == _decided(state) for state in earlier) else "torn"


def _decided(state: State) -> State:
    return {key: one for key, one in state.items() if one != UNDECIDED}


def _decision(chance: random.Random) -> Decision:
    if chance.random() < 0.1:
        return UNDECIDED
    return Decision(
        chance.choice(_VERDICTS),
        tags=tuple(chance.sample(("fruit", "bread", "日本"), chance.randint(0, 2))),
        note="a note " * chance.choice((0, 0, 1, 60)),
        reviewer="ann",
        decided_at=f"2026-01-01T00:00:00.{chance.randrange(1000):03}Z",
    )
