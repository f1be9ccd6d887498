"""How much a block weighs as noise, and what all that weigh it share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from triage.model import ErrorCause

SHORT = 120
"""Characters of a line that is a message of its own, or a title."""
SEED, LIKELY, COMPANION = 3, 2, 1
"""Levels of weights; see `noise_lines`."""
FAULT_LABEL = re.compile(r"([^\W\d_]{3,20})\s*[:：]\s")
NAMED_STATUS = re.compile(r"(?<!\d)[45]\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Weight:
    """What one block is by itself."""

    level: int
    cause: ErrorCause
    words: str
    rule: str
    language: str = "any"
    strange: int = 0
    """Words of its own, where it was told by words alone."""


def is_status(weight: Weight) -> bool:
    """Whether a weight is that of a bare status code, which says little by itself."""
    return weight.rule == "status-code"
