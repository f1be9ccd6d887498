"""The tests' own wall: who reaches for the network is stopped and found out, in this process and in its children."""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from terminal import COMMAND

FAR = "192.0.2.1"
"""An address that belongs to nobody."""
SWALLOWED = f"""
import socket, urllib.request
for reach in (lambda: socket.create_connection(("{FAR}", 80), 1), lambda: urllib.request.urlopen("http://{FAR}/")):
    try:
        reach()
    except OSError:
        pass
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of this test's own, so that what it tries is no failure of it."""
    monkeypatch.setenv("OFFLINE_LOG", str(tmp_path / "network.log"))
    return tmp_path / "network.log"


def test_this_process_is_stopped(log: Path) -> None:
    with pytest.raises(OSError, match="no network"):
        socket.create_connection((FAR, 80), 1)
    with pytest.raises(OSError, match="no network"):
        urllib.request.urlopen(f"http://{FAR}/")
    with pytest.raises(OSError, match="no network"):
        socket.getaddrinfo("example.com", 80)
    assert len(log.read_text("utf-8").splitlines()) == 3


def test_a_child_that_swallows_the_fault_is_found_out(log: Path) -> None:
    subprocess.run([sys.executable, "-c", SWALLOWED], check=True)
    assert FAR in log.read_text("utf-8")


def test_a_worker_process_is_found_out(log: Path) -> None:
    worker = multiprocessing.get_context("spawn").Process(target=exec, args=(SWALLOWED, {}))
    worker.start()
    worker.join()
    assert worker.exitcode == 0
    assert FAR in log.read_text("utf-8")


def test_this_machine_may_be_spoken_to(log: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        assert not log.exists()


_NAMING = """<!DOCTYPE html [<!ENTITY x SYSTEM "{url}/entity"><!ENTITY % p SYSTEM "{url}/parameter"> %p;]>
<?xml-stylesheet type="text/xsl" href="{url}/style"?>
<html xmlns:xi="http://www.w3.org/2001/XInclude" manifest="{url}/manifest"><head><base href="{url}/">
<meta http-equiv="refresh" content="0; url={url}/refresh"><meta property="og:url" content="{url}/og">
<link rel="canonical" href="{url}/canonical"><link rel="stylesheet" href="{url}/css"><script src="{url}/js"></script>
<link rel="amphtml" href="{url}/amp"><link rel="alternate" type="application/json+oembed" href="{url}/oembed"></head>
<body><xi:include href="{url}/include"/><iframe src="{url}/frame"></iframe><img src="{url}/image">
<object data="{url}/object"></object><svg><use href="{url}/use"/></svg><a href="{url}/a" ping="{url}/ping">a</a>
<p>&x; The ferry sailed without its bell, and nobody on board could say afterwards who had taken it.</p></html>"""


def test_no_address_that_a_page_names_is_asked_for_not_even_by_the_parser_itself(tmp_path: Path) -> None:
    """The wall stands in Python; what C code reaches for shows at a server that the pages name."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        page = _NAMING.format(url=f"http://127.0.0.1:{server.getsockname()[1]}")
        pages = tmp_path / "pages"
        pages.mkdir()
        for name in ("page.html", "page.xhtml", "page.txt", "page.md"):
            (pages / name).write_text(page)
        for words in (("scan", pages), ("explain", pages / "page.html"), ("export", pages)):
            done = subprocess.run([COMMAND, *words], check=False, capture_output=True, env=os.environ)
            assert done.returncode == 0, done.stderr
        with pytest.raises(BlockingIOError):
            server.accept()
