import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scans import SLOW, events_of

from triage.model import Item
from triage.scanning import Event, Finished, Gone, Limits, Listed, Results, Scan, SkippedThing
from triage.store.library import Library

STORY = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>The market on the old bridge opens "
    "at six, when the fishwives have already sold half of what came in overnight, and closes when the last loaf is "
    "gone.</p><p>On {title} it stayed open until dusk, because the mayor had lost his hat and half the town was "
    "looking for it under the stalls.</p><p>It was found on the head of the statue of his predecessor.</p></article>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    (pages / "deep").mkdir(parents=True)
    for name in ("a.html", "b.html", "deep/c.html"):
        (pages / name).write_text(STORY.format(title=f"day {name[-6]}"))
    (pages / "d.txt").write_text("A line of a plain text page about the harbour and its boats.\n" * 3)
    return pages


def items_of(events: list[Event]) -> dict[str, Item]:
    return {item.path: item for event in events if isinstance(event, Results) for item in event.items}


def test_every_page_is_listed_first_and_then_scanned(folder: Path, library: Library) -> None:
    events = events_of(folder, library)
    assert isinstance(events[0], Listed)
    assert [file.path for event in events if isinstance(event, Listed) for file in event.files] == [
        "a.html",
        "b.html",
        "d.txt",
        "deep/c.html",
    ]
    assert set(items_of(events)) == {"a.html", "b.html", "d.txt", "deep/c.html"}
    assert items_of(events)["a.html"].title == "day a"
    assert events[-1] == Finished(found=4, done=4, skipped=0, cancelled=False)


def test_what_is_found_is_kept_in_the_library_with_its_text(folder: Path, library: Library) -> None:
    events_of(folder, library)
    scanned = library.scanned(("a.html", None))
    assert scanned is not None
    assert "fishwives" in scanned.article.text


def test_a_second_scan_opens_no_unchanged_page(folder: Path, library: Library) -> None:
    events_of(folder, library)
    (folder / "b.html").write_text(STORY.format(title="another day altogether"))
    second = events_of(folder, library)
    assert set(items_of(second)) == {"b.html"}
    assert second[-1] == Finished(found=4, done=4, skipped=0, cancelled=False)


def test_files_that_are_gone_leave_the_library(folder: Path, library: Library) -> None:
    events_of(folder, library)
    (folder / "a.html").unlink()
    assert Gone(("a.html",)) in events_of(folder, library)
    assert "a.html" not in {item.path for item in library.items()}


def test_skipped_things_are_told_with_their_reason(folder: Path, library: Library) -> None:
    (folder / "link.html").symlink_to(folder / "a.html")
    events = events_of(folder, library)
    assert SkippedThing("link.html", "a link; links are not followed") in events
    assert isinstance(events[-1], Finished)
    assert events[-1].skipped == 1


def test_a_file_that_vanishes_between_list_and_scan_is_flagged_unreadable(folder: Path, library: Library) -> None:
    events: list[Event] = []

    def remove_when_listed(event: Event) -> None:
        events.append(event)
        if isinstance(event, Listed):
            (folder / "a.html").unlink()

    scan = Scan(folder, library, remove_when_listed, Limits(workers=1))
    scan.start()
    assert scan.join(120)
    (flag,) = items_of(events)["a.html"].flags
    assert flag.kind == "unreadable"
    assert "has gone" in flag.reason


@pytest.mark.skipif(sys.platform == "win32", reason="processor time is not limited there")
def test_a_page_that_takes_too_long_is_told_and_the_scan_goes_on(folder: Path, library: Library) -> None:
    (folder / "0-slow.html").write_text(SLOW)
    events = events_of(folder, library, Limits(cpu_seconds=1, workers=1))
    (flag,) = items_of(events)["0-slow.html"].flags
    assert (flag.kind, flag.reason) == ("unreadable", "took over 1 s to scan; open the page itself to judge it")
    assert items_of(events)["deep/c.html"].title == "day c"
    assert "0-slow.html" not in {item.path for item in library.items()}, "it is tried again next time"


@pytest.mark.skipif(sys.platform == "win32", reason="processor time is not limited there")
def test_what_was_found_before_a_page_became_too_slow_holds_no_longer(folder: Path, library: Library) -> None:
    events_of(folder, library)
    (folder / "a.html").write_text(SLOW)
    events = events_of(folder, library, Limits(cpu_seconds=1, workers=1))
    assert items_of(events)["a.html"].flags[0].kind == "unreadable"
    assert {item.path for item in library.items()} == {"b.html", "d.txt", "deep/c.html"}


