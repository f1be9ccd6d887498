"""A folder that is a trap: things that hang, lead out or run in circles, and names that break lists.

Traps that this system or this user cannot lay (devices, unreadable folders as root) are left out.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.sample import ARTICLE, SECRET, html

_TEXT = " ".join(ARTICLE).encode()
_LONG = 200


@dataclass(frozen=True, slots=True)
class Trap:
    """One thing in the folder, and what must come of it."""

    path: bytes
    """Relative to the folder."""
    skipped: str | None
    """A part of the reason with which it is listed as skipped; None for a page that gets a verdict."""


def lay(folder: Path, outside: Path) -> list[Trap]:
    """Lay the traps in `folder`; links lead to `outside`, which must be another one. What was laid."""
    outside.mkdir(parents=True, exist_ok=True)
    (outside / "secret.html").write_text(html(f"<p>{SECRET}</p>"))
    folder.mkdir(parents=True, exist_ok=True)
    laid: list[Trap] = []
    for trap, make in (*_no_files(folder), *_links(folder, outside), *_files(folder), *_names(folder)):
        with suppress(OSError, NotImplementedError, AttributeError):
            make()
            laid.append(trap)
    return laid


_Laying = tuple[Trap, Callable[[], object]]


def _no_files(folder: Path) -> Iterator[_Laying]:
    irregular = "not a regular file"
    yield Trap(b"pipe.html", irregular), lambda: os.mkfifo(folder / "pipe.html")
    yield Trap(b"pipe.txt.gz", irregular), lambda: os.mkfifo(folder / "pipe.txt.gz")
    yield Trap(b"socket.html", irregular), lambda: _socket(folder / "socket.html")
    yield Trap(b"zero.html", irregular), lambda: os.mknod(folder / "zero.html", 0o20666, os.makedev(1, 5))
    yield Trap(b"disk.html", irregular), lambda: os.mknod(folder / "disk.html", 0o60666, os.makedev(7, 200))
    yield Trap(b"photo.jpg", "no reader"), lambda: (folder / "photo.jpg").write_bytes(b"x")
    yield Trap(b"no-ending", "no reader"), lambda: (folder / "no-ending").write_bytes(b"x")
    if os.geteuid():
        yield Trap(b"locked", "cannot be listed"), lambda: (folder / "locked").mkdir(mode=0)
    yield _over_long(folder)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def _over_long(folder: Path) -> _Laying:
    """Folders in folders, deeper than any path may be long: the first one that cannot be listed is told."""
    name = "d" * _LONG

    def make() -> None:
        at = os.open(folder, os.O_RDONLY)
        try:
            for _ in range(4096 // _LONG + 2):
                os.mkdir(name, dir_fd=at)
                inner = os.open(name, os.O_RDONLY, dir_fd=at)
                os.close(at)
                at = inner
            file = os.open("deep.html", os.O_WRONLY | os.O_CREAT, dir_fd=at)
            os.write(file, html().encode())
            os.close(file)
        finally:
            os.close(at)

    depth = (4096 - 1 - len(os.fsencode(folder))) // (_LONG + 1)
    return Trap(b"/".join([name.encode()] * (depth + 1)), "name too long"), make


def _links(folder: Path, outside: Path) -> Iterator[_Laying]:
    link = "a link"
    for name, target in {
        "to-secret.html": outside / "secret.html", "to-outside": outside, "to-passwd.txt": "/etc/passwd",
        "to-zero.html": "/dev/zero", "to-terminal.html": "/dev/tty", "to-root": "/", "to-itself.html": "to-itself.html",
        "to-here": ".", "to-above": "..", "to-nothing.html": "no/such/file", "to-process.txt": "/proc/self/environ",
        "relative.html": "../outside/secret.html",
    }.items():  # fmt: skip
        yield Trap(name.encode(), link), lambda name=name, target=target: (folder / name).symlink_to(target)
    yield Trap(b"circle/a/back", link), lambda: _linked(folder / "circle/a/back", "../..")
    yield Trap(b"pair/one", link), lambda: _linked(folder / "pair/one", "two")
    yield Trap(b"pair/two", link), lambda: _linked(folder / "pair/two", "one")


def _linked(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _files(folder: Path) -> Iterator[_Laying]:
    yield Trap(b"sparse.html", None), lambda: _sparse(folder / "sparse.html")
    yield Trap(b"sparse.txt.gz", None), lambda: _sparse(folder / "sparse.txt.gz")
    yield Trap(b"folder.html/inner.html", None), lambda: _written(folder / "folder.html/inner.html")
    yield Trap(b"triage.sqlite-story.html", None), lambda: _written(folder / "triage.sqlite-story.html")
    yield Trap(b"hard.html", None), lambda: _hard(folder)
    if os.geteuid():
        yield Trap(b"no-right.html", None), lambda: _written(folder / "no-right.html", 0)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def _hard(folder: Path) -> None:
    _written(folder / "original.html")
    (folder / "hard.html").hardlink_to(folder / "original.html")


def _written(path: Path, mode: int = 0o600) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(html().encode())
    path.chmod(mode)


def _names(folder: Path) -> Iterator[_Laying]:
    for name in (
        b"two\nlines.txt", b"return\rqz.txt", b"\x1b]0;qz-title\x07.txt", b"\x1bqz.txt", b"caf\xe9.txt",
        b"\xff\xfe\x9bqz.txt",
        b"\xed\xa0\x80half.txt", b"[bold]x[].txt", b"[@click=app.quit]x.txt", b"-rf.txt",
        b"--help.txt", b"'; DROP TABLE events; --.txt", b'=cmd("x").txt', b"%s%n%p.txt", b"$(id) `id`.txt", b"a\\b.txt",
        b'"quoted".txt', b"  spaces  .txt", b"n" * 251 + b".txt", "e\u0301.txt".encode(), "é.txt".encode(),
        b"case.txt", b"CASE.txt", b"CON.txt", "\u202egpj.txt".encode(), "\u200b\ufeff.txt".encode(),
        "👩\u200d🚀.txt".encode(),
        b"*.txt", b"?.txt", b"#tag.txt", b"http:..host.txt", b"\x7f\x01\x02.txt", b"name.html.txt.gz.txt",
    ):  # fmt: skip
        yield (
            Trap(name, None),
            lambda name=name: Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(_TEXT),
        )
