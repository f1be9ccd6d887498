from __future__ import annotations

import csv
import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.clean_view import block_keys
from triage.errors import TriageError
from triage.export import FORMS, Pair, clean_text, defused, export
from triage.export.copying import check_target, copy_files, plan_copies
from triage.model import Article, Block, Decision, Evidence, Flag, Item, Scanned

BLOCKS = (
    Block("paragraph", "Error 403"),
    Block("heading", "Rain in the valley"),
    Block("paragraph", "It rained for *nine* days."),
    Block("paragraph", "It rained for *nine* days."),
    Block("paragraph", "Comments (0)"),
)
FLAGS = (
    Flag("error-noise", "http-error", "says 403", "line", 0.9, 0, 0),
    Flag("repeated-section", "exact", "stands twice", "repeat", 0.9, 3, 3, (2, 2)),
    Flag("boilerplate", "comment-stub", "no comments", "stub", 0.9, 4, 4),
)


def pair(path: str = "a.html", decision: Decision | None = None, title: str = "Rain", **about: object) -> Pair:
    scanned = Scanned(path, None, "ab", Article(title, blocks=BLOCKS), Evidence(), FLAGS, url="http://a.example/")
    item = Item(path, None, "ab", title, flags=FLAGS, decision=decision or Decision())
    return replace(item, **about), scanned  # type: ignore[arg-type]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def test_clean_text_is_the_article_once_without_noise_and_boilerplate() -> None:
    assert clean_text(*with_scan(pair())) == "Rain in the valley\nIt rained for *nine* days."


def test_marks_of_the_analyst_go_into_the_clean_text() -> None:
    keys = block_keys(BLOCKS)
    marked = pair(decision=Decision("keep", marks=((keys[1], True), (keys[4], False))))
    assert clean_text(*with_scan(marked)) == "It rained for *nine* days.\nComments (0)"


def with_scan(given_pair: Pair) -> tuple[Item, Scanned]:
    item, scanned = given_pair
    assert scanned is not None
    return item, scanned


def test_a_line_of_json_tells_the_decision_the_flags_and_the_clean_text(tmp_path: Path) -> None:
    decision = Decision("keep", None, ("one", "two"), "ask", "ann", "2026-01-01T00:00:00Z")
    assert export([pair(decision=decision)], "jsonl", tmp_path / "out") == 1
    (line,) = (tmp_path / "out").read_text("utf-8").splitlines()
    found = json.loads(line)
    assert (found["path"], found["verdict"], found["tags"], found["note"]) == ("a.html", "keep", ["one", "two"], "ask")
    assert found["text"] == "Rain in the valley\nIt rained for *nine* days."
    assert found["flags"][1]["same_as"] == [2, 2]
    assert found["url"] == "http://a.example/"


def test_an_item_that_was_not_scanned_is_exported_without_text(tmp_path: Path) -> None:
    export([(Item("a.html"), None)], "jsonl", tmp_path / "out")
    assert json.loads((tmp_path / "out").read_text("utf-8"))["text"] is None


@given(path=st.binary(min_size=1, max_size=8), title=st.text(st.characters(exclude_categories=[])), note=st.text())
def test_json_lines_lose_nothing_and_stay_one_line_each(
    tmp_path_factory: pytest.TempPathFactory, path: bytes, title: str, note: str
) -> None:
    name = os.fsdecode(path)
    file = tmp_path_factory.mktemp("out") / "out"
    export([pair(name, Decision("later", note=note), title)] * 2, "jsonl", file)
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) == 2
    found = json.loads(lines[0])
    assert (found["path"], found["title"], found["note"]) == (name, title, note)


def test_a_table_has_a_row_an_item_and_reads_back(tmp_path: Path) -> None:
    decision = Decision("discard", "off topic", ("one", "two"), 'says "no",\nand more')
    export([pair(decision=decision), pair("b.html")], "csv", tmp_path / "out")
    first, second = rows(tmp_path / "out")
    assert (first["verdict"], first["reason"], first["tags"], first["note"]) == (
        "discard", "off topic", "one, two", 'says "no",\nand more',
    )  # fmt: skip
    assert first["flags"] == "error-noise:http-error, repeated-section:exact, boilerplate:comment-stub"
    assert (second["path"], second["verdict"]) == ("b.html", "")


