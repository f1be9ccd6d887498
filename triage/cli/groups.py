"""Groups of near copies and shared error texts for the commands: all of a list at once, each as one step."""

from __future__ import annotations

from collections.abc import Sequence

from triage.errors import TriageError
from triage.model import Item, ItemKey
from triage.session import Plan, Session
from triage.session.groups import Copies
from triage.session.shared_errors import SharedError, error_flag, plan_discard, shared_error


def found_groups(session: Session) -> list[Copies]:
    """The groups of which a member stands in the list, each whole, in the list's order."""
    names = dict.fromkeys(item.group for item in session.rows if item.group is not None)
    members: dict[str, list[Item]] = {name: [] for name in names}
    for item in session.items:
        if item.group in members:
            members[item.group].append(item)
    return [Copies.read(group, session.scanned) for group in members.values() if len(group) > 1]


def plan_keep_best(found: Sequence[Copies]) -> Plan | None:
    """Keep the best of each group and discard its copies; None, told, where no group has a page fit to be kept."""
    from triage.cli.printing import narrate

    plans = []
    for group in found:
        kept = [row for row, copy in enumerate(group.members) if copy.fit and copy.item.decision.verdict == "keep"]
        if kept or group.proposal is not None:
            plans.append(group.plan_keep(kept[0] if kept else group.best))
        else:
            narrate(f"no page fit to be kept: {group.members[0].item.group}")
    if not plans:
        return None
    changes = tuple(change for plan in plans for change in plan.changes)
    keeps = sum(change.after.verdict == "keep" for change in changes)
    copies = len(changes) - keeps
    best = f"the best of {len(plans):,} group{'' if len(plans) == 1 else 's'}"
    rest = f"{copies:,} cop{'y' if copies == 1 else 'ies'}"
    return Plan(
        items=tuple(item for plan in plans for item in plan.items),
        changes=changes,
        label=f"kept {best}, discarded {rest}",
        question=f"Keep {best} and discard {rest}?",
        decides=True,
    )


def found_shared_errors(session: Session) -> list[SharedError]:
    """The error texts that an error page of the list shares with others of its site."""
    found: list[SharedError] = []
    seen: set[ItemKey] = set()
    for item in session.rows:
        if item.key in seen or item.site is None or error_flag(item) is None:
            continue
        try:
            shared = shared_error(item, session.scanned(item), session.items, session.holding)
        except TriageError:  # no other page has its text
            continue
        seen.update(other.key for other in shared.items)
        found.append(shared)
    return found


def plan_discard_shared(session: Session, found: Sequence[SharedError]) -> Plan | None:
    """Discard the undecided pages of shared error texts as one step; None, told, where none is left."""
    from triage.cli.printing import narrate

    plans = []
    for shared in found:
        try:
            plans.append(plan_discard(shared, session.items))
        except TriageError as fault:
            narrate(str(fault))
    if not plans:
        return None
    changes = {change.key: change for plan in plans for change in plan.changes}
    items = {item.key: item for plan in plans for item in plan.items}
    what = f"{len(changes):,} pages with {len(plans):,} shared error texts"
    return Plan(tuple(items.values()), tuple(changes.values()), f"discarded {what}", f"Discard {what}?", decides=True)
