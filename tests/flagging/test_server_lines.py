"""Lines that servers and templates print, and lines of articles that only begin like them."""

from __future__ import annotations

import pytest

from triage.flagging.server_lines import is_template, server_line


@pytest.mark.parametrize(
    "line",
    [
        "Warning: Undefined variable $tide in /var/www/gull/pier.php on line 12",
        "Notice: Undefined index: tide in pier_view() (line 12 of /var/www/gull/pier.module).",
        "ActionView::Template::Error (undefined method `tide' for nil)",
        "TemplateDoesNotExistError: pier.html",
        "ValueError at /pier/",
        "Uncaught TypeError: this.tide is null",
        "java.lang.IllegalStateException: the pier is closed",
        "panic: runtime error: index out of range",
        "WordPress database error: [Table 'gull.tides' doesn't exist]",
        "ERROR 1146 (42S02): Table 'gull.tides' doesn't exist",
        'ERROR: relation "tides" does not exist',
        "SQLITE_BUSY: database is locked",
        "cURL error 28: Connection timed out",
        "Can't locate Tide.pm in @INC at /srv/cgi-bin/pier.cgi line 3.",
        "Parser Error Message: Could not load type 'Pier'.",
    ],
)
def test_what_servers_and_interpreters_print_is_told_by_its_shape(line: str) -> None:
    assert server_line(line) == line[:80]


@pytest.mark.parametrize(
    "line",
    [
        "Mongolia: a week among horses",
        "Medical Error: a history of it",
        "Panic: how a town ran for the hills",
        "Trial and Error (1969)",
        "Warning: this story has a sad end",
        "The Exception: one ferry that was never late",
        "ERROR: that was the only word on the sign",
    ],
)
def test_headlines_that_begin_like_them_are_none(line: str) -> None:
    assert server_line(line) == ""


def test_slots_and_calls_of_templates_are_told_from_words_in_brackets() -> None:
    assert is_template('[slider id="4" loop="true"]')
    assert is_template("{{ pier.caption }}")
    assert not is_template("[sic]")
    assert not is_template("[Laughs]")
    assert not is_template("[video: three minutes]")
