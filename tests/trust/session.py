"""Random acts, scans and restarts of the session, held against a plain model and the store."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # what the tests share stands there

from tests.test_session_machine import SessionMachine
from tests.trust.machine import played
from tests.trust.promise import Outcome, Promise


def check(place: Path, steps: int, number: int) -> Outcome:
    """Runs of the machine until `steps` are made."""
    return played(SessionMachine, place, steps, number, "what is shown and stored as the model says")


PROMISE = Promise("session", "What the list shows is what the store holds, whatever is done", 100_000, 0, check)
