from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.errors import TriageError
from triage.model import Article, Block, Evidence, Flag, Item, Scanned, SourceFile
from triage.store import library_file
from triage.store.library import Library

NOISE = Flag("error-noise", "captcha", "says “robot”", "captcha-line", 0.93, 0, 1)
REPEAT = Flag("repeated-section", "exact", "stands twice", "repeat", 0.99, 4, 5, (1, 2))
NEAR = Flag("near-duplicate", "copy", "like b.html", "near", 0.9)

Opening = Callable[[], Library]


@pytest.fixture
def opening(tmp_path: Path) -> Iterator[Opening]:
    with ExitStack() as opened:

        def open_library(detector: str = "1") -> Library:
            library = Library.open(tmp_path, tmp_path / "cache", detector)
            opened.callback(library.close)
            return library

        yield open_library


@pytest.fixture
def library(opening: Opening) -> Library:
    return opening()


def file(path: str, size: int = 1, mtime_ns: int = 2, inode: int = 3) -> SourceFile:
    return SourceFile(path, size, mtime_ns, inode)


def page(
    path: str, *texts: str, record: str | None = None, title: str | None = None, flags: tuple[Flag, ...] = ()
) -> Scanned:
    blocks = tuple(Block("paragraph", text, (number, number), 0.25) for number, text in enumerate(texts, 1))
    article = Article(title, "Ann", "2024-05-06", "a.example", "en", blocks, "trafilatura")
    evidence = Evidence(title="T", headings=("h", "i"), hidden=("x",), password_fields=1, cut="at 255")
    return Scanned(path, record, "ab", article, evidence, flags, "http://a.example", 200, "2024", 12, b"\x00\xff")


def put(library: Library, *pages: Scanned) -> None:
    library.put([(file(one.path), [one]) for one in pages])


def found(library: Library, *words: str) -> set[str]:
    return {path for path, _ in library.search(words)}


def cache_file(tmp_path: Path) -> Path:
    return next((tmp_path / "cache").glob("*.sqlite"))


# What was put in comes out.


def test_a_page_comes_back_whole(library: Library) -> None:
    whole = page("a.html", "one", "two", flags=(NOISE, REPEAT))
    put(library, whole)
    assert library.scanned(("a.html", None)) == whole
    assert library.scanned(("b.html", None)) is None


texts = st.text(st.characters(exclude_categories=[]), max_size=20)


@given(name=st.binary(min_size=1, max_size=8), title=st.none() | texts, text=texts, hidden=st.lists(texts).map(tuple))
def test_a_page_of_any_name_and_text_comes_back_whole(
    tmp_path_factory: pytest.TempPathFactory, name: bytes, title: str | None, text: str, hidden: tuple[str, ...]
) -> None:
    path = os.fsdecode(name)
    whole = replace(page(path, text, title=title), evidence=Evidence(hidden=hidden))
    with closing(Library.open(Path("/pages"), tmp_path_factory.mktemp("cache"))) as library:
        put(library, whole)
        assert library.scanned((path, None)) == whole
        assert [item.path for item in library.items()] == [path]
        put(library, page(path, "other"))
        assert len(library.items()) == 1


def test_an_item_is_light_and_tells_what_the_list_shows(library: Library) -> None:
    put(library, page("a.html", "one", title="Title", flags=(NOISE, REPEAT)))
    assert library.items() == [
        Item("a.html", None, "ab", "Title", "Ann", "a.example", "2024-05-06", "en", 12, (NOISE, REPEAT))
    ]


def test_items_come_in_path_order_and_records_in_the_order_of_their_names(library: Library) -> None:
    library.put(
        [(file("b.warc"), [page("b.warc", record="2"), page("b.warc", record="1")]), (file("a.html"), [page("a.html")])]
    )
    assert [item.key for item in library.items()] == [("a.html", None), ("b.warc", "1"), ("b.warc", "2")]
    assert [item.key for item in library.items_of(["b.warc"])] == [("b.warc", "1"), ("b.warc", "2")]


def test_those_beside_a_record_are_of_its_file_and_of_the_next(library: Library) -> None:
    put(library, page("a.html"), page("c.html"))
    library.put([(file("b.warc"), [page("b.warc", record=f"{number:03}") for number in range(50)])])
    assert [one.name for one in library.beside(("b.warc", "020"), 2)] == [
        *("b.warc#018", "b.warc#019", "b.warc#020", "b.warc#021"),
    ]
    assert [one.name for one in library.beside(("b.warc", "049"), 2)] == [
        *("b.warc#047", "b.warc#048", "b.warc#049", "c.html"),
    ]
    assert [one.name for one in library.beside(("b.warc", "000"), 2)] == [
        *("a.html", "b.warc#000", "b.warc#001"),
    ]


