import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli import main
from triage.cli.printing import print_items
from triage.errors import UnwritableJournalError
from triage.model import Item
from triage.store.journal import Journal

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


def test_what_is_not_read_is_told_by_a_scan_and_listed_with_its_reason(folder: Path) -> None:
    for number in range(22):
        (folder / f"link{number:02}.html").symlink_to("good.html")
    told = triage("scan", folder).stderr.splitlines()
    assert "22 things of the folder were skipped:" in told[0]
    assert told[1].startswith("- link00.html: ")
    assert told[-1] == "... and 2 more; triage list --skipped tells all"
    listed = triage("list", folder, "--skipped").stdout.splitlines()
    assert len(listed) == 22
    assert listed[-1].startswith("link21.html: a link")
    lines = [json.loads(line) for line in triage("list", folder, "--skipped", "--json").stdout.splitlines()]
    assert lines[0]["path"] == "link00.html"
    assert [f"{line['path']}: {line['reason']}" for line in lines] == listed
    assert "takes no QUERY" in triage("list", folder, "is:kept", "--skipped").stderr


def test_one_item_and_one_thing_are_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "gone.html").write_text(ERROR)
    (tmp_path / "pages.zip").write_bytes(b"x")
    told = triage("scan", tmp_path).stderr.splitlines()
    assert told[0].startswith("1 item: ")
    assert told[0].endswith("; 1 thing of the folder was skipped:")


def test_a_folder_of_which_all_is_read_lists_nothing_as_skipped(folder: Path) -> None:
    assert triage("list", folder, "--skipped").exit_code == 1


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


