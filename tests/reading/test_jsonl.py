import gzip
import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from archives import story
from hypothesis import example, given
from hypothesis import strategies as st

from triage.model import Page
from triage.reading import read_page, read_pages
from triage.reading.containers import START, Place, read_slice
from triage.reading.jsonl import records
from triage.reading.records import Record
from triage.reading.streams import Stream

TEXT = "The keeper of the lock counts barges, and his sister counts the geese on them. " * 3
HOME = "https://lock.example.org/"


def lines(*objects: Any) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in objects)


def read(folder: Path, data: bytes, name: str = "a.jsonl", limit: int = 1_000_000) -> tuple[Page, ...]:
    (folder / name).write_bytes(data)
    return read_pages(folder, name, limit)


def one(folder: Path, found: dict[str, Any]) -> Page:
    (page,) = read(folder, lines(found))
    return page


def test_a_line_is_a_page_with_what_it_knows_and_its_number_is_the_record(tmp_path: Path) -> None:
    data = lines({"text": TEXT}) + b"\n" + lines({"url": HOME, "html": story(1), "status": 200, "date": "2019-04-25"})
    first, second = read(tmp_path, data)
    assert (first.record, first.text, first.media, first.url) == ("000001", TEXT, "text", None)
    assert (second.record, second.text, second.media) == ("000003", story(1), "html")
    assert (second.url, second.status, second.captured) == (HOME, 200, "2019-04-25")
    assert second.sha256 == hashlib.sha256(story(1).encode()).hexdigest(), "that of the page in a file of its own"


@pytest.mark.parametrize(
    "found",
    [
        {"html": story(1), "text": TEXT},
        {"raw_content": story(1)},
        {"content": story(1), "url": HOME},
        {"body": story(1), "source_url": HOME},
        {"html": "", "text": story(1)},
        {"html": None, "text": f"\n {story(1)}"},
    ],
)
def test_the_page_is_found_under_the_names_that_data_sets_give_it(tmp_path: Path, found: dict[str, Any]) -> None:
    page = one(tmp_path, found)
    assert (page.text.strip(), page.media) == (story(1), "html")


def test_what_is_told_apart_of_the_page_is_found_too(tmp_path: Path) -> None:
    page = one(tmp_path, {"text": TEXT, "metadata": {"url": HOME, "title": "Geese", "timestamp": 1700000000}})
    assert (page.url, page.title, page.captured) == (HOME, "Geese", "2023-11-14T22:13:20Z")


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("2019-04-25T12:57:54Z", "2019-04-25T12:57:54Z"),
        ("2019-04-25 12:57:54.123", "2019-04-25T12:57:54Z"),
        ("yesterday", None),
        (1700000000000, "2023-11-14T22:13:20Z"),
        (17, None),
        (True, None),
        ([2019], None),
        (1e300, None),
    ],
)
def test_times_are_known_as_far_as_they_can_be(tmp_path: Path, told: Any, known: str | None) -> None:
    assert one(tmp_path, {"text": TEXT, "timestamp": told}).captured == known


@pytest.mark.parametrize(
    ("told", "known"), [("404", 404), (404.0, 404), (9000, None), ("ok", None), ({}, None), (float("inf"), None)]
)
def test_a_status_is_a_status_or_none(tmp_path: Path, told: Any, known: int | None) -> None:
    assert one(tmp_path, {"text": TEXT, "status": told}).status == known


@pytest.mark.parametrize(
    "found",
    [
        {"path": "a.html", "class": "error", "language": "de"},
        {"path": "a.html", "record": None, "sha256": "00", "title": "T", "blocks": [], "flags": []},
        {"path": "a.html", "sha256": "00", "flags": [], "text": TEXT, "verdict": "keep"},
        {"role": "user", "content": TEXT},
        {"path": "a.html", "scope": "inside", "line": TEXT},
        {"text": 7},
        {"text": "  "},
        [TEXT],
        TEXT,
    ],
    ids=["labels", "scan", "export", "messages", "lines", "number", "blank", "list", "word"],
)
def test_lines_of_other_things_are_refused_by_the_first_of_them(tmp_path: Path, found: Any) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*[found] * 30))
    refused = read_slice(tmp_path, "a.jsonl")
    assert refused.pages == ()
    assert refused.refused
    assert ("triage itself" in refused.refused) == (isinstance(found, dict) and "sha256" in found)


def test_a_page_among_the_first_lines_is_enough_and_lines_without_one_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(lines({"note": 1}, {"text": TEXT}, {"note": 2}) + b"no JSON\n")
    found = read_slice(tmp_path, "a.ndjson")
    assert [(page.record, page.trouble) for page in found.pages] == [
        ("000002", None),
        ("000004", "this line is no JSON"),
    ]
    assert found.passed == {"lines without a page": 2}


