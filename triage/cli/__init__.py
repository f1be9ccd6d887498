"""The commands. Standard output is data, standard error narration; heavy parts are imported where they are used.

Exit codes: 0 all done; 1 the call was right but nothing matched; 2 a wrong call, or nothing could be done; 130 stopped
by Ctrl-C.
"""

from __future__ import annotations

import errno
import os
import sys
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from triage import __version__
from triage.errors import QueryError, TriageError

if TYPE_CHECKING:
    from triage.config import Settings

_EPILOG = """\b
Exit codes: 0 done; 1 nothing matched; 2 wrong call, or nothing could be done;
130 stopped by Ctrl-C.
The decisions are in FOLDER/triage.sqlite (or --db PATH), readable with
sqlite3: select * from decisions."""
_NOTHING_MATCHED = 1


class _Commands(click.Group):
    """`triage FOLDER` is `triage review FOLDER`; faults are told in one line."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, "--help", "-h", "--version"}:
            args = ["review", *args]
        return super().parse_args(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        _ready_streams()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort) as stop:
            if isinstance(stop.__context__, EOFError):
                raise _Fault("several items are decided only when agreed to: answer y, or give --yes") from stop
            raise _Stopped("stopped; what was done is kept") from stop
        except QueryError as fault:
            raise _Fault(f"the filter cannot be understood, at character {fault.at + 1}: {fault}") from fault
        except TriageError as fault:
            raise _Fault(str(fault)) from fault
        except OSError as fault:  # a name that the system refuses, a full disk behind standard output
            if fault.errno == errno.EPIPE:
                raise  # who read has read enough: click ends in silence
            if fault.filename:
                raise _Fault(f"{fault.filename}: {fault.strerror}") from fault
            sys.stdout = _nowhere()  # else what waits in it fails once more at the end
            raise _Fault(str(fault.strerror or fault)) from fault


class _Fault(click.ClickException):
    """One line on standard error."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - the signature is click's
        from triage.cli.printing import narrate

        narrate(f"triage: {self.message}")


class _Stopped(_Fault):
    """Ended by Ctrl-C, and told as a shell tells it: 128 and the signal's number."""

    exit_code = 130


def _nowhere(mode: str = "w") -> IO[str]:
    return Path(os.devnull).open(mode, encoding="utf-8")


def _ready_streams() -> None:
    """Streams that were closed by the caller lead nowhere; letters that one cannot print come as escapes."""
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


_folder = click.argument("folder", type=click.Path(path_type=Path), default=".")
_query = click.argument("query", default="")
_db = click.option("--db", type=click.Path(path_type=Path), help="File of decisions; default FOLDER/triage.sqlite.")
_reviewer = click.option("--reviewer", help="Whose decisions these are; default the settings' name, else yours.")
_workers = click.option("--workers", type=click.IntRange(1, 64), help="Worker processes; default processors less one.")
_config = click.option("--config", type=click.Path(path_type=Path), help="Settings file; default in the user's folder.")


@click.group(cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="triage")
def main() -> None:
    """Decide, page by page, what of a folder of scraped web pages is worth keeping.

    \b
    triage FOLDER            opens the pages for review; ? shows the keys
    triage COMMAND --help    tells more of a command

    Error pages, error lines, repeated sections and boilerplate are flagged
    with a reason; every decision is saved at once. The pages themselves are
    never changed.
    """


@main.command()
@_folder
@_db
@_reviewer
@_workers
@_config
@click.option("--filter", "query", help="Begin with this filter, such as 'is:undecided flag:error-page'.")
def review(
    folder: Path, db: Path | None, reviewer: str | None, workers: int | None, config: Path | None, query: str | None
) -> None:
    """Open FOLDER on the screen and decide page by page (the default)."""
    from triage.cli.working import limits, opened
    from triage.session import Session
    from triage.tui.app import run

    settings = _settings(config)
    within = limits(settings, workers)
    with opened(folder, db, reviewer or settings.reviewer, within) as (journal, library):
        session = Session(folder, journal, library)
        if query is not None:
            session.filter(query)
        code = run(session, library, within, settings)
    sys.exit(code)


@main.command()
@click.argument("folder", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", help="Default: table.")
@_workers
@_config
def scan(folder: Path, form: str, workers: int | None, config: Path | None) -> None:
    """Flag all pages under PATH and print what was found; decides nothing.

    With --format jsonl one JSON object a line and item, in path order, with
    its blocks and flags.
    """
    from triage.cli import printing
    from triage.cli.working import limits, opened_library, scan_to_the_end
    from triage.scanning import scan_line

    within = limits(_settings(config), workers)
    with opened_library(folder, within) as library:
        found = scan_to_the_end(folder, library, within)
        if form == "table":
            printing.print_items(found.items)
        else:
            for item in found.items:
                scanned = found.over_limit.get(item.key) or library.scanned(item.key)
                if scanned is not None:
                    click.echo(scan_line(scanned, item.flags, item.group).encode())
        printing.print_summary(found.items, len(found.skipped))


@main.command("list")
@_folder
@_query
@_db
@_workers
@_config
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "paths"]), default="table")
def list_items(folder: Path, query: str, db: Path | None, workers: int | None, config: Path | None, form: str) -> None:
    """List the items of FOLDER that match QUERY, with flags and decisions.

    \b
    triage list pages 'is:undecided flag:error-page'
    triage list pages 'site:example.com words:>300 -tag:seen' --format paths
    triage list pages -- '-tag:seen'     what begins with a minus goes after --
    """
    from triage.cli import printing
    from triage.cli.working import limits, scanned_session

    with scanned_session(folder, db, None, limits(_settings(config), workers), query) as (session, _):
        if form == "table":
            printing.print_items(session.rows)
        elif form == "paths":
            printing.print_paths(session.rows)
        else:
            from triage.export import export

            export(((item, None) for item in session.rows), "jsonl", None)
        _end(len(session.rows))


