"""What each step costs on folders of several sizes, how fast that grows, and a plot of it."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Mapping, Sequence

import plotext

from tests.benchmarks.speed.figures import number
from tests.benchmarks.speed.kept import Kept
from tests.benchmarks.speed.screen import reviewing, session_of, slowest_acts
from triage.corpus import group, site_of

Costs = Mapping[str, list[tuple[int, float]]]
"""Cost by number of pages, of each step; the step's name holds the unit."""
_MOST = 1.1
"""The largest exponent that is no fault: twice the pages, little more than twice the cost."""
_KEYS = 50


def costs(sizes: Sequence[Kept]) -> Costs:
    """Every step on every size, the small first."""
    found: dict[str, list[tuple[int, float]]] = {}
    for kept in sizes:
        for name, value in _steps(kept).items():
            found.setdefault(name, []).append((kept.pages, value))
    return found


def _steps(kept: Kept) -> dict[str, float]:
    steps = {"scan, s of the processor": kept.scan_seconds, **_of_the_program(kept)}
    library = kept.library()
    start = time.process_time()
    group((key, site_of(key[0], site), data) for key, site, data in library.fingerprints())
    steps["look across pages, s of the processor"] = time.process_time() - start
    start = time.process_time()
    items = library.items()
    steps["list again, ms of the processor"] = (time.process_time() - start) * 1000
    library.close()
    del items
    gc.collect()
    with session_of(kept) as session:
        for what, (_, seconds) in slowest_acts(session, 3).items():
            steps[f"{what.lower().rstrip(',')}, ms (slowest)"] = seconds * 1000
    return steps


def _of_the_program(kept: Kept) -> dict[str, float]:
    stood = []
    for _ in range(3):
        with reviewing(kept.folder, kept.cache) as program:
            stood.append(program.until(rb"1 of [0-9]"))
    with reviewing(kept.folder, kept.cache) as program:
        program.until(rb"1 of [0-9]")
        program.rest(2 + kept.pages / 20_000)
        before = program.processor()
        for at in range(_KEYS):
            program.press("j")
            program.until(rb"\b%s of [0-9]" % f"{at + 2:,}".encode())
            program.rest(0.05)
        key = (program.processor() - before) / _KEYS * 1000
        memory = program.memory()
    return {"start, s": statistics.median(stood), "key, ms of the processor": key, "memory, MB": memory}


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """How cost grows with size between the smallest and the largest: 1 where twice the pages take twice as long."""
    (small, cheap), (large, dear) = min(points), max(points)
    return math.log(dear / cheap) / math.log(large / small) if large > small and cheap > 0 < dear else 0.0


def report(found: Costs) -> str:
    """A table of cost by size with exponents, and the plot, as Markdown."""
    sizes = [size for size, _ in next(iter(found.values()))]
    lines = [
        f"| step | {' | '.join(f'{size:,} pages' for size in sizes)} | exponent |",
        f"| --- |{' --- |' * len(sizes)} --- |",
    ]
    for name, points in found.items():
        power = exponent(points)
        mark = " (missed)" if power > _MOST else ""
        lines.append(f"| {name} | {' | '.join(number(cost) for _, cost in points)} | {power:.2f}{mark} |")
    return "\n".join(lines) + f"\n\n```\n{plot(found)}\n```"


def plot(found: Costs) -> str:
    """Each step's cost over its cost on the smallest folder, by size, both logarithmic."""
    plotext.clear_figure()
    for letter, (name, points) in zip("abcdefghijklm", found.items(), strict=False):
        sizes = [size for size, _ in points]
        plotext.plot(sizes, [cost / points[0][1] for _, cost in points], marker=letter)
        plotext.scatter(sizes, [cost / points[0][1] for _, cost in points], marker=letter, label=name)
    plotext.title("cost by pages of the folder, over that of the smallest")
    plotext.xscale("log")
    plotext.yscale("log")
    plotext.plotsize(100, 30)
    return str(plotext.uncolorize(plotext.build())).rstrip()
