"""How states, items and steps are told in words, the same in the list, the status line and the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from triage.model import Decision, Item, Verdict
from triage.text import clean_line
from triage.wording import SEVERITY, counted

State = Literal["undecided", "kept", "discarded", "later"]

STATES: tuple[State, ...] = ("undecided", "kept", "discarded", "later")

STATE_OF: dict[Verdict | None, State] = {None: "undecided", "keep": "kept", "discard": "discarded", "later": "later"}
_DONE: dict[Verdict | None, str] = {
    "keep": "kept",
    "discard": "discarded",
    "later": "set aside for later",
    None: "made undecided",
}
_TO_DO: dict[Verdict | None, str] = {
    "keep": "Keep {}",
    "discard": "Discard {}",
    "later": "Set {} aside for later",
    None: "Make {} undecided",
}
_GRAVITY = {kind: place for place, kind in enumerate(SEVERITY)}
_TITLE_LENGTH = 60


def state(decision: Decision) -> State:
    """The word for what was decided."""
    return STATE_OF[decision.verdict]


def done(verdict: Verdict | None) -> str:
    """The past tense of a verdict, as the journal and the status line tell it."""
    return _DONE[verdict]


def to_do(verdict: Verdict | None, items: Sequence[Item]) -> str:
    """What giving `items` a verdict means, as it is asked beforehand."""
    return _TO_DO[verdict].format(these(items))


def gravity(item: Item) -> int:
    """How much the flags speak against an item: 0 the gravest, larger is better, the largest without a flag."""
    return min([_GRAVITY[flag.kind] for flag in item.flags], default=len(SEVERITY))


def name(item: Item, length: int = _TITLE_LENGTH) -> str:
    """What an item is called in a sentence: its title, or its file; safe to show, at most `length` characters."""
    whole = clean_line(item.title) or clean_line(item.name)
    return whole if len(whole) <= length else whole[: length - 1].rstrip() + "…"


def these(items: Sequence[Item]) -> str:
    """One item by name, several by number."""
    return f"“{name(items[0])}”" if len(items) == 1 else f"{len(items):,} items"


def last_copies(items: Sequence[Item]) -> str:
    """What is left of articles of which everything else goes: `1 last copy`; empty where nothing is."""
    return counted(len(items), "last copy", "last copies") if items else ""


def only_last_copies(items: Sequence[Item]) -> str:
    """Why nothing was discarded of `items`, all of them last copies."""
    return f"Not discarded: {last_copies(items)}, which can only be discarded one at a time"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