def test_a_table_of_nothing_has_its_header(tmp_path: Path) -> None:
    export([], "csv", tmp_path / "out")
    assert (tmp_path / "out").read_text("utf-8").startswith('"path","record","sha256"')


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@sum",
        "\t=1",
        "\r=1",
        " =1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\x00=1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_defused(tmp_path: Path, cell: str) -> None:
    export([pair(decision=Decision("keep", cell, (cell,), cell), title=cell)], "csv", tmp_path / "out")
    (row,) = rows(tmp_path / "out")
    assert {row[name] for name in ("title", "reason", "tags", "note")} == {f"'{cell}"}


@pytest.mark.parametrize("cell", ["", "plain", "a=b", "3 - 1", "'quoted'", "1.5", "日本"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell


def test_a_name_that_is_not_utf8_is_told_in_a_table_that_is(tmp_path: Path) -> None:
    export([pair(os.fsdecode(b"\xff.html"))], "csv", tmp_path / "out")
    assert rows(tmp_path / "out")[0]["path"] == r"\udcff.html"


def test_markdown_tells_the_clean_article_and_lets_nothing_of_it_act(tmp_path: Path) -> None:
    title = "<b>Rain</b> [x](javascript:y)"
    export([pair(decision=Decision("keep", note="# no heading"), title=title)], "markdown", tmp_path / "out")
    text = (tmp_path / "out").read_text("utf-8")
    assert text.startswith(r"# \<b>Rain\</b> \[x\](javascript:y)")
    assert r"It rained for \*nine\* days." in text
    assert r"- Note: \# no heading" in text
    assert "Error 403" not in text


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("mine")
    with pytest.raises(TriageError, match="--force"):
        export([pair()], "jsonl", file)
    assert file.read_text() == "mine"
    export([pair()], "jsonl", file, force=True)
    assert json.loads(file.read_text("utf-8"))["path"] == "a.html"


def test_an_export_that_fails_half_way_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("mine")

    def broken() -> Iterator[Pair]:
        yield pair()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export(broken(), "csv", file, force=True)
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("out", "mine")]


@pytest.mark.parametrize("form", FORMS)
def test_ctrl_c_half_way_leaves_what_was_there_and_nothing_else(tmp_path: Path, form: str) -> None:
    (tmp_path / "out").write_text("mine")

    def interrupted() -> Iterator[Pair]:
        yield pair()
        signal.raise_signal(signal.SIGINT)
        yield pair()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            export(interrupted(), form, tmp_path / "out", force=True)
    finally:
        signal.signal(signal.SIGINT, before)
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("out", "mine")]


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit of a file's size")
def test_no_room_half_way_is_told_and_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    import resource

    (tmp_path / "out").write_text("mine")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(TriageError, match=r"Cannot write .*out: File too large"):
            export([pair(title="x" * 1000)] * 300, "jsonl", tmp_path / "out", force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("out", "mine")]


def test_what_to_fetch_again_is_told_by_cause_with_addresses_else_paths(tmp_path: Path) -> None:
    captcha, gone = (Flag("error-page", cause, "says so", "message", 0.9) for cause in ("captcha", "not-found"))
    pages = [
        pair("b\n.html", flags=(gone,)),
        pair("a.html", flags=(FLAGS[0], captcha)),
        (Item("c.html", flags=(gone,)), None),
        pair("fine.html"),
    ]
    export(pages, "recapture", tmp_path / "out")
    first, *rest = (tmp_path / "out").read_text("utf-8").splitlines()
    assert first.startswith("# error page: ")
    assert first.endswith(": 1")
    assert rest[0] == "http://a.example/"
    assert rest[1].endswith(": 2")
    assert rest[2:] == ["http://a.example/", "c.html"]


def test_a_file_that_appears_during_the_export_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "out"

    def slow() -> Iterator[Pair]:
        file.write_text("mine")
        yield pair()

    with pytest.raises(TriageError, match="--force"):
        export(slow(), "jsonl", file)
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("out", "mine")]


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TriageError, match="Cannot write"):
        export([pair()], "jsonl", tmp_path / "missing" / "out")
    with pytest.raises(TriageError, match="is a folder"):
        export([pair()], "jsonl", tmp_path)


