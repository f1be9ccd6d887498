"""Commands that tell, and their JSON."""

import csv
import io
import json
from pathlib import Path

import pytest
from shell import Triage


def test_counts_tell_what_pages_have_in_common_with_the_filter_that_shows_them(triage: Triage) -> None:
    assert "      3  flag:error-page" in triage("counts").stdout
    found = [json.loads(line) for line in triage("counts", "site:b.example", "--json").stdout.splitlines()]
    assert {"filter": "is:undecided", "pages": 2} in found
    assert triage("counts", "tag:nowhere").exit_code == 1


def test_stats_tell_the_same_as_the_summary_and_as_json(triage: Triage) -> None:
    triage("set", "flag:error-page", "--yes", first="discard")
    triage("set", "path:weir.html", first="keep")
    told = triage("stats").stdout
    assert "4 of 6 pages decided (67%): 1 kept, 3 discarded, 0 for later; 2 left" in told
    assert "Pages by words" in told
    found = json.loads(triage("stats", "--json").stdout)
    assert found["by_state"] == {"undecided": 2, "kept": 1, "discarded": 3, "later": 0}
    assert (found["decisions"], found["steps"], found["by_flag"]["error-page"]) == (4, 2, 3)
    assert found["keys_a_decision"] is None
    assert sum(found["by_words"].values()) == 6
    assert max(map(len, told.splitlines())) <= 80


def test_groups_tell_the_best_and_keep_it(triage: Triage) -> None:
    (group,) = [json.loads(line) for line in triage("groups", "--json").stdout.splitlines()]
    assert {page["path"] for page in group["pages"]} == {"copy.html", "hill.html"}
    assert group["best"] in ("copy.html", "hill.html")
    assert f"best: {group['best']}" in triage("groups").stdout
    told = triage("groups", "--keep-best", "--yes")
    assert "kept the best of 1 group, discarded 1 copy" in told.stderr
    assert triage("list", "is:kept", "--format", "paths").stdout.split() == [group["best"]]
    triage("undo")
    assert triage("list", "is:decided").exit_code == 1


def test_a_copy_that_was_kept_already_is_the_one_that_stays(triage: Triage) -> None:
    triage("set", "path:copy.html", first="keep")
    triage("groups", "--keep-best", "--yes")
    assert triage("list", "is:kept", "--format", "paths").stdout.split() == ["copy.html"]
    assert triage("list", "is:discarded", "--format", "paths").stdout.split() == ["hill.html"]


def test_only_groups_that_are_clear_are_resolved_where_that_is_asked(triage: Triage) -> None:
    triage("tag", "path:copy.html", "--add", "seen")
    told = triage("groups", "--keep-best", "--clear", "--yes")
    assert "not clear which to keep" in told.stderr
    assert triage("list", "is:decided").exit_code == 1
    triage("undo")
    triage("groups", "--keep-best", "--clear", "--yes")
    assert len(triage("list", "is:decided", "--format", "paths").stdout.split()) == 2
    assert triage("groups", "--clear").exit_code == 2


def test_shared_error_texts_are_told_and_discarded_in_one_step(triage: Triage) -> None:
    (shared,) = [json.loads(line) for line in triage("shared-errors", "--json").stdout.splitlines()]
    assert (shared["site"], shared["undecided"]) == ("a.example", 3)
    assert "a.example: error page: page not found (404), 3 pages" in triage("shared-errors").stdout
    assert triage("shared-errors", "--discard", "--yes").exit_code == 0
    assert len(triage("list", "is:discarded", "--format", "paths").stdout.split()) == 3
    none = triage("shared-errors", "path:weir.html")
    assert (none.exit_code, none.stderr) == (1, "no error text is shared by several pages of a site\n")


def test_what_to_fetch_again_counts_the_error_pages_alone(triage: Triage) -> None:
    told = triage("export", "--format", "recapture")
    assert told.stderr == "3 error pages exported\n"
    assert len(told.stdout.splitlines()) == 4
    none = triage("export", "path:weir.html", "--format", "recapture")
    assert (none.exit_code, none.stdout) == (1, "")


def test_a_search_leaves_error_pages_out_and_says_how_many(triage: Triage) -> None:
    left = triage("list", "found", "--format", "paths")
    assert left.exit_code == 1
    assert "3 error pages left out" in left.stderr
    assert len(triage("list", "found", "--with-errors", "--format", "paths").stdout.split()) == 3


def test_the_list_is_sorted_by_any_column(triage: Triage) -> None:
    longest = triage("list", "--sort", "-words", "--format", "paths").stdout.split()
    assert longest[-1].startswith("gone")
    wrong = triage("list", "--sort", "beauty")
    assert wrong.exit_code == 2
    assert "sort by path" in wrong.stderr


def test_pages_are_shown_as_text_clean_text_source_and_json(triage: Triage) -> None:
    assert "   1   Weir" in triage("show", "path:weir.html").stdout
    assert "! error page" in triage("show", "path:gone0.html").stdout
    assert "<article>" in triage("show", "path:weir.html", "--as", "source").stdout
    assert "punt" in json.loads(triage("show", "path:weir.html", "--as", "json").stdout)["text"]


def test_the_flow_report_adds_up_and_says_what_it_was_computed_from(triage: Triage) -> None:
    triage("set", "flag:error-page", "--reason", "error page", "--yes", first="discard")
    triage("set", "path:weir.html", first="keep")
    told = triage("report").stdout
    assert "| **found** | 6 | 2 | 1 | 3 | 0 |" in told
    assert "| — page not found (404) | 3 | 0 | 0 | 3 | 0 |" in told
    assert "| copies of another page | 1 |" in told
    assert "| error page | 3 |" in told
    assert "none was opened" in told
    assert "3 are error pages, 0 are unreadable and 1 is a copy. Of the 2 others 1 was judged:" in told
    assert "In all 1 page was kept." in told
    rows = list(csv.reader(io.StringIO(triage("report", "--format", "csv").stdout)))
    assert rows[0] == ["stage", "cause", "pages", "undecided", "kept", "discarded", "later"]
    parts = [row for row in rows[2:] if row[0] in ("error page", "unreadable", "copy", "to judge")]
    assert [sum(int(row[at]) for row in parts) for at in range(2, 7)] == [int(cell) for cell in rows[1][2:]]
    found = json.loads(triage("report", "--format", "json").stdout)
    assert found["by_state"] == {"undecided": 2, "kept": 1, "discarded": 3, "later": 0}


def test_the_report_is_written_to_a_file_that_it_does_not_replace(triage: Triage, tmp_path: Path) -> None:
    file = tmp_path / "flow.md"
    assert triage("report", "-o", file).exit_code == 0
    assert file.read_text("utf-8").startswith("# Flow of pages")
    assert triage("report", "-o", file).exit_code == 2


def test_a_folder_never_scanned_has_no_report(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from triage.cli import main

    (tmp_path / "a.html").write_text("x")
    result = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert result.exit_code == 2
    assert "triage scan" in result.stderr


@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_a_reason_in_the_report_is_made_safe(triage: Triage, form: str) -> None:
    triage("set", "path:weir.html", "--reason", "=1|<b>", first="discard")
    told = triage("report", "--format", form).stdout
    assert "=1|<b>" not in told.replace("'=1|<b>", "") if form == "csv" else "=1\\|&lt;b>" in told
