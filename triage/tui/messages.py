"""What reaches the screen from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from triage.scanning.events import Event


@dataclass
class ScanTold(Message):
    """The scan tells something; posted from its thread."""

    event: Event
