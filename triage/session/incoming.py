"""Decisions that come from elsewhere: lines of JSON, paths, another file of decisions. Each is a plan, one step."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from triage.errors import TriageError
from triage.model import UNDECIDED, Decision, Item, Verdict, name_of
from triage.session import words
from triage.session.deciding import Plan, change, tidy_tags
from triage.store.journal import Change, Stored
from triage.store.matching import match

_FIELDS = ("verdict", "reason", "tags", "note")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of JSON decides on one page; what it does not name stays as it is."""

    stored: Stored
    """Path, record and content that it speaks of."""
    fields: Mapping[str, Any]
    """Those of `verdict`, `reason`, `tags`, `note` that it names."""


def read_lines(lines: Iterable[str]) -> list[Line]:
    """JSON lines as `triage export` writes them, or shorter: a path, and what is to hold for it.

    Raises TriageError, with the number of the line, for one that is no such object.
    """
    return [_line(text, number) for number, text in enumerate(lines, 1) if text.strip()]


def plan_lines(items: Sequence[Item], lines: Sequence[Line]) -> tuple[Plan, list[str]]:
    """What the lines make of `items` as one step, and which lines no item takes, a sentence each.

    An item is found by its path, else by its content, as a renamed file is.
    """
    found, told = _matched(items, [line.stored for line in lines])
    by_key = {line.stored.key: line for line in lines}
    pairs = [(item, _edited(item.decision, by_key[stored.key].fields)) for item, stored in found]
    return _plan(pairs, "took over the decision on"), told


def plan_import(items: Sequence[Item], others: Sequence[Stored], *, replacing: bool = False) -> tuple[Plan, list[str]]:
    """What another file of decisions makes of `items` as one step; who decided and when is taken over as well.

    An item that was decided here keeps its decision, unless they are to be replaced.
    """
    found, told = _matched(items, others)
    kept = [item for item, _ in found if item.decision != UNDECIDED and not replacing]
    if kept:
        told.append(f"{words.these(kept)} decided here already and left as it is; --replace takes the other decision")
    pairs = [(item, stored.decision) for item, stored in found if replacing or item.decision == UNDECIDED]
    plan = _plan(pairs, "imported the decision on")
    stamped = [replace(one, after=dict(_by_key(pairs))[one.key]) for one in plan.changes]
    return replace(plan, changes=tuple(stamped)), told


def _by_key(pairs: Iterable[tuple[Item, Decision]]) -> Iterable[tuple[Any, Decision]]:
    return ((item.key, decision) for item, decision in pairs)


def _plan(pairs: Sequence[tuple[Item, Decision]], done: str) -> Plan:
    changes: list[Change] = []
    items: list[Item] = []
    for item, after in pairs:
        one = change(item, after)
        items.append(item)
        if one is not None:
            changes.append(one)
    changed = [item for item in items if item.key in {one.key for one in changes}]
    label = f"{done} {words.these(changed)}" if changed else "took over nothing"
    return Plan(tuple(items), tuple(changes), label, f"Change {words.these(changed)}?" if changed else "", decides=True)


def _matched(items: Sequence[Item], wanted: Sequence[Stored]) -> tuple[list[tuple[Item, Stored]], list[str]]:
    matches, doubts = match(list(wanted), [(item.path, item.record, item.sha256) for item in items])
    found = [(item, matches[item.key].stored) for item in items if item.key in matches]
    taken = {stored.key for _, stored in found}
    lost = [name_of(one.key) for one in wanted if one.key not in taken]
    told = list(doubts)
    if lost:
        more = f" and {len(lost) - 3:,} more" if len(lost) > 3 else ""
        told.append(f"not in the folder: {', '.join(lost[:3])}{more}")
    return found, told


def _edited(decision: Decision, fields: Mapping[str, Any]) -> Decision:
    verdict = fields.get("verdict", decision.verdict)
    reason = fields.get("reason", decision.reason if verdict == decision.verdict else None)
    return replace(
        decision,
        verdict=verdict,
        reason=reason,
        tags=tidy_tags(fields["tags"]) if "tags" in fields else decision.tags,
        note=fields.get("note", decision.note).strip(),
    )


def _line(text: str, number: int) -> Line:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):  # the latter of brackets without end
        raise TriageError(f"line {number}: this is no JSON") from None
    if not isinstance(value, dict) or not isinstance(value.get("path"), str):
        raise TriageError(f'line {number}: each line is an object with a path, such as {{"path": "a.html"}}')
    record, sha256 = value.get("record"), value.get("sha256")
    if not all(one is None or isinstance(one, str) for one in (record, sha256)):
        raise TriageError(f"line {number}: record and sha256 are texts, or left out")
    fields = {name: _checked(name, value[name], number) for name in _FIELDS if name in value}
    return Line(Stored(value["path"], record, sha256, UNDECIDED), fields)


def _checked(name: str, value: Any, number: int) -> Any:
    verdicts = get_args(Verdict)
    match name:
        case "verdict" if value is not None and value not in verdicts:
            raise TriageError(f"line {number}: verdict is one of {', '.join(verdicts)}, or null to take it away")
        case "reason" if value is not None and not isinstance(value, str):
            raise TriageError(f"line {number}: reason is a text or null")
        case "tags" if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
            raise TriageError(f"line {number}: tags is a list of texts")
        case "note" if not isinstance(value, str):
            raise TriageError(f"line {number}: note is a text")
        case _:
            return value
