"""The app without a screen: the list as the analyst sees it, cursor, filter, decide, undo, next undecided."""

from __future__ import annotations

from triage.session.arranging import SORTS, Order
from triage.session.core import Session
from triage.session.deciding import Plan, reasons_for
from triage.session.grouping import GROUPING_WORDS, GROUPINGS, Head
from triage.session.listing import Found, Outcome
from triage.session.moving import Counts

__all__ = [
    "GROUPINGS",
    "GROUPING_WORDS",
    "SORTS",
    "Counts",
    "Found",
    "Head",
    "Order",
    "Outcome",
    "Plan",
    "Session",
    "reasons_for",
]
