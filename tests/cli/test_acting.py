"""Commands that change decisions: what a key does on the screen, into the same journal."""

import json
from pathlib import Path

import pytest
from shell import Triage


def paths(triage: Triage, query: str) -> list[str]:
    return triage("list", query, "--format", "paths").stdout.split()


def test_tags_are_added_removed_listed_and_renamed(triage: Triage) -> None:
    assert triage("tag", "path:weir.html", "--add", "river", "--add", "old").exit_code == 0
    assert triage("tag", "path:hill.html", "--add", "old").exit_code == 0
    assert triage("tag").stdout.split() == ["2", "old", "1", "river"]
    assert triage("tag", "tag:river", "--remove", "old").exit_code == 0
    assert triage("tag", "--rename", "river", "water").exit_code == 0
    assert [json.loads(line) for line in triage("tag", "--json").stdout.splitlines()] == [
        {"name": "old", "pages": 1},
        {"name": "water", "pages": 1},
    ]


def test_several_are_tagged_only_when_agreed_to(triage: Triage) -> None:
    assert "Tag 3 items +junk?" in triage("tag", "flag:error-page", "--add", "junk", answer="n\n").stderr
    assert triage("tag").exit_code == 1
    triage("tag", "flag:error-page", "--add", "junk", "--yes")
    assert paths(triage, "tag:junk") == ["gone0.html", "gone1.html", "gone2.html"]


def test_tagging_without_a_query_is_a_wrong_call(triage: Triage) -> None:
    assert triage("tag", "--add", "x").exit_code == 2


def test_a_note_comes_from_the_call_or_from_standard_input(triage: Triage) -> None:
    triage("note", "path:weir.html", "--text", "ask the miller")
    assert paths(triage, "note:miller") == ["weir.html"]
    triage("note", "path:weir.html", "--text", "-", answer="two\nlines\n")
    assert json.loads(triage("list", "is:noted", "--json").stdout)["note"] == "two\nlines"


def test_undo_and_redo_take_whole_steps_and_say_what(triage: Triage) -> None:
    triage("set", "flag:error-page", "--reason", "error page", "--yes", first="discard")
    told = triage("undo")
    assert (told.exit_code, told.stderr) == (0, "undone: discarded 3 items: error page (step 1)\n")
    assert paths(triage, "is:discarded") == []
    assert "redone" in triage("redo").stderr
    assert len(paths(triage, "is:discarded")) == 3


def test_nothing_to_undo_is_exit_code_one(triage: Triage) -> None:
    assert triage("undo").exit_code == 1
    assert triage("redo").exit_code == 1


def test_undo_goes_back_to_a_step_after_its_number_was_seen(triage: Triage) -> None:
    for name in ("hill", "weir", "copy"):
        triage("set", f"path:{name}.html", first="keep")
    assert "Undo 2 steps" in triage("undo", "--to", "2", answer="y\n").stderr
    assert paths(triage, "is:kept") == ["hill.html"]


def test_history_tells_who_did_what_as_lines_and_as_json(triage: Triage) -> None:
    triage("set", "path:weir.html", "--tag", "river", first="keep")
    triage("undo")
    assert "anna  kept “Weir”, tagged river  (undone)" in triage("history").stdout
    (step,) = [json.loads(line) for line in triage("history", "--json").stdout.splitlines()]
    assert (step["step"], step["reviewer"], step["undone"]) == (1, "anna", True)
    assert step["changes"][0]["path"] == "weir.html"
    assert step["changes"][0]["after"]["verdict"] == "keep"
    assert triage("history", "--path", "hill.html").exit_code == 1


def test_decisions_come_from_json_lines_and_what_a_line_does_not_name_stays(triage: Triage) -> None:
    triage("tag", "path:weir.html", "--add", "river")
    lines = [
        {"path": "weir.html", "verdict": "keep", "note": "fine"},
        {"path": "hill.html", "verdict": "discard", "reason": "off topic", "tags": ["x"]},
        {"path": "nowhere.html", "verdict": "keep"},
    ]
    text = "\n".join(map(json.dumps, lines))
    told = triage("set", "--from", "-", "--yes", answer=text)
    assert told.exit_code == 0
    assert "not in the folder: nowhere.html" in told.stderr
    found = {line["path"]: line for line in map(json.loads, triage("list", "is:decided", "--json").stdout.splitlines())}
    assert (found["weir.html"]["verdict"], found["weir.html"]["tags"]) == ("keep", ["river"])
    assert (found["hill.html"]["reason"], found["hill.html"]["tags"]) == ("off topic", ["x"])
    triage("undo")
    assert paths(triage, "is:decided") == []


