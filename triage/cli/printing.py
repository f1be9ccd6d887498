"""What the commands print: tables on standard output, narration and progress on standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from triage.clean_view import clean_blocks, hidden
from triage.cli.table import STATES, table
from triage.model import Item, Scanned, Trace, name_of
from triage.rules import RULES
from triage.session.summary import summary_lines
from triage.text import clean, clean_line, json_line
from triage.wording import EXTRACTOR_WORDS, by_severity, confidence, counted, kind_and_cause, where

if TYPE_CHECKING:
    from triage.cli.explaining import Explanation
    from triage.scanning import SkippedThing
    from triage.session.groups import Copies
    from triage.session.likeness import Facet
    from triage.session.shared_errors import SharedError
    from triage.session.stats import Stats
    from triage.store.journal import Step

_SKIPPED_TOLD = 20


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
    """A table of items: state, flags, words, site, title and path; on a pipe as wide as it needs."""
    console = Console()
    if not console.is_terminal:
        sys.stdout.writelines(f"{line.plain}\n" for line in table(items, None))
        return
    for line in table(items, console.width):
        console.print(line, soft_wrap=True)


def print_paths(items: Iterable[Item]) -> None:
    """The paths of items, a line each: on a terminal safe to show, on a pipe the bytes that they are.

    That of a file whose pages come one after the other stands there once.
    """
    shown = sys.stdout.isatty()
    for path, _ in groupby(items, key=lambda item: item.path):
        sys.stdout.buffer.write((clean_line(path).encode() if shown else os.fsencode(path)) + b"\n")


def print_line(text: str) -> None:
    """A line on standard output, safe to show."""
    sys.stdout.write(clean_line_kept(text) + "\n")


def clean_line_kept(text: str) -> str:
    """`text` safe to show on one line, its runs of spaces kept: they set columns."""
    return clean(text).replace("\n", " ")


def print_facets(found: Iterable[Facet]) -> None:
    """Counts by what pages have in common, each with the filter that shows them."""
    group = ""
    for facet in found:
        if facet.group != group:
            group = facet.group
            print_line(f"{group}:")
        print_line(f"{facet.count:>7,}  {facet.filter}")


def print_steps(steps: Sequence[Step]) -> None:
    """Steps of the journal, a line each, with the number that `triage undo --to` takes."""
    for step in steps:
        undone = "  (undone)" if step.undone else ""
        print_line(f"{step.id:>5}  {step.at[:19]}Z  {step.reviewer}  {step.label}{undone}")


def print_summary_lines(found: Stats) -> None:
    """The figures with their plots; on a pipe 80 cells wide, in ASCII where standard output cannot print others."""
    ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    for text, role in summary_lines(found, max(40, width), ascii_only=ascii_only):
        print_line(f"{text}:" if role == "heading" else text)


def print_groups(found: Sequence[Copies]) -> None:
    """Groups of near copies, a paragraph each, the page to be kept marked."""
    for copies in found:
        best = copies.proposal
        print_line(f"{copies.members[0].item.title or copies.members[0].item.name}")
        if best is not None:
            print_line(f"  best: {copies.members[best.index].item.name} ({best.reason})")
        for row, copy in enumerate(copies.members):
            share = "" if row == copies.best else f", {copies.likeness(row).here:.0%} of it stands in the best"
            state = STATES[copy.item.decision.verdict] or "undecided"
            print_line(
                f"  {'*' if best and row == best.index else ' '} {copy.item.name}: {state}, {copy.words:,} words{share}"
            )
        print_line("")


def print_shared_errors(found: Sequence[SharedError]) -> None:
    """Error texts that pages share, each with its first lines and pages."""
    for shared in found:
        print_line(
            f"{shared.site}: {kind_and_cause(shared.flag)}, {len(shared.items):,} pages, "
            f"{len(shared.undecided):,} undecided"
        )
        for text in shared.lines[:3]:
            print_line(f"  | {clean_line(text)[:100]}")
        for item in shared.items[:5]:
            print_line(f"    {item.name}")
        if len(shared.items) > 5:
            print_line(f"    ... and {len(shared.items) - 5:,} more")
        print_line("")


def print_page(item: Item, scanned: Scanned | None, view: str, source: str | None) -> None:
    """One page to read: what it is, its flags, then its text; paragraphs numbered from 1 unless it is clean."""
    if view == "source":
        for line in (source or "").splitlines():
            print_line(line)
        return
    facts = (item.name, item.site, item.date, item.author, item.language, f"{item.words:,} words")
    print_line(item.title or "(no title)")
    print_line(" - ".join(fact for fact in facts if fact))
    decision = item.decision
    told = (STATES[decision.verdict], decision.reason, *(f"#{tag}" for tag in decision.tags), decision.note)
    if any(told):
        print_line(" - ".join(one for one in told if one))
    for flag in by_severity(item.flags):
        print_line(f"! {kind_and_cause(flag)}, {where(flag)}: {clean_line(flag.reason)}")
    print_line("")
    blocks = scanned.article.blocks if scanned else ()
    if view == "clean":
        for block in clean_blocks(blocks, item.flags, decision.marks):
            print_line(block.text)
            print_line("")
        return
    away = {n for fold in hidden(blocks, item.flags, decision.marks) for n in range(fold.first, fold.last + 1)}
    for number, block in enumerate(blocks):
        print_line(f"{number + 1:>4} {'~' if number in away else ' '} {block.text}")


def print_skipped(things: Iterable[SkippedThing], *, as_json: bool) -> int:
    """What was not read, a line each with its path and its reason, in path order; how many there were."""
    told = sorted(things, key=lambda thing: thing.path)
    for thing in told:
        about = {"path": thing.path, "reason": thing.reason}
        sys.stdout.write((json_line(about) if as_json else clean_line(f"{thing.path}: {thing.reason}")) + "\n")
    return len(told)


def print_summary(items: Iterable[Item], skipped: Sequence[SkippedThing]) -> None:
    """One sentence of counts on standard error, and the first of what was skipped, with the reasons."""
    kinds: Counter[str] = Counter()
    count = 0
    for item in items:
        count += 1
        kinds.update({flag.kind for flag in item.flags})
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "no flags"
    things = counted(len(skipped), "thing of the folder was", "things of the folder were")
    narrate(f"{counted(count, 'item')}: {told}" + (f"; {things} skipped:" if skipped else ""))
    for thing in sorted(skipped, key=lambda thing: thing.path)[:_SKIPPED_TOLD]:
        narrate(f"- {thing.path}: {thing.reason}")
    if len(skipped) > _SKIPPED_TOLD:
        narrate(f"... and {len(skipped) - _SKIPPED_TOLD:,} more; triage list --skipped tells all")


def print_explanation(explanation: Explanation) -> None:
    """One page: what was extracted, its flags with the blocks they cover, and what each rule made of it."""
    console = Console(highlight=False)
    page, article = explanation.page, explanation.article
    console.print(Text(clean_line(name_of((page.path, page.record))), "bold"))
    text = EXTRACTOR_WORDS[article.extractor]
    facts = {"title": article.title, "site": article.site, "language": article.language, "text": text}
    console.print(Text("  ".join(f"{name}: {clean_line(fact)}" for name, fact in facts.items() if fact)))
    count = len(article.blocks)
    told = "1 paragraph, heading or item" if count == 1 else f"{count} paragraphs, headings and items"
    console.print(Text(f"{told}, read as {page.encoding}"))
    for flag in explanation.findings.flags:
        console.print()
        console.print(Text(f"{kind_and_cause(flag)}, {where(flag)}, {confidence(flag)}", "bold red"))
        for line in (clean_line(flag.reason), f"Rule {flag.rule}: {RULES[flag.rule]}"):
            for part in Text(line).wrap(console, console.width - 2):
                part.rstrip()
                console.print(Text("  ").append(part))
        for block in (
            article.blocks[flag.first : flag.last + 1] if flag.first is not None and flag.last is not None else ()
        ):
            console.print(Text("  | " + clean_line(block.text), "dim"), no_wrap=True, overflow="ellipsis")
    if not explanation.findings.flags:
        console.print(Text("No flags: nothing speaks against this page.", "green"))
    reasons = {flag.reason for flag in explanation.findings.flags}
    _print_traces(console, [trace for trace in explanation.findings.traces if trace.detail not in reasons])


_OUTCOMES = {
    "fired": ("What fired", "red"),
    "nearly": ("What speaks for a flag, and did not suffice", "yellow"),
    "against": ("What speaks against", "green"),
}


def _print_traces(console: Console, traces: Sequence[Trace]) -> None:
    """What every rule made of the page, by outcome; what a flag says already is left out."""
    for outcome, (heading, style) in _OUTCOMES.items():
        told = [trace for trace in traces if trace.outcome == outcome]
        if not told:
            continue
        console.print()
        console.print(Text(heading, f"bold {style}"))
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for trace in told:
            table.add_row(Text(f"  {trace.rule}", "dim"), Text(clean_line(trace.detail)))
        console.print(table)
