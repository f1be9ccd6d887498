"""The quality benchmark counts what it says it counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.build import build
from tests.benchmarks.labels import LINE_KINDS, Label, Place, Record, Span, labels_of, line_key, pairs_of
from tests.benchmarks.quality import reliability, report
from tests.benchmarks.scoring import Score, place_units, score, score_pairs


def flag(kind: str, first: int | None = None, last: int | None = None, **more: Any) -> Record:
    return {
        "kind": kind, "cause": None, "first": first, "last": first if last is None else last, "same_as": None,
        "confidence": 0.9, "reason": "because", "rule": "r",
    } | more  # fmt: skip


def text_item(lines: list[str], *flags: Record, group: str | None = None) -> Record:
    blocks = [{"text": line, "lines": [number, number]} for number, line in enumerate(lines, 1)]
    return {"blocks": blocks, "flags": list(flags), "group": group}


DUMP = ["404", "A headline", "A paragraph", "Another", "A paragraph", "Another", "Leave a comment"]
DUMP_LABEL = Label(
    "a.txt",
    "article",
    spans=(
        Span(("error-noise",), Place(lines=(1, 1))),
        Span(("repeated-section",), Place(lines=(5, 6)), Place(lines=(3, 4))),
        Span(("boilerplate", "error-noise"), Place(lines=(7, 7))),
    ),
    complete=LINE_KINDS,
)
RIGHT = (flag("error-noise", 0), flag("repeated-section", 4, 5, same_as=[2, 3]), flag("boilerplate", 6))


def test_a_scan_that_finds_all_and_no_more_is_perfect() -> None:
    result = score([DUMP_LABEL], {"a.txt": text_item(DUMP, *RIGHT)})
    assert all(counts.f1 == 1 for counts in result.counts.values())
    assert result.shares["earlier copy named right"] == (1, 1)
    assert result.shares["characters of good text struck"][0] == 0
    assert result.misses == []


def test_a_missed_line_costs_recall_and_a_struck_one_precision() -> None:
    struck = (flag("error-noise", 1), *RIGHT[1:])
    result = score([DUMP_LABEL], {"a.txt": text_item(DUMP, *struck)})
    noise = result.counts["error-noise"]
    assert (noise.right, noise.false, noise.missed) == (0, 1, 1)
    assert result.shares["characters of good text struck"][0] == len("A headline")


def test_boilerplate_that_nobody_labelled_is_not_held_against_a_flag() -> None:
    label = replace(DUMP_LABEL, complete=("error-noise", "repeated-section"))
    result = score([label], {"a.txt": text_item(DUMP, *RIGHT, flag("boilerplate", 2))})
    assert result.counts["boilerplate"].precision == 1
    assert len(result.judged) == 2


def test_a_comment_stub_may_be_called_noise_but_counts_as_boilerplate() -> None:
    result = score([DUMP_LABEL], {"a.txt": text_item(DUMP, *RIGHT[:2], flag("error-noise", 6))})
    assert result.counts["boilerplate"].recall == 1
    assert result.counts["error-noise"].false == 0


def test_a_repeat_that_names_the_wrong_copy_is_told() -> None:
    wrong = (RIGHT[0], flag("repeated-section", 4, 5, same_as=[0, 1]), RIGHT[2])
    assert score([DUMP_LABEL], {"a.txt": text_item(DUMP, *wrong)}).shares["earlier copy named right"] == (0, 1)


def test_error_pages_are_counted_with_their_cause_and_false_alarms() -> None:
    labels = [Label("e", "error", ("not-found",), "de"), Label("f", "error", ("login",), "en"), Label("g", "article")]
    found = flag("error-page", cause="http-error")
    items = {"e": text_item([], found), "f": text_item([]), "g": text_item([], found)}
    result = score(labels, items)
    counts = result.counts["error-page"]
    assert (counts.right, counts.false, counts.missed) == (1, 1, 1)
    assert result.shares["cause right"] == (1, 1), "a server's own 404 may stand under either name"
    assert result.shares["article pages called errors"] == (1, 1)


def test_near_copies_are_counted_by_pairs() -> None:
    items = {name: text_item([], group=group) for name, group in (("a", "x"), ("b", "x"), ("c", "x"), ("d", None))}
    result = Score()
    score_pairs(result, [("a", "b", True), ("a", "c", False), ("a", "d", True)], items)
    counts = result.counts["near copies"]
    assert (counts.right, counts.false, counts.missed) == (1, 1, 1)


def test_the_third_copy_of_a_section_is_found_by_how_it_begins() -> None:
    blocks = [{"text": text, "lines": None} for text in ("One a", "Two b", "One a", "Two b", "x", "One a", "Two b")]
    place = Place(first="One", last="Two", copy=3)
    assert place_units({"blocks": blocks}, place) == {5, 6}


def test_a_line_is_known_by_its_letters_whatever_its_marks() -> None:
    blocks = [{"text": "Oops!  Something went wrong.", "lines": None}]
    assert place_units({"blocks": blocks}, Place(key=line_key("oops something WENT wrong"))) == {0}


def test_confidence_is_compared_with_what_came_true() -> None:
    judged = [("error-page", 0.95, True), ("error-page", 0.97, True), ("error-page", 0.99, False), ("thin", 0.7, True)]
    rows = [(row.kind, row.low, row.flags, round(row.right, 2)) for row in reliability(judged)]
    assert rows == [
        ("error-page", 0.95, 3, 0.67), ("thin", 0.7, 1, 1.0), ("all", 0.7, 1, 1.0), ("all", 0.95, 3, 0.67)
    ]  # fmt: skip


def test_the_report_names_every_figure() -> None:
    text = report(score([DUMP_LABEL], {"a.txt": text_item(DUMP, *RIGHT)}))
    assert all(word in text for word in ("error-noise", "earlier copy named right", "0.90 to 0.95", "share right"))


def test_a_folder_with_truth_files_is_understood(tmp_path: Path) -> None:
    truth = {
        "pages": {"path": "pages/a.html", "class": "error", "cause": "login", "language": "en"},
        "lines": {
            "path": "dumps/a.txt", "language": "en", "noise": [[1, 2, "other"]], "repeats": [[5, 6, 3, 4]],
            "boilerplate": [[8, 9, "disclaimer"]], "ignore": [7],
        },
        "within": {"path": "within/a.txt", "label": "template-or-label"},
        "natural_lines": {"path": "natural/a.html", "scope": "trap", "line": "Error"},
        "pairs": {"a": "near/x/1.txt", "b": "near/y/2.txt", "label": "near-duplicate"},
    }  # fmt: skip
    (tmp_path / "truth").mkdir()
    for name, record in truth.items():
        (tmp_path / "truth" / f"{name}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    page, dump, within, natural = labels_of(tmp_path)
    assert page.causes == ("login",)
    assert [span.kinds[:1] for span in dump.spans] == [("error-noise",), ("boilerplate",), ("repeated-section",), ()]
    assert within.repeated is False
    assert natural.spans[0].trap
    assert pairs_of(tmp_path) == [("near/x/1.txt", "near/y/2.txt", True)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Label]]:
    folder = tmp_path_factory.mktemp("pages")
    return folder, build(folder)


def test_the_labelled_pages_hold_every_cause_and_many_languages(built: tuple[Path, list[Label]]) -> None:
    errors = [label for label in built[1] if label.page_class == "error"]
    assert {cause for label in errors for cause in label.causes} == {
        "not-found", "http-error", "rate-limit", "bot-wall", "captcha", "js-required", "consent", "login", "paywall",
        "parked", "maintenance", "other",
    }  # fmt: skip
    assert len({label.language for label in errors}) >= 16


def test_a_built_dump_says_of_each_repeat_where_the_earlier_copy_stands(built: tuple[Path, list[Label]]) -> None:
    folder, labels = built
    label = next(label for label in labels if label.path == "dumps/en-again.txt")
    lines = (folder / label.path).read_text(encoding="utf-8").split("\n")
    (span,) = label.spans
    assert span.place.lines
    assert span.same_as
    assert span.same_as.lines
    later, earlier = (lines[first - 1 : last] for first, last in (span.place.lines, span.same_as.lines))
    assert later == earlier
    assert len(later) == 3
