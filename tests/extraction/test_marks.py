"""Marks of vendors, servers and templates in the raw page."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from triage.extraction.marks import find_marks, marks_by_word
from triage.model import ErrorCause


@pytest.mark.parametrize(
    ("html", "mark"),
    [
        ("<script>window._cf_chl_opt={cType: 'managed'};</script>", "bot-wall: Cloudflare challenge"),
        ("<H1>Access Denied</H1> Reference&#32;&#35;18&#46;2d", "bot-wall: Akamai reference"),
        ("<iframe src='/_Incapsula_Resource?CWUDNSAI=9&xinfo=1'></iframe>", "bot-wall: Imperva Incapsula"),
        ("<script src='https://ct.captcha-delivery.com/c.js'></script>", "captcha: DataDome"),
        ("<div id='px-captcha'></div>", "captcha: PerimeterX"),
        ("<script>AwsWafIntegration.saveReferrer();</script>", "bot-wall: AWS WAF"),
        ("<title>Sucuri WebSite Firewall - Access Denied</title>", "bot-wall: Sucuri"),
        ("<script src='/.safeline/static/challenge.js'></script>", "bot-wall: SafeLine"),
        ("Your support ID is: 9128", "bot-wall: F5"),
        ("<hr><center>nginx/1.25.3</center>", "http-error: nginx"),
        ("<address>Apache/2.4 Server at example.org Port 80</address>", "http-error: Apache"),
        ("<h2>404 - File or directory not found.</h2>", "http-error: IIS detailed error"),
        ("<h1>HTTP Status 404 - /a</h1>", "http-error: Tomcat and Java servers"),
        ("<p>Varnish cache server</p>", "http-error: Varnish"),
        ("<Error><Code>NoSuchKey</Code></Error>", "not-found: S3 missing key"),
        ("<p>There isn't a GitHub Pages site here.</p>", "not-found: a hosting platform, unknown site"),
        ("<script src='https://img.sedoparking.com/js/x.js'></script>", "parked: Sedo"),
        ("<a href='https://www.aftermarket.pl/domena/x.pl'>", "parked? registrars' parking pages"),
        ('<div id="onetrust-consent-sdk"></div>', "consent? a consent platform"),
        ('<div class="g-recaptcha" data-sitekey=x></div>', "captcha? reCAPTCHA"),
    ],
)  # fmt: skip
def test_a_vendor_is_known_by_its_markup(html: str, mark: str) -> None:
    assert mark in find_marks(f"<html><body>{html}</body></html>")


def test_what_stands_on_good_pages_too_only_hints() -> None:
    names = {mark.name for marks in marks_by_word().values() for mark in marks}
    for name in ("hCaptcha", "reCAPTCHA", "a consent platform", "a paywall service"):
        assert not any(found.endswith(f": {name}") for found in names)
        assert any(found.endswith(f"? {name}") for found in names)


def test_a_page_that_talks_of_vendors_carries_no_mark() -> None:
    assert (
        find_marks("<p>Cloudflare, Akamai and Imperva sell walls against bots; nginx and Apache serve pages.</p>") == ()
    )


def test_a_script_that_counts_robots_on_every_page_is_no_wall() -> None:
    assert find_marks('<script src="https://cdn.perfdrive.com/static/detect.js"></script>') == ()
    assert find_marks('<form action="https://validate.perfdrive.com/x">')[0].startswith("bot-wall: ")


def test_every_mark_names_a_cause_and_how_sure_it_is() -> None:
    for marks in marks_by_word().values():
        for mark in marks:
            found = re.fullmatch(r"([a-z-]+)[:?] \S.*", mark.name)
            assert found, mark.name
            assert found[1] in get_args(ErrorCause)


def test_every_string_of_the_data_is_found_in_a_page_that_holds_it() -> None:
    for marks in marks_by_word().values():
        for mark in marks:
            assert mark.name in find_marks(f"<p> {' '.join(mark.parts)} </p>"), mark.parts


def test_marks_are_sorted_and_told_once() -> None:
    html = "<hr><center>nginx</center><div class='g-recaptcha'></div><hr><center>openresty</center>"
    found = find_marks(html)
    assert list(found) == sorted(set(found))


def test_start_and_end_of_a_long_page_are_searched_and_its_middle_is_not() -> None:
    filler = "<p>word</p>" * 10_000
    mark = "<hr><center>nginx</center>"
    assert find_marks(mark + filler)
    assert find_marks(filler + mark)
    assert not find_marks(filler + mark + filler)


def test_an_empty_page_carries_no_mark() -> None:
    assert find_marks("") == ()


@pytest.mark.parametrize("around", [("", ""), (" ", " "), ("<p>", "</p>"), ("ä", "ß"), ("-", ".")])
def test_every_mark_is_found_by_its_parts_whatever_stands_around_them(around: tuple[str, str]) -> None:
    before, after = around
    for marks in marks_by_word().values():
        for mark in marks:
            html = "".join(f"{before}{part}{after}\n" for part in mark.parts)
            assert mark.name in find_marks(html)
