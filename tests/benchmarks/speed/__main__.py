"""Every figure of speed beside its peer, and a plot of cost against size, as Markdown; in README too with --readme.

    python -m tests.benchmarks.speed                                      2,000 pages, some five minutes
    python -m tests.benchmarks.speed --pages 100000 --folder PLACE        some twenty-five the first time
    python -m tests.benchmarks.speed --own FOLDER                         the scan of pages of your own as well

PLACE keeps the folders that were made and what was scanned of them: another run by the same version begins at once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.speed import growth, scan, screen
from tests.benchmarks.speed.figures import Figure, table
from tests.benchmarks.speed.folders import make
from tests.benchmarks.speed.kept import TRIAGE, filled

_SMALL = Path("sample_articles")
_SIZES = (1000, 3000, 10_000, 30_000, 100_000)
_AGAIN = 10_000
"""Pages of the folder that is scanned again and again; more take too long."""
_README = Path("README.md")
_FROM, _TO = "<!-- figures of python -m tests.benchmarks.speed -->\n", "<!-- end of figures -->"


def _scan(place: Path, chosen: argparse.Namespace) -> str:
    generated = place / "large-pages"
    if not generated.exists():
        make(generated, 500, 100)
    parts = []
    for folder in (generated, *([chosen.own] if chosen.own else [])):
        found = scan.page_figures(folder, 250, chosen.runs) + scan.folder_figures(folder, chosen.runs)
        name = "500 made-up pages of some 100 KB" if folder is generated else folder.name
        parts.append(f"Scan of {name}, two workers:\n\n{table(found)}")
    again = scan.again_figures(min(chosen.pages, _AGAIN), chosen.kilobytes)
    parts.append(f"Scanned again (1 run):\n\n{table(again)}")
    return "\n\n".join(parts)


def _screen(place: Path, chosen: argparse.Namespace) -> str:
    cache = place / "small-cache"
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    subprocess.run(
        [TRIAGE, "scan", str(_SMALL)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    kept = filled(place, chosen.pages, chosen.kilobytes)
    found: list[Figure] = screen.figures_of(kept, (_SMALL, cache), chosen.rounds, chosen.keys)
    return f"The screen, {chosen.pages:,} pages known from before:\n\n{table(found)}"


def _growth(place: Path, chosen: argparse.Namespace) -> str:
    sizes = [size for size in _SIZES if size < chosen.pages] + [chosen.pages]
    kept = [filled(place, size, chosen.kilobytes) for size in sizes[-5:]]
    return f"Cost by size, pages of some {chosen.kilobytes:g} KB:\n\n{growth.report(growth.costs(kept))}"


_PARTS = {"screen": _screen, "growth": _growth, "scan": _scan}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Every figure of speed beside its peer.")
    parser.add_argument("--pages", type=int, default=2000, help="pages of the largest folder")
    parser.add_argument("--kilobytes", type=float, default=4, help="markup of each of its pages")
    parser.add_argument("--folder", type=Path, help="where folders and what was scanned of them are kept")
    parser.add_argument("--own", type=Path, help="pages of your own, scanned as well")
    parser.add_argument("--runs", type=int, default=3, help="of each scan")
    parser.add_argument("--rounds", type=int, default=7, help="of each start, filter, search and order")
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--only", choices=tuple(_PARTS), help="this part alone")
    parser.add_argument("--readme", action="store_true", help="put all of it into README.md in place of what is there")
    chosen = parser.parse_args()
    parts = []
    with tempfile.TemporaryDirectory(prefix="triage-speed-") as temporary:
        place = chosen.folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        for name, part in _PARTS.items():
            if chosen.only in {None, name}:
                parts.append(part(place, chosen))
                print(f"{parts[-1]}\n", flush=True)  # noqa: T201
    if chosen.readme:
        before, _, rest = _README.read_text("utf-8").partition(_FROM)
        _, found, after = rest.partition(_TO)
        if not found:
            sys.exit(f"{_README} has no place for the figures: the lines {_FROM.strip()} and {_TO}")
        _README.write_text(before + _FROM + "\n\n".join(parts) + f"\n{_TO}" + after, encoding="utf-8")


if __name__ == "__main__":
    main()