def test_a_fault_that_nobody_thought_of_ends_the_scan_with_a_sentence(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> Iterator[Event]:
        raise RuntimeError("the tide was out")

    monkeypatch.setattr("triage.scanning.scan.walk", fail)
    (end,) = events_of(folder, library)
    assert isinstance(end, Finished)
    assert end.fault is not None
    assert "the tide was out" in end.fault


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
def test_workers_start_where_the_system_allows_less_memory_than_a_page_may_take(folder: Path) -> None:
    code = (
        "import resource, sys\n"
        "from triage.scanning.worker import prepare\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))\n"
        "prepare()\n"
        "sys.exit(resource.getrlimit(resource.RLIMIT_AS)[0] != 1_500_000_000)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=folder).returncode == 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks the system as Linux tells it")
def test_ctrl_c_does_not_reach_the_workers(folder: Path, library: Library) -> None:
    blocked: list[bool] = []

    def look_at_workers(event: Event) -> None:
        if isinstance(event, Results):
            for worker in multiprocessing.active_children():
                told = Path(f"/proc/{worker.pid}/status").read_text()
                mask = int(told.partition("SigBlk:")[2].split()[0], 16)
                blocked.append(bool(mask >> signal.SIGINT - 1 & 1))

    scan = Scan(folder, library, look_at_workers, Limits(workers=1))
    scan.start()
    assert scan.join(120)
    assert blocked
    assert all(blocked)


@pytest.mark.skipif(sys.platform == "win32", reason="no signal is blocked there")
def test_ctrl_c_reaches_the_caller_again_after_a_scan_in_its_own_thread(folder: Path, library: Library) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    Scan(folder, library, lambda _event: None, Limits(workers=1)).run()
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_preferred_pages_come_first(folder: Path, library: Library) -> None:
    for number in range(30):
        (folder / f"x{number:02}.html").write_text(STORY.format(title=f"filler {number}"))
    events: list[Event] = []

    def prefer_when_listed(event: Event) -> None:
        events.append(event)
        if not isinstance(event, (Listed, Results)):
            scan.prefer(["x29.html", "x28.html"])

    scan = Scan(folder, library, prefer_when_listed, Limits(workers=1))
    scan.start()
    assert scan.join(120)
    order = list(items_of(events))
    assert order.index("x29.html") < order.index("x28.html") < order.index("x05.html")


def test_a_page_that_is_asked_for_comes_before_the_rest_of_what_waits(folder: Path, library: Library) -> None:
    for number in range(40):
        (folder / f"x{number:02}.html").write_text(STORY.format(title=f"filler {number}"))
    after: list[str] = []
    asked: list[int] = []

    def ask_at_first_result(event: Event) -> None:
        if isinstance(event, Results):
            if asked:
                after.extend(item.path for item in event.items)
            else:
                asked.append(len(event.items))
                scan.prefer(["x39.html"])

    scan = Scan(folder, library, ask_at_first_result, Limits(workers=2))
    scan.start()
    assert scan.join(120)
    assert after.index("x39.html") < 10, "one file a worker and one to spare, and what a held-up worker lets by"


def test_a_cancelled_scan_keeps_what_it_has_and_a_later_one_completes_it(folder: Path, library: Library) -> None:
    for number in range(60):
        (folder / f"x{number:02}.html").write_text(STORY.format(title=f"filler {number}"))
    events: list[Event] = []

    def cancel_at_first_result(event: Event) -> None:
        events.append(event)
        if isinstance(event, Results):
            scan.cancel()

    scan = Scan(folder, library, cancel_at_first_result, Limits(workers=1))
    scan.start()
    assert scan.join(120)
    assert isinstance(events[-1], Finished)
    assert events[-1].cancelled
    kept = {item.path for item in library.items()}
    assert kept
    assert kept | set(items_of(events_of(folder, library))) == {item.path for item in library.items()}
    assert len(library.items()) == 64


def test_other_rules_flag_again_from_the_library_and_open_no_page(tmp_path: Path, folder: Path) -> None:
    repeated = STORY.replace("</article>", "</article><aside>" + STORY.partition("<h1>")[2] + "</aside>")
    (folder / "twice.html").write_text(repeated.format(title="day x"))
    first = Library.open(folder, tmp_path / "cache", detector="1", rules="1")
    events_of(folder, first)
    cold = {item.key: first.scanned(item.key) for item in first.items()}
    assert any(scanned and scanned.visible for scanned in cold.values()), "the page's whole text is kept where needed"
    first.set_flags([path for path, _ in cold], dict.fromkeys(cold, ((), b"")))
    first.close()
    second = Library.open(folder, tmp_path / "cache", detector="1", rules="2")
    sizes = {path: path.stat() for path in folder.rglob("*.*")}
    for path in folder.rglob("*.*"):  # whoever opened them would find nothing
        path.write_bytes(b" " * sizes[path].st_size)
        os.utime(path, ns=(sizes[path].st_atime_ns, sizes[path].st_mtime_ns))
    events = events_of(folder, second)
    assert set(items_of(events)) == {path for path, _ in cold}
    assert {item.key: second.scanned(item.key) for item in second.items()} == cold
    assert not second.outdated()
    assert not items_of(events_of(folder, second)), "and once is enough"
    second.close()
