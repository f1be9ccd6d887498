"""After a fault the journal goes on: nothing that was saved is lost, and nothing that stands there is overwritten."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from deciding import DISCARD, change, decided, verdicts

from triage.errors import DamagedJournalError, JournalError
from triage.store.journal import Journal
from triage.store.mending import mend, open_journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return decided(tmp_path / "triage.sqlite", "a.html")


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal.open(path, "ann")
    yield journal
    journal.close()


def failing(journal: Journal) -> JournalError:
    with pytest.raises(JournalError) as caught:
        journal.decide([change("b.html")], "Kept b")
    return caught.value


@pytest.mark.parametrize("fault", ["deleted", "renamed"])
def test_a_file_that_is_gone_is_written_again_with_all_that_was_saved(path: Path, journal: Journal, fault: str) -> None:
    if fault == "deleted":
        path.unlink()
    else:
        path.rename(path.with_name("mine"))
    told = mend(journal, failing(journal))
    assert told is not None
    assert "written again" in told
    assert verdicts(path) == {"a.html": "keep"}
    journal.decide([change("b.html")], "Kept b")
    assert set(verdicts(path)) == {"a.html", "b.html"}
    assert journal.undo().label == "Kept b"  # type: ignore[union-attr]
    assert journal.undo().label == "decided a.html"  # type: ignore[union-attr]
    if fault == "renamed":
        assert verdicts(path.with_name("mine")) == {"a.html": "keep"}


def test_a_file_that_was_replaced_is_gone_on_with_and_the_old_one_kept(path: Path, journal: Journal) -> None:
    decided(path.with_name("other"), "z.html", after=DISCARD).replace(path)
    told = mend(journal, failing(journal))
    assert told is not None
    assert [stored.path for stored in journal.current()] == ["z.html"]
    (kept,) = [one for one in path.parent.iterdir() if one != path]
    assert kept.name in told
    assert verdicts(kept) == {"a.html": "keep"}
    journal.decide([change("b.html")], "Kept b")
    assert set(verdicts(path)) == {"z.html", "b.html"}


def test_a_file_that_was_replaced_by_another_programs_is_left_alone(path: Path, journal: Journal) -> None:
    path.with_name("other").write_bytes(b"a text of mine")
    path.with_name("other").replace(path)
    with pytest.raises(JournalError, match="no database"):
        mend(journal, failing(journal))
    assert path.read_bytes() == b"a text of mine"
    assert [stored.path for stored in journal.current()] == ["a.html"]


def test_a_folder_that_is_gone_is_told_and_the_work_goes_on_once_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    journal = Journal.open(decided(folder / "triage.sqlite", "a.html"), "ann")
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(JournalError):
        mend(journal, failing(journal))
    (tmp_path / "elsewhere").rename(folder)
    journal.decide([change("b.html")], "Kept b")
    assert len(verdicts(folder / "triage.sqlite")) == 2
    journal.close()


def test_damage_noticed_in_mid_session_is_mended_and_the_work_goes_on(path: Path, journal: Journal) -> None:
    decided(path, *(f"{number}.html" for number in range(40)))
    content = bytearray(path.read_bytes())
    content[content.rindex(b"7.html")] ^= 1
    with path.open("r+b") as file:
        file.write(content)
    with pytest.raises(DamagedJournalError) as caught:
        journal.check()
    told = mend(journal, caught.value)
    assert told is not None
    assert ".damaged-" in told
    journal.decide([change("b.html")], "Kept b")
    assert len(verdicts(path)) >= 40


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
def test_a_damaged_file_that_is_too_large_to_mend_is_left_as_it_is_and_told(path: Path) -> None:
    import resource

    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    os.truncate(path, size := 2**35)
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size // 2, before[1]))
    try:
        with pytest.raises(JournalError, match=r"too large to mend: it was left as it is\. Use `triage restore`"):
            open_journal(path, "ann", lambda _told: None)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert path.stat().st_size == size


def test_what_is_no_fault_of_the_file_is_not_mended(journal: Journal) -> None:
    assert mend(journal, JournalError("The disk is full.")) is None


def test_a_damaged_file_is_mended_as_it_is_opened(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    told: list[str] = []
    journal = open_journal(path, "ann", told.append)
    assert [stored.path for stored in journal.current()] == ["a.html"]
    journal.close()
    assert "was damaged: 1 decisions were saved from it" in told[0]


@pytest.mark.parametrize("content", [b"a text\n", b"SQLite format 3\0" + bytes(9000)])
def test_what_is_not_ours_is_refused_and_never_mended(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(JournalError):
        open_journal(path, "ann", pytest.fail)
    assert path.read_bytes() == content


def test_an_older_copy_put_back_beside_a_journal_of_another_moment_ends_sound_or_mended(path: Path) -> None:
    older = path.read_bytes()
    decided(path, *(f"{number}.html" for number in range(60)))
    journal = Journal.open(path, "ann")
    journal._ledger.rows("PRAGMA cache_size = 1")
    journal._ledger.rows("BEGIN IMMEDIATE")
    journal._ledger.rows("UPDATE changes SET note = 'half'")
    left = path.with_name("left")
    shutil.copy(path.with_name("triage.sqlite-journal"), left)
    journal._ledger.rows("ROLLBACK")
    journal.close()
    path.write_bytes(older)
    left.rename(path.with_name("triage.sqlite-journal"))
    told: list[str] = []
    open_journal(path, "ann", told.append).close()
    assert verdicts(path)["a.html"] == "keep"


def test_what_others_decided_is_heard_of_with_the_next_step_and_when_asked(path: Path, journal: Journal) -> None:
    journal.current()
    decided(path, "b.html")
    journal.decide([change("c.html")], "Kept c")
    assert [news.path for news in journal.take_news()] == ["b.html"]
    decided(path, "d.html", after=DISCARD)
    journal.look()
    assert [(news.path, news.after.verdict) for news in journal.take_news()] == [("d.html", "discard")]
    journal.undo()
    assert journal.take_news() == []
