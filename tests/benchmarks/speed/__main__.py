"""Every figure of speed beside its peer, as Markdown, and a plot of cost against size.

    python -m tests.benchmarks.speed                             2,000 pages, some minutes
    python -m tests.benchmarks.speed --pages 100000              hours
    python -m tests.benchmarks.speed --folder FOLDER             the scan of pages of your own as well

The screen is measured on a folder that the scan of this run has filled; `screen` alone measures it on any.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import plotext

from tests.benchmarks.speed import scan, screen
from tests.benchmarks.speed.figures import Figure, table
from tests.benchmarks.speed.folders import make

_SMALL = Path("sample_articles")


def _screen(place: Path, pages: int, kilobytes: float) -> list[Figure]:
    make(place, pages, kilobytes)
    for folder in (place, _SMALL):
        scan.run_command(["scan", str(folder)])
    return screen.figures_of(place, _SMALL, pages=pages)


def _plot(costs: list[tuple[int, float]]) -> str:
    plotext.plot([size for size, _ in costs], [cost for _, cost in costs])
    plotext.title("processor milliseconds a page, by pages of the folder")
    plotext.ylim(0, max(cost for _, cost in costs) * 1.2)
    plotext.xscale("log")
    plotext.plotsize(100, 16)
    return str(plotext.uncolorize(plotext.build()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Every figure of speed beside its peer.")
    parser.add_argument("--pages", type=int, default=2000, help="pages of the folders that are scanned again")
    parser.add_argument("--kilobytes", type=float, default=8, help="markup of each of those")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", choices=("scan", "screen"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="triage-speed-") as place:
        if chosen.only != "screen":
            generated = Path(place) / "generated"
            make(generated, 500, 100)
            for folder in (generated, *([chosen.folder] if chosen.folder else [])):
                found = scan.page_figures(folder, 250, chosen.runs) + scan.folder_figures(folder, chosen.runs)
                print(f"## {folder.name}\n\n{table(found)}\n", flush=True)  # noqa: T201
            print(f"## Again\n\n{table(scan.again_figures(chosen.pages, chosen.kilobytes))}\n", flush=True)  # noqa: T201
            sizes = sorted({max(200, chosen.pages // 10), max(600, chosen.pages // 3), chosen.pages})
            figure, costs = scan.growth(sizes, chosen.kilobytes)
            print(f"## Growth\n\n{table([figure])}\n\n{_plot(costs)}\n", flush=True)  # noqa: T201
        if chosen.only != "scan":
            found = _screen(Path(place) / "screen", chosen.pages, chosen.kilobytes)
            print(f"## Screen\n\n{table(found)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
