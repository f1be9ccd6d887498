"""Every figure of speed beside its peer, in one table.

python -m tests.benchmarks.speed                             some minutes, 2,000 pages
python -m tests.benchmarks.speed --pages 100000              an hour and more
python -m tests.benchmarks.speed --folder FOLDER             the figures of the scan on pages of your own as well
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import plotext
from rich.console import Console

from tests.benchmarks.speed import scan
from tests.benchmarks.speed.folders import make
from tests.benchmarks.speed.table import table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Every figure of speed beside its peer.")
    parser.add_argument("--pages", type=int, default=2000, help="pages of the folder that is scanned again")
    parser.add_argument("--kilobytes", type=float, default=8, help="markup of each of those")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    console = Console(width=150)
    with tempfile.TemporaryDirectory(prefix="triage-speed-") as place:
        make(Path(place), 500, 100)
        for folder in (Path(place), *([chosen.folder] if chosen.folder else [])):
            figures = scan.page_figures(folder, 250, chosen.runs) + scan.folder_figures(folder, chosen.runs)
            name = "500 generated pages of some 100 KB" if folder == Path(place) else folder.name
            console.print(table(name, figures))
    console.print(table("a folder again", scan.again_figures(chosen.pages, chosen.kilobytes)))
    sizes = sorted({max(200, chosen.pages // 10), max(600, chosen.pages // 3), chosen.pages})
    figure, costs = scan.growth(sizes, chosen.kilobytes)
    console.print(table("growth", [figure]))
    plotext.plot([size for size, _ in costs], [cost for _, cost in costs], marker="braille")
    plotext.title("processor milliseconds a page, by pages of the folder")
    plotext.ylim(0, max(cost for _, cost in costs) * 1.2)
    plotext.xscale("log")
    plotext.plotsize(100, 16)
    plotext.clear_color()
    console.print(plotext.build(), markup=False, highlight=False)


if __name__ == "__main__":
    main()
