"""What the commands print: tables on standard output, narration and progress on standard error."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from triage.model import Item, Trace
from triage.text import clean_line
from triage.wording import by_severity, short

_STATES = {None: "", "keep": "kept", "discard": "discarded", "later": "later"}


def narrate(sentence: str) -> None:
    """A sentence for the user, on standard error, safe to show."""
    sys.stderr.write(clean_line(sentence) + "\n")


def progress_bar() -> Progress:
    """A progress bar on standard error; nothing where that is no terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def print_items(items: Sequence[Item]) -> None:
    """A table of items: state, flags, words, title and path; on a pipe as wide as it needs."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=240)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, style in (("state", ""), ("flags", "red"), ("words", ""), ("site", "dim"), ("title", "")):
        table.add_column(name, style=style, no_wrap=True, justify="right" if name == "words" else "left")
    table.add_column("path", no_wrap=True, style="dim")
    for item in items:
        flags = " ".join(map(short, by_severity(item.flags)))
        cells = (_STATES[item.decision.verdict], flags, str(item.words), item.site or "")
        table.add_row(*(Text(cell) for cell in cells), _short(item.title), _short(item.path))
    console.print(table)


def print_summary(items: Iterable[Item], skipped: int) -> None:
    """One sentence of counts on standard error."""
    kinds: Counter[str] = Counter()
    count = 0
    for item in items:
        count += 1
        kinds.update({flag.kind for flag in item.flags})
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "no flags"
    narrate(f"{count} items: {told}" + (f"; {skipped} things of the folder were skipped" if skipped else ""))


def print_traces(traces: Sequence[Trace]) -> None:
    """What each rule made of a page, those that fired first."""
    console = Console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("outcome", no_wrap=True)
    table.add_column("rule", no_wrap=True)
    table.add_column("why", overflow="fold")
    styles = {"fired": "bold red", "nearly": "yellow", "against": "green"}
    for trace in sorted(traces, key=lambda trace: list(styles).index(trace.outcome)):
        table.add_row(Text(trace.outcome, styles[trace.outcome]), Text(trace.rule), Text(clean_line(trace.detail)))
    console.print(table)


def _short(text: str) -> Text:
    shown = Text(clean_line(text))
    shown.truncate(60, overflow="ellipsis")
    return shown
