"""Undo and redo of random decisions, bulk steps, restarts and renames, held against a plain dictionary."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.store.test_journal_machine import JournalMachine
from tests.trust.promise import Outcome, Promise

_RUN = 200
"""Steps of one run at most; the journal begins empty for each."""
_MEMORY = "/dev/shm"  # noqa: S108
"""Where the file is kept if the system has it: what is tried here does not hang on the disk."""


def check(place: Path, steps: int, number: int) -> Outcome:
    """Runs of the machine until `steps` are made."""
    tempfile.tempdir = _MEMORY if os.access(_MEMORY, os.W_OK) else str(place)
    JournalMachine.acts = 0
    rules = settings(
        max_examples=max(20, steps // _RUN),  # the first example of all is the dullest: one rule over and over
        stateful_step_count=_RUN,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    try:
        while JournalMachine.acts < steps:
            seed(number)(JournalMachine)
            run_state_machine_as_test(JournalMachine, settings=rules)
            number += 1
    except AssertionError as fault:
        return Outcome(f"after {JournalMachine.acts:,} steps", [f"seed {number}: {fault}"])
    finally:
        tempfile.tempdir = None
    return Outcome(f"{JournalMachine.acts:,} steps, the journal as the dictionary after each")


PROMISE = Promise("undo", "Undo and redo without limit and across restarts, bulk as one step", 100_000, 0, check)
