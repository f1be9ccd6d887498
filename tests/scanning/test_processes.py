"""How a scan starts its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from multiprocessing.connection import wait
from pathlib import Path

import pytest

TRIAGE = Path(sys.executable).parent / "triage"
TEXT = "The harbour council met again and decided nothing about the crane that has stood there since the flood. " * 5
TRAP = "import pathlib\npathlib.Path(__file__).with_name('sprung').touch()\n"
MODULES = ("multiprocessing", "numpy", "lxml", "pebble", "triage", "zlib", "tempfile")
SCAN = """
import multiprocessing, sys
from pathlib import Path
from triage.scanning import Limits, Results, Scan
from triage.store.library import Library

def tell(event):
    if isinstance(event, Results):
        print(*(worker.pid for worker in multiprocessing.active_children()), flush=True)
        sys.stdin.readline()

folder, cache = map(Path, sys.argv[1:])
Scan(folder, Library.open(folder, cache, "1", "1"), tell, Limits(workers=2)).run()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.txt").write_text(TEXT, "utf-8")
    return pages


def test_nothing_of_the_folder_is_run_where_it_is_scanned_from_within(folder: Path, tmp_path: Path) -> None:
    for module in MODULES:
        (folder / f"{module}.py").write_text(TRAP, "utf-8")
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        [TRIAGE, "scan", "."], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not (folder / "sprung").exists()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="asks the system as Linux tells it")
def test_workers_end_with_a_scan_that_was_killed(folder: Path, tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", SCAN, str(folder), str(tmp_path / "cache")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    workers = [int(pid) for pid in program.stdout.readline().split()]
    watched = [os.pidfd_open(pid) for pid in workers]
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert len(workers) == 2
    for ended in watched:  # such a file can be read once its process is over
        assert wait([ended], timeout=30)
        os.close(ended)
