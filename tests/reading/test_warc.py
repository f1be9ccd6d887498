import gzip
import hashlib
import re
import zlib
from pathlib import Path

import pytest
from archives import DATE, archive, crawl, record, response, story
from hypothesis import given
from hypothesis import strategies as st

from triage.model import Page
from triage.reading import read_page, read_pages
from triage.reading.containers import START, Place, read_slice

HOME = "https://lock.example.org/"
WORDS = "The keeper of the lock counts barges. " * 9


def read(folder: Path, data: bytes, name: str = "a.warc", limit: int = 1_000_000) -> tuple[Page, ...]:
    (folder / name).write_bytes(data)
    return read_pages(folder, name, limit)


def one(folder: Path, *records: bytes, limit: int = 1_000_000) -> Page:
    (page,) = read(folder, archive(records, packed=False), limit=limit)
    return page


def chunked(body: bytes, size: int = 7) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("way", ["record by record", "as one", "not"])
def test_pages_know_their_record_address_status_and_time_however_they_are_packed(tmp_path: Path, way: str) -> None:
    data = archive(crawl(3), packed=way == "record by record")
    pages = read(tmp_path, gzip.compress(data) if way == "as one" else data, "a.warc.gz" if way != "not" else "a.warc")
    assert [page.record for page in pages] == ["000003", "000005", "000007"]
    assert [page.url for page in pages] == [f"{HOME}{number}" for number in range(3)]
    assert {(page.status, page.captured, page.media, page.trouble) for page in pages} == {(200, DATE, "html", None)}
    assert pages[1].text == story(1)
    assert pages[1].sha256 == hashlib.sha256(story(1).encode()).hexdigest(), "that of the page in a file of its own"


def test_texts_and_resources_are_pages_too(tmp_path: Path) -> None:
    wet = record("conversion", WORDS.encode(), f"{HOME}a", "text/plain")
    (tmp_path / "a.warc.wet.gz").write_bytes(gzip.compress(wet))
    (page,) = read_pages(tmp_path, "a.warc.wet.gz")
    assert (page.text, page.media, page.url, page.status) == (WORDS, "text", f"{HOME}a", None)
    assert one(tmp_path, record("resource", b"<p>x</p>", f"<{HOME}b>", "application/xhtml+xml")).url == f"{HOME}b"
    assert (
        one(tmp_path, record("response", b"HTTP/1.0 200\r\n\r\n<p>x</p>", HOME, "application/http")).text == "<p>x</p>"
    )


def test_what_is_no_page_is_passed_over_and_counted_where_it_may_be_missed(tmp_path: Path) -> None:
    records = [
        *crawl(1),
        record("metadata", b"via: x\r\n", HOME, "application/warc-fields"),
        record("resource", WORDS.encode(), "urn:crawler:log", "text/plain"),
        record("resource", WORDS.encode(), "metadata://crawler.example/log.txt", "text/plain"),
        record("response", b"20230405 1.2.3.4", "dns:lock.example.org", "text/dns"),
        record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", HOME, "application/http"),
        response(f"{HOME}robots.txt", b"User-agent: *\r\nDisallow:\r\n", media="text/plain"),
        response(f"{HOME}a.png", b"\x89PNG", media="image/png"),
        response(f"{HOME}b.css", b"p {}", media="text/css"),
        response(f"{HOME}old", b"", 301, http="Location: /new\r\n"),
        response(f"{HOME}odd", b"no kind told", media=""),
        record("response", b"no HTTP at all", HOME, "application/http"),
    ]
    (tmp_path / "a.warc").write_bytes(archive(records, packed=False))
    found = read_slice(tmp_path, "a.warc")
    assert [page.record for page in found.pages] == ["000003"]
    assert found.passed == {
        "files of other kinds than pages": 3,
        "repeated captures": 1,
        "redirects": 1,
        "answers that are not HTTP": 1,
    }


