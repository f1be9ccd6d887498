"""What a page costs: milliseconds of processor time for extraction, each module of flags, and the fingerprint.

    python -m tests.benchmarks.cost FOLDER              every html page of a folder
    python -m tests.benchmarks.cost FOLDER --pages N    N of them, spread over it

The share is of the extraction's time, measured in the same run. The last line flags one text of up to 1 MB, made
of the articles of those pages.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from triage.corpus import fingerprint
from triage.extraction import Extracted, extract
from triage.flagging import Subject, boilerplate, error_pages, flag, noise, repeats, thin
from triage.model import Block, Flag, Page, SourceFile
from triage.reading import read_pages, walk
from triage.scanning.worker import load

MODULES = (error_pages, thin, noise, boilerplate, repeats)
TEXT = 1_000_000
"""Characters of the long text."""


class Clock:
    """Seconds of processor time spent under each name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, its time counted under `name`."""

        def counted(*args: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return work(*args, **named)
            finally:
                self.seconds[name] += time.process_time() - start

        return counted


@contextmanager
def flag_modules_timed(clock: Clock) -> Iterator[None]:
    """Each module of flags counts its time under its name."""
    with ExitStack() as stack:
        for module in MODULES:
            name = module.__name__.rpartition(".")[2]
            stack.enter_context(patch.object(module, "find", clock.timed(name, module.find)))
        yield


def subject_of(page: Page, extracted: Extracted) -> Subject:
    """What the flags look at."""
    return Subject(
        extracted.article, extracted.evidence, page.media, page.url, page.status, page.trouble, extracted.visible
    )


def measure(folder: Path, paths: Sequence[str], clock: Clock) -> list[Block]:
    """Times of each step over the pages at `paths`; returns the blocks of their articles."""
    blocks: list[Block] = []
    extracting, flagging = clock.timed("extraction", extract), clock.timed("flags", flag)
    printing = clock.timed("fingerprint", fingerprint)
    for path in paths:
        for page in read_pages(folder, path):
            extracted: Extracted = extracting(page)
            flags: tuple[Flag, ...] = flagging(subject_of(page, extracted))
            printing(extracted.article, flags)
            blocks += extracted.article.blocks
    return blocks


def long_text(blocks: Sequence[Block]) -> tuple[int, float]:
    """Characters of the text made of `blocks`, at most 1 MB, and the seconds its flags take."""
    size, taken = 0, []
    for block in blocks:
        size += len(block.text)
        if size > TEXT:
            break
        taken.append(block)
    text = "\n\n".join(block.text for block in taken)
    page = Page("long.txt", "", "text", text)
    extracted = extract(page)
    extracted = replace(extracted, article=replace(extracted.article, blocks=tuple(taken)))
    start = time.process_time()
    flag(subject_of(page, extracted))
    return len(text), time.process_time() - start


def spread(paths: Sequence[str], count: int | None) -> Sequence[str]:
    """`count` of `paths` at equal distances; all of them where there are fewer or none is asked for."""
    if count is None or count >= len(paths):
        return paths
    return [paths[at * len(paths) // count] for at in range(count)]


def table(clock: Clock, pages: int) -> Table:
    """Milliseconds a page and share of the extraction's time, a row each."""
    whole = clock.seconds["extraction"]
    clock.seconds["flags and fingerprint"] = clock.seconds["flags"] + clock.seconds["fingerprint"]
    result = Table("step", "ms a page", "of extraction", title=f"{pages} html pages")
    for module in MODULES:
        name = module.__name__.rpartition(".")[2]
        result.add_row(f"  {name}", f"{clock.seconds[name] / pages * 1e3:.2f}", f"{clock.seconds[name] / whole:.1%}")
    for name in ("flags", "fingerprint", "flags and fingerprint", "extraction"):
        result.add_row(name, f"{clock.seconds[name] / pages * 1e3:.2f}", f"{clock.seconds[name] / whole:.1%}")
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a page costs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int)
    chosen = parser.parse_args()
    suffixes = (".html", ".htm", ".html.gz", ".htm.gz")
    found = [file.path for file in walk(chosen.folder) if isinstance(file, SourceFile) and file.path.endswith(suffixes)]
    paths = spread(found, chosen.pages)
    if not paths:
        parser.error(f"{chosen.folder} holds no html pages")
    load()  # phrases and models are read, and garbage is collected, as in a worker of a scan
    clock = Clock()
    with flag_modules_timed(clock):
        blocks = measure(chosen.folder, paths, clock)
    console = Console()
    console.print(table(clock, len(paths)))
    size, seconds = long_text(blocks)
    console.print(f"flags of a text of {size:,} characters: {seconds:.2f} s")


if __name__ == "__main__":
    main()
