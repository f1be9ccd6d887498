"""Commands for what is kept beside the decisions: saved filters and word lists."""

from __future__ import annotations

from collections.abc import Mapping

import click

from triage.cli.options import NOTHING_MATCHED, Opening, as_json, over_decisions
from triage.errors import TriageError


@click.command()
@over_decisions
@click.option("--save", nargs=2, metavar="NAME QUERY", help="Keep a filter under a name.")
@click.option("--forget", metavar="NAME", help="Forget a saved filter.")
@click.option("--key", metavar="KEY", help="With --save: the key that shows it on the screen, such as f4.")
@click.option("--show", metavar="NAME", help="Print the filter of that name alone, for use in other commands.")
@as_json
def views(
    place: Opening,
    *,
    save: tuple[str, str] | None,
    key: str | None,
    forget: str | None,
    show: str | None,
    as_json: bool,
) -> None:
    """List the saved filters of FOLDER, save one, or forget one.

    On the screen V shows them.

    \b
    triage views pages --save short 'is:undecided words:<100' --key f4
    triage list pages "$(triage views pages --show short)"
    """
    from triage.cli.printing import narrate, print_line
    from triage.query import parse
    from triage.session.views import VIEWS, view_keys_in, view_keys_out, views_in, views_out
    from triage.text import clean_line, json_line

    if key is not None and save is None:
        raise click.UsageError("--key goes with --save")
    with place.journal() as journal:
        kept = journal.place()
        own = views_in(kept)
        if save is not None:
            name, query = clean_line(save[0]), save[1]
            if not name:
                raise click.UsageError("--save wants a name and a filter")
            parse(query)
            journal.set_place(_with_view(kept, name, query, key))
            narrate(f"saved {query} as {name}")
        elif forget is not None:
            if forget not in own:
                raise TriageError(f"no filter is saved as “{forget}”; saved are {', '.join(own) or 'none'}")
            gone = views_out({forget: ""}) | view_keys_out({forget: ""})
            journal.set_place({name: value for name, value in kept.items() if name not in gone})
            narrate(f"forgot {forget}")
        elif show is not None:
            if show not in VIEWS | own:
                raise TriageError(f"no filter is called “{show}”; there are {', '.join(VIEWS | own)}")
            print_line((VIEWS | own)[show])
        else:
            for name, query in (VIEWS | own).items():
                if as_json:
                    given = view_keys_in(kept).get(name)
                    click.echo(json_line({"name": name, "filter": query, "own": name in own, "key": given}))
                else:
                    print_line(f"{name:<24} {query}")


def _with_view(kept: Mapping[str, str], name: str, query: str, key: str | None) -> dict[str, str]:
    """The place with a saved filter more; `key` is taken from the filter that had it."""
    from triage.session.views import view_keys_in, view_keys_out, views_out

    keys = view_keys_in(kept)
    rest = {one: text for one, text in kept.items() if one not in view_keys_out(keys)}
    if key is not None:
        keys = {other: on for other, on in keys.items() if on != key} | {name: key}
    return {**rest, **view_keys_out(keys), **views_out({name: query})}


@click.command()
@over_decisions
@click.option("--keep", metavar="WORDS", help="Words for keeping, with commas; an empty text empties the list.")
@click.option("--discard", metavar="WORDS", help="Words for discarding, with commas.")
@as_json
def words(place: Opening, *, keep: str | None, discard: str | None, as_json: bool) -> None:
    """List the words that speak for keeping or discarding, or replace them.

    They are kept with the decisions, marked in list and text, and counted.
    `*` stands for any letters.

    \b
    triage words pages --keep 'flood*, river' --discard 'sponsored, casino*'
    """
    from triage.cli.printing import print_line
    from triage.session.deciding import tidy_tags
    from triage.text import json_line

    with place.journal() as journal:
        kept = dict(journal.place())
        for name, given in (("keep-words", keep), ("discard-words", discard)):
            if given is not None:
                kept[name] = "\n".join(tidy_tags(given.split(",")))
        if keep is not None or discard is not None:
            journal.set_place(kept)
        lists = {name: [word for word in kept.get(f"{name}-words", "").split("\n") if word] for name in _LISTS}
        if as_json:
            click.echo(json_line(lists))
        else:
            for name, found in lists.items():
                print_line(f"{name:<8} {', '.join(found)}")
        if not any(lists.values()):
            raise click.exceptions.Exit(NOTHING_MATCHED if keep is None and discard is None else 0)


_LISTS = ("keep", "discard")
