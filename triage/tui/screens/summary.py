"""How far the work is, and how fast it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Sparkline, Static

from triage.actions import Where
from triage.session import Counts, Facet
from triage.session.pace import Pace
from triage.text import clean_line
from triage.tui.keys import carry_out
from triage.tui.render import UNICODE, Run, Signs, clip
from triage.tui.widgets.menu import Menu, MenuLine

_BAR = 24
_LABEL = 26


@dataclass(frozen=True, slots=True)
class Facts:
    """What the summary tells of."""

    counts: Counts
    pace: Pace
    facets: Sequence[Facet]
    keys: int
    """Keys pressed since the program was started."""
    made: int
    """Verdicts given since then."""


class SummaryScreen(ModalScreen[None]):
    """Shows the facts until it is closed."""

    where: ClassVar[Where] = "list"
    AUTO_FOCUS = "Menu"

    def __init__(self, facts: Facts, *, signs: Signs = UNICODE) -> None:
        super().__init__()
        self._facts = facts
        self._signs = signs

    def compose(self) -> ComposeResult:
        """Pace, a line of decisions over time, bars."""
        pace = self._facts.pace
        with Vertical(classes="panel tall"):
            yield Static(Content("Summary"), classes="panel-title")
            yield Static(Content("\n".join(pace_lines(self._facts))))
            if len(pace.by_minute) > 1:
                yield Sparkline(pace.by_minute, summary_function=sum)
            yield Menu([MenuLine(runs) for runs in bar_lines(self._facts, self._signs)], signs=self._signs)
            yield Static(Content("esc closes"), classes="panel-hint")

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table."""
        await carry_out(self, name, key)

    async def do_pick(self) -> None:
        await self.dismiss(None)

    async def do_pick_number(self, key: str) -> None:
        """There is nothing to choose here."""

    async def do_pick_down(self) -> None:
        self.query_one(Menu).move(1)

    async def do_pick_up(self) -> None:
        self.query_one(Menu).move(-1)

    async def do_leave(self) -> None:
        await self.dismiss(None)


def pace_lines(facts: Facts) -> list[str]:
    """The pace in sentences; what cannot be measured yet is left out."""
    pace, counts = facts.pace, facts.counts
    done = counts.total - counts.undecided
    share = f" ({done / counts.total:.0%})" if counts.total else ""
    lines = [f"{done:,} of {counts.total:,} pages decided{share}, {counts.undecided:,} left"]
    if pace.a_minute:
        single = f" · median {pace.seconds_an_item:.0f} s an item" if pace.seconds_an_item is not None else ""
        lines.append(
            f"{pace.items:,} decisions in {_time(pace.minutes)} at work · {pace.a_minute:.1f} a minute{single}"
        )
    left = pace.minutes_left(counts.undecided)
    if left and counts.undecided:
        lines.append(f"{_time(left)} left at this pace")
    if facts.made:
        lines.append(f"{facts.keys / facts.made:.1f} keys a decision since the start")
    return lines


def bar_lines(facts: Facts, signs: Signs) -> list[tuple[Run, ...]]:
    """A bar for each value that items have in common, as long as its share of all items."""
    block = "█" if signs == UNICODE else "#"
    lines: list[tuple[Run, ...]] = []
    group = ""
    for facet in facts.facets:
        if facet.group != group:
            group = facet.group
            lines.append(((group, "heading"),))
        length = round(_BAR * facet.count / max(1, facts.counts.total))
        bar = block * max(1, length)
        label = clip(clean_line(facet.label), _LABEL)
        lines.append(((label, ""), (f"{facet.count:>8,}  ", "count"), (bar, "bar")))
    return lines


def _time(minutes: float) -> str:
    if minutes < 1:
        return f"{minutes * 60:.0f} s"
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
