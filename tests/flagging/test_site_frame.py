"""The menu and the foot of a site in a page saved as text: what of its lines is frame, and what it then says."""

from __future__ import annotations

import pytest

from triage.extraction import extract
from triage.flagging import Findings, error_pages
from triage.flagging.site_frame import frame_of
from triage.flagging.subject import Subject
from triage.model import Page

MENU = ("Home", "Lanterns", "Kettles", "Weather vanes", "Repairs", "Search", "Log in")
FOOT = ("Delivery", "Privacy policy", "Weir Lane 3, Marlow ML7 2QT", "Tel. 01555 550 112", "© 2021 Weir & Sons")
MENU_DE = ("Startseite", "Laternen", "Kessel", "Wetterhähne", "Warenkorb", "Suche", "Anmelden")


def framed(*lines: str) -> tuple[str, ...]:
    return (*MENU, *lines, *FOOT)


def left(*lines: str) -> tuple[str, ...]:
    """The lines of a page that are not its frame."""
    frame = frame_of(lines)
    return tuple(line for at, line in enumerate(lines) if at not in frame)


def text(*lines: str) -> Findings:
    """What the rules make of a page saved as these lines."""
    page = Page("page.txt", "0" * 64, "text", "\n".join(lines) + "\n")
    extracted = extract(page)
    return error_pages.find(Subject(extracted.article, extracted.evidence, "text"))


def test_a_menu_and_a_foot_are_the_frame() -> None:
    assert left(*framed("The wheel is dry again.")) == ("The wheel is dry again.",)


@pytest.mark.parametrize("message", ["Page not found", "404", "Something went wrong", "Seite nicht gefunden"])
def test_a_message_is_never_of_the_frame_though_it_looks_like_a_label(message: str) -> None:
    assert left(*framed(message)) == (message,)


def test_short_lines_without_a_label_that_sites_have_are_no_menu() -> None:
    verses = ("Oh lantern", "oh kettle", "who took the key", "the mill is shut", "the heron gone", "Not Found")
    assert left(*verses) == verses


def test_a_headline_and_sentences_are_no_menu() -> None:
    article = ("Home", "Council keeps the ferry", "The harbour council voted on Tuesday to keep the line.")
    assert left(*article) == article


def test_a_form_to_log_in_with_is_no_foot() -> None:
    form = ("This section is for members.", "Password", "Log in", "Forgotten your password?")
    assert left(*MENU, *form)[-3:] == form[1:]


def test_a_page_of_nothing_but_labels_has_no_frame() -> None:
    assert left(*MENU) == MENU
    assert frame_of(()) == frozenset()


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        (framed("Page not found", "Our shop has moved house, and some old addresses lead nowhere now."), "not-found"),
        (framed("We are closed for maintenance", "Our millers are polishing the new shop."), "maintenance"),
        ((*MENU_DE, "Etwas ist schiefgelaufen", "Unsere Müller wissen schon Bescheid.", "Impressum"), "http-error"),
    ],
)
def test_a_message_amid_a_sites_menu_is_an_error_page(lines: tuple[str, ...], cause: str) -> None:
    (flag,) = text(*lines).flags
    assert flag.cause == cause


def test_a_brief_amid_a_sites_menu_is_none() -> None:
    told = (
        "Page not found",
        "The librarian of Upper Weir has looked for the last leaf of the almanac since 1974.",
        "Eleven geese and a barometer helped her, in vain, and the parish has offered a kettle as a reward.",
    )
    assert not text(*framed(*told)).flags


def test_a_menu_of_hundreds_of_lines_does_not_hide_the_message() -> None:
    menu = (*MENU, *(f"Lantern {number}" for number in range(200)))
    assert text(*menu, "Page not found", "The page you asked for does not exist.", *FOOT).flags


def test_a_form_to_log_in_with_is_told_by_its_lines() -> None:
    form = ("Upper Weir Rowing Club", "User name", "Password", "Remember me", "Forgot your password?", "Log in")
    (flag,) = text(*form).flags
    assert (flag.cause, flag.rule) == ("login", "error-page/login-form-alone")


def test_help_beside_the_words_of_a_form_is_no_form() -> None:
    assert not text(
        "Password",
        "Remember me",
        "Log in",
        "The lantern above the lock blinks thrice when the keeper of the key has fallen asleep; knock at the mill.",
        "Eleven geese and a barometer watch over the list of members, which hangs behind the kettle in the boathouse.",
    ).flags
