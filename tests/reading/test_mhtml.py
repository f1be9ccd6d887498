import base64
import gzip
import hashlib
import quopri
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.model import Page
from triage.reading import read_pages
from triage.reading.mhtml import unwrapped
from triage.reading.opening import UnreadableError

HTML = (
    "<html><head><title>The café on the mole</title></head><body><p>The café on the mole serves one soup a day = "
    "whatever the boats brought, and closes when the pot is empty.</p></body></html>"
)
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example.org/mole?a=1&b=2\r\n"
    "Subject: The cafe\r\nDate: Fri, 1 Mar 2024 10:20:30 +0100\r\nMIME-Version: 1.0\r\n"
)


def part(kind: str, body: bytes, way: str = "quoted-printable", more: str = "") -> bytes:
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "binary": bytes}[way](body)
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {way}\r\n{more}\r\n"
    return head.encode() + packed.replace(b"\n", b"\r\n" if way != "binary" else b"\n")


def message(*parts: bytes, head: str = HEAD, more: str = "", kind: str = "related", boundary: str = "--b=_1") -> bytes:
    start = f'{head}Content-Type: multipart/{kind};\r\n\ttype="text/html";{more}\r\n\tboundary="{boundary}"\r\n\r\n'
    inner = b"".join(b"\r\n--" + boundary.encode() + b"\r\n" + one for one in parts)
    return start.encode() + inner + b"\r\n--" + boundary.encode() + b"--\r\n"


def read(folder: Path, data: bytes, name: str = "a.mhtml", limit: int = 1_000_000) -> Page:
    (folder / name).write_bytes(data)
    (page,) = read_pages(folder, name, limit)
    return page


PICTURE = part("image/png", b"\x89PNG\r\n" + bytes(range(256)) * 20, "base64", "Content-Location: https://x.org/a.png")


@pytest.mark.parametrize("way", ["quoted-printable", "base64", "binary"])
def test_the_html_is_taken_out_with_where_and_when_it_was_saved(tmp_path: Path, way: str) -> None:
    page = read(tmp_path, message(part("text/html", HTML.encode(), way), PICTURE))
    assert (page.text.strip(), page.media, page.trouble) == (HTML, "html", None)
    assert (page.url, page.captured) == ("https://news.example.org/mole?a=1&b=2", "2024-03-01T09:20:30Z")


def test_it_is_the_same_content_as_the_page_in_a_file_of_its_own_packed_or_not(tmp_path: Path) -> None:
    data = message(part("text/html", HTML.encode(), "base64"), PICTURE)
    expected = hashlib.sha256(HTML.encode()).hexdigest()
    assert read(tmp_path, data).sha256 == expected
    assert read(tmp_path, gzip.compress(data), "b.mht.gz").sha256 == expected


def test_the_part_named_as_start_is_the_page_else_the_first_html(tmp_path: Path) -> None:
    frame = part("text/html", b"<p>An advertisement in a frame</p>", more="Content-ID: <frame-1@x>\r\n")
    main = part("text/html", HTML.encode(), more="Content-ID: <main@x>\r\n")
    assert "mole" in read(tmp_path, message(frame, main, more=' start="<main@x>";')).text
    assert "advertisement" in read(tmp_path, message(PICTURE, frame, main)).text
    assert "advertisement" in read(tmp_path, message(frame, main, more=' start="<gone@x>";')).text


def test_the_messages_own_word_on_the_encoding_goes_before_the_pages(tmp_path: Path) -> None:
    html = '<meta charset="iso-8859-5"><p>Zażółć gęślą jaźń, powiedział burmistrz.</p>'
    page = read(tmp_path, message(part("text/html; charset=iso-8859-2", html.encode("iso-8859-2"))))
    assert page.text == html
    assert "powiedział" not in read(tmp_path, message(part("text/html", html.encode("iso-8859-2")))).text


def test_html_inside_a_message_inside_the_message_is_found(tmp_path: Path) -> None:
    inner = message(
        part("text/plain", b"no"), part("text/html", HTML.encode()), head="", kind="alternative", boundary="b"
    )
    assert read(tmp_path, message(inner, PICTURE, boundary="bb")).text.strip() == HTML


def test_a_part_without_headers_is_plain_text_and_no_page_where_there_is_html(tmp_path: Path) -> None:
    bare = b"\r\nA word before: not for this reader."
    assert read(tmp_path, message(bare, part("text/html", HTML.encode()))).text.strip() == HTML
    assert read(tmp_path, message(bare)).text == "A word before: not for this reader."


