"""Files of many pages: scanned in slices, with the same results however they are cut and whoever dies meanwhile."""

import gzip
import json
import os
import sys
from pathlib import Path

import pytest
from archives import archive, crawl, response, story
from scans import SLOW, events_of

from triage.model import ItemKey, Scanned
from triage.scanning import Event, Finished, Gone, Limits, Listed, Results, Scan, SkippedThing
from triage.session import Session
from triage.store.journal import Journal
from triage.store.library import Library

HOME = "https://lock.example.org/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.html").write_text(story(1000))
    (pages / "b.warc.gz").write_bytes(archive(crawl(120)))
    (pages / "c.warc").write_bytes(archive([*crawl(3), response(f"{HOME}old", b"", 302)], packed=False))
    return pages


def followed(session: Session, folder: Path, library: Library) -> list[Event]:
    """What a scan tells, which the session has taken up."""
    events = events_of(folder, library)
    for event in events:
        session.apply(event)
    return events


def kept(library: Library) -> dict[ItemKey, Scanned | None]:
    return {item.key: library.scanned(item.key) for item in library.items()}


def told(events: list[Event]) -> list[ItemKey]:
    return [item.key for event in events if isinstance(event, Results) for item in event.items]


def causes(library: Library) -> dict[str | None, tuple[str | None, str]]:
    """The unreadable items of one container, by their records."""
    return {
        item.record: (flag.cause, flag.reason)
        for item in library.items()
        for flag in item.flags
        if flag.kind == "unreadable"
    }


def test_every_record_that_is_a_page_is_an_item(folder: Path, library: Library) -> None:
    events = events_of(folder, library)
    assert isinstance(events[0], Listed)
    assert len(told(events)) == len(set(told(events))) == 124
    assert [item.key for item in library.items()][:3] == [
        ("a.html", None),
        ("b.warc.gz", "000003"),
        ("b.warc.gz", "000005"),
    ]
    scanned = library.scanned(("b.warc.gz", "000241"))
    assert scanned is not None
    assert "geese" in scanned.article.text
    assert (scanned.url, scanned.status, scanned.article.title) == (f"{HOME}119", 200, "Day 119 at the lock")
    assert events[-1] == Finished(found=126, done=126, skipped=1, cancelled=False)


@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_changes_nothing(tmp_path: Path, folder: Path, library: Library, workers: int) -> None:
    events_of(folder, library, Limits(workers=2))
    other = Library.open(folder, tmp_path / "other", detector="1")
    events_of(folder, other, Limits(workers=workers))
    assert kept(other) == kept(library)
    other.close()


def test_a_second_scan_opens_nothing_and_tells_again_what_was_no_page(folder: Path, library: Library) -> None:
    note = SkippedThing("c.warc", "records that are no pages: redirects (1)")
    assert note in events_of(folder, library)
    before = kept(library)
    for path in folder.iterdir():  # whoever opened them would find nothing
        facts = path.stat()
        path.write_bytes(b" " * facts.st_size)
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    events = events_of(folder, library)
    assert told(events) == []
    assert note in events
    assert events[-1] == Finished(found=3, done=3, skipped=1, cancelled=False)
    assert kept(library) == before


def test_the_list_shows_the_records_in_place_of_their_file_and_loses_those_that_are_gone(
    tmp_path: Path, folder: Path, library: Library
) -> None:
    journal = Journal.open(tmp_path / "triage.sqlite", "anna")
    session = Session(folder, journal, library)
    followed(session, folder, library)
    assert len(session.rows) == 124
    assert ("b.warc.gz", None) not in {item.key for item in session.rows}
    session.go_to(("c.warc", "000005"))
    session.carry_out(session.plan_verdict("keep"))
    (folder / "c.warc").write_bytes(archive(crawl(2), packed=False))
    events = followed(session, folder, library)
    assert Gone(keys=(("c.warc", "000007"), ("c.warc", None))) in events
    assert [item.key for item in session.rows][-2:] == [("c.warc", "000003"), ("c.warc", "000005")]
    assert session.rows[-1].decision.verdict == "keep"
    journal.close()


def test_a_file_without_a_page_is_told_and_no_item_now_and_later(
    tmp_path: Path, folder: Path, library: Library
) -> None:
    (folder / "b.warc.gz").write_bytes(archive(crawl(0)))
    journal = Journal.open(tmp_path / "triage.sqlite", "anna")
    for _ in range(2):
        session = Session(folder, journal, library)
        events = followed(session, folder, library)
        assert SkippedThing("b.warc.gz", "no record of it is a page") in events
        assert "b.warc.gz" not in {item.path for item in session.rows}
    journal.close()


def test_lines_that_are_no_pages_are_passed_over_with_their_reason_now_and_later(
    tmp_path: Path, folder: Path, library: Library
) -> None:
    labels = ({"path": "a.html", "class": "article"}, {"path": "b.html", "class": "error"})
    (folder / "labels.jsonl").write_text("".join(json.dumps(label) + "\n" for label in labels))
    (folder / "set.jsonl.gz").write_bytes(
        gzip.compress("".join(json.dumps({"text": story(number)}) + "\n" for number in range(130)).encode())
    )
    journal = Journal.open(tmp_path / "triage.sqlite", "anna")
    for _ in range(2):
        session = Session(folder, journal, library)
        events = followed(session, folder, library)
        skipped = {event.path: event.reason for event in events if isinstance(event, SkippedThing)}
        assert skipped["labels.jsonl"].startswith("JSON lines without pages")
        assert len(session.rows) == 124 + 130
        assert ("set.jsonl.gz", "000130") in {item.key for item in session.rows}
    journal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="processor time is not limited there")
