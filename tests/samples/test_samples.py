"""Every page of `sample_articles/` is read, extracted and flagged as `truth.jsonl` says, and not otherwise."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.benchmarks import scanned as in_process
from tests.benchmarks.labels import LINE_KINDS, Label, Record
from tests.benchmarks.quality import SAMPLES, sample_labels, scan
from tests.benchmarks.scoring import flagged_units, flags_of, place_units, units_of

LABELS = sample_labels()


@cache
def scanned(path: str) -> Record:
    return in_process.scanned(SAMPLES, path)


def texts(item: Record, units: set[int]) -> list[str]:
    """The texts of the blocks that hold `units`, for messages a person can read."""
    return [b["text"][:60] for i, b in enumerate(item["blocks"]) if units_of(item, i, i) & units]


def each(labels: list[Label]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("label", labels, ids=lambda label: label.path)


ERRORS = [label for label in LABELS if label.page_class == "error"]
GOOD = [label for label in LABELS if label.page_class != "error"]


def test_every_sample_has_its_line_of_truth() -> None:
    files = {file.relative_to(SAMPLES).as_posix() for file in SAMPLES.rglob("*") if file.is_file()}
    assert files - {"triage.sqlite"} == {label.path for label in LABELS}


@each(ERRORS)
def test_an_error_page_is_called_one_and_its_cause_named(label: Label) -> None:
    flags = flags_of(scanned(label.path), "error-page")
    assert [flag["cause"] for flag in flags] == list(label.causes)


@each(GOOD)
def test_a_good_page_is_not_called_an_error(label: Label) -> None:
    assert [flag["reason"] for flag in flags_of(scanned(label.path), "error-page")] == []


@each(GOOD)
def test_thin_and_unreadable_pages_are_told_and_no_others(label: Label) -> None:
    flags = flags_of(scanned(label.path), "thin", "unreadable")
    assert sorted(flag["kind"] for flag in flags) == sorted(label.flags), [flag["reason"] for flag in flags]


@each([label for label in GOOD if label.spans])
def test_what_is_wrong_in_a_good_page_is_flagged(label: Label) -> None:
    item = scanned(label.path)
    for span in label.spans:
        units = place_units(item, span.place)
        assert units, f"the extracted text lacks {span.place}"
        if span.kinds:
            missed = units - flagged_units(item, *span.kinds)
            assert not missed, f"no {' or '.join(span.kinds)}: {texts(item, missed)}"


@each(GOOD)
def test_nothing_else_in_a_good_page_is_flagged(label: Label) -> None:
    item = scanned(label.path)
    for kind in LINE_KINDS:
        allowed = [span.place for span in label.spans if kind in span.kinds or not span.kinds]
        false = flagged_units(item, kind).difference(*(place_units(item, place) for place in allowed))
        assert not false, f"{kind}: {texts(item, false)}"


@each([label for label in GOOD if any(span.same_as for span in label.spans)])
def test_a_repeat_names_the_earlier_copy(label: Label) -> None:
    item = scanned(label.path)
    for span in label.spans:
        if span.same_as:
            units = place_units(item, span.place)
            found = [f for f in flags_of(item, "repeated-section") if units_of(item, f["first"], f["last"]) & units]
            assert found, f"no repeat: {texts(item, units)}"
            assert all(units_of(item, *flag["same_as"]) <= place_units(item, span.same_as) for flag in found)


@each([label for label in LABELS if label.holds or label.title])
def test_title_and_text_are_read_as_they_were_written(label: Label) -> None:
    item = scanned(label.path)
    assert label.title in {None, item["title"]}
    assert any(label.holds in block["text"] for block in item["blocks"])


@each([label for label in LABELS if label.page_class == "article"])
def test_the_language_of_an_article_is_known(label: Label) -> None:
    assert scanned(label.path)["language"] == label.language


def test_a_good_page_tells_its_site_and_date() -> None:
    item = scanned("harbour-news.example.com/tide-mill-grinds-again.html")
    assert (item["site"], item["author"], item["date"]) == ("harbour-news.example.com", "Tamsin Rook", "2024-04-22")


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("bote.example.org/glockenspiel.html", "https://bote.example.org/stadt/glockenspiel-von-hohenbruck"),
        ("marsh-country.example.org/tide-mill.html", "https://marsh-country.example.org/2024/04/tide-mill"),
    ],
)
def test_a_saved_page_tells_where_it_was_saved_from(path: str, url: str) -> None:
    assert scanned(path)["url"] == url


def test_a_text_without_an_address_belongs_to_the_site_its_folder_names() -> None:
    assert scanned("agency.example.com/ferry-treaty.txt")["site"] == "agency.example.com"


@pytest.mark.parametrize("path", [label.path for label in LABELS if label.path.endswith(".gz")])
def test_a_compressed_sample_holds_no_time_of_its_making(path: str) -> None:
    assert (SAMPLES / path).read_bytes()[4:8] == bytes(4)


def test_the_story_that_stands_on_two_sites_is_the_only_group(tmp_path: Path) -> None:
    groups: dict[str, set[str]] = {}
    for item in scan(SAMPLES, tmp_path):
        if item["group"]:
            groups.setdefault(item["group"], set()).add(item["path"])
    wanted = {label.path for label in LABELS if label.group == "tide-mill"}
    assert list(groups.values()) == [wanted]
