"""Commands that change decisions: set, tag, note, mark, undo, redo, import. Each is one step to undo."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from triage.cli.options import (
    NOTHING_MATCHED,
    Opening,
    as_json,
    asker,
    complete_query,
    config,
    db,
    end,
    over_decisions,
    over_items,
    reviewer,
    with_errors,
    workers,
    yes,
)
from triage.errors import TriageError

if TYPE_CHECKING:
    from triage.session import Session
    from triage.store.journal import Step

_VERDICTS = ("keep", "discard", "later", "none")


def _complete_verdict(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    del context, parameter
    return [verdict for verdict in _VERDICTS if verdict.startswith(begun)]


@click.command("set")
@click.argument("verdict", metavar="keep|discard|later|none", required=False, shell_complete=_complete_verdict)
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.argument("query", default="", shell_complete=complete_query)
@click.option("--reason", help="Why, for a discard.")
@click.option("--tag", "tags", multiple=True, help="Add this tag; may be given several times.")
@click.option("--note", help="Write this note.")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), help="Take decisions from a file of JSON lines; - is stdin."
)
@click.option("--paths", type=click.Path(path_type=Path), help="Only the pages listed in this file; - is stdin.")
@yes
@db
@reviewer
@with_errors
@workers
@config
def set_verdict(
    *,
    verdict: str | None,
    folder: Path,
    query: str,
    reason: str | None,
    tags: tuple[str, ...],
    note: str | None,
    source: Path | None,
    paths: Path | None,
    yes: bool,
    **place: Any,
) -> None:
    """Decide all pages of FOLDER that match QUERY, as one step to undo.

    \b
    triage set discard pages 'flag:error-page' --reason 'error page'
    triage set keep pages 'path:reports/* words:>500' --tag archive --yes
    triage set none pages 'is:later'            takes decisions away
    grep -rl sponsored pages --include='*.html' | sed 's,^pages/,,' |
        triage set discard pages --paths -      the pages named on standard input
    triage set --from decisions.jsonl pages     a decision a line, as JSON

    With --from each line is an object with a path and what is to hold for it:
    {"path": "a.html", "verdict": "keep", "tags": ["x"], "note": "..."}. What a
    line does not name stays as it is; what `triage export` writes can be read
    back. A line that cannot be understood is told by its number, and nothing
    is changed. Several pages are changed only when agreed to: answer y, or
    give --yes.
    """
    from triage.cli.printing import narrate
    from triage.cli.working import carry_out, plan_all

    if source is not None:
        if query or reason or tags or note or paths:
            raise click.UsageError("--from says all by itself: triage set --from FILE FOLDER")
        _set_from(Opening(Path(verdict or folder), **place), source, yes)
        return
    if verdict not in _VERDICTS:
        raise click.UsageError(f"say what to set: {', '.join(_VERDICTS)}; such as triage set keep pages 'path:a.html'")
    if not query.strip() and paths is None:
        raise click.UsageError("say which items: a QUERY such as 'flag:error-page' or 'path:page.html'")
    if reason and verdict == "none":
        raise click.UsageError("--reason goes with a decision, not with none")
    with Opening(folder, query, **place).session() as (session, _):
        if paths is not None:
            lost = session.narrow([path for path in _read(paths).splitlines() if path])
            if lost:
                narrate(f"not among the pages that match: {', '.join(lost[:3])}{', ...' if len(lost) > 3 else ''}")
        plan = plan_all(session, verdict, reason, tags, note)
        carry_out(session, plan, asker(yes))
        end(len(plan.items), told=True)


@click.command()
@over_items
@click.option("--add", multiple=True, help="Add this tag; may be given several times.")
@click.option("--remove", multiple=True, help="Take this tag off; may be given several times.")
@click.option("--rename", nargs=2, metavar="OLD NEW", help="Rename a tag on all pages; one in use merges the two.")
@as_json
@yes
def tag(
    place: Opening,
    *,
    add: tuple[str, ...],
    remove: tuple[str, ...],
    rename: tuple[str, str] | None,
    as_json: bool,
    yes: bool,
) -> None:
    """Tag the pages of FOLDER that match QUERY, or list the tags in use.

    \b
    triage tag pages                                  the tags, with their numbers
    triage tag pages 'site:example.com' --add local --add 2024
    triage tag pages 'tag:local' --remove 2024
    triage tag pages --rename local regional          on all pages, as one step
    """
    from triage.cli.telling import print_counted
    from triage.cli.working import carry_out

    if (add or remove) and not place.query.strip():
        raise click.UsageError("say which pages to tag: a QUERY such as 'site:example.com'")
    with place.session() as (session, _):
        if not (add or remove or rename):
            end(print_counted(((tag, 1) for item in session.rows for tag in item.decision.tags), as_json=as_json))
            return
        plan = session.plan_rename_tag(*rename) if rename else _over_all(session).plan_tags(add, remove)
        carry_out(session, plan, asker(yes))
        end(len(plan.items), told=True)


@click.command()
@over_items
@click.option("--text", required=True, help="The note; an empty one takes it away, - reads it from standard input.")
@yes
def note(place: Opening, *, text: str, yes: bool) -> None:
    """Write a note on the pages of FOLDER that match QUERY.

    \b
    triage note pages 'path:a.html' --text 'ask the author'
    fortune | triage note pages 'path:a.html' --text -
    """
    from triage.cli.working import carry_out

    if not place.query.strip():
        raise click.UsageError("say which pages: a QUERY such as 'path:page.html'")
    with place.session() as (session, _):
        plan = _over_all(session).plan_note(_read(Path("-")) if text == "-" else text)
        carry_out(session, plan, asker(yes))
        end(len(plan.items), told=True)


@click.command()
@click.argument("what", type=click.Choice(["noise", "no-noise"]))
@over_items
@click.option("--paragraphs", required=True, metavar="N[-M]", help="Which, counted from 1 as `triage show` does.")
def mark(place: Opening, *, what: str, paragraphs: str) -> None:
    """Mark paragraphs of one page as noise or as no noise, for its clean text.

    \b
    triage show pages 'path:a.html' --as marked      numbers the paragraphs
    triage mark noise pages 'path:a.html' --paragraphs 4-6
    """
    from triage.cli.working import carry_out

    first, _, last = paragraphs.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal() or int(first) < 1:
        raise click.UsageError("--paragraphs is a number or a range, such as 4 or 4-6")
    with place.session() as (session, _):
        end(len(session.rows))
        if len(session.rows) > 1:
            raise TriageError(f"{len(session.rows):,} pages match; name one, such as 'path:a.html'")
        session.go(0)
        plan = session.plan_marks(range(int(first) - 1, int(last or first)), noise=what == "noise")
        if plan is None or not plan.changes:
            raise TriageError("nothing was marked: the page has no such paragraph, or it is marked so already")
        carry_out(session, plan, None)


@click.command()
@over_decisions
@click.option("--to", "step", type=int, help="Undo back to before this step; `triage history` numbers them.")
@as_json
@yes
def undo(place: Opening, *, step: int | None, as_json: bool, yes: bool) -> None:
    """Undo the last step of FOLDER, also one made on the screen or yesterday.

    \b
    triage undo pages
    triage undo pages --to 12        steps 12 and later, the newest first
    """
    with place.journal() as journal:
        meant = [one for one in journal.history() if not one.undone and one.id >= (step or 0)]
        if step is not None and len(meant) > 1 and not yes:
            click.confirm(f"Undo {len(meant):,} steps, back to before step {step}?", abort=True, err=True)
        count = len(meant) if step is not None else 1
        _tell_back([one for _ in range(count) if (one := journal.undo()) is not None], "undo", as_json=as_json)


@click.command()
@over_decisions
@as_json
def redo(place: Opening, *, as_json: bool) -> None:
    """Make again what was undone last.

    \b
    triage redo pages
    """
    with place.journal() as journal:
        _tell_back([one for one in [journal.redo()] if one is not None], "redo", as_json=as_json)


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("other", metavar="OTHER.sqlite", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", "replacing", is_flag=True, help="Also where a page was decided here already.")
@yes
@db
@reviewer
@workers
@config
def import_decisions(folder: Path, other: Path, *, replacing: bool, yes: bool, **place: Any) -> None:
    """Take over the decisions of another triage.sqlite, as one step to undo.

    Pages are found by their path, else by their content: a renamed file finds
    its decision. Who decided and when is taken over. A page decided here stays
    as it is, unless --replace is given. OTHER.sqlite is left as it is.

    \b
    triage import pages old/triage.sqlite
    """
    from triage.cli.printing import narrate
    from triage.cli.working import carry_out
    from triage.session.incoming import plan_import
    from triage.store.journal import read_current

    stored = read_current(other)
    with Opening(folder, **place).session() as (session, _):
        plan, told = plan_import(session.items, stored, replacing=replacing)
        for sentence in told:
            narrate(sentence)
        carry_out(session, plan, asker(yes))
        end(len(plan.items), told=True)


def _set_from(place: Opening, source: Path, yes: bool) -> None:
    from triage.cli.printing import narrate
    from triage.cli.working import carry_out
    from triage.session.incoming import plan_lines, read_lines

    try:
        lines = read_lines(_read(source).split("\n"))
    except TriageError as fault:
        raise TriageError(f"{source}, {fault}") from fault
    with place.session() as (session, _):
        plan, told = plan_lines(session.items, lines)
        for sentence in told:
            narrate(sentence)
        carry_out(session, plan, asker(yes))
        end(len(plan.items), told=True)


def _over_all(session: Session) -> Session:
    """The session with all items of its list selected."""
    session.select([item.key for item in session.rows])
    return session


def _tell_back(steps: list[Step], what: str, *, as_json: bool) -> None:
    from triage.cli.printing import narrate
    from triage.cli.telling import print_steps

    if not steps:
        narrate(f"nothing to {what}")
        raise click.exceptions.Exit(NOTHING_MATCHED)
    if as_json:
        print_steps(steps, as_json=True)
    for one in steps:
        narrate(f"{'undone' if what == 'undo' else 'redone'}: {one.label} (step {one.id})")


def _read(file: Path) -> str:
    """A file of text, or standard input for `-`. Raises TriageError where it is no UTF-8."""
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise TriageError(f"{file} is not UTF-8 text (byte {fault.start})") from fault
    except OSError as fault:
        raise TriageError(f"{file} cannot be read: {fault.strerror}") from fault
