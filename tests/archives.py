"""Archives of pages as crawlers write them, made by hand: good ones for any test, and what a bad one is made of."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

DATE = "2023-04-05T06:07:08Z"


def story(number: int, words: str = "") -> str:
    """A page with an article of its own."""
    return (
        f"<html><head><title>Day {number} at the lock</title></head><body><article><h1>Day {number} at the lock</h1>"
        f"<p>On day {number} the keeper of the lock let {number * 7 + 3} barges through before noon, which is more "
        f"than his father saw in the whole month when the canal was new and the coal still came by water. {words}</p>"
        f"<p>The last of them, number {number * 13 + 1} in his book, carried nothing but geese, which were heard "
        "as far as the mill, where the miller shut his windows and went on with his bread.</p></article></body></html>"
    )


def record(kind: str, block: bytes, url: str = "", media: str = "", **more: str) -> bytes:
    """One record of a WARC file; `more`: other headers, or other values of those that it has anyway."""
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000000>",
        "WARC-Date": DATE,
        "WARC-Target-URI": url,
        "Content-Type": media,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    return b"WARC/1.0\r\n" + told.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(url: str, body: bytes, status: int = 200, media: str = "text/html", http: str = "", **more: str) -> bytes:
    """What a server answered; `http`: more headers of it, with their line ends."""
    kind = f"Content-Type: {media}\r\n" if media else ""
    head = f"HTTP/1.1 {status} So\r\n{kind}{http}Content-Length: {len(body)}\r\n\r\n"
    return record("response", head.encode() + body, url, "application/http; msgtype=response", **more)


def archive(records: Iterable[bytes], *, packed: bool = True) -> bytes:
    """A WARC file, each of its records packed by itself as crawlers do, or as it is."""
    return b"".join(gzip.compress(one, 6) if packed else one for one in records)


def crawl(pages: int) -> list[bytes]:
    """The records of a small crawl: what a crawler writes beside them, and so many pages."""
    return [
        record("warcinfo", b"software: by hand\r\n", media="application/warc-fields"),
        *(
            one
            for number in range(pages)
            for one in (
                record("request", b"GET / HTTP/1.1\r\n\r\n", f"https://lock.example.org/{number}", "application/http"),
                response(f"https://lock.example.org/{number}", story(number).encode()),
            )
        ),
    ]