def test_a_page_that_was_too_large_is_read_once_the_settings_allow_it(folder: Path, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text("page_megabytes = 0.0001")
    assert "2 unreadable" in triage("scan", folder, "--config", settings).stderr
    assert "unreadable" not in triage("scan", folder).stderr


def test_scan_tells_progress_and_counts_on_standard_error_alone(folder: Path) -> None:
    result = triage("scan", folder)
    assert "3 items" in result.stderr
    assert "3 items" not in result.stdout
    assert "good.html" in result.stdout


def test_nothing_of_a_page_reaches_the_terminal_as_a_control(capsys: pytest.CaptureFixture[str]) -> None:
    print_items([Item("a\x1b[2J.html", title="b\x1b[2J", site="c\x1b[2J.example")])
    assert "\x1b" not in capsys.readouterr().out


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


def test_set_leaves_a_last_copy_where_it_discards_several(folder: Path) -> None:
    for name in ("copy", "copy2"):
        (folder / f"{name}.html").write_text(STORY.format(title="Hill to be measured"))
    result = triage("set", "discard", folder, "hill", "--yes")
    assert "discarded 2 items, left 1 last copy" in result.stderr
    assert len(decisions(folder)) == 2
    (left,) = {"good.html", "copy.html", "copy2.html"} - decisions(folder).keys()
    triage("set", "discard", folder, f"path:{left}")
    assert left in decisions(folder)


def test_verdict_tags_and_note_are_one_step_to_undo(folder: Path) -> None:
    triage("set", "keep", folder, "path:good.html", "--tag", "hills", "--note", "ask the baker")
    with closing(Journal.open(folder / "triage.sqlite", "anna")) as journal:
        (decision,) = (one.decision for one in journal.current())
        assert (decision.verdict, decision.tags, decision.note) == ("keep", ("hills",), "ask the baker")
        journal.undo()
        assert journal.current() == []


def test_what_is_so_already_is_told_and_adds_no_step(folder: Path) -> None:
    triage("set", "keep", folder, "path:good.html")
    assert "already" in triage("set", "keep", folder, "path:good.html").stderr
    with closing(Journal.open(folder / "triage.sqlite", "anna")) as journal:
        assert len(journal.history()) == 1


def test_nothing_matched_is_all_that_is_told_where_nothing_did(folder: Path) -> None:
    result = triage("set", "keep", folder, "tag:nowhere")
    assert (result.exit_code, result.stderr) == (1, "no item matches\n")


def test_how_many_would_lose_an_earlier_decision_is_asked(folder: Path) -> None:
    triage("set", "keep", folder, "path:good.html")
    assert "1 of them" in triage("set", "discard", folder, "words:>0", answer="n\n").output


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


def test_kept_pages_are_copied_to_a_folder_once_their_number_was_agreed_to(folder: Path, tmp_path: Path) -> None:
    triage("set", "keep", folder, "path:good.html")
    target = tmp_path / "kept"
    asked = triage("export", folder, "is:kept", "--format", "files", "-o", target, answer="n\n")
    assert "Copy 1 file to" in asked.stderr
    assert not target.exists()
    done = triage("export", folder, "is:kept", "--format", "files", "-o", target, "--yes")
    assert "1 file copied to" in done.stderr
    assert (target / "good.html").read_bytes() == (folder / "good.html").read_bytes()


def test_files_are_copied_to_a_folder_outside_the_one_under_review(folder: Path) -> None:
    for wrong in (["-o", folder / "kept"], [], ["-o", "-"]):
        assert triage("export", folder, "--format", "files", *wrong).exit_code == 2


def test_a_wrong_filter_or_output_is_told_before_any_page_is_scanned(folder: Path, tmp_path: Path) -> None:
    for wrong in (["list", folder, "words:>many"], ["export", folder, "-o", tmp_path / "nowhere" / "out.jsonl"]):
        assert triage(*wrong).exit_code == 2
        assert not (folder / "triage.sqlite").exists()


def test_nobody_there_to_agree_is_a_fault_that_names_the_remedy(folder: Path) -> None:
    result = triage("set", "keep", folder, "is:undecided", answer="")
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert decisions(folder) == {}


def test_a_reason_without_a_decision_is_a_wrong_call(folder: Path) -> None:
    assert triage("set", "none", folder, "path:good.html", "--reason", "off topic").exit_code == 2


def test_ctrl_c_is_told_in_a_line_and_has_an_exit_code_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("triage.cli.working.check_folder", stop)
    result = triage("scan", folder)
    assert (result.exit_code, result.stderr) == (130, "triage: stopped; what was done is kept\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_behind_standard_output_is_told_in_a_line(folder: Path) -> None:
    command = [sys.executable, "-c", "from triage.cli import main; main()", "list", str(folder)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "triage: No space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="closes a stream as a POSIX shell does")
@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_stream_that_the_caller_closed_is_no_fault(folder: Path, closed: int) -> None:
    command = [sys.executable, "-c", "from triage.cli import main; main()", "list", str(folder), "--format", "jsonl"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, preexec_fn=lambda: os.close(closed)
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_letters_that_a_stream_cannot_print_come_as_escapes(folder: Path) -> None:
    (folder / "umlaut.html").write_text(STORY.format(title="Hügel"), "utf-8")
    command = [sys.executable, "-c", "from triage.cli import main; main()", "list", str(folder)]
    done = subprocess.run(
        command, capture_output=True, check=False, text=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 0
    assert "H\\xfcgel" in done.stdout


def test_explain_knows_the_site_as_the_scan_does(folder: Path) -> None:
    (folder / "news.example.com").mkdir()
    page = (folder / "good.html").rename(folder / "news.example.com" / "good.html")
    assert "site: news.example.com" in triage("explain", page).stdout


def test_explain_tells_rules_and_reasons_of_one_page(folder: Path) -> None:
    result = triage("explain", folder / "gone.html")
    assert result.exit_code == 0
    assert "error page" in result.stdout
    assert "fired" in result.stdout


def test_what_explain_prints_has_no_blanks_at_the_end_of_a_reason(folder: Path) -> None:
    told = triage("explain", folder / "gone.html").stdout.partition("What ")[0]
    assert [line for line in told.splitlines() if line != line.rstrip()] == []


def test_a_mistyped_command_is_told_from_a_folder(folder: Path) -> None:
    wrong = triage("lst", folder)
    assert wrong.exit_code == 2
    assert "There is no command and no folder “lst”; is it list?" in wrong.stderr


def test_explain_counts_one_paragraph_as_one(folder: Path) -> None:
    (folder / "one.txt").write_text("A single line about the pier.\n", encoding="utf-8")
    assert "1 paragraph, heading or item, read as" in triage("explain", folder / "one.txt").stdout


@pytest.mark.parametrize("command", [["scan"], ["list"], ["review"], [], ["explain"]])
def test_a_missing_folder_and_a_file_are_one_line_and_exit_code_two(folder: Path, command: list[str]) -> None:
    file = folder if command == ["explain"] else folder / "good.html"
    for wrong in (folder / "nowhere", file, folder / ("a" * 300)):
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


def test_in_a_folder_that_may_only_be_read_what_tells_works_and_what_decides_says_why_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert triage("set", "keep", folder, "path:good.html").exit_code == 0

    def refused(*_: object) -> Journal:
        raise UnwritableJournalError("No permission to write decisions. Use --db PATH.")

    monkeypatch.setattr("triage.cli.working.open_journal", refused)
    assert triage("list", folder, "is:kept", "--format", "paths").stdout.split() == ["good.html"]
    assert triage("export", folder, "is:kept").exit_code == 0
    assert "kept" in triage("history", folder).stdout
    for words in (["set", "discard", folder, "path:good.html"], ["undo", folder]):
        result = triage(*words)
        assert result.exit_code == 2
        assert "--db PATH" in result.stderr
    assert triage("list", folder, "is:kept", "--format", "paths").stdout.split() == ["good.html"]


def test_an_empty_folder_is_no_fault(tmp_path: Path) -> None:
    result = triage("scan", tmp_path)
    assert result.exit_code == 0
    assert "0 items" in result.stderr


def test_help_names_every_command() -> None:
    told = triage("--help").stdout
    for name in main.commands:
        assert name in told
    assert "Exit codes" in told


def test_config_writes_a_file_of_defaults_and_finds_it_in_order(tmp_path: Path) -> None:
    settings = tmp_path / "deep" / "triage.toml"
    assert triage("config", "--config", settings, "--write").exit_code == 0
    checked = triage("config", "--config", settings)
    assert checked.exit_code == 0
    assert "in order" in checked.stderr
    assert checked.stdout == settings.read_text("utf-8")


def test_config_replaces_no_file_and_names_the_line_of_a_fault(tmp_path: Path) -> None:
    settings = tmp_path / "triage.toml"
    settings.write_text('reviewer = "anna"\nthemes = "dark"\n')
    assert triage("config", "--config", settings, "--write").exit_code == 2
    wrong = triage("config", "--config", settings)
    assert wrong.exit_code == 2
    assert "theme" in wrong.stderr
    assert "2" in wrong.stderr