def test_a_message_of_one_part_and_a_page_that_is_only_named_so_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD.encode() + part("text/html; charset=utf-8", HTML.encode())).text.strip() == HTML
    page = read(tmp_path, b"<!-- saved from url=(0027)https://www.example.org/story -->\n" + HTML.encode())
    assert page.url == "https://www.example.org/story"
    assert page.text.endswith(HTML)


def test_a_page_without_html_is_read_as_the_text_it_is(tmp_path: Path) -> None:
    page = read(tmp_path, message(PICTURE, part("text/plain", b"The ferry sails at nine.")))
    assert (page.text, page.media) == ("The ferry sails at nine.", "text")


def test_what_holds_no_page_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, message(PICTURE)).trouble == "there is no HTML in this MHTML file"
    assert "empty" in (read(tmp_path, b"").trouble or "")
    deep = message(PICTURE)
    for number in range(1000):
        deep = message(deep, head="", boundary=f"b{number}")
    assert read(tmp_path, deep).trouble == "there is no HTML in this MHTML file"


def test_the_limit_holds_for_the_page_and_not_for_its_pictures(tmp_path: Path) -> None:
    pictures = [part("image/png", bytes(300_000), "base64")] * 5
    assert read(tmp_path, message(*pictures, part("text/html", HTML.encode())), limit=500_000).trouble is None
    page = read(tmp_path, message(part("text/html", b"x" * 500_001, "base64")), limit=500_000)
    assert (page.text, page.trouble) == ("", "larger than the limit of 0.5 MB")


def test_a_file_that_is_cut_gives_what_is_there(tmp_path: Path) -> None:
    data = message(part("text/html", HTML.encode() * 20))
    page = read(tmp_path, data[: len(data) // 2])
    assert page.text.startswith(HTML)
    assert page.trouble == "the file is cut off, and the page with it"
    assert "mole" in read(tmp_path, message(part("text/html", HTML.encode(), "base64"))[:-200]).text
    whole = message(part("text/html", HTML.encode()), PICTURE)
    assert read(tmp_path, whole[:-2000]).trouble is None, "a picture is cut, and not the page"


@pytest.mark.parametrize(
    ("header", "url"),
    [
        ("javascript:alert(1)", None),
        ("file:///C:/pages/a.html", None),
        ("https://a.example.org/\r\n\tlong", "https://a.example.org/long"),
    ],
)
def test_an_address_is_of_the_web_or_none(tmp_path: Path, header: str, url: str | None) -> None:
    head = f"Date: some day\r\nContent-Location: {header}\r\n"
    page = read(tmp_path, message(part("text/html", HTML.encode()), head=head))
    assert (page.url, page.captured) == (url, None)


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: multipart/related; boundary*0=a; boundary*1=b",
        "Content-Type: multipart/related; boundary*=utf-9''%ff; start*=x'y",
        "Content-Type: text/html; charset*=no-such''%e4; charset=\udcff",
        "Content-Type: text/html; charset*=a\0b'x'y",
        "Content-Type: multipart/related; boundary*=a\0b'x'y; start*=a\0b'x'y",
        "Content-Type: =?utf-8?q?text/html?=; charset==?x?",
        "Content-Type: text/html\r\nContent-Transfer-Encoding: =?x?b?//?=",
        "Date: Fri, 99 Mar 99999999999 10:20:30 +9999\r\nContent-Type: text/html",
        "X: y\r\n" * 50_000 + "Content-Type: text/html",
        "Content-Type: text/html; " + "a=b; " * 20_000,
    ],
    ids=["parts", "extended", "charset", "zero", "zeros", "encoded", "way", "date", "many", "parameters"],
)
def test_headers_made_to_break_it_break_nothing(tmp_path: Path, head: str) -> None:
    page = read(tmp_path, f"{head}\r\n\r\n--ab\r\n\r\n{HTML}".encode("utf-8", "surrogateescape"))
    assert page.text or page.trouble


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_any_bytes_give_a_page_or_a_reason(noise: bytes, more: bytes) -> None:
    whole = message(part("text/html", HTML.encode()))
    for data in (
        noise,
        HEAD.encode() + noise,
        whole[:120] + noise + whole[120 + len(more) :],
        b"Content-Type: " + noise,
    ):
        with suppress(UnreadableError):
            assert isinstance(unwrapped(data).data, bytes)
