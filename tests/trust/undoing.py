"""Undo and redo of random decisions, bulk steps, restarts and renames, held against a plain dictionary."""

from __future__ import annotations

from pathlib import Path

from tests.store.test_journal_machine import JournalMachine
from tests.trust.machine import played
from tests.trust.promise import Outcome, Promise


def check(place: Path, steps: int, number: int) -> Outcome:
    """Runs of the machine until `steps` are made."""
    return played(JournalMachine, place, steps, number, "the journal as the dictionary")


PROMISE = Promise("undo", "Undo and redo without limit and across restarts, bulk as one step", 100_000, 0, check)
