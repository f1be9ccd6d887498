"""What can be read of a damaged file is kept, the damaged file too, and nothing wrong is made of it."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest
from deciding import DISCARD, KEEP, change, decided, verdicts

from triage.store.journal import Journal
from triage.store.salvage import salvage

FILES = tuple(f"pages/{number}.html" for number in range(150))
PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file of a hundred and fifty decisions, three undos, a redo and a bulk step."""
    path = decided(tmp_path_factory.mktemp("whole") / "triage.sqlite", *FILES)
    with closing(Journal.open(path, "ann")) as journal:
        for _ in range(3):
            journal.undo()
        journal.redo()
        journal.decide([change(file, DISCARD) for file in FILES[:20]], "discarded twenty")
        journal.set_place({"filter": "is:kept", "view:mine": "words:>3"})
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    path = tmp_path / "triage.sqlite"
    path.write_bytes(whole)
    return path


def test_a_lost_head_costs_nothing(path: Path) -> None:
    right = verdicts(path)
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    told = salvage(path)
    assert verdicts(path) == right
    assert (told.decisions, told.unreadable) == (len(right), 0)
    with closing(Journal.open(path, "bob")) as journal:
        assert journal.place() == {"filter": "is:kept", "view:mine": "words:>3"}
        assert [journal.undo().label for _ in range(2)] == ["discarded twenty", "decided pages/147.html"]  # type: ignore[union-attr]


def test_the_damaged_file_is_kept_under_a_dated_name_and_named(path: Path) -> None:
    damaged = bytes(100) + path.read_bytes()[100:]
    path.write_bytes(damaged)
    told = salvage(path)
    assert told.aside.read_bytes() == damaged
    assert told.aside.name.startswith("triage.sqlite.damaged-2")
    assert told.aside.name in str(told)
    assert sorted(path.parent.iterdir()) == [path, told.aside]


@pytest.mark.parametrize("seed", range(8))
def test_lost_pages_cost_their_own_decisions_and_make_none_wrong(path: Path, seed: int) -> None:
    chance, right, content = random.Random(seed), verdicts(path), bytearray(path.read_bytes())
    for _ in range(2):
        begin = chance.randrange(len(content) // PAGE) * PAGE
        content[begin : begin + PAGE] = chance.randbytes(PAGE)
    path.write_bytes(content)
    told = salvage(path)
    left = verdicts(path)
    assert left.items() <= right.items()
    assert told.decisions == len(left)
    with closing(Journal.open(path, "bob")) as journal:
        while journal.undo():
            pass
        assert not journal.current()
        while journal.redo():
            pass
    assert verdicts(path) == left


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_of_a_file_cut_short_the_rest_is_kept(path: Path, share: float) -> None:
    right, content = verdicts(path), path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    salvage(path)
    assert verdicts(path).items() <= right.items()


def test_a_decision_that_cannot_be_read_leaves_its_page_undecided_and_is_counted(path: Path) -> None:
    decided(path, "pages/140.html", after=DISCARD)
    with closing(Journal.open(path, "ann")) as journal:
        (number,) = journal._ledger.rows("SELECT max(id) FROM changes")[0]
        (checksum,) = journal._ledger.rows("SELECT checksum FROM changes WHERE id = ?", number)[0]
    content = bytearray(path.read_bytes())
    content[content.rindex(checksum.to_bytes((checksum.bit_length() + 8) // 8, "big"))] ^= 1
    path.write_bytes(content)
    told = salvage(path)
    assert told.unreadable == 1
    assert "1 could not be read" in str(told)
    assert "pages/140.html" not in verdicts(path)
    with closing(Journal.open(path, "bob")) as journal:
        assert journal.undo().label == "made 1 undecided whose decision could not be read"  # type: ignore[union-attr]


def test_what_is_lost_comes_from_a_backup_of_the_same_file(path: Path, tmp_path: Path, whole: bytes) -> None:
    right = verdicts(path)
    backup = tmp_path / "backup.sqlite"
    backup.write_bytes(whole)
    content = bytearray(whole)
    for begin in range(4 * PAGE, len(content) - PAGE, 3 * PAGE):
        content[begin : begin + PAGE] = bytes(PAGE)
    path.write_bytes(content)
    assert salvage(path, [backup]).unreadable == 0
    assert verdicts(path) == right


def test_what_a_backup_has_beyond_the_file_may_have_been_taken_back_and_stays_out(path: Path, tmp_path: Path) -> None:
    right = verdicts(path)
    backup = decided(_copy(path, tmp_path / "backup.sqlite"), "later.html")
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    salvage(path, [backup])
    assert verdicts(path) == right


def test_a_backup_of_another_file_is_left_alone(path: Path, tmp_path: Path) -> None:
    right = verdicts(path)
    other = decided(tmp_path / "other.sqlite", *(f"{number}.html" for number in range(200)))
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    salvage(path, [other])
    assert verdicts(path) == right


def test_where_nothing_can_be_read_the_newest_backup_stands_in(path: Path, tmp_path: Path) -> None:
    backup = _copy(path, tmp_path / "backup.sqlite")
    right = verdicts(path)
    path.write_bytes(random.Random(1).randbytes(20_000))
    told = salvage(path, [backup])
    assert verdicts(path) == right
    assert "backup.sqlite" in str(told)


def test_a_name_that_is_no_utf8_comes_back(tmp_path: Path) -> None:
    path = decided(tmp_path / "triage.sqlite", "\udcff.html")
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    salvage(path)
    assert verdicts(path) == {"\udcff.html": KEEP.verdict}


def _copy(path: Path, target: Path) -> Path:
    target.write_bytes(path.read_bytes())
    return target
