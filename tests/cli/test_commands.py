import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli import main

STORY = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>The lamplighters of the upper town "
    "have asked for bicycles, since the hill has grown, they say, by at least three steps since last winter.</p>"
    "<p>The council of {title} has promised to measure the hill before the first snow and to publish what it finds, "
    "in metres as well as in steps.</p><p>Until then each lamplighter may rest twice, once on the way up and once "
    "in the doorway of the bakery, which opens early for the purpose.</p></article></body></html>"
)
ERROR = (
    "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1>"
    "<p>The requested URL was not found on this server.</p></body></html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "good.html").write_text(STORY.format(title="Hill to be measured"))
    (pages / "gone.html").write_text(ERROR)
    (pages / "notes.md").write_text("# A short note\n\nThe bakery is closed on Mondays.\n")
    return pages


def triage(*words: str | Path, answer: str | None = None) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def decisions(folder: Path) -> dict[str, tuple[str, str, str]]:
    with sqlite3.connect(folder / "triage.sqlite") as connection:
        rows = connection.execute("SELECT path, verdict, reason, tags FROM decisions").fetchall()
    return {path: (verdict, reason, tags) for path, verdict, reason, tags in rows}


def test_scan_prints_one_object_a_page_in_path_order_as_the_contract_says(folder: Path) -> None:
    result = triage("scan", folder, "--format", "jsonl")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [line["path"] for line in lines] == ["gone.html", "good.html", "notes.md"]
    gone, good, notes = lines
    assert list(good) == [
        "path", "record", "sha256", "url", "status", "title", "author", "date", "site", "language", "words", "blocks",
        "flags", "group",
    ]  # fmt: skip
    assert list(gone["flags"][0]) == ["kind", "cause", "first", "last", "same_as", "confidence", "reason", "rule"]
    assert (gone["flags"][0]["kind"], gone["flags"][0]["cause"]) == ("error-page", "not-found")
    assert gone["flags"][0]["first"] is None
    assert good["flags"] == []
    assert good["blocks"][0]["lines"] is None
    assert notes["blocks"][0] == {"kind": "heading", "text": "A short note", "lines": [1, 1]}


def test_scan_prints_the_same_from_the_library_as_from_the_pages(folder: Path) -> None:
    assert triage("scan", folder, "--format", "jsonl").stdout == triage("scan", folder, "--format", "jsonl").stdout


def test_scan_tells_progress_and_counts_on_standard_error_alone(folder: Path) -> None:
    result = triage("scan", folder)
    assert "3 items" in result.stderr
    assert "3 items" not in result.stdout
    assert "good.html" in result.stdout


def test_list_takes_the_filters_of_the_screen(folder: Path) -> None:
    assert triage("list", folder, "flag:error-page", "--format", "paths").stdout == "gone.html\n"
    assert triage("list", folder, "lamplighters words:>20", "--format", "paths").stdout == "good.html\n"


def test_nothing_matched_is_told_and_is_exit_code_one(folder: Path) -> None:
    result = triage("list", folder, "tag:nowhere")
    assert result.exit_code == 1
    assert "no item matches" in result.stderr


def test_a_filter_that_cannot_be_understood_is_told_with_its_place(folder: Path) -> None:
    result = triage("list", folder, "words:>many")
    assert result.exit_code == 2
    assert "character" in result.stderr
    assert "Traceback" not in result.stderr


def test_set_decides_all_that_match_into_the_journal(folder: Path) -> None:
    result = triage("set", "discard", folder, "flag:error-page", "--reason", "error page", "--tag", "junk")
    assert result.exit_code == 0
    assert decisions(folder) == {"gone.html": ("discard", "error page", '["junk"]')}


def test_several_are_decided_only_when_agreed_to(folder: Path) -> None:
    triage("set", "keep", folder, "is:undecided", answer="n\n")
    assert decisions(folder) == {}
    triage("set", "keep", folder, "is:undecided", answer="y\n")
    assert set(decisions(folder)) == {"gone.html", "good.html", "notes.md"}


def test_set_without_a_query_is_a_wrong_call(folder: Path) -> None:
    result = triage("set", "discard", folder)
    assert result.exit_code == 2
    assert not (folder / "triage.sqlite").exists()


def test_none_takes_a_decision_away(folder: Path) -> None:
    triage("set", "keep", folder, "path:good.html")
    triage("set", "none", folder, "path:good.html")
    assert decisions(folder) == {}


def test_export_writes_the_clean_text_of_what_was_kept(folder: Path, tmp_path: Path) -> None:
    triage("set", "keep", folder, "path:good.html")
    output = tmp_path / "kept.jsonl"
    assert triage("export", folder, "is:kept", "-o", output).exit_code == 0
    (line,) = map(json.loads, output.read_text("utf-8").splitlines())
    assert line["path"] == "good.html"
    assert line["verdict"] == "keep"
    assert "lamplighters" in line["text"]


def test_export_replaces_no_file_unless_forced(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("mine")
    assert triage("export", folder, "--format", "csv", "-o", output).exit_code == 2
    assert output.read_text() == "mine"
    assert triage("export", folder, "--format", "csv", "-o", output, "--force").exit_code == 0
    assert output.read_text() != "mine"


def test_explain_tells_rules_and_reasons_of_one_page(folder: Path) -> None:
    result = triage("explain", folder / "gone.html")
    assert result.exit_code == 0
    assert "error page" in result.stdout
    assert "fired" in result.stdout


@pytest.mark.parametrize("command", [["scan"], ["list"], ["review"], []])
def test_a_missing_folder_and_a_file_are_one_line_and_exit_code_two(folder: Path, command: list[str]) -> None:
    for wrong in (folder / "nowhere", folder / "good.html"):
        result = triage(*command, wrong)
        assert result.exit_code == 2
        assert str(wrong) in result.stderr
        assert "Traceback" not in result.output
        assert len(result.stderr.splitlines()) == 1


def test_a_database_that_is_not_ours_is_left_alone(folder: Path) -> None:
    foreign = folder / "triage.sqlite"
    foreign.write_text("not a database at all, but long enough to look like a file of somebody else's")
    result = triage("set", "keep", folder, "path:good.html")
    assert result.exit_code == 2
    assert "--db" in result.stderr
    assert foreign.read_text().startswith("not a database")


def test_an_empty_folder_is_no_fault(tmp_path: Path) -> None:
    result = triage("scan", tmp_path)
    assert result.exit_code == 0
    assert "0 items" in result.stderr


def test_help_names_every_command() -> None:
    told = triage("--help").stdout
    for name in main.commands:
        assert name in told
    assert "Exit codes" in told
