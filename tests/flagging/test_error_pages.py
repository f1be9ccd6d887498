"""Whole-page errors: pages with nothing but a message are flagged with their cause, articles are left alone."""

from __future__ import annotations

import dataclasses
import pickle
import re

import pytest
from labelled_pages import PARAGRAPHS, LabelledPage, labelled_pages, subject_of

from triage.flagging import error_pages
from triage.flagging.subject import Subject
from triage.model import Article, Block, Flag
from triage.text import fold_spaces

ERRORS = labelled_pages("error_pages.toml")
GOOD = labelled_pages("good_pages.toml")
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
LONG_ARTICLE = "".join(f"<p>Part {part}. {text}</p>" for part in range(4) for text in PARAGRAPHS)


def page(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


def flag_of(html: str, status: int | None = None, url: str | None = None) -> Flag | None:
    flags = error_pages.find(subject_of(html, status, url)).flags
    assert len(flags) <= 1
    return flags[0] if flags else None


@pytest.mark.parametrize("labelled", ERRORS, ids=lambda labelled: labelled.name)
def test_an_error_page_is_flagged_whole_with_its_cause(labelled: LabelledPage) -> None:
    flag = flag_of(labelled.html)
    assert flag is not None
    assert (flag.kind, flag.cause) == ("error-page", labelled.cause)
    assert flag.first is None
    assert flag.last is None


@pytest.mark.parametrize("labelled", GOOD, ids=lambda labelled: labelled.name)
def test_a_good_page_is_no_error_page_whatever_words_it_holds(labelled: LabelledPage) -> None:
    assert flag_of(labelled.html) is None


def test_every_cause_is_shown_by_a_page() -> None:
    causes = set(error_pages._SENTENCES)
    assert causes == {labelled.cause for labelled in ERRORS}


def test_the_reason_quotes_the_words_that_gave_it_away_and_tells_how_little_else_there_is() -> None:
    flag = flag_of("<title>Page not found | Post</title><h1>Page not found</h1><p>Try the menu.</p>")
    assert flag is not None
    assert "“Page not found”" in flag.reason
    assert "no article" in flag.reason
    assert re.search(r"\d+ characters of text", flag.reason)
    assert flag.rule == "error-page/title-is-message"


def test_a_reason_holds_nothing_that_would_act_in_a_terminal() -> None:
    flag = flag_of("<title>Page not \x1b[31mfound</title><h1>Page not found \x1b]8;;x\x07</h1>")
    assert flag is not None
    assert flag.reason.isprintable()


def test_a_flag_is_the_surer_the_more_clues_agree() -> None:
    alone = flag_of(page("Harbour Post", f"<p>The requested page could not be found.</p><p>{PARAGRAPHS[0]}</p>"))
    agreed = flag_of("<title>404 Not Found</title><h1>Page not found</h1><p>The requested page could not be found.</p>")
    assert alone is not None
    assert agreed is not None
    assert 0.5 <= alone.confidence < agreed.confidence <= 0.99


def test_few_words_alone_are_no_error() -> None:
    assert flag_of("<title>Quay in winter</title><p>Photograph, 1931.</p>") is None


def test_a_status_of_the_server_makes_a_page_of_few_words_an_error() -> None:
    html = "<title>Harbour Post</title><p>Teny vitsivitsy.</p>"
    assert flag_of(html) is None
    flag = flag_of(html, status=404)
    assert flag is not None
    assert flag.cause == "not-found"


def test_a_status_does_not_outweigh_an_article() -> None:
    html = page("Council keeps the ferry", f"<article><h1>Council keeps the ferry</h1>{LONG_ARTICLE}</article>")
    assert flag_of(html, status=404) is None


@pytest.mark.parametrize(
    ("status", "cause"), [(401, "login"), (404, "not-found"), (429, "rate-limit"), (500, "http-error")]
)
def test_the_status_tells_the_cause_where_the_page_does_not(status: int, cause: str) -> None:
    flag = flag_of("<title>Harbour Post</title><p>Teny vitsivitsy.</p>", status=status)
    assert flag is not None
    assert flag.cause == cause


def test_the_address_of_a_consent_wall_counts() -> None:
    html = "<title>Post</title><p>Teny vitsivitsy.</p>"
    findings = error_pages.find(subject_of(html, url="https://post.example/consent?back=/a"))
    assert any(trace.rule == "error-page/address" for trace in findings.traces)


def test_a_login_box_beside_an_article_is_no_login_page() -> None:
    box = "<form><p>Log in</p><input name=u><input type=password></form>"
    assert flag_of(page("Council keeps the ferry", f"<article>{ARTICLE}</article>{box}")) is None


def test_what_a_browser_hides_is_not_heard() -> None:
    hidden = (
        "<div style='display:none'><h2>Access Denied</h2><p>You do not have permission to access this page.</p></div>"
    )
    shown = "<h1>Lanterns</h1><ul>" + "".join(f"<li>Lantern of brass, number {n}</li>" for n in range(30)) + "</ul>"
    assert flag_of(f"<title>Lanterns</title>{hidden}{shown}") is None


def test_a_text_dump_that_is_all_message_is_an_error() -> None:
    dump = Article(
        blocks=(Block("paragraph", "404 Not Found"), Block("paragraph", "The requested page does not exist."))
    )
    assert error_pages.find(Subject(dump, subject_of("").evidence, "text")).flags


def test_a_text_dump_of_an_article_with_one_such_line_is_none() -> None:
    blocks = (Block("paragraph", "404 Not Found"), *(Block("paragraph", fold_spaces(text)) for text in PARAGRAPHS))
    dump = Article(blocks=blocks)
    assert not error_pages.find(Subject(dump, subject_of("").evidence, "text")).flags


def test_an_article_hidden_until_scripts_have_run_is_no_empty_shell() -> None:
    hidden = f"<div style='display:none'><h1>Council keeps the ferry</h1>{LONG_ARTICLE}</div>"
    assert flag_of(page("Council keeps the ferry", f"{hidden}<script>{'show(); ' * 300}</script>")) is None


def test_an_empty_page_has_no_flag_and_does_no_harm() -> None:
    assert flag_of("") is None


def test_traces_name_what_fired_what_nearly_fired_and_what_spoke_against() -> None:
    fired = error_pages.find(subject_of("<title>Page not found</title><h1>Page not found</h1>"))
    assert {trace.outcome for trace in fired.traces} == {"fired"}
    article = f"<article><h1>Council keeps the ferry</h1>{LONG_ARTICLE}</article>"
    against = error_pages.find(subject_of(page("Page not found", article)))
    assert not against.flags
    assert {"nearly", "against"} <= {trace.outcome for trace in against.traces}
    assert any(trace.rule == "error-page/much-prose" for trace in against.traces)


def test_findings_are_the_same_at_each_call_and_travel_between_processes() -> None:
    subject = subject_of(ERRORS[0].html)
    assert error_pages.find(subject) == error_pages.find(pickle.loads(pickle.dumps(subject)))  # noqa: S301 - our own bytes


def test_a_clue_of_one_place_counts_once() -> None:
    one = subject_of("<title>x</title><p>The requested page was not found.</p>")
    many = dataclasses.replace(one.evidence, messages=one.evidence.messages * 5)
    assert (
        error_pages.find(one).flags[0].confidence
        == error_pages.find(dataclasses.replace(one, evidence=many)).flags[0].confidence
    )
