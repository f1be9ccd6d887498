"""What the commands make of pages that stand in one file together."""

import json
from pathlib import Path

import pytest
from archives import archive, crawl, response, story
from click.testing import CliRunner, Result

from triage.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    gone = response("https://lock.example.org/gone", b"<h1>Not Found</h1><p>This page was not found.</p>", 404)
    (pages / "crawl.warc.gz").write_bytes(
        archive([*crawl(2), gone, response("https://x.org/a.png", b"", media="image/png")])
    )
    (pages / "other.html").write_text(story(50))
    return pages


def triage(*words: object, answer: str = "") -> Result:
    result = CliRunner().invoke(main, [*map(str, words)], input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_each_record_is_a_line_of_the_scan_in_its_order(folder: Path) -> None:
    lines = [json.loads(line) for line in triage("scan", folder, "--format", "jsonl").stdout.splitlines()]
    assert [(line["path"], line["record"], line["status"]) for line in lines] == [
        ("crawl.warc.gz", "000003", 200),
        ("crawl.warc.gz", "000005", 200),
        ("crawl.warc.gz", "000006", 404),
        ("other.html", None, None),
    ]
    assert [flag["kind"] for flag in lines[2]["flags"]] == ["error-page"]
    assert lines[2]["url"] == "https://lock.example.org/gone"


def test_a_record_is_found_shown_and_decided_by_its_name(folder: Path) -> None:
    one = "path:crawl.warc.gz#000005"
    assert "Day 1 at the lock" in triage("show", folder, one).stdout
    assert triage("show", folder, one, "--as", "source").stdout.startswith("<html><head><title>Day 1 at the lock")
    assert triage("set", "keep", folder, one).exit_code == 0
    (kept,) = (json.loads(line) for line in triage("list", folder, "is:keep", "--json").stdout.splitlines())
    assert (kept["path"], kept["record"]) == ("crawl.warc.gz", "000005")
    assert "crawl.warc.gz#000006" in triage("list", folder, "flag:error-page").stdout


def test_decisions_come_in_by_record(folder: Path) -> None:
    lines = '{"path": "crawl.warc.gz", "record": "000003", "verdict": "discard", "note": "geese"}\n'
    assert triage("set", "--from", "-", "--yes", folder, answer=lines).exit_code == 0
    (line,) = (
        json.loads(line) for line in triage("export", folder, "is:discard", "--format", "jsonl").stdout.splitlines()
    )
    assert (line["record"], line["note"]) == ("000003", "geese")
    told = triage("set", "--from", "-", "--yes", folder, answer=lines.replace("000003", "000004"))
    assert "crawl.warc.gz#000004" in told.stderr


def test_paths_for_other_programs_name_a_file_once(folder: Path) -> None:
    assert triage("list", folder, "--format", "paths").stdout.splitlines() == ["crawl.warc.gz", "other.html"]


def test_what_is_no_page_is_told_with_the_skipped_files(folder: Path) -> None:
    told = "crawl.warc.gz: records that are no pages: files of other kinds than pages (1)"
    for _ in range(2):
        assert told in triage("list", folder, "--skipped").stdout


def test_explain_wants_a_record_and_knows_it_with_and_without_its_zeros(folder: Path) -> None:
    file = folder / "crawl.warc.gz"
    asked = triage("explain", file)
    assert asked.exit_code == 2
    assert "name one, such as --record 000003" in asked.stderr
    for name in ("000006", "6"):
        told = triage("explain", file, "--record", name).stdout
        assert "awl.warc.gz#000006" in told.replace("\n", "")
        assert "error-page" in told
        assert triage("explain", f"{file}#{name}").stdout == told
    assert "no page is in a record 4 of it" in triage("explain", file, "--record", "4").stderr
    assert "no page is in a record 1 of it" in triage("explain", folder / "other.html", "--record", "1").stderr
