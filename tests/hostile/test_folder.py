"""Folders that are traps: nothing hangs, nothing outside is read, and every skipped thing is listed with its reason."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.sample import SECRET, html
from tests.hostile.traps import lay
from triage.model import Item
from triage.reading import Skipped, read_pages, walk
from triage.scanning import Event, Finished, Limits, Listed, Results, Scan, SkippedThing
from triage.store.library import Library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="most of these traps cannot be laid there")


def scan(folder: Path, cache: Path, at: Callable[[Event], None] = lambda _: None) -> tuple[list[Event], Library]:
    events: list[Event] = []

    def hear(event: Event) -> None:
        events.append(event)
        at(event)

    library = Library.open(folder, cache, detector="1")
    one = Scan(folder, library, hear, Limits(workers=2))
    one.start()
    assert one.join(120), "the scan hangs"
    return events, library


def items_of(events: list[Event]) -> dict[bytes, Item]:
    return {os.fsencode(item.path): item for event in events if isinstance(event, Results) for item in event.items}


def test_every_trap_is_skipped_with_its_reason_or_gets_a_verdict(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    traps = lay(folder, tmp_path / "outside")
    events, library = scan(folder, tmp_path / "cache")
    if (folder / "locked").exists():
        (folder / "locked").chmod(0o700)  # so that it can be deleted again
    skipped = {os.fsencode(event.path): event.reason for event in events if isinstance(event, SkippedThing)}
    items = items_of(events)

    assert len(traps) >= 35
    assert isinstance(events[-1], Finished)
    assert events[-1].fault is None
    for trap in traps:
        if trap.skipped is None:
            assert trap.path in items, f"{trap.path!r} got no verdict"
        else:
            assert trap.skipped in skipped.get(trap.path, "nothing"), trap.path
            assert trap.path not in items
    for item in items.values():
        scanned = library.scanned(item.key)
        if scanned is None:  # not kept, so that the next scan tries it again; root can open them all
            assert [flag.cause for flag in item.flags] == ["unopened"]
            continue
        assert SECRET not in repr(scanned)
        assert scanned.article.blocks or scanned.flags, "a page without text says why"
    for giant in (b"sparse.html", b"sparse.txt.gz"):
        assert [flag.kind for flag in items[giant].flags] == ["unreadable"]
    library.close()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no such users")
def test_a_folder_that_may_not_be_listed_is_told_and_the_walk_goes_on() -> None:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    (folder / "locked").mkdir(mode=0)
    (folder / "page.html").write_text(html())
    user = os.geteuid()
    try:
        if user == 0:  # whom no folder is closed to
            os.seteuid(65534)
        found = list(walk(folder))
    finally:
        os.seteuid(user)
        (folder / "locked").chmod(0o700)
        shutil.rmtree(folder)
    assert Skipped("locked", "the folder cannot be listed (Permission denied)") in found
    assert "page.html" in {one.path for one in found}


def test_pages_that_vanish_grow_or_turn_to_links_after_they_were_listed_are_told(tmp_path: Path) -> None:
    folder, outside = tmp_path / "pages", tmp_path / "outside"
    outside.mkdir()
    (outside / "page.html").write_text(html(f"<p>{SECRET}</p>"))
    for name in ("gone", "grown", "link", "pipe", "shrunk"):
        (folder / name).mkdir(parents=True)
        (folder / name / "page.html").write_text(html())

    def change(event: Event) -> None:
        if not isinstance(event, Listed):
            return
        shutil.rmtree(folder / "gone")
        os.truncate(folder / "grown" / "page.html", 1 << 40)
        os.truncate(folder / "shrunk" / "page.html", 0)
        shutil.rmtree(folder / "link")
        (folder / "link").symlink_to(outside)
        (folder / "pipe" / "page.html").unlink()
        os.mkfifo(folder / "pipe" / "page.html")

    events, library = scan(folder, tmp_path / "cache", change)
    reasons = {
        path: [flag.reason for flag in item.flags if flag.kind == "unreadable"]
        for path, item in items_of(events).items()
    }
    assert "has gone" in reasons[b"gone/page.html"][0]
    assert "larger than the limit" in reasons[b"grown/page.html"][0]
    assert "cannot be opened" in reasons[b"link/page.html"][0]
    assert "not a regular file" in reasons[b"pipe/page.html"][0]
    assert "empty" in reasons[b"shrunk/page.html"][0]
    library.close()


def test_a_folder_put_in_place_of_a_page_or_a_link_in_place_of_a_folder_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "page.html").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.html").write_text(SECRET)
    (folder / "deep").mkdir()
    (folder / "deep" / "way").symlink_to(tmp_path / "outside")
    for path in ("page.html", "deep/way/secret.html"):
        (page,) = read_pages(folder, path)
        assert page.trouble, path
        assert page.text == ""


def test_a_page_that_could_not_be_opened_is_read_once_it_can_though_it_looks_the_same(tmp_path: Path) -> None:
    """A right that was given, or a file that came back, does not show in size, time and number of the file."""
    folder, away = tmp_path / "pages", tmp_path / "away.html"
    folder.mkdir()
    page = folder / "page.html"
    page.write_text(html())

    def take_away(event: Event) -> None:
        if isinstance(event, Listed):
            page.rename(away)
            os.mkfifo(page)

    events, library = scan(folder, tmp_path / "cache", take_away)
    library.close()
    assert [flag.cause for flag in items_of(events)[b"page.html"].flags] == ["unopened"]
    away.replace(page)
    events, library = scan(folder, tmp_path / "cache")
    library.close()
    assert items_of(events)[b"page.html"].flags == ()
    events, library = scan(folder, tmp_path / "cache")
    library.close()
    assert not items_of(events), "what was read is kept"


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="nothing is closed to this user")
def test_a_page_whose_rights_were_taken_is_told_and_read_once_they_are_given(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.html").write_text(html())
    (folder / "page.html").chmod(0)
    events, library = scan(folder, tmp_path / "cache")
    library.close()
    (flag,) = items_of(events)[b"page.html"].flags
    assert flag.reason == "Could not be read: the file cannot be opened (Permission denied)"
    (folder / "page.html").chmod(0o600)
    events, library = scan(folder, tmp_path / "cache")
    library.close()
    assert items_of(events)[b"page.html"].flags == ()
