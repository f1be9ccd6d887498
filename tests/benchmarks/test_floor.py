"""The flags on our own labelled pages never get worse than this; raise a floor with the rules, never lower it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.build import build
from tests.benchmarks.copies import build_copies, judged
from tests.benchmarks.fresh_lines import lines
from tests.benchmarks.labels import Label, Record
from tests.benchmarks.quality import SAMPLES, sample_labels
from tests.benchmarks.scanned import scanned
from tests.benchmarks.scoring import Score, score
from tests.benchmarks.shapes import build_shapes
from triage.rules import RULES


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Label], dict[str, Record]]:
    folder = tmp_path_factory.mktemp("pages")
    built, samples = build(folder), sample_labels()
    items = {label.path: scanned(folder, label.path) for label in built}
    items |= {label.path: scanned(SAMPLES, label.path) for label in samples}
    return [*built, *samples], items


@pytest.fixture(scope="module")
def result(pages: tuple[list[Label], dict[str, Record]]) -> Score:
    return score(*pages)


def test_every_flag_is_of_a_rule_that_has_a_sentence(pages: tuple[list[Label], dict[str, Record]]) -> None:
    rules = {flag["rule"] for item in pages[1].values() for flag in item["flags"]}
    assert len(rules) >= 20
    assert rules <= RULES.keys()


@pytest.mark.parametrize(
    ("kind", "precision", "recall"),
    [
        ("error-page", 0.88, 0.96),
        ("error-noise", 0.98, 0.98),
        ("boilerplate", 0.98, 0.96),
        ("repeated-section", 0.91, 0.98),
    ],
)
def test_precision_and_recall_hold(result: Score, kind: str, precision: float, recall: float) -> None:
    counts = result.counts[kind]
    assert counts.precision >= precision, result.misses
    assert counts.recall >= recall, result.misses


def test_the_cause_of_an_error_is_right_in_nine_of_ten(result: Score) -> None:
    right, found = result.shares["cause right"]
    assert right >= 0.9 * found


def test_hardly_any_good_text_is_struck(result: Score) -> None:
    struck, good = result.shares["characters of good text struck"]
    assert struck <= 0.005 * good


@pytest.mark.parametrize(
    ("name", "struck", "innocent"),
    [
        ("lines", 0.95, 0),
        ("blind_lines", 0.93, 2),
        ("second_lines", 0.65, 0),
        ("third_lines", 0.92, 6),
        ("third_blocks", 0.87, 1),
    ],
)
def test_lines_of_sites_are_struck_in_wordings_nobody_listed(name: str, struck: float, innocent: int) -> None:
    found = list(lines(name))
    noise = [line.struck for line in found if line.noise]
    assert sum(noise) >= struck * len(noise)
    assert sum(line.struck for line in found if not line.noise) <= innocent


def test_of_the_flags_that_say_nine_tenths_nine_in_ten_are_right(result: Score) -> None:
    sure = [right for _, confidence, right in result.judged if confidence >= 0.9]
    assert sum(sure) >= 0.9 * len(sure)


@pytest.mark.parametrize(("name", "least"), [("copies", 0.97), ("third_copies", 0.97)])
def test_near_copies_are_told_from_pages_in_one_frame(tmp_path: Path, name: str, least: float) -> None:
    pairs = build_copies(tmp_path, name)
    counts = judged(tmp_path, pairs, alone=False).count("near copies")
    assert counts.f1 >= least


@pytest.mark.parametrize(
    ("name", "kind", "least"),
    [
        ("shapes", "repeated-section", 0.97),
        ("third_shapes", "repeated-section", 0.97),
        ("saved", "pages with a repeat", 0.95),
    ],
)
def test_what_stands_twice_is_told_from_what_resembles_itself(
    tmp_path: Path, name: str, kind: str, least: float
) -> None:
    labels = build_shapes(tmp_path, name)
    counts = score(labels, {label.path: scanned(tmp_path, label.path) for label in labels}).count(kind)
    assert counts.f1 >= least
