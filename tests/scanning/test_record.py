"""What a file is kept as whose scan was ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.model import Page
from triage.scanning import record


def test_a_file_that_cannot_even_be_read_is_one_item_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(folder: Path, path: str, limit: int) -> tuple[Page, ...]:
        del folder, path, limit
        raise ValueError("a fault of the reader")

    monkeypatch.setattr(record, "read_pages", failing)
    (found,) = record.given_up(tmp_path, "a.html", 1000, "fault", "scanning it failed")
    assert found.path == "a.html"
    assert [(flag.kind, flag.cause, flag.reason) for flag in found.flags] == [
        ("unreadable", "fault", "scanning it failed")
    ]
