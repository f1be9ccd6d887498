"""Garbage is looked for where there may be some: not among the items of the list, which stay."""

from __future__ import annotations

import gc


def tidy_from_now_on() -> None:
    """What was made until now is not looked through, now or later: of 100,000 items that took 0.1 s every few keys."""
    gc.freeze()
    gc.enable()
