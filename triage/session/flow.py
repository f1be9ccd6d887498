"""The flow of pages through a review: found, errors by cause, copies, judged, kept.

After the flow diagram of PRISMA 2020 (Page et al., BMJ 372:n71), with error pages and copies where that has records
removed before screening. Each page is counted in one line of it, whatever was decided on it, so that the lines add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from triage.model import Item
from triage.session.words import State, state
from triage.wording import SEVERITY, by_severity

Stage = Literal["error page", "unreadable", "copy", "to judge"]
STAGES: tuple[Stage, ...] = ("error page", "unreadable", "copy", "to judge")

_REPRESENTS: tuple[State, ...] = ("kept", "undecided", "later", "discarded")
"""Which member stands for its group and is no copy: the one that was kept, else one still to be decided."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the flow: how many pages came to it, and what became of them."""

    stage: Stage
    cause: str
    """Of an error page, as the flags name it; empty for other stages."""
    states: Counter[State]

    @property
    def pages(self) -> int:
        """All of them."""
        return self.states.total()


@dataclass(frozen=True, slots=True)
class Flow:
    """Where all pages of a folder went."""

    rows: tuple[Row, ...]
    """Error pages by cause, the commonest first; then the other stages in their order."""
    reasons: tuple[tuple[str, int], ...]
    """Reasons given for discarded pages, the commonest first; `` for none given."""
    reviewers: tuple[str, ...] = field(default=())
    first: str | None = None
    last: str | None = None
    """When the first and the last of the standing decisions was made; UTC, ISO 8601."""

    def total(self, stage: Stage | None = None) -> Counter[State]:
        """Pages by state, of one stage or of all."""
        return sum((row.states for row in self.rows if stage in (None, row.stage)), Counter[State]())


def flow(items: Iterable[Item]) -> Flow:
    """Where each of `items` went; the same whatever their order."""
    items = sorted(items, key=lambda item: (item.path, item.record or ""))
    representatives = _representatives(items)
    counts: dict[tuple[Stage, str], Counter[State]] = {}
    for item in items:
        counts.setdefault(_stage(item, representatives), Counter())[state(item.decision)] += 1
    decided = [item.decision for item in items if item.decision.verdict is not None]
    reasons = Counter(one.reason or "" for one in decided if one.verdict == "discard")
    times = sorted(one.decided_at for one in decided if one.decided_at)
    return Flow(
        tuple(_rows(counts)),
        tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple(sorted({one.reviewer for one in decided if one.reviewer})),
        times[0] if times else None,
        times[-1] if times else None,
    )


def _rows(counts: dict[tuple[Stage, str], Counter[State]]) -> Iterable[Row]:
    errors = sorted(
        (Row(stage, cause, found) for (stage, cause), found in counts.items() if stage == "error page"),
        key=lambda row: (-row.pages, row.cause),
    )
    others = (Row(stage, "", counts.get((stage, ""), Counter())) for stage in STAGES[1:])
    return [*errors, *others]


def _stage(item: Item, representatives: dict[str, Item]) -> tuple[Stage, str]:
    for flag in by_severity(item.flags):
        if flag.kind == "error-page":
            return "error page", flag.cause or "other"
        if flag.kind == "unreadable":
            return "unreadable", ""
    if item.group is not None and representatives[item.group] is not item:
        return "copy", ""
    return "to judge", ""


def _representatives(items: Sequence[Item]) -> dict[str, Item]:
    """The member of each group that is no copy; error pages and unreadable ones never are."""
    found: dict[str, Item] = {}
    for item in items:
        if item.group is None or any(SEVERITY.index(flag.kind) < 2 for flag in item.flags):
            continue
        other = found.setdefault(item.group, item)
        if _REPRESENTS.index(state(item.decision)) < _REPRESENTS.index(state(other.decision)):
            found[item.group] = item
    return found
