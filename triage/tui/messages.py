"""What reaches the screen from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from triage.scanning.events import Event

_PORTION = 2000
"""Items handed to the session at once: more would hold keys up."""


@dataclass
class ScanTold(Message):
    """The scan tells something; posted from its thread."""

    event: Event


def in_portions(event: Event) -> Iterator[Event]:
    """A large event as several, so that keys pressed meanwhile are answered between them."""
    from triage.scanning.events import Listed, Regrouped, Results  # noqa: PLC0415 - the list stands before

    match event:
        case Listed(files) if len(files) > _PORTION:
            for start in range(0, len(files), _PORTION):
                yield Listed(files[start : start + _PORTION])
        case Results(items) | Regrouped(items) if len(items) > _PORTION:
            for start in range(0, len(items), _PORTION):
                yield type(event)(items[start : start + _PORTION])
        case _:
            yield event
