"""The folders that speed is measured on are what they say: the same bytes each time, and known shares of faults."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.benchmarks.speed.folders import FAULTS, change, content, make, page


def test_of_every_hundred_pages_as_many_have_each_fault_as_told() -> None:
    for start in (0, 700):
        assert Counter(page(number).fault for number in range(start, start + 100)) == FAULTS


def test_the_same_number_gives_the_same_page() -> None:
    assert page(17) == page(17)
    assert content(page(17), 17) == content(page(17), 17)


def test_every_tenth_page_changes(tmp_path: Path) -> None:
    make(tmp_path, 30, kilobytes=1)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    changed = {tmp_path / path for path in change(tmp_path, 30)}
    assert {path for path in before if path.read_bytes() != before[path]} == changed
    assert len(before) == 30
    assert len(changed) == 3
