"""Shared error texts for the commands: all of a list at once, as one step."""

from __future__ import annotations

from collections.abc import Sequence

from triage.errors import TriageError
from triage.model import ItemKey
from triage.session import Plan, Session
from triage.session.shared_errors import SharedError, error_flag, plan_discard, shared_error
from triage.wording import counted


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
    what = f"{counted(len(changes), 'page')} with {counted(len(plans), 'shared error text')}"
    return Plan(tuple(items.values()), tuple(changes.values()), f"discarded {what}", f"Discard {what}?", decides=True)
