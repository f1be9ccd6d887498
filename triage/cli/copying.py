"""`triage export --format files`: the pages themselves, copied to another folder once their number was seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from triage.cli.options import end
from triage.cli.printing import narrate
from triage.errors import TriageError
from triage.export.copying import check_target, copy_files, plan_copies
from triage.wording import counted

if TYPE_CHECKING:
    from triage.cli.options import Opening


def copy_pages(place: Opening, target: Path | None, force: bool, ask: Callable[[str], bool] | None) -> None:
    """Copy the files of the items that match to `target`, after `ask` (None: without asking) agreed to their number.

    Raises TriageError where no folder is named, where `check_target` or `plan_copies` does, and where no file could be
    copied.
    """
    if target is None or str(target) == "-":
        raise TriageError("Files are copied to a folder: name one with -o.")
    check_target(place.folder, target)
    with place.session() as (session, _):
        paths = plan_copies(session.rows, target, force)
        files = counted(len(paths), "file")
        if paths and ask is not None and not ask(f"Copy {files} to {target}?"):
            narrate("nothing was copied")
            return
        failed = list(copy_files(session.folder, paths, target))
        for one in failed:
            narrate(f"{one.path} was not copied: {one.reason}")
        if paths and len(failed) == len(paths):
            raise TriageError(f"No file could be copied to {target}.")
        if paths:
            narrate((f"{len(paths) - len(failed):,} of " if failed else "") + f"{files} copied to {target}")
        end(len(paths))
