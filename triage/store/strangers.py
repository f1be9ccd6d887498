"""A file of decisions that came with a stranger's folder: what must be so before SQLite may touch it.

SQLite trusts the files beside a database. It opens them through links, waits for ever at a FIFO, and deletes the file
that the end of a rollback journal names as its super-journal (https://www.sqlite.org/fileformat2.html, section 3): so
a folder could have any file of the analyst's overwritten or deleted. And a database may bring triggers, which would
run with each decision.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage.errors import JournalError
from triage.store.swapping import dated
from triage.text import clean_line

_BESIDE = ("", "-journal", "-wal", "-shm")
_MAGIC = bytes.fromhex("d9d505f920a163d7")
"""With which a rollback journal begins, and ends where it names a super-journal."""
_COMMENT = re.compile(r"--[^\n]*")
_SPACES = re.compile(r"\s+")


def check_beside(path: Path) -> None:
    """Raise JournalError for a file of decisions that is a link or no regular file, or has such a one beside it."""
    for end in _BESIDE:
        file = path.with_name(path.name + end)
        try:
            kind = file.lstat().st_mode
        except FileNotFoundError:
            continue
        name = clean_line(str(file))
        if stat.S_ISLNK(kind):
            raise JournalError(
                f"{name} is a link, which is not followed: decisions would be written elsewhere. Remove it, or use "
                "--db PATH with the path of the file itself."
            )
        if stat.S_ISDIR(kind) and not end:
            raise JournalError(f"{name} is a folder, not a file of decisions. Use --db PATH to name a file.")
        if not stat.S_ISREG(kind):
            raise JournalError(f"{name} is no regular file. Remove it, or use --db PATH to name another file.")


def part_with_journal(path: Path) -> None:
    """Put aside, under a dated name, a rollback journal of the file at `path` that names another file: none of ours."""
    journal = path.with_name(path.name + "-journal")
    if _names_another(journal):
        journal.rename(dated(path, "journal"))


def _names_another(journal: Path) -> bool:
    try:
        with journal.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - len(_MAGIC)))
            return file.tell() > 0 and file.read() == _MAGIC
    except FileNotFoundError:
        return False


def strange(schema: Sequence[tuple[Any, ...]], scripts: Sequence[str]) -> str:
    """What of a database's own `schema` (type, name, table, sql) is not as our `scripts` make it; "" where all is.

    Tables and views of the analyst's own do no harm; whatever hangs on our tables could.
    """
    ours = _made_by(tuple(scripts))
    found = {(kind, name): _bare(sql) for kind, name, _, sql in schema}
    for (kind, name), sql in ours.items():
        if found.get((kind, name)) != sql:
            return f"its {kind} {name} is not as triage made it"
    tables = {name for kind, name in ours if kind == "table"}
    for kind, name, table, _ in schema:
        if (kind == "trigger" or str(table) in tables) and (kind, name) not in ours:
            return f"it brings a {kind} of its own, {clean_line(str(name))}"
    return ""


@lru_cache(maxsize=4)
def _made_by(scripts: tuple[str, ...]) -> dict[tuple[str, str], str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for script in scripts:
            connection.executescript(script)
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return {(kind, name): _bare(sql) for kind, name, sql in rows}


def _bare(sql: Any) -> str:
    """A statement without its comments, and with one space for several."""
    return _SPACES.sub(" ", _COMMENT.sub(" ", str(sql))).strip()
