"""The session against a plain model: any run of acts, scans and restarts; what it shows is what the store holds."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from world import CAPTCHA, NOT_FOUND, World

from triage.errors import QueryError
from triage.model import Item, Verdict
from triage.scanning import Finished, Gone, Listed, Results, item_of
from triage.session import SORTS, Plan

PATHS = tuple(f"{folder}/{name}.html" for folder in ("a", "b") for name in ("1", "2", "3", "4"))
NEW = ("a/5.html", "c/1.html")
QUERIES = {
    "": lambda _: True,
    "is:undecided": lambda item: item.decision.verdict is None,
    "is:kept": lambda item: item.decision.verdict == "keep",
    "tag:x": lambda item: "x" in item.decision.tags,
    "flag:error-page -is:later": lambda item: bool(item.flags) and item.decision.verdict != "later",
    "path:a/*": lambda item: item.path.startswith("a/"),
    "(is:undecided": None,
}
"""Filters, and what each means told anew; None for one that cannot be understood."""
VERDICTS: tuple[Verdict | None, ...] = ("keep", "discard", "later", None)

rows = st.integers(-2, 12)
tags = st.lists(st.sampled_from(["x", "y", "#z", " ", "[/]"]), max_size=2)


@dataclass(frozen=True)
class Held:
    """What a page has of the analyst, in the model."""

    verdict: Verdict | None = None
    reason: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""


NOTHING = Held()
State = dict[str, Held]


def held(item: Item) -> Held:
    one = item.decision
    return Held(one.verdict, one.reason, one.tags, one.note)


class SessionMachine(RuleBasedStateMachine):
    acts: ClassVar[int] = 0
    """Rules carried out by all machines together."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.state: State = {}
        self.done: list[State] = []
        self.undone: list[State] = []

    @initialize()
    def begin(self) -> None:
        self.world = World(self.place)
        flags = [(), (NOT_FOUND,), (CAPTCHA, NOT_FOUND), ()]
        for number, path in enumerate(PATHS):
            self.world.add(self.world.scanned(path, f"Page {number % 5}", [f"Text of {path}."], flags[number % 4]))
        self.session = self.world.session()

    def teardown(self) -> None:
        self.world.close()
        shutil.rmtree(self.place)

    # Moving and choosing.

    @rule(by=rows)
    def move(self, by: int) -> None:
        self.session.move(by)

    @rule(row=rows)
    def go(self, row: int) -> None:
        self.session.go(row)

    @rule(backwards=st.booleans())
    def next_undecided(self, backwards: bool) -> None:
        left = [item for item in self.session.rows if item.decision.verdict is None]
        before = self.session.current
        self.session.next_undecided(backwards=backwards)
        now = self.session.current
        if left and left != [before]:
            assert now is not None
            assert now.decision.verdict is None
            assert now != before
        else:
            assert now == before

    @rule()
    def draw_a_range(self) -> None:
        self.session.toggle_range()

    @rule(at=st.integers(0, 3))
    def select_alike(self, at: int) -> None:
        ways = self.session.alike()
        if at < len(ways):
            self.session.select(ways[at].keys)
            assert {self.session.rows[row].key for row in self.session.selected} == set(ways[at].keys)

    @rule()
    def unselect(self) -> None:
        self.session.unselect()
        assert not self.session.selected

    # Filter and order.

    @rule(text=st.sampled_from(sorted(QUERIES)))
    def filter(self, text: str) -> None:
        means = QUERIES[text]
        shown = [item.key for item in self.session.rows]
        try:
            self.session.filter(text)
        except QueryError:
            assert means is None
            assert [item.key for item in self.session.rows] == shown
        else:
            assert {item.key for item in self.session.rows} == {
                item.key for item in self.session.items if means is not None and means(item)
            }

    @rule(by=st.sampled_from(SORTS), backwards=st.booleans())
    def sort(self, by: str, backwards: bool) -> None:
        current = self.session.current
        self.session.sort(by, backwards=backwards)
        assert self.session.current == current

    @rule()
    def refresh(self) -> None:
        self.session.refresh()

    @rule()
    def stay_or_advance(self) -> None:
        self.session.advance = not self.session.advance

    # Deciding.

    def carry_out(self, plan: Plan, after: dict[str, Held]) -> None:
        """Carries a plan out; `after` is what the model says of each item that was meant."""
        wanted = {**self.state, **after}
        outcome = self.session.carry_out(plan)
        assert outcome.told
        if wanted_without_nothing(wanted) != wanted_without_nothing(self.state):
            self.done.append(self.state)
            self.undone.clear()
            self.state = wanted
        else:
            assert not plan.changes

    def meant(self) -> dict[str, Held]:
        return {item.path: self.state.get(item.path, NOTHING) for item in self.session.targets()}

    @rule(verdict=st.sampled_from(VERDICTS), reason=st.sampled_from([None, "off topic", "[/]"]))
    def decide(self, verdict: Verdict | None, reason: str | None) -> None:
        reason = reason if verdict == "discard" else None
        meant = self.meant()
        was = {path: one for path, one in meant.items() if self.changed_since(path)}
        plan = self.session.plan_verdict(verdict, reason)
        if was and verdict:
            return  # deciding again what changed since is told in the session's own tests
        self.carry_out(plan, {path: replace(one, verdict=verdict, reason=reason) for path, one in meant.items()})

    def changed_since(self, path: str) -> bool:
        item = self.session.item((path, None))
        return item is not None and item.changed

    @rule(add=tags, remove=tags)
    def tag(self, add: list[str], remove: list[str]) -> None:
        added = [tag.strip("# ") for tag in dict.fromkeys(add) if tag.strip("# ")]
        gone = [tag.strip("# ") for tag in remove]
        meant = {
            path: replace(one, tags=tuple(dict.fromkeys([*(tag for tag in one.tags if tag not in gone), *added])))
            for path, one in self.meant().items()
        }
        self.carry_out(self.session.plan_tags(add, remove), meant)

    @rule(note=st.sampled_from(["", "ask", " [/] ", "\x1b]0;x\x07"]))
    def note(self, note: str) -> None:
        self.carry_out(
            self.session.plan_note(note),
            {path: replace(one, note=note.strip()) for path, one in self.meant().items()},
        )

    @rule(old=st.sampled_from(["x", "y", "none"]), new=st.sampled_from(["y", "w", ""]))
    def rename_tag(self, old: str, new: str) -> None:
        meant = {}
        for item in self.session.items:
            one = self.state.get(item.path, NOTHING)
            if old in one.tags:
                renamed = (name for tag in one.tags for name in ((new,) if tag == old else (tag,)) if name)
                meant[item.path] = replace(one, tags=tuple(dict.fromkeys(renamed)))
        self.carry_out(self.session.plan_rename_tag(old, new), meant)

    @rule()
    def undo(self) -> None:
        before = self.done[-1] if self.done else None
        self.session.undo()
        if before is not None:
            self.undone.append(self.state)
            self.state = self.done.pop()

    @rule()
    def redo(self) -> None:
        self.session.redo()
        if self.undone:
            self.done.append(self.state)
            self.state = self.undone.pop()

    # What comes from outside.

    @rule(path=st.sampled_from(PATHS + NEW), text=st.sampled_from(["as it was", "another"]))
    def a_page_is_scanned(self, path: str, text: str) -> None:
        page = self.world.scanned(path, "Scanned", [f"Text of {path}, {text}."], [NOT_FOUND] if "b" in path else [])
        self.world.add(page)
        self.session.apply(Results((item_of(page),)))

    @rule(path=st.sampled_from(NEW))
    def a_file_is_listed(self, path: str) -> None:
        self.session.apply(Listed(tuple(file for file in [_file(path)])))

    @rule(path=st.sampled_from(NEW))
    def a_file_is_gone(self, path: str) -> None:
        self.world.library.forget([path])
        self.session.apply(Gone((path,)))

    @precondition(lambda self: all(self.session.item((path, None)) for path in self.state))
    @rule()
    def the_scan_ends(self) -> None:
        """While a page that was decided is gone, its decision may go along with another: told in other tests."""
        self.session.apply(Finished(1, 1, 0, cancelled=False))

    @rule()
    def restart(self) -> None:
        self.session.save_place()
        current, query, order = self.session.current, self.session.query.text, self.session.order
        for journal in self.world._journals:
            journal.close()
        self.world._journals.clear()
        self.session = self.world.session()
        assert (self.session.query.text, self.session.order) == (query, order)
        if current is not None and any(item.key == current.key for item in self.session.rows):
            assert self.session.current is not None
            assert self.session.current.key == current.key

    # What holds after each step.

    @invariant()
    def is_counted(self) -> None:
        SessionMachine.acts += 1

    @invariant()
    def what_is_shown_is_what_the_model_says(self) -> None:
        for item in self.session.items:
            assert held(item) == self.state.get(item.path, NOTHING), item.path

    @invariant()
    def what_the_store_holds_is_what_the_model_says(self) -> None:
        stored = {one.path: one.decision for one in self.session._journal.current()}
        assert wanted_without_nothing(self.state) == {
            path: Held(one.verdict, one.reason, one.tags, one.note) for path, one in stored.items()
        }

    @invariant()
    def the_counts_are_those_of_the_items(self) -> None:
        verdicts = [item.decision.verdict for item in self.session.items]
        counts = self.session.counts()
        assert (counts.undecided, counts.kept, counts.discarded, counts.later) == tuple(
            verdicts.count(verdict) for verdict in (None, "keep", "discard", "later")
        )
        assert counts.shown == len(self.session.rows)

    @invariant()
    def the_list_is_sound(self) -> None:
        session = self.session
        keys = [item.key for item in session.rows]
        assert len(set(keys)) == len(keys)
        assert 0 <= session.cursor <= max(0, len(keys) - 1)
        assert session.current == (session.rows[session.cursor] if keys else None)
        assert all(0 <= row < len(keys) for row in session.selected)
        assert {item.key for item in session.targets()} <= set(keys)
        assert set(keys) <= {item.key for item in session.items}


def _file(path: str) -> Any:
    from triage.model import SourceFile

    return SourceFile(path, 1, 1, 1)


def wanted_without_nothing(state: State) -> State:
    return {path: one for path, one in state.items() if one != NOTHING}


TestSessionMachine = SessionMachine.TestCase
TestSessionMachine.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
