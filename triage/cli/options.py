"""What the commands share on their command line: where the pages are, which of them are meant, and how it is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from triage.cli.working import Finding
    from triage.config import Settings
    from triage.session import Session
    from triage.store.journal import Journal

NOTHING_MATCHED = 1
"""Exit code of a right call that found nothing to work on."""

SHELLS = ("bash", "zsh", "fish")
"""Those that can complete commands."""


def complete_query(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem[str]]:
    """The last word of a filter as it could go on."""
    from triage.cli import completing

    return completing.complete_query(context, parameter, begun)


folder = click.argument("folder", type=click.Path(path_type=Path), default=".")
query = click.argument("query", default="", shell_complete=complete_query)
db = click.option("--db", type=click.Path(path_type=Path), help="File of decisions; default FOLDER/triage.sqlite.")
reviewer = click.option("--reviewer", help="Whose decisions these are; default the settings' name, else yours.")
workers = click.option("--workers", type=click.IntRange(1, 64), help="Worker processes; default processors less one.")
config = click.option("--config", type=click.Path(path_type=Path), help="Settings file; default in the user's folder.")
with_errors = click.option(
    "--with-errors", is_flag=True, help="Search error pages for words too; a search leaves them out, and says so."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
yes = click.option("--yes", is_flag=True, help="Do not ask before several items are changed.")


@dataclass(frozen=True, slots=True)
class Opening:
    """The folder that a command works on, and which of its items."""

    folder: Path
    query: str = ""
    db: Path | None = None
    reviewer: str | None = None
    workers: int | None = None
    config: Path | None = None
    with_errors: bool = False

    @contextmanager
    def session(self) -> Iterator[tuple[Session, Finding]]:
        """A session whose scan has ended and whose list shows what the query matches, and what the scan gave."""
        from triage.cli.printing import narrate
        from triage.cli.working import limits, scanned_session
        from triage.wording import counted

        settings = load_settings(self.config)
        within = limits(settings, self.workers)
        mine = self.reviewer or settings.reviewer
        with scanned_session(self.folder, self.db, mine, within, self.query, self.with_errors) as (session, found):
            if session.left_out:
                left = counted(session.left_out, "error page")
                narrate(f"{left} left out of the search; --with-errors searches them too")
            yield session, found

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """The decisions alone, nothing scanned. Raises FolderError where there is no such folder."""
        from triage.cli.working import opened_journal

        with opened_journal(self.folder, self.db, self.reviewer or load_settings(self.config).reviewer) as journal:
            yield journal


def over_items(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command over FOLDER and QUERY: the function gets an `Opening` first."""

    @folder
    @query
    @db
    @reviewer
    @with_errors
    @workers
    @config
    @wraps(function)
    def command(
        folder: Path,
        query: str,
        db: Path | None,
        reviewer: str | None,
        with_errors: bool,
        workers: int | None,
        config: Path | None,
        **rest: Any,
    ) -> Any:
        return function(Opening(folder, query, db, reviewer, workers, config, with_errors), **rest)

    return command


def over_decisions(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command over the decisions of FOLDER: the function gets an `Opening` first."""

    @folder
    @db
    @reviewer
    @config
    @wraps(function)
    def command(folder: Path, db: Path | None, reviewer: str | None, config: Path | None, **rest: Any) -> Any:
        return function(Opening(folder, db=db, reviewer=reviewer, config=config), **rest)

    return command


def load_settings(path: Path | None) -> Settings:
    """The user's settings. Raises ConfigError, with file and line."""
    from triage.actions import keymap
    from triage.config import load

    return load(path, keymap)


def end(count: int, *, told: bool = False, nothing: str = "no item matches") -> None:
    """End with the exit code that says so where there was nothing, and say `nothing` unless that was `told` already."""
    if not count:
        from triage.cli.printing import narrate

        if not told:
            narrate(nothing)
        sys.exit(NOTHING_MATCHED)


def asker(yes: bool) -> Callable[[str], bool] | None:
    """What asks before several items are changed; None where the call agreed beforehand."""
    return None if yes else lambda question: click.confirm(question, err=True)
