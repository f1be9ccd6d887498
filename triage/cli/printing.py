"""What the commands print: tables on standard output, narration and progress on standard error."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from triage.model import Item, Trace
from triage.text import clean_line
from triage.wording import by_severity, confidence, kind_and_cause, short, where

if TYPE_CHECKING:
    from triage.cli.explaining import Explanation

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
        flags = " ".join(dict.fromkeys(map(short, by_severity(item.flags))))
        cells = (_STATES[item.decision.verdict], flags, str(item.words), item.site or "")
        table.add_row(*(Text(clean_line(cell)) for cell in cells), _short(item.title), _short(item.path))
    console.print(table)


def print_paths(items: Iterable[Item]) -> None:
    """The paths of items, a line each: on a terminal safe to show, on a pipe the bytes that they are."""
    shown = sys.stdout.isatty()
    for item in items:
        sys.stdout.buffer.write((clean_line(item.path).encode() if shown else os.fsencode(item.path)) + b"\n")


def print_summary(items: Iterable[Item], skipped: int) -> None:
    """One sentence of counts on standard error."""
    kinds: Counter[str] = Counter()
    count = 0
    for item in items:
        count += 1
        kinds.update({flag.kind for flag in item.flags})
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "no flags"
    narrate(f"{count} items: {told}" + (f"; {skipped} things of the folder were skipped" if skipped else ""))


def print_explanation(explanation: Explanation) -> None:
    """One page: what was extracted, its flags with the blocks they cover, and what each rule made of it."""
    console = Console(highlight=False)
    page, article = explanation.page, explanation.article
    console.print(Text(clean_line(page.path), "bold"))
    facts = {"title": article.title, "site": article.site, "language": article.language, "text": article.extractor}
    console.print(Text("  ".join(f"{name}: {clean_line(fact)}" for name, fact in facts.items() if fact)))
    console.print(Text(f"{len(article.blocks)} blocks, read as {page.encoding}"))
    for flag in explanation.findings.flags:
        console.print()
        console.print(Text(f"{kind_and_cause(flag)}, {where(flag)}, {confidence(flag)}", "bold red"))
        console.print(Text(f"  {clean_line(flag.reason)}"))
        for block in (
            article.blocks[flag.first : flag.last + 1] if flag.first is not None and flag.last is not None else ()
        ):
            console.print(Text("  | " + clean_line(block.text)[:100], "dim"))
    if not explanation.findings.flags:
        console.print(Text("no flags: nothing speaks against this page", "green"))
    if explanation.findings.traces:
        console.print()
        _print_traces(console, explanation.findings.traces)


def _print_traces(console: Console, traces: Sequence[Trace]) -> None:
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
