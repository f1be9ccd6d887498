"""Who decided what, and when; from here back to any step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from triage.store.journal import Step
from triage.text import clean_line
from triage.tui.render import UNICODE, Signs
from triage.tui.screens.pick import PickScreen
from triage.tui.widgets.menu import MenuLine

_HINT = "{pick} undoes back to here · {leave} closes"


class HistoryScreen(PickScreen):
    """Answers with the step before which the analyst wants to be."""

    def __init__(self, title: str, steps: Sequence[Step], *, signs: Signs = UNICODE) -> None:
        lines = [MenuLine(((("Nothing was decided yet"), "dim"),))] if not steps else history_lines(steps)
        super().__init__(
            title, lines, signs=signs, hint=_HINT if any(not step.undone for step in steps) else "{leave} closes"
        )
        self.add_class("history")


def history_lines(steps: Sequence[Step], local: Callable[[str], str] | None = None) -> list[MenuLine]:
    """A line for each step; those undone cannot be chosen and say so."""
    local = local or local_time
    return [
        MenuLine(
            (
                (local(step.at), "dim"),
                (f"  {clean_line(step.reviewer)}  ", "count"),
                (clean_line(step.label), "dim" if step.undone else ""),
                ("  (undone)" if step.undone else "", "dim"),
            ),
            None if step.undone else step,
        )
        for step in steps
    ]


def local_time(at: str) -> str:
    """A time of the journal as the analyst's clock shows it, to the minute."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