@main.command("set")
@click.argument("verdict", type=click.Choice(["keep", "discard", "later", "none"]))
@_folder
@_query
@_db
@_reviewer
@_workers
@_config
@click.option("--reason", help="Why, for a discard.")
@click.option("--tag", "tags", multiple=True, help="Add this tag; may be given several times.")
@click.option("--note", help="Write this note.")
@click.option("--yes", is_flag=True, help="Do not ask before several items are decided.")
def set_verdict(
    *,
    verdict: str,
    folder: Path,
    query: str,
    db: Path | None,
    reviewer: str | None,
    workers: int | None,
    config: Path | None,
    reason: str | None,
    tags: tuple[str, ...],
    note: str | None,
    yes: bool,
) -> None:
    """Decide all items of FOLDER that match QUERY, as one step to undo.

    \b
    triage set discard pages 'flag:error-page' --reason 'error page'
    triage set keep pages 'path:reports/* words:>500' --tag archive --yes
    triage set none pages 'is:later'              takes decisions away
    """
    from triage.cli.working import decide_all, limits, scanned_session

    if not query.strip():
        raise click.UsageError("say which items: a QUERY such as 'flag:error-page' or 'path:page.html'")
    if reason and verdict == "none":
        raise click.UsageError("--reason goes with a decision, not with none")
    settings = _settings(config)
    mine, ask = reviewer or settings.reviewer, None if yes else partial(click.confirm, err=True)
    with scanned_session(folder, db, mine, limits(settings, workers), query) as (session, _):
        _end(decide_all(session, verdict, reason, tags, note, ask))


@main.command()
@_folder
@_query
@_db
@_workers
@_config
@click.option("--format", "form", type=click.Choice(["csv", "jsonl", "markdown"]), default="jsonl")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file; default standard output.")
@click.option("--force", is_flag=True, help="Replace the file where it is there already.")
def export(
    *,
    folder: Path,
    query: str,
    db: Path | None,
    workers: int | None,
    config: Path | None,
    form: str,
    output: Path | None,
    force: bool,
) -> None:
    """Write decisions, flags and clean text of the items that match QUERY.

    \b
    triage export pages is:kept --format jsonl -o kept.jsonl
    """
    from triage.cli.printing import narrate
    from triage.cli.working import limits, scanned_session
    from triage.export import check_output
    from triage.export import export as write

    check_output(output, force)
    with scanned_session(folder, db, None, limits(_settings(config), workers), query) as (session, found):
        rows = session.rows
        write(((item, found.over_limit.get(item.key) or session.scanned(item)) for item in rows), form, output, force)
        narrate(f"{len(rows)} items exported" + (f" to {output}" if output else ""))
        _end(len(rows))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def explain(file: Path) -> None:
    """Tell which rules fired on one page, which nearly did, and what spoke against."""
    from triage.cli.explaining import explain_file
    from triage.cli.printing import print_explanation

    for explanation in explain_file(file):
        print_explanation(explanation)


@main.command("config")
@_config
@click.option("--write", is_flag=True, help="Write a file with every setting at its default, each explained.")
def configure(config: Path | None, *, write: bool) -> None:
    """Check the settings file and print it; or write a new one with --write.

    Nothing is replaced: where a file is there already, --write says so.
    """
    from triage.cli.printing import narrate
    from triage.config import config_path, default_config_text

    path = config or config_path()
    if write:
        if path.exists():
            raise TriageError(f"{path}: there is a settings file already; edit it, or delete it first")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(default_config_text(), encoding="utf-8")
        except OSError as fault:
            raise TriageError(f"{path}: cannot be written ({fault.strerror}); name another file by --config") from fault
        narrate(f"{path} written")
        return
    _settings(config)
    narrate(f"{path} is in order" if path.exists() else f"{path} is not there: all settings are at their defaults")
    click.echo(path.read_text("utf-8") if path.exists() else default_config_text(), nl=False)


def _settings(path: Path | None) -> Settings:
    from triage.actions import keymap
    from triage.config import load

    return load(path, keymap)


def _end(count: int) -> None:
    if not count:
        from triage.cli.printing import narrate

        narrate("no item matches")
        sys.exit(_NOTHING_MATCHED)
