"""Every key's act is a command too. What is not has its reason here."""

from __future__ import annotations

import re

import click
import pytest

from triage.actions import ACTIONS
from triage.cli import main

COUNTERPARTS = {
    "keep": "set keep pages QUERY",
    "discard": "set discard pages QUERY",
    "later": "set later pages QUERY",
    "discard-because": "set discard pages QUERY --reason x",
    "clear": "set none pages QUERY",
    "undo": "undo pages",
    "redo": "redo pages",
    "alike": "set keep pages QUERY --yes",
    "compare": "groups pages QUERY --json",
    "keep-one": "groups pages QUERY --keep-best --yes",
    "best-copies": "groups pages QUERY --keep-best --clear --yes",
    "shared-error": "shared-errors pages QUERY --discard",
    "tag": "tag pages QUERY --add x --remove y",
    "quick-tag": "tag pages QUERY --add x",
    "rename-tag": "tag pages --rename old new",
    "note": "note pages QUERY --text x",
    "long-note": "note pages QUERY --text -",
    "noise": "mark noise pages QUERY --paragraphs 1-2",
    "no-noise": "mark no-noise pages QUERY --paragraphs 1",
    "mode": "show pages QUERY --as clean",
    "evidence": "explain page.html",
    "filter": "list pages QUERY",
    "facets": "counts pages QUERY --json",
    "views": "views pages --save name QUERY --key f4",
    "quick-view": "views pages --show name",
    "later-queue": "list pages is:later",
    "word-lists": "words pages --keep x --discard y",
    "with-errors": "list pages QUERY --with-errors",
    "sort": "list pages QUERY --sort -words",
    "group-by": "list pages QUERY --sort site",
    "junk": "list pages QUERY --json",
    "next-undecided": "list pages is:undecided --format paths",
    "previous-undecided": "list pages is:undecided --format paths",
    "history": "history pages --json",
    "page-history": "history pages --path page.html",
    "summary": "stats pages --json",
    "skipped": "list pages --skipped",
    "copy": "show pages QUERY --as json",
    "help": "config --keys",
    "export": "export pages QUERY --format csv",
}
"""A command line for each action that has one; QUERY stands for a filter."""

WITHOUT = {
    "the shell has no cursor, no pane and no selection": [
        *("down", "up", "half-page-down", "half-page-up", "first", "last", "other-pane", "range", "back"),
        *("best", "last-decided"),
    ],
    "paging is the pager's: triage show | less": [
        *("read-on", "page-down", "page-up", "line-down", "line-up", "fold", "zoom", "beside"),
    ],
    "searching a text is the pager's or grep's": [
        *("next-flag", "previous-flag", "first-copy", "next-block", "previous-block", "next-match", "previous-match"),
    ],
    "the shell opens files itself": ["open", "edit", "pager"],
    "of the screen alone": [
        *("advance", "refresh", "palette", "quit", "panes", "list-wider", "list-narrower", "theme", "copy-selection"),
    ],
    "of prompts, questions and lists": [
        *("accept", "complete", "cancel", "yes", "no", "pick", "pick-number", "pick-down", "pick-up", "leave"),
    ],
}
"""Actions without a command, by the reason why."""


def test_every_action_has_a_command_or_a_reason_for_having_none() -> None:
    excused = [name for names in WITHOUT.values() for name in names]
    named = [*COUNTERPARTS, *excused]
    assert sorted(named) == sorted(set(named)), "an action is named twice"
    assert sorted(named) == sorted(action.name for action in ACTIONS)


@pytest.mark.parametrize("action", COUNTERPARTS)
def test_the_command_takes_that_call(action: str) -> None:
    name, *words = COUNTERPARTS[action].split()
    words = ["tests" if word == "pages" else word for word in words]
    command = main.commands[name]
    with command.make_context(name, words) as context:
        assert not context.args


def _all_commands() -> list[click.Command]:
    return [main, *main.commands.values()]


@pytest.mark.parametrize("command", _all_commands(), ids=lambda command: command.name)
def test_every_command_tells_what_it_does_and_gives_an_example(command: click.Command) -> None:
    told = command.get_help(click.Context(command, info_name="triage"))
    assert max(map(len, told.splitlines())) <= 80
    if command not in (main, main.commands["review"]):
        assert re.search(rf"^ +.*triage {command.name}", command.help or "", re.MULTILINE), "there is no example"
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_the_help_lists_every_command_once_and_the_exit_codes() -> None:
    told = main.get_help(click.Context(main, info_name="triage"))
    assert [name for name in main.commands if len(re.findall(rf"^  {name} ", told, re.MULTILINE)) != 1] == []
    assert "Other:" not in told
    for code in ("0", "1", "2", "130"):
        assert re.search(rf"^ +{code} +\w", told, re.MULTILINE)