def test_a_page_that_takes_too_long_costs_itself_alone(folder: Path, library: Library) -> None:
    pages = [
        response(f"{HOME}{number}", (SLOW if number in (7, 8, 31) else story(number)).encode()) for number in range(40)
    ]
    (folder / "b.warc.gz").write_bytes(archive(pages))
    events_of(folder, library, Limits(workers=2, cpu_seconds=0.5))
    assert {record: cause for record, (cause, _) in causes(library).items()} == dict.fromkeys(
        ("000008", "000009", "000032"), "time-out"
    )
    scanned = kept(library)
    assert sum(bool(one and one.article.blocks) for one in scanned.values()) == 37 + 4
    slow = scanned["b.warc.gz", "000008"]
    assert slow is not None
    assert slow.url == f"{HOME}7"
    assert told(events_of(folder, library)) == [], "and is not tried again: the whole file would have to be read for it"


@pytest.mark.skipif(sys.platform == "win32", reason="processor time is not limited there")
def test_a_record_that_cannot_be_read_in_time_ends_its_file_and_says_so(folder: Path, library: Library) -> None:
    records = [response(f"{HOME}{number}", story(number).encode()) for number in range(9)]
    giant = gzip.compress(response(HOME, bytes(300_000_000), media="image/png"), 1) * 12
    (folder / "b.warc.gz").write_bytes(archive(records[:8]) + giant + archive(records[8:]))
    events_of(folder, library, Limits(workers=2, cpu_seconds=0.05))
    (cause, reason) = causes(library)["000009"]
    assert cause == "time-out"
    assert reason.endswith("what stands behind it in the file was not read")
    assert [item.record for item in library.items() if item.path == "b.warc.gz"][:8] == [
        f"{number:06}" for number in range(1, 9)
    ]


def test_a_scan_that_was_cancelled_amid_a_file_reads_it_again_and_ends_with_the_same(
    tmp_path: Path, folder: Path, library: Library
) -> None:
    events: list[Event] = []

    def cancel_at_some(event: Event) -> None:
        events.append(event)
        if isinstance(event, Results) and any(item.record for item in event.items):
            one.cancel()

    one = Scan(folder, library, cancel_at_some, Limits(workers=1))
    one.start()
    assert one.join(120)
    assert 1 < len(library.items()) < 124
    events_of(folder, library)
    whole = Library.open(folder, tmp_path / "other", detector="1")
    events_of(folder, whole)
    assert kept(library) == kept(whole)
    whole.close()


def test_a_cancel_is_heard_while_large_pages_are_on_their_way(folder: Path, library: Library) -> None:
    large = [response(f"{HOME}{number}", story(number, "word " * 300_000).encode()) for number in range(12)]
    (folder / "b.warc.gz").write_bytes(archive(large))
    one = Scan(folder, library, lambda event: one.cancel() if isinstance(event, Results) else None, Limits(workers=1))
    one.start()
    assert one.join(60)


def test_copies_inside_one_file_are_a_group_named_after_its_first_record(folder: Path, library: Library) -> None:
    (folder / "b.warc.gz").write_bytes(archive([*crawl(3), response(f"{HOME}again", story(1).encode())]))
    (folder / "c.warc").unlink()
    events_of(folder, library)
    groups = {item.key: item.group for item in library.items() if item.path == "b.warc.gz" and item.group}
    assert groups == dict.fromkeys((("b.warc.gz", "000005"), ("b.warc.gz", "000008")), "b.warc.gz#000005")


def test_other_rules_flag_a_container_again_without_opening_it(tmp_path: Path, folder: Path) -> None:
    first = Library.open(folder, tmp_path / "cache", detector="1", rules="1")
    events_of(folder, first)
    before = kept(first)
    first.set_flags([], dict.fromkeys(before, ((), b"")))
    first.close()
    second = Library.open(folder, tmp_path / "cache", detector="1", rules="2")
    for path in folder.iterdir():
        facts = path.stat()
        path.write_bytes(b" " * facts.st_size)
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert len(told(events_of(folder, second))) == 124
    assert kept(second) == before
    assert told(events_of(folder, second)) == []
    second.close()


def test_a_file_that_goes_or_cannot_be_opened_is_told_and_tried_again(folder: Path, library: Library) -> None:
    away = folder / "b.warc.gz"
    data = away.read_bytes()

    def take_away(event: Event) -> None:
        if isinstance(event, Listed) and away.exists():
            away.unlink()

    one = Scan(folder, library, take_away, Limits(workers=1))
    one.start()
    assert one.join(120)
    assert [scanned.flags[0].cause for scanned in one.over_limit["b.warc.gz"]] == ["unopened"]
    assert "b.warc.gz" not in library.paths()
    away.write_bytes(data)
    events_of(folder, library)
    assert len(library.items()) == 124
