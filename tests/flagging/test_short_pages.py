"""Pages of few words: what tells a brief, a list, a poem or a table from a message in the same words."""

from __future__ import annotations

import pytest
from labelled_pages import subject_of

from triage.flagging import Findings, error_pages, message_words, phrases
from triage.flagging.own_words import own_share
from triage.flagging.subject import Subject
from triage.model import Article, Block, BlockKind


def html(title: str, *paragraphs: str, items: tuple[str, ...] = ()) -> Findings:
    """What the rules make of a page with its title as its headline."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    listed = f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""
    return error_pages.find(subject_of(f"<title>{title}</title><h1>{title}</h1>{body}{listed}"))


def text(*lines: str, kind: BlockKind = "paragraph") -> Findings:
    """What the rules make of a bare text, all but the first line of it of that kind."""
    blocks = (Block("paragraph", lines[0]), *(Block(kind, line) for line in lines[1:]))
    article = Article(language="en", blocks=blocks)
    return error_pages.find(Subject(article, subject_of("").evidence, "text"))


GOOD = {
    "other-words": text(
        "Out of order", "The lantern above the lock is dark again.", "Its keeper blames two geese and a barometer."
    ),
    "many-other-words": html(
        "Temporarily closed", "The Anchor shut on Friday because a badger has dug under the counter, the landlady said."
    ),
    "bare-message": html("Blocked", "A barge laden with gravel lay across the canal at Weir Cut for most of Thursday."),
    "bare-headline": html("Gone", "Old Tom, the parrot of the Anchor, has died aged 61. He knew four hymns by heart."),
    "headline-alone": html(
        "Page not found", "The librarian of Upper Weir has looked for the last leaf of the almanac since 1974, in vain."
    ),
    "tells-of-somebody": html(
        "Out of order",
        "“It was the goose again”, said the keeper of the lock. She had stood beside the lantern all day.",
    ),
    "list-of-things": text(
        "Out of order", "Lantern of brass, red glass", "Kettle, dented twice", "Geese, several", kind="list-item"
    ),
    "text-tells": text(
        "Not Found",
        "I looked for you behind the mill,",
        "the heron had not seen you pass,",
        "the river turned to glass,",
        "my lantern was a raven then.",
    ),
    "several-statuses": text("401 Unauthorized", "403 Forbidden", "404 Not Found", "503 Service Unavailable"),
    "only-mentioned": text("Weir stout", "Roasted barley, oats and a little smoke. Are you over 18? The miller asks."),
    "names-a-work": html("Page Not Found: a novel", "Paperback, 212 pages, by Ruth Amber of Corn Street, 2019."),
    "guide": html("Release notes", "Page not found is answered with 404 again."),
    "about-errors": html(
        "Cookies",
        "We use cookies. A cookie is a small text file that a site asks your browser to keep, such as a coat check's.",
    ),
    "no-form": html(
        "Wachtwoord vergeten",
        "Wie het wachtwoord van de bibliotheek kwijt is, klikt op het inlogscherm op de blauwe link en vult het nummer "
        "van de lenerspas van de bibliotheek in.",
    ),
    "directions": html(
        "Passwort vergessen",
        "Auf der Anmeldeseite der Bücherei steht unter den beiden Feldern ein Link, über den Sie ein neues anfordern.",
        "Die Nachricht mit dem Code trifft meist nach einer Minute ein, schauen Sie sonst im Ordner für Werbung nach.",
        "Hilft auch das nicht, so ruft man am besten bei der Ausleihe an, die bis sechs Uhr besetzt ist.",
    ),
    "steps": text(
        "Esqueci minha senha",
        "1. Clique em recuperar a senha.",
        "2. Informe o e-mail da biblioteca.",
        "3. Digite a nova senha e confirme a senha.",
    ),
    "quotes-message": html(
        "Page not found",
        "Wherever the mill has torn a leaf from its almanac, it says “The page you requested could not be found”.",
        "The miller carved those words in oak.",
    ),
}
"""By the clue that must speak for them: pages that must not be called errors."""

ERRORS = {
    "title and message": html("Page not found", "The page you are looking for may have been moved or deleted."),
    "a headline and the way home": html("Gone", "Back to the home page"),
    "a text": text("Not Found", "The page you requested could not be found."),
    "one status": text("404 Not Found", "nginx"),
    "a list of what to try": html(
        "This page is not available", items=("Check the address for mistakes", "Go back", "Visit our home page")
    ),
    "a work that is not there": html("Episode not found", "Sorry, we could not find the episode you asked for."),
    "the name of a site beside it": html("Page not found | Lanterns", "Please check the address and try again."),
    "a form for a new password": error_pages.find(
        subject_of(
            "<title>Passwort vergessen</title><h1>Passwort vergessen</h1><p>Geben Sie die Adresse an, mit der Sie sich "
            "angemeldet haben. Wir senden Ihnen dann einen Link, mit dem Sie innerhalb einer Stunde ein neues Passwort "
            "vergeben können.</p><form><input type=email><button>Passwort zurücksetzen</button></form>"
        )
    ),
    "a log-in asked for in few words": html("Please log in", "You must be logged in to view this page."),
    "a wall that quotes its button": html(
        "Cookies", "We and our partners use cookies. By clicking “Accept all cookies” you agree to the use of cookies."
    ),
}


HEADED = {
    "a version": text("v2.4.1", "Fixed: page not found when a name has a dot", "Fixed: 503 Service Unavailable"),
    "a version in words": text("Изменения в версии 2.1", "Страница не найдена: показываем похожие"),
    "a policy": html("Cookie policy", "This site uses cookies to count its visitors and to keep your basket."),
    "a policy elsewhere": html("Política de cookies", "Este sitio utiliza cookies propias y de terceros."),
    "a question": html("Why was my account suspended?", "Your account has been suspended as three payments failed."),
    "a question about an error": html("What is error 503?", "Service Unavailable means that the mill stands still."),
    "a question elsewhere": html(
        "Warum kann ich mich nicht anmelden?", "Bitte melden Sie sich mit der Mitgliedsnummer an."
    ),
    "questions": html("FAQ", "You must be logged in to view this page: that is no fault, log in once more."),
}
"""By what its headline announces: texts that hold a message and are none."""


@pytest.mark.parametrize("headline", HEADED)
def test_a_page_headed_as_help_a_policy_or_a_list_of_changes_is_no_error(headline: str) -> None:
    findings = HEADED[headline]
    assert not findings.flags
    assert "error-page/guide" in {trace.rule for trace in findings.traces if trace.outcome == "against"}


@pytest.mark.parametrize("headline", ["HTTP Error 404.0", "Error 503", "Why have I been blocked?"])
def test_a_status_with_a_dot_or_the_question_of_a_wall_announces_no_help(headline: str) -> None:
    rules = {trace.rule for trace in html(headline, "Access to this page has been denied.").traces}
    assert "error-page/guide" not in rules


@pytest.mark.parametrize("rule", GOOD)
def test_a_short_page_with_something_to_tell_is_no_error(rule: str) -> None:
    findings = GOOD[rule]
    assert not findings.flags
    assert f"error-page/{rule}" in {trace.rule for trace in findings.traces if trace.outcome == "against"}


@pytest.mark.parametrize("name", ERRORS)
def test_a_short_page_with_nothing_but_its_message_is_one(name: str) -> None:
    assert ERRORS[name].flags


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        ("en", "Hmm", "Your request failed to reach the server and no content was received."),
        ("de", "Hoppla", "Der Inhalt konnte vom Server leider nicht geladen werden."),
        ("es", "Vaya", "El servidor no ha podido cargar el contenido."),
    ],
)
def test_a_message_in_words_that_no_list_has_is_heard(language: str, heading: str, line: str) -> None:
    markup = f"<html lang={language}><title>Marlow</title><h1>{heading}</h1><p>{line}</p></html>"
    findings = error_pages.find(subject_of(markup))
    assert findings.flags
    assert message_words.reports(line, (language,))


@pytest.mark.parametrize(
    "line",
    [
        "The page of the register for 1911 was lost when a mouse ate it.",
        "No comments yet",
        "Be the first to comment",
        "Browser",
        "The gallery says that there is nothing left to see.",
    ],
)
def test_a_line_with_words_of_its_own_or_without_a_fault_reports_none(line: str) -> None:
    assert message_words.reports(line, ("en",)) is None


def test_a_wall_that_needs_scripts_as_well_is_a_wall() -> None:
    (flag,) = text(
        "Access to this page has been denied because we believe you are using automation tools.",
        "JavaScript is disabled or blocked by an extension",
        "Please enable JavaScript and cookies in your browser",
    ).flags
    assert flag.cause == "bot-wall"


def test_an_address_of_mail_to_be_checked_tells_of_no_missing_page() -> None:
    line = "Prüfen Sie, ob Ihre E-Mail-Adresse richtig geschrieben ist und ob die Feststelltaste gedrückt ist."
    assert not any(hit.sure for hit in phrases.match_page(line))
    assert any(
        hit.sure for hit in phrases.match_page("Bitte prüfen Sie die eingegebene Adresse und versuchen es erneut.")
    )


def test_a_message_within_a_longer_one_of_another_cause_does_not_name_the_cause() -> None:
    (flag,) = html("Sorry", "This content is not available in your country.").flags
    assert flag.cause == "other"


def test_the_gap_of_a_phrase_is_not_counted_as_the_message() -> None:
    """A gap may hold a day and an hour: news of a ticket system is no maintenance notice of the page."""
    findings = html(
        "地铁票务系统周日凌晨维护",
        "地铁公司昨日通知，票务系统将于周日凌晨一时至五时进行维护。",
        "首班车之前恢复正常，乘客仍可在窗口购票。",
        "去年同一天，一只鹅坐了三站地铁，引来许多人围观。",
    )
    assert not findings.flags


def test_words_of_messages_and_of_what_stands_around_them_are_no_words_of_a_pages_own() -> None:
    assert own_share("The server could not load the requested page", ("en",)) == 0
    assert own_share("Eleven geese boarded a ferry", ("en",)) > 0.7


_BRIEF = (
    "The ferry at Weir Cut runs again from Monday, the keeper of the lock said.",
    "Its ramp had bent under a lorry laden with gravel, and was mended in three weeks.",
    "Some forty anglers use the boat each morning, and most of them drove round by the mill.",
    "Trade at the Anchor fell by a third meanwhile, according to its landlady.",
)


def test_a_text_in_bare_markup_is_an_article_with_a_message_in_it() -> None:
    paragraphs = "".join(f"<p>{words}</p>" for words in (*_BRIEF[:2], "Video unavailable", *_BRIEF[2:]))
    assert not error_pages.find(subject_of(paragraphs)).flags


@pytest.mark.parametrize("frame", ["<title>Page not found</title>", "<h1>Page not found</h1>"])
def test_a_message_is_no_article_for_its_bare_markup(frame: str) -> None:
    message = "<p>The page you are looking for does not exist.</p><p>Check its address, or try again later.</p>"
    assert error_pages.find(subject_of(message)).flags
    assert error_pages.find(subject_of(frame + message)).flags
