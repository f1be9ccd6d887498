"""Which site a page belongs to."""

from __future__ import annotations

import pytest

from triage.corpus import site_of


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.example.com", "example.com"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("EXAMPLE.com:8080", "example.com"),
        ("example.com.", "example.com"),
        ("somebody.github.io", "somebody.github.io"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("пример.рф", "пример.рф"),
    ],
)
def test_a_host_gives_its_registrable_domain(host: str, site: str) -> None:
    assert site_of("page.html", host) == site


@pytest.mark.parametrize(
    ("path", "site"),
    [
        ("news.example.com/page.html", "example.com"),
        ("crawl/News.Example.COM/2024/05/page.html", "example.com"),
        ("example.org/example.com/page.html", "example.com"),
    ],
)
def test_without_a_host_the_nearest_folder_named_like_one_tells(path: str, site: str) -> None:
    assert site_of(path) == site


@pytest.mark.parametrize(
    "path",
    [
        "page.html",
        "example.com",
        "pages/2024.05.01/page.html",
        "pages.v2/page.html",
        "my articles/page.html",
        "batch.zip/page.html",
        "co.uk/page.html",
        ".example.com/page.html",
        "",
    ],
)
def test_a_folder_that_is_no_host_tells_nothing(path: str) -> None:
    assert site_of(path) is None


def test_the_host_a_page_tells_of_itself_comes_before_its_folder() -> None:
    assert site_of("example.org/page.html", "example.com") == "example.com"


@pytest.mark.parametrize("host", ["", "localhost", " ", "..", "a" * 300])
def test_a_host_that_is_none_leaves_it_to_the_folder(host: str) -> None:
    assert site_of("example.org/page.html", host) == "example.org"