def test_a_file_of_many_pages_counts_as_changed_until_all_of_them_are_there(library: Library) -> None:
    many = file("b.warc")
    put(library, page("b.warc", record="9"))
    library.begin("b.warc")
    assert library.items() == []
    assert library.paths() == {"b.warc"}
    library.add([page("b.warc", record="2"), page("b.warc", record="1")])
    assert library.unchanged([many]) == set()
    library.complete(many, "1 redirect")
    assert library.unchanged([many]) == {"b.warc"}
    assert library.notes() == {"b.warc": "1 redirect"}
    assert [item.record for item in library.items()] == ["1", "2"]


def test_what_other_rules_flagged_comes_in_portions_that_tell_which_files_end_in_them(tmp_path: Path) -> None:
    first = Library.open(tmp_path, tmp_path / "cache", detector="1", rules="1")
    first.put([(file("a.html"), [page("a.html")])])
    first.put([(file("b.warc"), [page("b.warc", record=str(number)) for number in range(5)])])
    first.put([(file("c.warc"), [])])
    first.close()
    second = Library.open(tmp_path, tmp_path / "cache", detector="1", rules="2")
    portions = second.outdated(3)
    assert [(len(one.items), one.paths, one.ended) for one in portions] == [
        (3, ("a.html", "b.warc"), ("a.html",)),
        (3, ("b.warc",), ("b.warc",)),
        (0, ("c.warc",), ("c.warc",)),
    ]
    assert [scanned.record for scanned in second.pages(portions[0].items)] == [None, "0", "1"]
    assert [item.record for item in second.items_at(portions[1].items)] == ["2", "3", "4"]
    second.set_flags(["a.html"], {})
    assert [one.paths for one in second.outdated(3)] == [("b.warc",), ("b.warc", "c.warc")]
    second.close()


def test_items_come_in_portions_too_and_those_beside_a_path_alone(library: Library) -> None:
    put(library, *(page(f"{name}.html") for name in "fbdace"))
    assert [[one.path[0] for one in portion] for portion in library.portions(4)] == [list("abcd"), list("ef")]
    assert [one.path[0] for one in library.beside(("c.html", None), 2)] == list("abcd")
    assert [one.path[0] for one in library.beside(("", None), 2)] == list("ab")
    assert library.paths() == {f"{name}.html" for name in "abcdef"}


def test_a_file_scanned_again_replaces_all_its_records(library: Library) -> None:
    library.put([(file("a.warc"), [page("a.warc", "cat", record="1"), page("a.warc", "dog", record="2")])])
    library.put([(file("a.warc"), [page("a.warc", "bird", record="1")])])
    assert [item.key for item in library.items()] == [("a.warc", "1")]
    assert found(library, "dog") == found(library, "cat") == set()
    assert found(library, "bird") == {"a.warc"}


def test_what_is_gone_is_forgotten_with_its_text(library: Library) -> None:
    put(library, page("a.html", "cat"), page("b.html", "cat"))
    library.forget(["a.html", "never there"])
    assert [item.path for item in library.items()] == ["b.html"]
    assert found(library, "cat") == {"b.html"}
    assert library.unchanged([file("a.html"), file("b.html")]) == {"b.html"}


# A second start.


def test_a_second_start_knows_what_is_unchanged(opening: Opening) -> None:
    put(opening(), page("a.html"), page("b.html"), page("c.html"), page("d.html"))
    files = [
        file("a.html"),
        file("b.html", size=9),
        file("c.html", mtime_ns=9),
        file("d.html", inode=9),
        file("e.html"),
    ]
    assert opening().unchanged(files) == {"a.html"}


def test_sizes_times_and_inodes_beyond_sqlites_integers_are_known_again(library: Library) -> None:
    large = file("a.html", 2**63, 2**64, 2**70)
    library.put([(large, [page("a.html")])])
    assert library.unchanged([large]) == {"a.html"}


def test_a_file_without_a_page_is_known_too(library: Library) -> None:
    library.put([(file("a.warc"), [])])
    assert library.unchanged([file("a.warc")]) == {"a.warc"}
    assert library.items() == []


def test_a_newer_detector_scans_again_but_shows_what_was_found_until_then(tmp_path: Path, library: Library) -> None:
    put(library, page("a.html"))
    with closing(Library.open(tmp_path, tmp_path / "cache", "2")) as newer:
        assert newer.unchanged([file("a.html")]) == set()
        assert [item.path for item in newer.items()] == ["a.html"]


def test_folders_have_libraries_of_their_own(tmp_path: Path, library: Library) -> None:
    put(library, page("a.html"))
    with closing(Library.open(tmp_path / "other", tmp_path / "cache")) as other:
        assert other.items() == []


