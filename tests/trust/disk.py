"""A disk that loses power: what SQLite wrote, synced and deleted, and what may be left of it after a cut.

A write reaches the disk for certain with the next sync of its file. Before that each of its sectors of 512 bytes may
be there, may be missing, or may be junk; a deletion whose folder was not synced may be undone. The files are written
by the real journal through a VFS of apsw that notes what it is told to do.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
_VFS = "noting"


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that was done to a file."""

    kind: str
    """`write`, `truncate`, `sync`, `delete`; or `begin` and `done`, which the workload notes of itself."""
    name: str = ""
    offset: int = 0
    """Of a write; the size of a truncation; whether a deletion synced its folder; the number of an act."""
    data: bytes = b""


class NotingVFS(apsw.VFS):
    """The usual VFS, with a log of what reaches the files."""

    def __init__(self, log: list[Op]) -> None:
        self.log = log
        super().__init__(_VFS, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _NotingFile(name, flags, self.log)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self.log.append(Op("delete", Path(filename).name, int(syncdir)))


class _NotingFile(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], log: list[Op]) -> None:
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary").name
        self._log = log
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._log.append(Op("write", self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self._log.append(Op("truncate", self._name, size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._log.append(Op("sync", self._name))


def connecting(settings: dict[str, str]) -> Callable[[Path], Any]:
    """Connections through the noting VFS; `settings` puts other values in the place of the product's own pragmas."""

    class Weakened(apsw.Connection):
        def execute(self, sql: str, *values: Any) -> Any:  # type: ignore[override]
            for name, value in settings.items():
                if sql.startswith(f"PRAGMA {name} = "):
                    sql = f"PRAGMA {name} = {value}"
            return super().execute(sql, *values)

    return lambda path: Weakened(str(path), vfs=_VFS)


@dataclass(slots=True)
class File:
    """One file of the disk: what is on it for certain, and what was done to it since."""

    firm: bytearray = field(default_factory=bytearray)
    since: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        """All that was done is firm now."""
        for op in self.since:
            _apply(self.firm, op)
        self.since.clear()

    def after_cut(self, chance: random.Random, kept: float) -> bytes:
        """What may be found after the power went: each sector of what is not firm is kept, dropped or junk."""
        found = bytearray(self.firm)
        for op in self.since:
            if op.kind == "truncate":
                if chance.random() < kept:
                    _apply(found, op)
                continue
            for begin in range(0, len(op.data), SECTOR):
                sector, lot = op.data[begin : begin + SECTOR], chance.random()
                if lot >= kept:
                    if lot < kept + (1 - kept) / 2:
                        continue
                    sector = chance.randbytes(len(sector))
                _apply(found, Op("write", op.name, op.offset + begin, sector))
        return bytes(found)


class Disk:
    """All files, as far as the log was followed."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self.deleted: dict[str, File] = {}
        """Deletions that may still come undone."""

    def follow(self, op: Op) -> None:
        """One more thing was done."""
        if op.kind in ("begin", "done"):
            return
        if op.kind == "delete":
            file = self.files.pop(op.name, None)
            if op.offset:  # its folder was synced, and with it every deletion before
                self.deleted.clear()
            elif file is not None:
                self.deleted[op.name] = file
            return
        if op.name not in self.files:  # made anew: the folder is synced with it once it is synced itself
            self.files[op.name] = File()
        if op.kind == "sync":
            self.files[op.name].sync()
            return
        self.files[op.name].since.append(op)

    def cut(self, place: Path, chance: random.Random) -> None:
        """Write to the empty folder `place` what may be left when the power goes now."""
        kept = chance.choice((0.0, 0.3, 0.6, 0.9, 1.0))  # a disk that lost nearly all, or nearly nothing
        left = {name: file.after_cut(chance, kept) for name, file in self.files.items() if not name.endswith("-shm")}
        for name, file in self.deleted.items():
            if name not in left and chance.random() < 0.5:
                left[name] = file.after_cut(chance, kept)
        for name, content in left.items():
            (place / name).write_bytes(content)


def _apply(content: bytearray, op: Op) -> None:
    if op.kind == "truncate":
        del content[op.offset :]
        return
    if len(content) < op.offset:
        content.extend(bytes(op.offset - len(content)))
    content[op.offset : op.offset + len(op.data)] = op.data