@pytest.mark.parametrize("output", [None, Path("-")])
def test_without_a_file_it_goes_to_standard_output(
    output: Path | None, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    export([pair(title="Régn")], "jsonl", output)
    assert json.loads(capfdbinary.readouterr().out)["title"] == "Régn"


def test_parquet_holds_what_json_lines_hold_with_types(tmp_path: Path) -> None:
    from pyarrow import parquet

    told = Decision("keep", tags=("river", "old"), note="ask the miller")
    pages = [pair(decision=told, title="Régn"), (Item("b\udcff.html"), None)]
    export(pages, "jsonl", tmp_path / "out.jsonl")
    export(pages, "parquet", tmp_path / "out.parquet")
    table = parquet.read_table(tmp_path / "out.parquet")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert table.to_pylist()[0] == lines[0]
    assert table.column("path").to_pylist() == ["a.html", "b\\udcff.html"]
    assert str(table.schema.field("words").type) == "int64"


def test_parquet_of_nothing_has_its_columns(tmp_path: Path) -> None:
    from pyarrow import parquet

    assert export([], "parquet", tmp_path / "out") == 0
    assert parquet.read_schema(tmp_path / "out").names[:3] == ["path", "record", "sha256"]


def test_parquet_without_its_library_or_without_a_file_is_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TriageError, match="name one with -o"):
        export([pair()], "parquet", None)
    monkeypatch.setattr("triage.export.parquet.find_spec", lambda _: None)
    with pytest.raises(TriageError, match=r"article-triage\[parquet\]"):
        export([pair()], "parquet", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def copied(folder: Path, target: Path) -> list[str]:
    """Copies all html files of `folder`; the paths of those that could not be copied."""
    items = [Item(str(file.relative_to(folder))) for file in sorted(folder.rglob("*.html"))]
    return [failed.path for failed in copy_files(folder, plan_copies(items, target), target)]


def test_pages_are_copied_as_they_are_with_their_times_and_folders(tmp_path: Path) -> None:
    folder, target = tmp_path / "pages", tmp_path / "kept"
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "a.html").write_bytes(b"\xff\x00 rain")
    os.utime(folder / "news" / "a.html", (1_000_000, 2_000_000))
    assert copied(folder, target) == []
    assert (target / "news" / "a.html").read_bytes() == b"\xff\x00 rain"
    assert (target / "news" / "a.html").stat().st_mtime == 2_000_000
    assert [file.name for file in target.rglob("*") if file.is_file()] == ["a.html"]


def test_a_file_of_several_records_is_copied_once(tmp_path: Path) -> None:
    assert plan_copies([Item("a.warc", "1"), Item("b.html"), Item("a.warc", "2")], tmp_path) == ("a.warc", "b.html")


def test_a_copy_replaces_a_file_only_by_force_and_nothing_is_begun(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text("mine")
    items = [Item("a.html"), Item("b.html")]
    with pytest.raises(TriageError, match=r"b.html is there already; --force"):
        plan_copies(items, tmp_path)
    assert plan_copies(items, tmp_path, force=True) == ("a.html", "b.html")
    assert [file.name for file in tmp_path.iterdir()] == ["b.html"]


def test_copies_never_become_pages_of_the_folder_under_review(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    for inside in (tmp_path, tmp_path / "kept", tmp_path / "link" / "kept"):
        with pytest.raises(TriageError, match="in the folder under review"):
            check_target(tmp_path, inside)
    with pytest.raises(TriageError, match="is a file"):
        check_target(tmp_path / "pages", tmp_path / "file")


def test_a_page_that_cannot_be_copied_is_told_and_the_rest_is_copied(tmp_path: Path) -> None:
    folder, target = tmp_path / "pages", tmp_path / "kept"
    for name in ("in", "out"):
        (folder / name).mkdir(parents=True)
        (folder / name / "a.html").write_text(name)
    target.mkdir()
    (target / "out").symlink_to(tmp_path / "elsewhere")
    paths = ["gone.html", "in/a.html", "out/a.html"]
    failed = {one.path: one.reason for one in copy_files(folder, paths, target)}
    assert failed.keys() == {"gone.html", "out/a.html"}
    assert "has gone" in failed["gone.html"]
    assert "link" in failed["out/a.html"]
    assert (target / "in" / "a.html").read_text() == "in"
    assert not (tmp_path / "elsewhere").exists()
