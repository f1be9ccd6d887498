"""The commands. Standard output is data, standard error narration; heavy parts are imported where they are used.

Exit codes: 0 all done; 1 the call was right but nothing matched; 2 a wrong call, or nothing could be done; 130 stopped
by Ctrl-C.
"""

from __future__ import annotations

import gc
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import click

from triage import __version__
from triage.cli import options
from triage.cli.group import Commands, Later
from triage.cli.options import SHELLS, Opening, complete_query, end, load_settings, over_items
from triage.errors import TriageError
from triage.presets import PRESETS

_EPILOG = """\b
Examples:
  triage pages                                   decide on the screen
  triage list pages 'is:undecided flag:error-page'
  triage set discard pages 'flag:error-page' --reason 'error page'
  triage undo pages
  triage export pages is:kept -o kept.jsonl

\b
Exit codes:
  0    done
  1    nothing matched, or there was nothing to undo
  2    a wrong call, or nothing could be done; one line says why
  130  stopped by Ctrl-C; what was done is kept

\b
Files:
  FOLDER/triage.sqlite    the decisions (or --db PATH); readable with sqlite3:
                          select * from decisions
  the settings            where `triage config` says; --config PATH
  a cache of the scan     in your cache directory; deleting it costs a rescan

\b
Data goes to standard output, narration to standard error. NO_COLOR is heeded.
"""


def _sort(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, bool] | None:
    """What the list is to be sorted by, and whether backwards."""
    from triage.session import SORTS

    if value is None:
        return None
    by = value.removeprefix("-")
    if by not in SORTS:
        raise click.BadParameter(f"sort by {', '.join(SORTS)}", context, parameter)
    return by, value.startswith("-")


def _complete_sort(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    del context, parameter
    from triage.session import SORTS

    return [by for by in SORTS if by.startswith(begun)]


_ELSEWHERE = Later(
    {
        "set": "acting.set_verdict",
        "tag": "acting.tag",
        "note": "acting.note",
        "mark": "acting.mark",
        "undo": "acting.undo",
        "redo": "acting.redo",
        "import": "acting.import_decisions",
        "show": "telling.show",
        "history": "telling.history",
        "counts": "telling.counts",
        "stats": "telling.stats",
        "groups": "telling.groups",
        "shared-errors": "telling.shared_errors",
        "report": "telling.report",
        "views": "places.views",
        "words": "places.words",
        "restore": "keeping.restore",
        "doctor": "keeping.doctor",
    }
)
"""Commands of other modules, which the screen does not wait for."""


@click.group(
    cls=Commands, commands=_ELSEWHERE, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="triage")
def main() -> None:
    """Decide, page by page, what of a folder of scraped web pages is worth keeping.

    \b
    triage FOLDER            opens the pages for review; ? shows the keys
    triage COMMAND --help    tells more of a command, with examples

    Error pages, error lines, repeated sections and boilerplate are flagged
    with a reason; every decision is saved at once and can be undone. The
    pages themselves are never changed. What a key does on the screen, a
    command does too, into the same journal.
    """


@main.command()
@options.folder
@options.db
@options.reviewer
@options.workers
@options.config
@click.option(
    "--filter",
    "query",
    shell_complete=complete_query,
    help="Begin with this filter, such as 'is:undecided flag:error-page'.",
)
def review(
    folder: Path, db: Path | None, reviewer: str | None, workers: int | None, config: Path | None, query: str | None
) -> None:
    """Open FOLDER on the screen and decide page by page (the default).

    \b
    triage pages
    triage pages --filter 'is:undecided flag:error-page'

    Needs a terminal. The first start shows the keys that matter; ? shows all.
    Where you were is kept, and the next start goes on from there.
    """
    gc.disable()  # until the list stands; the app enables it
    from triage.cli.working import decisions_of, limits, look_after, opened_library, own_name, session_over
    from triage.store.mending import open_journal
    from triage.tui.app import Start, run

    settings = load_settings(config)
    within = limits(settings, workers)
    path, mine, notices = decisions_of(folder, db), reviewer or settings.reviewer or own_name(), list[str]()
    with opened_library(folder, within) as library, closing(open_journal(path, mine, notices.append)) as journal:
        session = session_over(folder, journal, library, notices.append, whole=False)
        if query is not None:
            session.filter(query)
        code = run(session, library, within, settings, Start(notices, partial(look_after, path)))
    sys.exit(code)


@main.command()
@click.argument("folder", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", help="Default: table.")
@options.workers
@options.config
def scan(folder: Path, form: str, workers: int | None, config: Path | None) -> None:
    """Flag all pages under PATH and print what was found; decides nothing.

    With --format jsonl one JSON object a line and item, in path order, with
    its blocks and flags.

    \b
    triage scan pages
    triage scan pages --format jsonl | jq 'select(.flags != [])'
    """
    from triage.cli import printing
    from triage.cli.working import limits, opened_library, scan_to_the_end
    from triage.scanning import scan_line

    within = limits(load_settings(config), workers)
    with opened_library(folder, within) as library:
        found = scan_to_the_end(folder, library, within)
        if form == "table":
            printing.print_items(found.items)
        else:
            for item in found.items:
                scanned = found.over_limit.get(item.key) or library.scanned(item.key)
                if scanned is not None:
                    click.echo(scan_line(scanned, item.flags, item.group).encode())
        printing.print_summary(found.items, found.skipped)


@main.command("list")
@over_items
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "paths"]),
    default="table",
    show_default=True,
    help="How it is printed.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
