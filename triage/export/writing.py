"""Items written to standard output, or to a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from triage.errors import TriageError
from triage.export.forms import LINES, Pair
from triage.export.parquet import check_parquet, write_parquet
from triage.text import clean

PARQUET = "parquet"
FORMS = (*LINES, PARQUET)
"""The names of all forms."""


def export(pairs: Iterable[Pair], form: str, output: Path | None, force: bool = False) -> int:
    """Write `pairs` (item, and what its scan gave, None where it is not scanned) to a file; how many there were.

    `form` is one of `FORMS`. `output` None or `-` is standard output. A file is written under another name and then
    renamed, so that it is there whole or not at all. Raises TriageError where `check_output` does, and where the file
    cannot be written.
    """
    check_output(output, force, form)
    at_terminal = _to_stdout(output) and sys.stdout.isatty()
    count = 0

    def counted() -> Iterator[Pair]:
        nonlocal count
        for pair in pairs:
            count += 1
            yield pair

    with _opened(output, force) as file:
        if form == PARQUET:
            write_parquet(counted(), file)
        else:
            for line in LINES[form](counted()):
                file.write((clean(line) if at_terminal else line).encode("utf-8", "backslashreplace"))
    return count


def write_text(text: str, output: Path | None, force: bool = False) -> None:
    """Write a whole text as `export` does: to standard output, or to a file that is there whole or not at all."""
    shown = clean(text) if _to_stdout(output) and sys.stdout.isatty() else text
    with _opened(output, force) as file:
        file.write(shown.encode("utf-8", "backslashreplace"))


def check_output(output: Path | None, force: bool = False, form: str = "") -> None:
    """Raise TriageError where `export` could not write this form to `output`; worth asking before long work.

    A file that is there already is replaced by `force` alone. Parquet needs a library of its own, and a file.
    """
    if form == PARQUET:
        check_parquet(to_file=not _to_stdout(output))
    if output is None or _to_stdout(output):
        return
    target = Path(os.path.realpath(output))
    try:
        if target.is_dir():
            raise TriageError(f"{output} is a folder; name a file.")
        if target.exists() and not force:
            raise TriageError(f"{output} is there already; --force replaces it.")
        if not target.parent.is_dir():
            raise TriageError(f"Cannot write {output}: there is no folder {output.parent}.")
    except OSError as error:
        raise TriageError(f"Cannot write {output}: {error.strerror}.") from error


def _to_stdout(output: Path | None) -> bool:
    return output is None or str(output) == "-"


@contextmanager
def _opened(output: Path | None, force: bool) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name once all of it is written."""
    if output is None or _to_stdout(output):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    check_output(output, force)
    target = Path(os.path.realpath(output))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        check_output(output, force)
        part.replace(target)
    except OSError as error:
        raise TriageError(f"Cannot write {output}: {error.strerror}.") from error
    finally:
        with suppress(OSError):  # what went wrong before is told; this would hide it
            part.unlink(missing_ok=True)
