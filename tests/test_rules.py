"""Every rule that can stand behind a flag has a sentence for the analyst, and something it must leave alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.flagging.labelled_pages import PARAGRAPHS, subject_of
from triage.corpus import groups, recurring
from triage.flagging import boilerplate, error_clues, error_pages, noise, repeats, thin
from triage.flagging.page_evidence import PageEvidence
from triage.rules import RULES
from triage.scanning.record import SCAN_LIMIT

BY_KIND = {
    "error-page": {f"error-page/{clue}" for clue in error_pages.TELLS},
    "error-noise": set(noise.SURE_BY_PLACE),
    "boilerplate": set(boilerplate.NAMES) | {recurring.BLOCK_RULE},
    "repeated-section": {
        repeats.RULE_EXACT,
        repeats.RULE_EDITED,
        repeats.RULE_INSIDE,
        repeats.RULE_STANDFIRST,
        repeats.RULE_ON_PAGE,
    },
    "near-duplicate": {groups.RULE},
    "thin": {thin.RULE_EMPTY, thin.RULE_FEW},
    "unreadable": {thin.RULE_TROUBLE, SCAN_LIMIT},
    "error text of a site": {recurring.ERROR_RULE},
}
"""The rules as the code that finds flags knows them."""

PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
NOTE = "<p>The ferry leaves from the lower quay until the crane on the pier has been mended, its captain says.</p>"

SECOND_NOTE = (
    "<p>Children, bicycles and the baker's cart travel free, and the dog of the lock keeper whenever it likes.</p>"
)
MENTION = "Councillors heard that the page you requested could not be found in the minutes of the ferry for 1911"


def article(title: str = "Council keeps the ferry", more: str = "", head: str = "", heading: str = "") -> str:
    """A signed article, with what a rule looks for in it."""
    signed = '<meta name="author" content="Jo Lind"><meta property="article:published_time" content="2024-05-14">'
    body = f"<article><h1>{heading or 'Council keeps the ferry'}</h1><p>By Jo Lind</p>{PROSE}</article>{more}"
    return f'<html lang="en"><head><title>{title}</title>{signed}{head}</head><body>{body}</body></html>'


GOOD_PAGES: dict[str, str | tuple[str, int]] = {
    "title-is-message": article("Page not found"),
    "title-has-message": article("This page is not available in your region: the wine that stays"),
    "title-mentions": article(MENTION),
    "title-hints": article("The error in the tide table"),
    "heading-is-message": article(heading="Page not found"),
    "heading-has-message": article(heading="Page not found: a ferry"),
    "heading-worded": article(heading="The upload of your attachment was interrupted"),
    "heading-mentions": article(heading=MENTION),
    "heading-hints": article(heading="The error in the tide table"),
    "block-is-message": article(more="<p>The requested page was not found.</p>"),
    "block-has-message": article(more="<p>The requested page was not found. Try the ferry office by the crane.</p>"),
    "block-worded": article(more="<p>Our database received no attachment from your device.</p>"),
    "block-mentions": article(
        more="<p>Guests who hear page not found from the screen in the hall may ask the baker for a loaf.</p>"
    ),
    "block-hints": article(more="<p>There was an error in the tide table that hung by the gate all winter.</p>"),
    "noscript-asks": f"<title>Ferry</title>{NOTE}{SECOND_NOTE}<noscript>Please enable JavaScript.</noscript>",
    "wall-mark": article(more='<div id="cf-challenge"></div>'),
    "server-mark": article(more="<hr><center>nginx</center>"),
    "mark-hints": article(more='<div class="g-recaptcha"></div>'),
    "status": (article(), 404),
    "address": article(head='<link rel="canonical" href="https://post.example/errors/ferry">'),
    "empty-shell": f"<div style='display:none'>{PROSE}</div><script>{'go(); ' * 300}</script>",
    "login-form": article(more="<form><input name=u><input type=password></form>"),
    "login-form-alone": f"<title>Ferry</title>{NOTE}{SECOND_NOTE}<form><input type=password></form>",
    "captcha-form": f"<title>Ferry from the lower quay</title>{NOTE}<div class='g-recaptcha'></div>",
    "article-withheld": article(more="<p>This article is for subscribers.</p>"),
    "refreshes": article(head='<meta http-equiv="refresh" content="5; url=/next">'),
}
"""For each clue of an error page a good page on which it speaks, or, for `SILENT` ones, that only resembles such."""
SILENT = frozenset({"empty-shell", "login-form-alone", "article-withheld"})
"""Clues that speak on no good page: what they look for leaves no room for an article."""

KEPT = {
    "noise-at-head": "flagging/test_noise.py::test_the_headline_above_a_message_is_kept",
    "noise-at-tail": "flagging/test_noise.py::test_an_article_about_errors_is_left_alone",
    "noise-inside": "flagging/test_noise.py::test_lines_of_an_article_that_sound_like_errors_are_kept",
    "disclaimer": "flagging/test_boilerplate.py::test_an_article_that_tells_of_liability_is_kept",
    "comments": "flagging/test_boilerplate.py::test_comments_announced_high_up_are_kept",
    "consent": "flagging/test_boilerplate.py::test_an_article_about_cookies_is_kept",
    "share": "flagging/test_boilerplate.py::test_one_network_named_alone_is_kept",
    "subscribe": "flagging/test_boilerplate.py::test_steps_of_a_how_to_are_kept",
    "login": "flagging/test_boilerplate.py::test_steps_of_a_how_to_are_kept",
    "related": "flagging/test_boilerplate.py::test_prose_under_such_a_label_is_kept",
    "repeat-exact": "flagging/test_repeats.py::test_a_pull_quote_does_not_count",
    "repeat-edited": "flagging/test_repeats.py::test_steps_of_a_guide_that_name_other_versions_do_not_count",
    "repeat-inside": "flagging/test_repeats_passages.py::test_a_phrase_that_returns_in_a_paragraph_is_none",
    "repeat-standfirst": "flagging/test_repeats_passages.py::test_one_sentence_from_a_paragraph_is_a_pull_quote",
    "repeat-on-page": "flagging/test_repeats.py::test_a_list_that_the_page_has_twice_is_told_of_no_page",
    **dict.fromkeys(
        ("author", "copyright", "navigation", "placeholder"),
        "flagging/test_boilerplate.py::test_sentences_that_begin_like_notices_marks_and_labels_are_kept",
    ),
    "thin/empty": "flagging/test_thin.py::test_an_article_in_brief_is_not_thin",
    "thin/few-words": "flagging/test_thin.py::test_an_article_in_brief_is_not_thin",
    "recurring-block": "corpus/test_group.py::test_short_labels_and_headings_may_recur",
    "recurring-error-text": "corpus/test_group.py::test_a_few_short_pages_with_one_text_are_copies_and_no_errors",
    "near-duplicate": "corpus/test_group.py::test_pages_in_one_template_are_no_copies",
}
"""The test that holds what the rule must leave alone."""
NOT_READ = {thin.RULE_TROUBLE, SCAN_LIMIT}
"""Rules about pages nobody could read: there is no text they could wrong."""
HERE = Path(__file__).parent


def test_every_rule_has_a_sentence_and_no_sentence_lacks_a_rule() -> None:
    assert set().union(*BY_KIND.values()) == set(RULES)
    assert all(sentence.endswith(".") and sentence.count(" ") >= 3 for sentence in RULES.values())


def test_every_rule_has_a_counter_example() -> None:
    clues = {f"error-page/{clue}" for clue in GOOD_PAGES}
    assert clues | KEPT.keys() | NOT_READ == RULES.keys()


@pytest.mark.parametrize("clue", GOOD_PAGES)
def test_a_good_page_on_which_a_clue_speaks_is_no_error_page(clue: str) -> None:
    html, status = page if isinstance(page := GOOD_PAGES[clue], tuple) else (page, None)
    subject = subject_of(html, status)
    assert not error_pages.find(subject).flags
    speaks = {told.rule for told in error_clues.telling(PageEvidence(subject))}
    assert (clue in speaks) is (clue not in SILENT)


@pytest.mark.parametrize("place", sorted(set(KEPT.values())))
def test_the_tests_named_as_counter_examples_exist(place: str) -> None:
    file, name = place.split("::")
    module = ast.parse((HERE / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