@click.option("--skipped", is_flag=True, help="What is not read instead: path and reason, a line each.")
@click.option(
    "--sort",
    "by",
    callback=_sort,
    shell_complete=_complete_sort,
    metavar="COLUMN",
    help="Sort by this column, path unless told; -words runs backwards.",
)
def list_items(place: Opening, *, form: str, as_json: bool, skipped: bool, by: tuple[str, bool] | None) -> None:
    """List the pages of FOLDER that match QUERY, with flags and decisions.

    \b
    triage list pages 'is:undecided flag:error-page'
    triage list pages 'site:example.com words:>300 -tag:seen' --format paths
    triage list pages '(flood* or "high water") date:2024-01..' --sort -words
    triage list pages -- '-tag:seen'     what begins with a minus goes after --
    triage list pages --skipped          links, devices and what else is not read

    \b
    QUERY is the language of the screen's filter:
      flood "heavy rain"           words and phrases in text and title; flood*
      is:undecided                 kept, discarded, later, decided, changed,
                                   flagged, clean, tagged, noted
      flag:error-page              a kind of flag; flag:error takes two kinds
      cause:captcha                why a page is an error
      tag:x  note:ask  by:anna     what was written, and who decided
      site:example.com  lang:en    with all hosts below it
      words:>300  words:100..500   numbers and ranges
      date:2024-01..  date:2024    days, months or years
      group:>1                     pages that have near copies
      title:x  path:news/*         where it stands
      -x   x or y   (x y)          not, either, brackets
    """
    from triage.cli import printing

    if skipped and place.query:
        raise click.UsageError("--skipped lists what is no page: it takes no QUERY")
    with place.session() as (session, found):
        if skipped:
            end(printing.print_skipped(found.skipped, as_json=as_json or form == "jsonl"))
            return
        if by is not None:
            session.sort(by[0], backwards=by[1])
        if as_json or form == "jsonl":
            from triage.export import export

            export(((item, None) for item in session.rows), "jsonl", None)
        elif form == "paths":
            printing.print_paths(session.rows)
        else:
            printing.print_items(session.rows)
        end(len(session.rows))


@main.command()
@over_items
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "markdown", "parquet", "recapture", "files"]),
    default="jsonl",
    show_default=True,
    help="How it is written.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file; default standard output.")
@click.option("--force", is_flag=True, help="Replace what is there already.")
@click.option("--yes", is_flag=True, help="Do not ask before files are copied.")
def export(place: Opening, *, form: str, output: Path | None, force: bool, yes: bool) -> None:
    """Write decisions, flags and clean text of the pages that match QUERY.

    recapture is what to fetch again: the addresses of the error pages among
    them, one a line, below a line with # for each cause; a path where no
    address is known.

    files copies the pages themselves, as they are, into the folder that -o
    names, once you have seen how many; FOLDER stays as it is.

    \b
    triage export pages is:kept -o kept.jsonl
    triage export pages 'is:discarded' --format csv -o discarded.csv
    triage export pages is:kept | jq -r .text
    triage export pages is:kept --format files -o kept
    triage export pages 'cause:captcha' --format recapture
    """
    from triage.cli.printing import narrate
    from triage.export import check_output
    from triage.export import export as write
    from triage.session.shared_errors import error_flag
    from triage.wording import counted

    if form == "files":
        from triage.cli.copying import copy_pages

        copy_pages(place, output, force, options.asker(yes))
        return
    check_output(output, force, form)
    with place.session() as (session, found):
        rows = [item for item in session.rows if form != "recapture" or error_flag(item)]
        write(((item, found.over_limit.get(item.key) or session.scanned(item)) for item in rows), form, output, force)
        what = "error page" if form == "recapture" else "item"
        narrate(f"{counted(len(rows), what)} exported" + (f" to {output}" if output else ""))
        end(len(rows))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--record", help="Which record of a file that holds several pages, such as 000042.")
def explain(file: Path, record: str | None) -> None:
    """Tell which rules fired on one page, which nearly did, and what spoke against.

    \b
    triage explain pages/a.html
    triage explain pages/crawl.warc.gz#000042
    """
    from triage.cli.explaining import explain_file
    from triage.cli.printing import print_explanation

    print_explanation(explain_file(file, record))


@main.command("config")
@options.config
@click.option("--write", is_flag=True, help="Write a file with every setting at its default, each explained.")
@click.option("--keys", is_flag=True, help="Print the keys as they hold with these settings, a Markdown table.")
@click.option("--preset", type=click.Choice(tuple(PRESETS)), help="With --keys: those of this preset instead.")
def configure(config: Path | None, *, write: bool, keys: bool, preset: str | None) -> None:
    """Check the settings file and print it; or write a new one with --write.

    Nothing is replaced: where a file is there already, --write says so. A
    setting that is unknown, of the wrong kind, or a key given to two actions
    is told with its line, and the exit code is 2.

    \b
    triage config --write                 a file to edit, with comments
    triage config                         is it in order, and where is it
    triage config --keys --preset vim     the keys of a preset
    """
    from triage.actions import key_table, keymap
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
    if keys and preset is not None:
        click.echo(key_table(keymap({}, preset)))
        return
    settings = load_settings(config)
    narrate(f"{path} is in order" if path.exists() else f"{path} is not there: all settings are at their defaults")
    if keys:
        click.echo(key_table(keymap(settings.keys, settings.preset)))
    else:
        click.echo(path.read_text("utf-8") if path.exists() else default_config_text(), nl=False)


@main.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that makes a shell complete commands, options and filters.

    \b
    triage completion bash >> ~/.bashrc
    triage completion zsh >> ~/.zshrc
    triage completion fish > ~/.config/fish/completions/triage.fish
    """
    from triage.cli.completing import script

    click.echo(script(shell))
