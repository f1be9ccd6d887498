import gzip
import hashlib
from pathlib import Path

import pytest

from triage.reading import read_pages


def test_a_page_knows_its_bytes_and_its_media(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>Hello</p>")
    (page,) = read_pages(tmp_path, "a.html")
    assert (page.text, page.media, page.sha256) == ("<p>Hello</p>", "html", hashlib.sha256(b"<p>Hello</p>").hexdigest())


def test_a_packed_page_is_the_same_content_as_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Hello")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"Hello"))
    (plain,), (packed,) = read_pages(tmp_path, "a.txt"), read_pages(tmp_path, "b.txt.gz")
    assert plain.sha256 == packed.sha256
    assert packed.media == "text"


def test_over_the_size_limit_a_page_is_not_read_packed_or_not(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 2_000_001)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"x" * 50_000_000))
    for name in ("big.txt", "bomb.txt.gz"):
        (page,) = read_pages(tmp_path, name, limit=2_000_000)
        assert page.text == ""
        assert page.trouble == "larger than the limit of 2 MB"


def test_a_file_that_vanished_and_a_broken_archive_give_a_page_with_trouble(tmp_path: Path) -> None:
    (tmp_path / "broken.html.gz").write_bytes(b"no archive")
    assert "has gone" in (read_pages(tmp_path, "gone.html")[0].trouble or "")
    assert "cannot be unpacked" in (read_pages(tmp_path, "broken.html.gz")[0].trouble or "")


def test_a_link_put_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "page.txt").symlink_to(tmp_path / "secret.txt")
    (page,) = read_pages(tmp_path, "page.txt")
    assert page.text == ""
    assert page.trouble


def test_saved_pages_tell_where_they_come_from(tmp_path: Path) -> None:
    browser = "<!-- saved from url=(0027)https://www.example.org/story -->\n<html><p>x</p>"
    single = (
        "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.com/a?b=1 \n"
        " saved date: Fri Mar 01 2024 10:20:30 GMT+0100 (Central European Standard Time)\n-->"
    )
    (tmp_path / "a.html").write_text(browser)
    (tmp_path / "b.html").write_text(single)
    assert read_pages(tmp_path, "a.html")[0].url == "https://www.example.org/story"
    (page,) = read_pages(tmp_path, "b.html")
    assert (page.url, page.captured) == ("https://example.com/a?b=1", "2024-03-01T09:20:30Z")


@pytest.mark.parametrize("date", ["Mon Jan 01 0001 00:00:00 GMT+1400", "Fri Dec 31 9999 23:00:00 GMT-1200", "then"])
def test_a_moment_that_no_calendar_holds_is_none(tmp_path: Path, date: str) -> None:
    (tmp_path / "a.html").write_text(f"<!--\n Page saved with SingleFile \n saved date: {date} (X)\n--><p>x</p>")
    (page,) = read_pages(tmp_path, "a.html")
    assert (page.media, page.captured) == ("html", None)


def test_an_address_that_is_not_of_the_web_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!-- saved from url=(0012)javascript:alert(1) --><p>x</p>")
    assert read_pages(tmp_path, "a.html")[0].url is None
