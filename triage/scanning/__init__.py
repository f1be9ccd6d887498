"""Drive reading, extraction and flagging over a folder in child processes: progress, cancel, limits, only changes.

The names below are loaded when they are first asked for: the screen stands before it needs a scan.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from triage.scanning.limits import Limits
    from triage.scanning.lines import scan_line
    from triage.scanning.scan import Scan

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
_MODULES = {"Limits": "limits", "Scan": "scan", "item_of": "items", "scan_line": "lines"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'events')}"), name)