@pytest.mark.parametrize("packed", [True, False])
def test_slices_of_any_size_give_what_the_whole_gives(tmp_path: Path, *, packed: bool) -> None:
    data = lines(*({"text": story(number), "url": f"{HOME}{number}"} for number in range(9)))
    whole = read(tmp_path, gzip.compress(data[:2000]) + gzip.compress(data[2000:]) if packed else data, "a.jsonl.gz")
    assert [page.text for page in whole] == [story(number) for number in range(9)]
    for most in (1, 2, 9):
        pages: list[Page] = []
        place: Place | None = START
        while place is not None:
            found = read_slice(tmp_path, "a.jsonl.gz", place, most)
            pages += found.pages
            place = found.after
        assert tuple(pages) == whole
    assert read_page(tmp_path, "a.jsonl.gz", "000007", whole[6].spot) == whole[6]
    assert read_page(tmp_path, "a.jsonl.gz", "000007") == whole[6]


def test_the_limit_holds_for_a_page_and_a_line_without_end_is_passed_over(tmp_path: Path) -> None:
    data = lines({"text": "x" * 1_000_001}, {"text": TEXT}, {"text": "y" * 9_000_000}, {"text": TEXT})
    pages = read(tmp_path, data + b'{"text": "' + b"z" * 5_000_000)
    large = "larger than the limit of 1 MB"
    assert [(page.text[:20], page.trouble) for page in pages] == [
        ("", large),
        (TEXT[:20], None),
        ("", large),
        (TEXT[:20], None),
        ("", large),
    ]
    (bomb,) = read(tmp_path, gzip.compress(b'{"text": "' + b"z" * 200_000_000), "b.jsonl.gz")
    assert bomb.trouble == large


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"a": ' * 100_000 + b"1" + b"}" * 100_000,
        b'{"text": "x", "n": ' + b"9" * 1_000_000 + b"}",
        b'{"text": "x", "n": 1e' + b"9" * 100_000 + b"}",
        b'{"text": "\\ud800 alone \\udfff", "title": "\\ud800"}',
        b'{"text": "nul \\u0000 and \x00 bytes", "url": "https://x.org/\\u0000"}',
        b'{"text": "x", "url": "../../../etc/passwd", "path": "../../evil.html"}',
        b'{"text": "\xff\xfe", "title": 7, "metadata": [[]], "status": NaN, "date": Infinity}',
        b'{"text": "x", "id": 1, "id": 1, "text": "y"}',
    ],
    ids=["brackets", "deep", "digits", "exponent", "surrogates", "zeros", "paths", "types", "twice"],
)
def test_lines_made_to_break_it_are_pages_or_told(tmp_path: Path, line: bytes) -> None:
    first, hostile, last = read(tmp_path, lines({"text": TEXT}) + line + b"\n" + lines({"text": TEXT}))
    assert first.text == last.text == TEXT
    assert bool(hostile.text) != (hostile.trouble == "this line is no JSON")
    assert hostile.path == "a.jsonl"
    for told in (hostile.text, hostile.title or "", hostile.url or ""):
        told.encode()
    assert [path.name for path in tmp_path.rglob("*")] == ["a.jsonl"]


def test_a_slice_goes_on_where_the_last_one_ended_and_notices_another_file(tmp_path: Path) -> None:
    data = [lines(*({"text": f"{name} {number} {TEXT}"} for number in range(200))) for name in ("barge", "goose")]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(data[0]))
    first = read_slice(tmp_path, "a.jsonl.gz")
    assert first.after is not None
    second = read_slice(tmp_path, "a.jsonl.gz", first.after)
    assert second.pages[0].text == f"barge 50 {TEXT}"
    assert read_slice(tmp_path, "a.jsonl.gz", first.after) == second, "and backwards"
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(data[1]))
    third = read_slice(tmp_path, "a.jsonl.gz", second.after or START)
    assert third.pages[0].text == f"goose 100 {TEXT}"


def test_a_file_that_is_cut_gives_the_pages_before_and_says_so(tmp_path: Path) -> None:
    data = gzip.compress(lines(*({"text": f"{story(number)}"} for number in range(300))))
    *whole, last = read(tmp_path, data[: len(data) // 2], "a.jsonl.gz")
    assert len(whole) > 50
    assert all(page.trouble is None for page in whole)
    assert last.trouble == "the file is cut off here"
    assert last.record == f"{len(whole) + 1:06}"


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_lines_give_pages_or_reasons(noise: list[bytes]) -> None:
    for found in records(Stream(BytesIO(b"\n".join([lines({"text": TEXT}), *noise]))), 1000):
        assert not isinstance(found, Record) or found.data or found.trouble


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("status", "date", "text")), inner),
)


@example({"status": float("inf")})
@given(st.dictionaries(st.sampled_from(("url", "title", "status", "date", "timestamp", "metadata", "html")), VALUES))
def test_any_values_beside_a_text_leave_the_page_and_those_behind_it(told: dict[str, Any]) -> None:
    found = list(records(Stream(BytesIO(lines({"text": TEXT, **told}, {"text": TEXT}))), 1000))
    assert [isinstance(one, Record) and one.trouble is None for one in found] == [True, True]
