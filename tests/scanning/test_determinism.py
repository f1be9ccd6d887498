"""The same pages give the same output, byte by byte, however they are scanned."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.copies import build_copies
from triage.scanning import Event, Limits, Progress, Scan, scan_line
from triage.store.library import Library

COMMAND = Path(sys.executable).with_name("triage")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    samples = Path(__file__).parent.parent.parent / "sample_articles"
    pages = Path(shutil.copytree(samples, tmp_path_factory.mktemp("determinism") / "pages"))
    copies = pages / "copies"
    build_copies(copies)
    for site in copies.iterdir():
        site.rename(site.with_suffix(".org"))  # a name that can be a site's, so that its pages are compared as such
    for number in range(6):
        (copies / f"valley.org/{number}.txt").write_text("Этой страницы\nу нас больше нет, и куда она делась, неясно\n")
    return pages


def output(folder: Path, cache: Path, workers: int, hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "XDG_CACHE_HOME": str(cache)}
    command = [str(COMMAND), "scan", str(folder), "--format", "jsonl", "--workers", str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, encoding="utf-8")
    return done.stdout


def shuffled_output(folder: Path, cache: Path, seed: int) -> str:
    """A scan that takes the pages in another order than the walk's."""
    library = Library.open(folder, cache, detector="shuffled")
    order: list[str] = []

    def shuffle(event: Event) -> None:
        if isinstance(event, Progress) and not event.walking and not order:
            order.extend(sorted(scan._waiting))
            random.Random(seed).shuffle(order)
            scan.prefer(order)

    scan = Scan(folder, library, shuffle, Limits(workers=2))
    scan.start()
    assert scan.join(300)
    assert order
    lines = []
    for item in library.items():
        scanned = library.scanned(item.key)
        assert scanned is not None
        lines.append(scan_line(scanned, item.flags, item.group) + "\n")
    library.close()
    return "".join(lines)


def test_workers_order_hash_seeds_and_a_warm_library_change_nothing(folder: Path, tmp_path: Path) -> None:
    expected = output(folder, tmp_path / "1", workers=1, hash_seed="0")
    assert expected.count("\n") > 100
    for rule in ("near-duplicate", "recurring-block", "recurring-error-text"):
        assert f'"rule": "{rule}"' in expected
    assert output(folder, tmp_path / "1", workers=1, hash_seed="3") == expected, "from a warm library"
    assert output(folder, tmp_path / "2", workers=2, hash_seed="1") == expected
    assert output(folder, tmp_path / "4", workers=4, hash_seed="2") == expected
    assert shuffled_output(folder, tmp_path / "5", seed=7) == expected
