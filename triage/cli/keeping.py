"""Commands that look after the decisions: restore an earlier copy, and see whether all is in order."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from triage.cli.options import NOTHING_MATCHED, as_json, asker, config, db, folder
from triage.errors import TriageError
from triage.wording import counted

if TYPE_CHECKING:
    from triage.store.backups import Backup, Told

_SIGNS = {"good": "✓", "note": "·", "bad": "✗", "mended": "✓"}


@click.command()
@folder
@db
@click.option("--copy", "number", type=click.IntRange(1), help="Bring back the copy of this number of the list.")
@click.option("--file", type=click.Path(path_type=Path), help="Bring back this file of decisions.")
@click.option("--yes", is_flag=True, help="Do not ask before the decisions are replaced.")
@as_json
def restore(folder: Path, db: Path | None, number: int | None, file: Path | None, *, yes: bool, as_json: bool) -> None:
    """List the earlier copies of the decisions of FOLDER, or bring one back.

    A copy is made whenever something was decided since the last one: ten are
    kept, then one a day for two weeks and one a week for half a year. What is
    replaced is kept under a dated name beside the decisions.

    \b
    triage restore pages              lists the copies
    triage restore pages --copy 2     brings the second back, once you agree
    triage restore pages --file old.sqlite
    """
    from triage.cli.printing import narrate
    from triage.cli.working import decisions_of
    from triage.reading import check_folder
    from triage.store import backups

    check_folder(folder)
    path = decisions_of(folder, db)
    copies = backups.listed(path)
    if number is None and file is None:
        _list(copies, as_json=as_json)
        if not copies:
            narrate(f"there is no earlier copy of {path} yet; the first is made at the next start after a decision")
            raise click.exceptions.Exit(NOTHING_MATCHED)
        return
    if number is not None and number > len(copies):
        raise TriageError(f"there is no copy {number}; there are {len(copies)}: see `triage restore {folder}`")
    chosen = file if file is not None else copies[(number or 1) - 1].path
    ask = asker(yes)
    if ask is not None and not ask(_question(backups.told_of(chosen), backups.told_of(path), path)):
        narrate("nothing was changed")
        return
    done = backups.restore(path, chosen)
    narrate(f"{path} holds {_told(done.now)} again")
    if done.aside is not None:
        narrate(f"it replaced {_told(done.before)}, kept as {done.aside}")


@click.command()
@folder
@db
@config
@click.option("--mend", is_flag=True, help="Mend what can be mended safely; nothing is deleted but the cache.")
@as_json
def doctor(folder: Path, db: Path | None, config: Path | None, *, mend: bool, as_json: bool) -> None:
    """Check decisions, backups, cache, settings, terminal and installed parts.

    Nothing is changed without --mend. Exit code 1 where something is wrong
    and was not mended.

    \b
    triage doctor pages
    triage doctor pages --mend
    triage doctor pages --json | jq 'select(.state == "bad")'
    """
    from triage.cli.checking import checked
    from triage.cli.printing import print_line
    from triage.cli.working import decisions_of
    from triage.reading import check_folder
    from triage.text import json_line

    check_folder(folder)
    found = checked(folder, decisions_of(folder, db), config, os.environ, mend=mend)
    for check in found:
        if as_json:
            click.echo(json_line({"name": check.name, "state": check.state, "told": check.told, "do": check.do}))
        else:
            print_line(f"{_SIGNS[check.state]} {check.name:<10} {check.told}")
            if check.do:
                print_line(f"{'':<13}{check.do}")
    if any(check.state == "bad" for check in found):
        raise click.exceptions.Exit(NOTHING_MATCHED)


def _list(copies: list[Backup], *, as_json: bool) -> None:
    from triage.cli.printing import print_line
    from triage.text import json_line

    for number, copy in enumerate(copies, 1):
        told = copy.told
        if as_json:
            facts = {"decisions": told.decisions, "steps": told.steps, "last": told.last_label} if told else None
            click.echo(json_line({"copy": number, "made": copy.at.isoformat(), "path": str(copy.path), "holds": facts}))
        else:
            print_line(f"{number:>3}  {_local(copy.at)}  {_told(told)}")


def _question(copy: Told | None, now: Told | None, path: Path) -> str:
    return f"Put {_told(copy)} in the place of {_told(now)} in {path}?"


def _told(told: Told | None) -> str:
    if told is None:
        return "what cannot be read"
    decisions = counted(told.decisions, "decision")
    return f"{decisions} (the last at {told.last_at}: {told.last_label})" if told.last_at else decisions


def _local(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
