"""The peer of a page's scan: trafilatura's extraction alone, in a process in which nothing of ours has touched it.

    python -m tests.benchmarks.speed.bare FOLDER PAGES      milliseconds of processor time a page

It is `bare_extraction` with the settings of the scan: fast, without comments, with metadata, dates not searched for in
all of the text. It parses the page, gives its text and its tree, and reads more of the metadata than the scan does. It
asks for no second opinion where it found little, tells no language, and flags nothing.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

from triage.model import Page, SourceFile
from triage.reading import read_pages, walk

DATES = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
"""The date search of the scan; by trafilatura's default it takes twice as long."""
_WARM = 20
"""Pages that load code and tables before any is measured."""


def pages_of(folder: Path, most: int) -> list[Page]:
    """At most so many html pages of the folder, spread over it."""
    paths = [file.path for file in walk(folder) if isinstance(file, SourceFile) and ".htm" in file.path]
    paths = paths[:: max(1, len(paths) // most)][:most]
    return [page for path in paths for page in read_pages(folder, path) if page.trouble is None]


def bare_milliseconds(folder: Path, most: int) -> float:
    """Milliseconds of processor time that the extraction alone takes of each of `pages_of`, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.speed.bare", str(folder), str(most)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def pool_rate(folder: Path) -> float:
    """Pages a second of two processes that do the extraction alone on each of the folder's html pages."""
    files = [(folder, file.path) for file in walk(folder) if isinstance(file, SourceFile)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(extract_file, files[:_WARM])
        start = time.monotonic()
        pool.map(extract_file, files, chunksize=5)
        return len(files) / (time.monotonic() - start)


def extract_file(file: tuple[Path, str]) -> None:
    """The extraction alone of the pages of a file."""
    for page in read_pages(*file):
        if page.trouble is None and page.media == "html":
            extracted(page)


def extracted(page: Page) -> None:
    """The extraction alone, with the settings of the scan."""
    from trafilatura import bare_extraction

    bare_extraction(
        page.text, fast=True, include_comments=False, with_metadata=True, date_extraction_params=dict(DATES)
    )


def main() -> None:
    """Measure and print."""
    folder, most = Path(sys.argv[1]), int(sys.argv[2])
    pages = pages_of(folder, most)
    if "triage.extraction" in sys.modules:
        raise SystemExit("the searches of trafilatura are ours here: it cannot be measured")

    for page in pages[:_WARM]:
        extracted(page)
    start = time.process_time()
    for page in pages:
        extracted(page)
    print((time.process_time() - start) / len(pages) * 1000)  # noqa: T201


if __name__ == "__main__":
    main()