# Full text.


def test_all_words_must_be_there_in_title_or_text(library: Library) -> None:
    put(library, page("a.html", "the river rose", title="Flood"), page("b.html", "the river fell"))
    assert found(library, "river") == {"a.html", "b.html"}
    assert found(library, "river", "flood") == {"a.html"}
    assert found(library, "rive") == set()


def test_pages_that_came_since_the_items_were_read_are_found_by_their_own_names(library: Library) -> None:
    put(library, page("a.html", "cat"), page("b.html", "cat"))
    assert [item.path for item in library.items()] == ["a.html", "b.html"]
    library.forget(["b.html"])
    put(library, page("c.html", "cat"))
    assert found(library, "cat") == {"a.html", "c.html"}
    library.put([(file("d.warc"), [page("d.warc", "cat", record=str(number)) for number in range(1200)])])
    assert len(library.search(["cat"])) == 1202


def test_what_was_found_once_is_not_looked_up_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def connect(path: Path) -> sqlite3.Connection:
        connection = library_file.connect(path)
        connection.set_trace_callback(asked.append)
        return connection

    put(library, *(page(f"{name}.html", "cat") for name in "abc"))
    monkeypatch.setattr("triage.store.library.connect", connect)
    for searched in (1, 2):
        assert found(library, "cat") == {"a.html", "b.html", "c.html"}
        assert sum("FROM texts" in query for query in asked) == searched
        assert sum("FROM items" in query for query in asked) == 1
    assert len(library.items()) == 3
    asked.clear()
    put(library, page("d.html", "cat"))
    library.items()
    assert len(found(library, "cat")) == 4
    assert not any("FROM items" in query for query in asked)


def test_a_phrase_must_stand_together(library: Library) -> None:
    put(library, page("a.html", "heavy rain fell"), page("b.html", "rain fell, a heavy one"))
    assert found(library, "heavy rain") == {"a.html"}


def test_case_accents_and_letters_of_full_width_do_not_count(library: Library) -> None:
    put(library, page("a.html", "Das CAFÉ in ＺÜＲＩＣＨ"))
    assert found(library, "cafe", "zürich") == {"a.html"}


def test_a_star_at_the_end_stands_for_every_ending(library: Library) -> None:
    put(library, page("a.html", "flooding"), page("b.html", "heavy raining"), page("c.html", "the flo"))
    assert found(library, "flood*") == {"a.html"}
    assert found(library, "heavy rain*") == {"b.html"}


@pytest.mark.parametrize(
    ("text", "word", "not_in"),
    [
        ("東京で新聞が発行された", "新聞", "聞新"),
        ("東京で新聞が発行された", "京", "区"),
        ("ราคาน้ำมันวันนี้เพิ่มขึ้น", "น้ำมัน", "ทองคำ"),
        ("서울에서 비가 내렸다", "비가", "눈이"),
        ("в Москве идёт дождь", "дождь", "снег"),
        ("نزل المطر في القاهرة", "المطر", "الثلج"),
        ("दिल्ली में बारिश हुई", "बारिश", "बर्फ"),
    ],
)
def test_words_of_every_script_are_found(library: Library, text: str, word: str, not_in: str) -> None:
    put(library, page("a.html", text))
    assert found(library, word) == {"a.html"}
    assert found(library, not_in) == set()


@pytest.mark.parametrize(
    "word",
    ['"', "'", "*", "NOT", "a OR b", "NEAR(a b)", "^a", "title:a", "-a", "{a}", "(", "\x00", "\ud800", "a" * 100_000],
)
def test_nothing_in_a_word_is_taken_for_a_command(library: Library, word: str) -> None:
    put(library, page("a.html", "something else"))
    assert found(library, word) == set()


def test_a_word_without_letters_is_found_nowhere(library: Library) -> None:
    put(library, page("a.html", "rain !!"))
    assert found(library, "rain", "!!") == set()
    assert found(library) == set()


# Across pages.


def test_groups_and_flags_across_pages_are_added_and_replaced(library: Library) -> None:
    put(library, page("a.html", flags=(NOISE,)), page("b.html"))
    found = {("a.html", None): "a.html", ("b.html", None): "a.html"}, {("a.html", None): (NEAR,)}
    assert library.set_groups(*found) == {("a.html", None), ("b.html", None)}
    assert library.set_groups(*found) == set()  # nothing was altered
    first, second = library.items()
    assert (first.flags, first.group, second.flags, second.group) == ((NOISE, NEAR), "a.html", (), "a.html")
    whole = library.scanned(("a.html", None))
    assert whole is not None
    assert whole.flags == (NOISE, NEAR)
    library.set_groups({}, {})
    assert [(item.flags, item.group) for item in library.items()] == [((NOISE,), None), ((), None)]