def test_what_export_writes_can_be_read_back(triage: Triage, tmp_path: Path) -> None:
    triage("set", "path:weir.html", "--tag", "river", "--note", "n", first="keep")
    file = tmp_path / "out.jsonl"
    triage("export", "-o", file)
    triage("undo")
    assert triage("set", "--from", file, "--yes").exit_code == 0
    (line,) = map(json.loads, triage("list", "is:kept", "--json").stdout.splitlines())
    assert (line["path"], line["tags"], line["note"]) == ("weir.html", ["river"], "n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: this is no JSON"),
        ("[" * 100_000, "line 2: this is no JSON"),
        ("[]", "line 2: each line is an object"),
        ('{"path": "weir.html", "verdict": "maybe"}', "line 2: verdict is one of"),
        ('{"path": "weir.html", "tags": "x"}', "line 2: tags is a list"),
        ('{"path": "weir.html", "note": 3}', "line 2: note is a text"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named_and_nothing_is_changed(triage: Triage, line: str, told: str) -> None:
    result = triage("set", "--from", "-", "--yes", answer='{"path": "hill.html", "verdict": "keep"}\n' + line)
    assert result.exit_code == 2
    assert told in result.stderr
    assert triage("history").exit_code == 1


def test_pages_are_named_on_standard_input(triage: Triage) -> None:
    told = triage("set", "--paths", "-", "--yes", first="keep", answer="weir.html\nhill.html\nno.html\n")
    assert told.exit_code == 0
    assert "not among the pages that match: no.html" in told.stderr
    assert paths(triage, "is:kept") == ["hill.html", "weir.html"]


def test_another_file_of_decisions_is_imported_with_who_and_when(triage: Triage, tmp_path: Path) -> None:
    triage("set", "path:weir.html", first="keep")
    (tmp_path / "d.sqlite").rename(tmp_path / "other.sqlite")
    before = (tmp_path / "other.sqlite").read_bytes()
    triage("set", "path:hill.html", "--reviewer", "ben", first="discard")
    told = triage("import", tmp_path / "other.sqlite", "--reviewer", "ben")
    assert "imported the decision on “Weir”" in told.stderr
    assert paths(triage, "by:anna is:kept") == ["weir.html"]
    assert paths(triage, "by:ben") == ["hill.html"]
    assert (tmp_path / "other.sqlite").read_bytes() == before


def test_an_import_leaves_what_was_decided_here_unless_told(triage: Triage, tmp_path: Path) -> None:
    triage("set", "path:weir.html", first="keep")
    (tmp_path / "d.sqlite").rename(tmp_path / "other.sqlite")
    triage("set", "path:weir.html", first="discard")
    assert "decided here already" in triage("import", tmp_path / "other.sqlite").stderr
    assert paths(triage, "is:discarded") == ["weir.html"]
    triage("import", tmp_path / "other.sqlite", "--replace")
    assert paths(triage, "is:kept") == ["weir.html"]


def test_what_is_no_file_of_decisions_is_not_imported(triage: Triage, tmp_path: Path) -> None:
    (tmp_path / "other.sqlite").write_text("something else altogether, of another program")
    result = triage("import", tmp_path / "other.sqlite")
    assert result.exit_code == 2
    assert "other.sqlite" in result.stderr


def test_a_paragraph_marked_as_noise_leaves_the_clean_text(triage: Triage) -> None:
    assert "bakery" in triage("show", "path:weir.html", "--as", "clean").stdout
    shown = triage("show", "path:weir.html").stdout
    number = next(line.split()[0] for line in shown.splitlines() if "bakery" in line)
    assert triage("mark", "path:weir.html", "--paragraphs", number, first="noise").exit_code == 0
    assert "bakery" not in triage("show", "path:weir.html", "--as", "clean").stdout
    assert triage("mark", "path:*", "--paragraphs", "1", first="noise").exit_code == 2
    assert triage("mark", "path:weir.html", "--paragraphs", "99", first="noise").exit_code == 2


def test_saved_filters_are_listed_shown_and_forgotten(triage: Triage) -> None:
    assert triage("views", "--save", "rivers", "weir is:undecided").exit_code == 0
    assert triage("views", "--show", "rivers").stdout == "weir is:undecided\n"
    assert {"name": "rivers", "filter": "weir is:undecided", "own": True, "key": None} in [
        json.loads(line) for line in triage("views", "--json").stdout.splitlines()
    ]
    triage("views", "--save", "rivers", "weir is:undecided", "--key", "f4")
    saved = [json.loads(line) for line in triage("views", "--json").stdout.splitlines()]
    assert [view["key"] for view in saved if view["own"]] == ["f4"]
    assert triage("views", "--key", "f4").exit_code == 2
    assert triage("views", "--forget", "rivers").exit_code == 0
    assert triage("views", "--forget", "rivers").exit_code == 2
    assert triage("views", "--save", "wrong", "words:>many").exit_code == 2


def test_word_lists_are_replaced_and_listed(triage: Triage) -> None:
    assert triage("words").exit_code == 1
    triage("words", "--keep", "flood*, weir", "--discard", "casino")
    assert json.loads(triage("words", "--json").stdout) == {"keep": ["flood*", "weir"], "discard": ["casino"]}
    assert triage("words", "--keep", "").stdout.split() == ["keep", "discard", "casino"]
