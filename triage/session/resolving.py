"""Many groups of near copies at once: which of them need no look, and all of them as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.model import UNDECIDED, Item
from triage.session.contents import Contents
from triage.session.deciding import Plan
from triage.session.groups import Copies
from triage.wording import counted

CLEAR = 0.9
"""Of a copy that goes unseen at least this much stands in the one that is kept, by runs of five words."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A group that is resolved by keeping the proposed copy."""

    kept: Item
    discarded: int
    least: float
    """The smallest share of a discarded copy that stands in the kept one, 0..1."""


@dataclass(frozen=True, slots=True)
class Resolving:
    """What becomes of many groups; nothing has happened yet."""

    plan: Plan | None
    """All of it as one step; None where no group can be resolved so."""
    groups: tuple[Resolved, ...]
    left: tuple[Copies, ...]
    """Groups that are left as they are."""


def groups_of(contents: Contents, items: Sequence[Item]) -> list[list[Item]]:
    """The groups of which a member is among `items`, each with all its members, in the order of `items`."""
    names = dict.fromkeys(item.group for item in items if item.group is not None)
    return [members for name in names if len(members := contents.members(name)) > 1]


def read_groups(contents: Contents, items: Sequence[Item]) -> list[Copies]:
    """`groups_of`, with their texts read and measured: not for the screen's own loop."""
    return [Copies.read(members, contents.scanned) for members in groups_of(contents, items)]


def is_clear(copies: Copies) -> bool:
    """Whether the proposed copy can be kept unseen: nothing was decided, tagged or noted in the group, and nearly
    all of every other copy stands in it.
    """
    proposal = copies.proposal
    if proposal is None or any(copy.item.decision != UNDECIDED for copy in copies.members):
        return False
    copies.call_best(proposal.index)
    return _least(copies) >= CLEAR


def keep_best(found: Sequence[Copies], *, clear_only: bool = False) -> Resolving:
    """Keep of each group what was kept before, else the proposed copy, and discard the others.

    Left are groups with no page fit to be kept; with `clear_only` all that are not `is_clear`.
    """
    plans: list[Plan] = []
    resolved: list[Resolved] = []
    left: list[Copies] = []
    for copies in found:
        kept = [row for row, copy in enumerate(copies.members) if copy.fit and copy.item.decision.verdict == "keep"]
        if (copies.proposal is None and not kept) or (clear_only and not is_clear(copies)):
            left.append(copies)
            continue
        plan = copies.plan_keep(kept[0] if kept else copies.best)
        plans.append(plan)
        resolved.append(Resolved(plan.items[0], len(plan.items) - 1, _least(copies)))
    return Resolving(_together(plans) if plans else None, tuple(resolved), tuple(left))


def _least(copies: Copies) -> float:
    shares = [copies.likeness(row).here for row in range(len(copies.members)) if row != copies.best]
    return min(shares, default=1.0)


def _together(plans: Sequence[Plan]) -> Plan:
    changes = tuple(change for plan in plans for change in plan.changes)
    gone = sum(change.after.verdict == "discard" for change in changes)
    best = f"the best of {counted(len(plans), 'group')}"
    rest = counted(gone, "copy", "copies")
    return Plan(
        items=tuple(item for plan in plans for item in plan.items),
        changes=changes,
        label=f"kept {best}, discarded {rest}",
        question=f"Keep {best} and discard {rest}?",
        decides=True,
    )
