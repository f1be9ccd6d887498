"""Commands that tell: show, history, counts, stats, groups, shared errors, report. They change nothing unless asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from triage.cli.options import Opening, as_json, asker, config, db, end, folder, over_decisions, over_items, yes
from triage.errors import TriageError

if TYPE_CHECKING:
    from triage.model import Decision, Item
    from triage.session.groups import Copies
    from triage.store.journal import Step

_ALL = 10**9


@click.command()
@over_items
@click.option(
    "--as",
    "view",
    type=click.Choice(["marked", "clean", "source", "json"]),
    default="marked",
    help="marked: all paragraphs, numbered, with what is flagged; clean: what the export holds; source: the page.",
)
def show(place: Opening, *, view: str) -> None:
    """Print the text of the pages of FOLDER that match QUERY, with their flags.

    \b
    triage show pages 'path:a.html'
    triage show pages 'is:kept' --as clean
    triage show pages 'path:a.html' --as json | jq .text
    """
    from triage.cli.printing import print_page

    with place.session() as (session, found):
        for item in session.rows:
            scanned = found.over_limit.get(item.key) or session.scanned(item)
            if view == "json":
                from triage.export import record
                from triage.text import json_line

                click.echo(json_line(record(item, scanned)))
            else:
                print_page(item, scanned, view, session.source(item) if view == "source" else None)
        end(len(session.rows))


@click.command()
@over_decisions
@click.option("--path", "path", help="Of this page alone.")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="At most so many steps.")
@as_json
def history(place: Opening, *, path: str | None, limit: int, as_json: bool) -> None:
    """Tell who decided what and when, the newest first.

    \b
    triage history pages --limit 20
    triage history pages --path news/a.html
    triage history pages --json | jq -r 'select(.undone | not) | .label'
    """
    with place.journal() as journal:
        steps = journal.history((path, None) if path is not None else None, limit)
        print_steps(steps, as_json=as_json)
        end(len(steps))


@click.command()
@over_items
@as_json
def counts(place: Opening, *, as_json: bool) -> None:
    """Count the pages that match QUERY by state, flag, cause, site, language and tag.

    \b
    triage counts pages 'is:undecided'
    """
    from triage.session.likeness import facets

    with place.session() as (session, _):
        found = facets(session.rows, _ALL)
        if as_json:
            from triage.text import json_line

            for facet in found:
                click.echo(json_line({"filter": facet.filter, "pages": facet.count}))
        else:
            from triage.cli.printing import print_facets

            print_facets(found)
        end(len(session.rows))


@click.command()
@over_items
@as_json
def stats(place: Opening, *, as_json: bool) -> None:
    """Tell how far the work is and how fast it goes; with QUERY, of those pages.

    Decisions a minute count the time at work: breaks of over five minutes are
    left out. Keys a decision are those pressed on the screen. With --json one
    object; numbers that cannot be measured yet are null.

    \b
    triage stats pages
    triage stats pages --json | jq .decisions_a_minute
    """
    from triage.session.stats import record

    with place.session() as (session, _):
        if as_json:
            import json

            click.echo(json.dumps(record(session.stats(values=_ALL)), ensure_ascii=True, indent=2))
        else:
            from triage.cli.printing import print_summary_lines

            print_summary_lines(session.stats())


@click.command()
@over_items
@click.option("--keep-best", is_flag=True, help="Keep the best page of each group and discard its copies, in one step.")
@click.option(
    "--clear",
    is_flag=True,
    help="With --keep-best: only groups where nothing was decided and the best page holds nearly all of the others.",
)
@as_json
@yes
def groups(place: Opening, *, keep_best: bool, clear: bool, as_json: bool, yes: bool) -> None:
    """List groups of near copies, with the page that is best kept and why.

    A group is listed whole where one of its pages matches QUERY. A page that
    was kept already stays the one that is kept.

    \b
    triage groups pages
    triage groups pages 'is:undecided' --keep-best --clear
    """
    from triage.cli.printing import narrate
    from triage.cli.working import carry_out
    from triage.session.resolving import keep_best as plan_keep_best
    from triage.session.resolving import read_groups

    if clear and not keep_best:
        raise click.UsageError("--clear goes with --keep-best")
    with place.session() as (session, _):
        found = read_groups(session, session.rows)
        if keep_best:
            resolving = plan_keep_best(found, clear_only=clear)
            for left in resolving.left:
                why = "not clear which to keep" if left.proposal else "no page fit to be kept"
                narrate(f"{why}: {left.members[0].item.group}")
            if resolving.plan is not None:
                carry_out(session, resolving.plan, asker(yes))
        elif as_json:
            from triage.text import json_line

            for copies in found:
                click.echo(json_line(_group(copies)))
        else:
            from triage.cli.printing import print_groups

            print_groups(found)
        end(len(found), nothing="no pages are near copies of each other")


@click.command("shared-errors")
@over_items
@click.option("--discard", is_flag=True, help="Discard their undecided pages, as one step.")
@as_json
@yes
def shared_errors(place: Opening, *, discard: bool, as_json: bool, yes: bool) -> None:
    """List error texts that several error pages of one site share.

    \b
    triage shared-errors pages
    triage shared-errors pages 'site:example.com' --discard
    """
    from triage.cli.sharing import found_shared_errors, plan_discard_shared
    from triage.cli.working import carry_out
    from triage.text import json_line

    with place.session() as (session, _):
        found = found_shared_errors(session)
        if discard:
            plan = plan_discard_shared(session, found)
            if plan is not None:
                carry_out(session, plan, asker(yes))
        elif as_json:
            for one in found:
                pages = [item.name for item in one.items]
                line = {"site": one.site, "cause": one.flag.cause, "text": list(one.lines), "pages": pages}
                click.echo(json_line(line | {"undecided": len(one.undecided)}))
        else:
            from triage.cli.printing import print_shared_errors

            print_shared_errors(found)
        end(len(found), nothing="no error text is shared by several pages of a site")


@click.command()
@folder
@db
@config
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "csv", "json"]),
    default="markdown",
    show_default=True,
    help="How it is written.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file; default standard output.")
@click.option("--force", is_flag=True, help="Replace the file where it is there already.")
def report(*, folder: Path, db: Path | None, config: Path | None, form: str, output: Path | None, force: bool) -> None:
    """Tell where all pages of FOLDER went: found, errors, copies, judged, kept.

    A flow of counts as reviews report it, computed from what the last scan
    found and from the decisions; no page is opened. Each page is counted in
    one line, so that the lines add up.

    \b
    triage report pages > flow.md
    triage report pages --format csv -o flow.csv
    """
    from triage.cli.options import load_settings
    from triage.cli.reporting import FORMS, about
    from triage.cli.working import limits, opened
    from triage.export import check_output, write_text
    from triage.session import Session
    from triage.session.flow import flow

    check_output(output, force)
    with opened(folder, db, None, limits(load_settings(config), None)) as (journal, library):
        session = Session(folder, journal, library)
        items = session.items
        if not items:
            raise TriageError(f"{folder}: nothing was scanned here yet; run `triage scan {folder}` first")
        session.match_decisions()
        write_text(FORMS[form](flow(session.items), about(folder, db, session)), output, force)


def print_steps(steps: Iterable[Step], *, as_json: bool) -> None:
    """Steps of the journal, a line each."""
    if as_json:
        from triage.text import json_line

        for step in steps:
            click.echo(json_line(_step(step)))
    else:
        from triage.cli.printing import print_steps as print_table

        print_table(list(steps))


def print_counted(names: Iterable[tuple[str, int]], *, as_json: bool) -> int:
    """Names with how often they come, the commonest first; how many there are."""
    from triage.cli.printing import print_line
    from triage.text import json_line

    found: Counter[str] = Counter()
    for name, count in names:
        found[name] += count
    for name, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])):
        if as_json:
            click.echo(json_line({"name": name, "pages": count}))
        else:
            print_line(f"{count:>7,}  {name}")
    return len(found)


def _step(step: Step) -> dict[str, Any]:
    return {
        "step": step.id,
        "at": step.at,
        "reviewer": step.reviewer,
        "label": step.label,
        "undone": step.undone,
        "changes": [
            {
                "path": change.path,
                "record": change.record,
                "before": _decision(change.before),
                "after": _decision(change.after),
            }
            for change in step.changes
        ],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {name: value for name, value in asdict(decision).items() if value not in (None, "", ())}


def _group(copies: Copies) -> dict[str, Any]:
    best = copies.proposal
    return {
        "group": copies.members[0].item.group,
        "best": copies.members[best.index].item.name if best else None,
        "why": best.reason if best else None,
        "pages": [_member(copies, row) for row in range(len(copies.members))],
    }


def _member(copies: Copies, row: int) -> dict[str, Any]:
    item: Item = copies.members[row].item
    return {
        "path": item.path,
        "record": item.record,
        "site": item.site,
        "date": item.date,
        "words": copies.members[row].words,
        "stands_in_best": round(copies.likeness(row).here, 3),
        "verdict": item.decision.verdict,
    }