def test_an_answer_with_something_to_read_is_a_page_whatever_its_status(tmp_path: Path) -> None:
    moved = b"<h1>Moved Permanently</h1>"
    assert one(tmp_path, response(HOME, moved, 301)).status == 301
    assert one(tmp_path, response(HOME, b"<h1>Not Found</h1>", 404)).status == 404
    assert one(tmp_path, response(HOME, b"<h1>Untold</h1>", media="")).text == "<h1>Untold</h1>"
    empty = one(tmp_path, response(HOME, b"", 404))
    assert (empty.status, empty.trouble) == (404, "it is empty")


def test_the_servers_word_on_the_encoding_goes_before_the_pages(tmp_path: Path) -> None:
    html = '<meta charset="iso-8859-5"><p>Zażółć gęślą jaźń, powiedział burmistrz.</p>'
    page = one(tmp_path, response(HOME, html.encode("iso-8859-2"), media="text/html; charset=ISO-8859-2"))
    assert page.text == html


DEFLATER = zlib.compressobj(wbits=-15)
BODY = story(7).encode()


@pytest.mark.parametrize(
    ("body", "http"),
    [
        (gzip.compress(BODY), "Content-Encoding: gzip\r\n"),
        (zlib.compress(BODY), "Content-Encoding: deflate\r\n"),
        (DEFLATER.compress(BODY) + DEFLATER.flush(), "Content-Encoding: deflate\r\n"),
        (chunked(BODY), "Transfer-Encoding: chunked\r\n"),
        (chunked(gzip.compress(BODY)), "Transfer-Encoding: chunked\r\nContent-Encoding: x-gzip\r\n"),
        (gzip.compress(zlib.compress(BODY)), "Content-Encoding: deflate, gzip\r\n"),
        (BODY, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        (BODY, "Content-Encoding: deflate\r\n"),
        (BODY, "Content-Encoding: identity\r\n"),
    ],
    ids=["gzip", "zlib", "bare deflate", "chunked", "both", "twice", "undone already", "undone deflate", "none"],
)
def test_packing_is_undone(tmp_path: Path, body: bytes, http: str) -> None:
    page = one(tmp_path, response(HOME, body, http=http))
    assert (page.text, page.trouble) == (story(7), None)


def test_what_cannot_be_unpacked_says_why_and_what_to_do(tmp_path: Path) -> None:
    cut = one(tmp_path, response(HOME, gzip.compress(BODY)[:-60], http="Content-Encoding: gzip\r\n"))
    assert "Day 7" in cut.text
    assert cut.trouble == "its end is missing"
    odd = one(tmp_path, response(HOME, b"\x28\xb5\x2f\xfd", http="Content-Encoding: zstd\r\n"))
    assert odd.trouble == "it is packed as zstd, which is not read; have the crawler ask for gzip"
    many = one(tmp_path, response(HOME, b"x", http=f"Content-Encoding: {'gzip, ' * 40}gzip\r\n"))
    assert many.trouble == "it is packed too many times over"
    told = one(tmp_path, response(HOME, b"<p>Half", WARC_Truncated="disconnect"))
    assert (told.text, told.trouble) == ("<p>Half", "the crawler lost the connection before its end")


def test_brotli_is_read_where_its_package_is_there_and_names_it_where_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = response(HOME, b"\x8b\x07\x80<p>a quay</p>\x03", http="Content-Encoding: br\r\n")
    monkeypatch.setattr("triage.reading.http._library", lambda _: None)
    assert "install the Python package brotli" in (one(tmp_path, page).trouble or "")

    class Fake:
        error = ValueError

        class Decompressor:
            def process(self, data: bytes) -> bytes:
                return data[3:-1]

    monkeypatch.setattr("triage.reading.http._library", lambda _: Fake)
    assert one(tmp_path, page).text == "<p>a quay</p>"


@pytest.mark.parametrize("packed", [True, False])
def test_slices_of_any_size_give_what_the_whole_gives(tmp_path: Path, *, packed: bool) -> None:
    whole = read(tmp_path, archive(crawl(11), packed=packed), "a.warc")
    for most in (1, 3, 11, 12):
        pages, place, slices = [], START, 0
        while place is not None:
            found = read_slice(tmp_path, "a.warc", place, most)
            pages += found.pages
            place, slices = found.after, slices + 1
        assert tuple(pages) == whole
        assert slices >= 11 // most


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_is_read_from_where_it_stands_and_from_its_name_alone(tmp_path: Path, *, packed: bool) -> None:
    pages = read(tmp_path, archive(crawl(5), packed=packed), "a.warc.gz")
    assert read_page(tmp_path, "a.warc.gz", pages[3].record, pages[3].spot) == pages[3]
    assert read_page(tmp_path, "a.warc.gz", pages[3].record) == pages[3]
    assert read_page(tmp_path, "a.warc.gz", "000999") is None
    (tmp_path / "a.warc.gz").write_bytes(archive(crawl(1)))
    gone = read_page(tmp_path, "a.warc.gz", pages[3].record, pages[3].spot)
    assert gone is None or (gone.trouble and not gone.text), "the file was replaced meanwhile"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("left", [0.5, 0.9, 0.99])
def test_a_file_that_is_cut_gives_the_pages_before_and_says_that_it_is_cut(
    tmp_path: Path, left: float, *, packed: bool
) -> None:
    data = archive(crawl(30), packed=packed)
    *whole, last = read(tmp_path, data[: int(len(data) * left)])
    assert [page.text for page in whole] == [story(number) for number in range(len(whole))]
    assert len(whole) >= int(30 * left) - 2
    assert last.trouble == "the file is cut off here"
    assert last.record == f"{len(whole) * 2 + 2:06}" or last.record == f"{len(whole) * 2 + 3:06}"


def test_damage_inside_a_packed_file_is_told_and_the_pages_before_it_are_there(tmp_path: Path) -> None:
    records = crawl(20)
    good = archive(records[:21])
    *whole, last = read(tmp_path, good + b"\x1f\x8b\x08\x00 no packing" + archive(records[21:]))
    assert len(whole) == 10
    assert "cannot be unpacked from here on" in (last.trouble or "")
    assert (last.record, last.text) == ("000022", "")
    *whole, last = read(tmp_path, good + b"something else" + archive(records[21:]))
    assert "not packed as the rest" in (last.trouble or "")
    assert len(read(tmp_path, archive(records) + bytes(5000))) == 20, "zeros at the end stand for nothing"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("lie", [-50, 50, 20_000])
def test_a_length_that_lies_costs_its_own_page_and_little_more(tmp_path: Path, lie: int, *, packed: bool) -> None:
    true = int(re.findall(rb"Content-Length: (\d+)", response(HOME, BODY))[0])
    lying = response(HOME, BODY, Content_Length=str(true + lie))
    pages = read(tmp_path, archive([lying, *crawl(40)], packed=packed))
    assert pages[0].trouble
    assert "told wrongly" in pages[0].trouble
    assert [page.text for page in pages[-20:]] == [story(number) for number in range(20, 40)]
    if packed or lie < 0:
        assert [page.text for page in pages[1:]] == [story(number) for number in range(40)]


@pytest.mark.parametrize("told", ["", "-5", "many", "9" * 400, "\u0663", "1e3"])
def test_a_record_without_a_length_is_told_and_the_next_ones_are_read(tmp_path: Path, told: str) -> None:
    bad = record("response", b"HTTP/1.1 200 OK\r\n\r\n<p>x", HOME, "application/http", Content_Length=told)
    first, *rest = read(tmp_path, archive([bad, *crawl(2)], packed=False))
    assert first.trouble == "this record cannot be read: its length is not told"
    assert [page.text for page in rest] == [story(0), story(1)]


def test_too_many_headers_are_told_and_the_next_record_is_read(tmp_path: Path) -> None:
    many = {f"X-{number}": "y" * 100 for number in range(3000)}
    http = "".join(f"X-{number}: {'y' * 100}\r\n" for number in range(3000))
    for bad in (record("response", b"x", HOME, "application/http", **many), response(HOME, b"<p>x", http=http)):
        first, last = read(tmp_path, archive([bad, *crawl(1)], packed=False))
        assert first.trouble == "this record cannot be read: its headers take over 262 kB"
        assert last.text == story(0)


def test_the_limit_holds_for_each_page_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    records = [
        response(HOME, b"x" * 1_000_001),
        response(HOME, b"x" * 3_000_000),
        response(HOME, bomb, http="Content-Encoding: gzip\r\n"),
        response(HOME, gzip.compress(bomb), http="Content-Encoding: gzip, gzip\r\n"),
        response(HOME, story(1).encode()),
    ]
    *large, good = read(tmp_path, archive(records))
    assert {(page.text, page.trouble) for page in large} == {("", "larger than the limit of 1 MB")}
    assert len(large) == 4
    assert good.text == story(1)


def test_a_file_that_is_no_archive_is_one_item_that_says_so(tmp_path: Path) -> None:
    (page,) = read(tmp_path, b"<html><p>Not an archive.\r\n</p>" * 100)
    assert page.trouble == "what stands here is no record of a WARC file"
    (page,) = read(tmp_path, b"")
    assert (page.record, page.trouble) == (None, "it is empty")
    (page,) = read_pages(tmp_path, "gone.warc.gz")
    assert page.unopened
    (page,) = read(tmp_path, gzip.compress(archive(crawl(1), packed=False))[:20])
    assert page.trouble == "the file is cut off here"


def test_names_that_lead_out_of_the_folder_are_text_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    bad = response("https://x.example.org/../../../etc/passwd", story(0).encode(), WARC_Filename="../../evil.html")
    (page,) = read(folder, archive([bad]))
    assert page.path == "a.warc"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.warc", "pages"]
    assert one(folder, response("javascript:alert(1)", b"<p>x") + response(HOME, b"<p>y")).text == "<p>y"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves a file of its own open
def test_a_library_for_such_files_writes_what_is_read(tmp_path: Path) -> None:
    warcwriter = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders")
    with (tmp_path / "a.warc.gz").open("wb") as file:
        writer = warcwriter.WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
        for number in range(3):
            http = headers.StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")
            payload = (tmp_path / "page").open("w+b")
            payload.write(story(number).encode())
            payload.seek(0)
            made = writer.create_warc_record(f"{HOME}{number}", "response", payload=payload, http_headers=http)
            writer.write_record(made)
            payload.close()
    pages = read_pages(tmp_path, "a.warc.gz")
    assert [page.text for page in pages] == [story(number) for number in range(3)]
    assert [page.url for page in pages] == [f"{HOME}{number}" for number in range(3)]


@given(st.integers(0, 3000), st.binary(max_size=40), st.booleans())
def test_any_damage_ends_and_gives_items(at: int, noise: bytes, packed: bool) -> None:
    data = archive(crawl(4), packed=packed)
    damaged = data[:at] + noise + data[at + len(noise) :]
    folder = Path(_PLACE)
    (folder / "a.warc").write_bytes(damaged)
    place: Place | None = START
    count = 0
    while place is not None:
        found = read_slice(folder, "a.warc", place, 2)
        assert all(page.text or page.trouble for page in found.pages)
        place, count = found.after, count + len(found.pages)
    assert 1 <= count < 20


@pytest.fixture(scope="module", autouse=True)
def _place(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _PLACE  # noqa: PLW0603 - hypothesis and a fixture of each test do not go together
    _PLACE = str(tmp_path_factory.mktemp("damaged"))


_PLACE = ""
