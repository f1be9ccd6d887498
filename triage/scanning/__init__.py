"""Drive reading, extraction and flagging over a folder in child processes: progress, cancel, limits, only changes."""

from __future__ import annotations

from triage.scanning.events import (
    Event,
    Finished,
    Gone,
    Known,
    Listed,
    Progress,
    Regrouped,
    Results,
    SkippedThing,
)
from triage.scanning.items import item_of
from triage.scanning.lines import scan_line
from triage.scanning.scan import Limits, Scan

__all__ = [
    "Event",
    "Finished",
    "Gone",
    "Known",
    "Limits",
    "Listed",
    "Progress",
    "Regrouped",
    "Results",
    "Scan",
    "SkippedThing",
    "item_of",
    "scan_line",
]
