"""Splits a labelled set in two by a hash: rules are made with the faults of one half in view, the other only counts."""

from __future__ import annotations

import hashlib

SEEN, UNSEEN = "seen", "unseen"


def half(name: str) -> str:
    """Which half something belongs to, by its name or text."""
    return (SEEN, UNSEEN)[hashlib.sha256(name.encode()).digest()[0] % 2]
