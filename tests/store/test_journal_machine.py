"""Undo and redo of any run of decisions, restarts and renames, against a plain dictionary and two lists."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from triage.model import UNDECIDED, Decision, ItemKey
from triage.store.journal import Change, Journal

KEYS: tuple[ItemKey, ...] = (("a", None), ("b", None), ("c.warc", "1"), ("c.warc", "2"), ("\udcff", None))
State = dict[ItemKey, Decision]

decisions = st.one_of(
    st.just(UNDECIDED),
    st.builds(
        Decision,
        verdict=st.sampled_from(["keep", "discard", "later"]),
        tags=st.lists(st.sampled_from(["x", "y", "z"]), unique=True, max_size=2).map(tuple),
        note=st.sampled_from(["", "ask"]),
        reviewer=st.just("ann"),
        decided_at=st.just("2026-01-01T00:00:00.000Z"),
    ),
)


class JournalMachine(RuleBasedStateMachine):
    acts: ClassVar[int] = 0
    """Rules carried out by all machines together."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.state: State = {}
        self.done: list[State] = []
        self.undone: list[State] = []
        self.steps = 0

    @initialize()
    def open(self) -> None:
        self.journal = Journal.open(self.folder / "triage.sqlite", "ann")
        self.other = Journal.open(self.folder / "triage.sqlite", "bob")

    def close(self) -> None:
        self.journal.close()
        self.other.close()

    def teardown(self) -> None:
        self.close()
        shutil.rmtree(self.folder)

    @rule(decided=st.dictionaries(st.sampled_from(KEYS), decisions, min_size=1))
    def decide(self, decided: State) -> None:
        before = dict(self.state)
        step = self.journal.decide(
            [Change(*key, "aa", before.get(key, UNDECIDED), after) for key, after in decided.items()], "step"
        )
        assert {change.key: change.before for change in step.changes} == {
            key: before.get(key, UNDECIDED) for key in decided
        }
        self.done.append(before)
        self.undone.clear()
        self.steps += 1
        self.state = {**before, **decided}

    @rule()
    def undo(self) -> None:
        step = self.journal.undo()
        assert (step is None) == (not self.done)
        if step is not None:
            self.undone.append(self.state)
            self.state = self.done.pop()
            assert all(self.state.get(change.key, UNDECIDED) == change.before for change in step.changes)

    @rule()
    def redo(self) -> None:
        step = self.journal.redo()
        assert (step is None) == (not self.undone)
        if step is not None:
            self.done.append(self.state)
            self.state = self.undone.pop()
            assert all(self.state.get(change.key, UNDECIDED) == change.after for change in step.changes)

    @rule(old=st.sampled_from(KEYS), new=st.sampled_from([("moved", None), ("d.warc", "1")]))
    def rename_and_back(self, old: ItemKey, new: ItemKey) -> None:
        self.journal.follow([(old, new)])
        self.journal.follow([(new, old)])

    @rule()
    def restart(self) -> None:
        self.close()
        self.open()

    @rule()
    def another_reviewer_goes_on(self) -> None:
        """The same file, open twice: who works on does not matter to what holds."""
        self.journal, self.other = self.other, self.journal

    @invariant()
    def is_counted(self) -> None:
        JournalMachine.acts += 1

    @invariant()
    def what_holds_is_what_the_dictionary_says(self) -> None:
        held = {stored.key: stored.decision for stored in self.journal.current()}
        assert held == {key: decision for key, decision in self.state.items() if decision != UNDECIDED}

    @invariant()
    def the_history_keeps_every_step(self) -> None:
        history = self.journal.history()
        assert len(history) == self.steps
        assert sum(not step.undone for step in history) == len(self.done)


TestJournalMachine = JournalMachine.TestCase
TestJournalMachine.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
