"""What a page costs in parses and extractions; its time is a benchmark's, `tests/benchmarks/speed`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import trafilatura.metadata
import trafilatura.utils

from triage import extraction
from triage.extraction import article, extract
from triage.model import Page

PROSE = "The ferry ran late all week, and the harbour master blamed a tide that nobody else had seen. "
WHOLE = "".join(f"<p>{PROSE * 3}{number}</p>" for number in range(6))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    counted: Counter[str] = Counter()

    def count(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*values: Any, **named: Any) -> Any:
            counted[name] += 1
            return real(*values, **named)

        return counting

    monkeypatch.setattr(extraction, "parse", count("parse", extraction.parse))
    monkeypatch.setattr(article, "bare_extraction", count("extraction", article.bare_extraction))
    for module in (trafilatura.utils, trafilatura.metadata):
        for name in ("fromstring", "document_fromstring", "fromstring_bytes"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, count("parse by trafilatura", getattr(module, name)))
    return counted


def page(body: str) -> Page:
    return Page("a.html", "", "html", f"<html><head><title>Late</title></head><body>{body}</body></html>")


def test_a_page_is_parsed_once_and_extracted_once(calls: Counter[str]) -> None:
    found = extract(page(f"<article><h1>Late</h1>{WHOLE}</article>"))
    assert len(found.article.blocks) >= 6
    assert calls == {"parse": 1, "extraction": 1}