def test_fingerprints_come_with_key_and_site_in_path_order(library: Library) -> None:
    put(library, page("b.html"), page("a.html"))
    assert list(library.fingerprints()) == [
        (("a.html", None), "a.example", b"\x00\xff"), (("b.html", None), "a.example", b"\x00\xff"),
    ]  # fmt: skip


# Damage, and what else is no analyst's fault.


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_library_is_made_anew(opening: Opening, tmp_path: Path, content: bytes) -> None:
    first = opening()
    put(first, page("a.html"))
    first.close()
    cache_file(tmp_path).write_bytes(content)
    again = opening()
    assert again.items() == []
    put(again, page("b.html"))
    assert [item.path for item in again.items()] == ["b.html"]


def test_damage_that_shows_later_empties_it_and_the_work_goes_on(opening: Opening, tmp_path: Path) -> None:
    first = opening()
    put(first, *(page(f"{number}.html", "rain " * 500) for number in range(50)))
    first.close()
    damaged = cache_file(tmp_path)
    content = bytearray(damaged.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    damaged.write_bytes(content)
    library = opening()
    assert library.items() == []
    put(library, page("b.html"))
    assert [item.path for item in library.items()] == ["b.html"]


def test_a_page_that_cannot_be_unpacked_empties_it(tmp_path: Path, library: Library) -> None:
    put(library, page("a.html"))
    with closing(sqlite3.connect(cache_file(tmp_path), isolation_level=None)) as connection:
        connection.execute("UPDATE bodies SET body = x'00'")
    assert library.scanned(("a.html", None)) is None
    assert library.items() == []
    put(library, page("a.html"))
    assert library.scanned(("a.html", None)) == page("a.html")


def test_flags_that_cannot_be_unpacked_empty_it(tmp_path: Path, library: Library) -> None:
    put(library, page("a.html"))
    with closing(sqlite3.connect(cache_file(tmp_path), isolation_level=None)) as connection:
        connection.execute("UPDATE items SET flags = '[[1]]'")
    assert library.items() == []


def test_a_page_that_cannot_be_unpacked_is_replaced_all_the_same(tmp_path: Path, library: Library) -> None:
    put(library, page("a.html"))
    with closing(sqlite3.connect(cache_file(tmp_path), isolation_level=None)) as connection:
        connection.execute("UPDATE bodies SET body = x'00'")
    put(library, page("a.html"))
    assert library.scanned(("a.html", None)) == page("a.html")


def test_a_record_of_any_name_harms_nothing(library: Library) -> None:
    put(library, page("a.html"))
    library.put([(file("a.jsonl"), [page("a.jsonl", record="\ud800")])])
    assert [item.path for item in library.items()] == ["a.html", "a.jsonl"]


def test_a_library_of_another_version_is_made_anew(opening: Opening, tmp_path: Path) -> None:
    first = opening()
    put(first, page("a.html"))
    first.close()
    with closing(sqlite3.connect(cache_file(tmp_path), isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 7")
    assert opening().items() == []


def test_without_a_place_for_the_cache_it_lasts_as_long_as_it_is_open(tmp_path: Path) -> None:
    place = tmp_path / "a file"
    place.touch()
    with closing(Library.open(tmp_path, place)) as library:
        put(library, page("a.html"))
        assert len(library.items()) == 1
    with closing(Library.open(tmp_path, place)) as library:
        assert library.items() == []


def test_a_locked_cache_is_told_and_not_thrown_away(library: Library, tmp_path: Path) -> None:
    put(library, page("a.html"))
    library._writer.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(cache_file(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TriageError, match="holds no decisions"):
            put(library, page("b.html"))
    assert [item.path for item in library.items()] == ["a.html"]


def test_a_batch_is_kept_whole_or_not_at_all(library: Library) -> None:
    put(library, page("a.html"))
    with pytest.raises(TriageError):
        library.put([(file("b.html"), [page("b.html")]), (file("b.html"), [page("b.html")])])
    assert [item.path for item in library.items()] == ["a.html"]


def test_the_screen_reads_while_the_scan_writes(library: Library) -> None:
    faults: list[BaseException] = []

    def write() -> None:
        try:
            for number in range(40):
                put(library, page(f"{number:03}.html", "rain"))
        except BaseException as fault:  # noqa: BLE001 - whatever it is, the test is to tell it
            faults.append(fault)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        assert len(found(library, "rain")) <= 40
        assert all(library.scanned(item.key) for item in library.items())
    writer.join()
    assert faults == []
    assert len(library.items()) == 40
