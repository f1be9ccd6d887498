"""Runs a hypothesis state machine for as many steps as are asked for."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.trust.memory import in_memory
from tests.trust.promise import Outcome

_RUN = 200
"""Steps of one run at most; each begins with nothing decided."""


def played(machine: Any, place: Path, steps: int, number: int, held: str) -> Outcome:
    """Runs of the machine, which counts its steps in `acts`, until `steps` are made; `held` tells what held."""
    with in_memory(place) as folder:
        tempfile.tempdir = str(folder)  # where the machines make their own
        try:
            return _played(machine, steps, number, held)
        finally:
            tempfile.tempdir = None


def _played(machine: Any, steps: int, number: int, held: str) -> Outcome:
    machine.acts = 0
    rules = settings(
        max_examples=max(20, steps // _RUN),  # the first example of all is the dullest: one rule over and over
        stateful_step_count=_RUN,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    try:
        while machine.acts < steps:
            seed(number)(machine)
            run_state_machine_as_test(machine, settings=rules)
            number += 1
    except AssertionError as fault:
        told = "\n".join((str(fault), *getattr(fault, "__notes__", ())))
        return Outcome(f"after {machine.acts:,} steps", [f"seed {number}: {told}"])
    return Outcome(f"{machine.acts:,} steps, {held} after each")
