"""Whole pages that the rules were not written for: short good ones about errors, and errors of vendors and systems.

    python -m tests.benchmarks.blind_pages              the figures of both halves
    python -m tests.benchmarks.blind_pages --misses     with the faults of the half that may be looked at

A hash of a page's name tells the half. Rules may be changed after misses of `seen`; `unseen` is only ever counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zlib
from pathlib import Path

from tests.benchmarks.build import build_blind
from tests.benchmarks.labels import Label
from tests.benchmarks.scanned import scanned
from tests.benchmarks.scoring import Score, score


def half(label: Label) -> str:
    """`seen` or `unseen`."""
    return ("seen", "unseen")[zlib.crc32(Path(label.path).stem.encode()) % 2]


def scores(folder: Path) -> dict[str, Score]:
    """The figures of each half of the pages, which are written below `folder`."""
    labels = build_blind(folder)
    items = {label.path: scanned(folder, label.path) for label in labels}
    return {name: score([label for label in labels if half(label) == name], items) for name in ("seen", "unseen")}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list the faults of the seen half")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = scores(Path(name))
    for part, result in found.items():
        counts = result.count("error-page")
        good = sum(whole for share, (_, whole) in result.shares.items() if share.endswith("called errors"))
        right, judged = result.shares["cause right"]
        print(  # noqa: T201
            f"{part:8}errors found {counts.right} of {counts.right + counts.missed}, cause right {right} of {judged}, "
            f"good pages called errors {counts.false} of {good}"
        )
    for miss in found["seen"].misses if arguments.misses else ():
        print(miss, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
