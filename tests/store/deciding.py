"""Files of decisions for tests, each decision made by a step of its own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from triage.model import UNDECIDED, Decision
from triage.store.journal import Change, Journal

KEEP, DISCARD = Decision("keep"), Decision("discard")


def change(path: str, after: Decision = KEEP) -> Change:
    return Change(path, None, "aa", UNDECIDED, after)


def decided(path: Path, *files: str, after: Decision = KEEP) -> Path:
    with closing(Journal.open(path, "ann")) as journal:
        for file in files:
            journal.decide([change(file, after)], f"decided {file}")
    return path


def verdicts(path: Path) -> dict[str, str | None]:
    """What a file holds, with every row checked."""
    with closing(Journal.open(path, "ann")) as journal:
        journal.check()
        return {stored.path: stored.decision.verdict for stored in journal.current()}
