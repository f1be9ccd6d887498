"""Files of many pages, and pages wrapped in messages, that are bombs, lie, or are broken."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

from tests.archives import record, response
from tests.hostile.sample import Sample, html, sample

_ADDRESS = "https://quay.example.org/herons"
_PAGE = html().encode()


def warcs() -> Iterator[Sample]:
    """Archives of one page, which stands last."""
    page = response(_ADDRESS, _PAGE)
    many = {f"X-{number}": "y" for number in range(5000)}
    deep = _PAGE
    for _ in range(3):
        deep = gzip.compress(deep, mtime=0)
    bomb = gzip.compress(bytes(100_000_000), mtime=0)
    ways = {
        "headers": page.replace(b"\r\n", "".join(f"\r\n{name}: y" for name in many).encode() + b"\r\n", 1),
        "http-headers": response(_ADDRESS, _PAGE, http="".join(f"{name}: y\r\n" for name in many)),
        "header-without-end": record("response", b"x", _ADDRESS + "x" * 400_000) + page,
        "line-without-end": b"WARC/1.0" + b" " * 500_000 + b"\r\n\r\n" + page,
        "too-long": response(_ADDRESS, b"x", Content_Length="9" * 15),
        "endless-length": response(_ADDRESS, b"x", Content_Length="9" * 5000) + page,
        "too-short": response(_ADDRESS, _PAGE, Content_Length="70") + page,
        "no-length": response(_ADDRESS, _PAGE, Content_Length="") + page,
        "bomb": response(_ADDRESS, bomb, http="Content-Encoding: gzip\r\n"),
        "bomb-twice": response(_ADDRESS, gzip.compress(bomb), http="Content-Encoding: gzip, gzip\r\n"),
        "packed-thrice": response(_ADDRESS, deep, http="Content-Encoding: gzip, gzip, gzip\r\n"),
        "packed-often": response(_ADDRESS, _PAGE, http=f"Content-Encoding: {'gzip, ' * 9000}gzip\r\n"),
        "chunks-lie": response(_ADDRESS, b"ffffffff\r\n" + _PAGE, http="Transfer-Encoding: chunked\r\n"),
        "chunks-of-one": response(
            _ADDRESS,
            b"".join(b"1\r\n%c\r\n" % byte for byte in _PAGE) + b"0\r\n\r\n",
            http="Transfer-Encoding: chunked\r\n",
        ),
        "blank": b"\r\n" * 300_000 + page,
        "garbage": bytes(range(256)) * 2000 + b"\r\n" + page,
        "paths": response("https://../../../etc/passwd", _PAGE, WARC_Filename="../../../etc/passwd"),
        "same-ids": page + page,
        "cut": page[:-300],
    }
    for name, data in ways.items():
        yield sample(f"warc/{name}.warc", data)
        yield sample(f"warc/{name}.warc.gz", gzip.compress(data, mtime=0))
    yield sample("warc/bomb-of-all.warc.gz", gzip.compress(bytes(300_000_000), mtime=0) + gzip.compress(page, mtime=0))
    yield sample("warc/members.warc.gz", gzip.compress(b"", mtime=0) * 20_000 + gzip.compress(page, mtime=0))


def messages() -> Iterator[Sample]:
    """Pages saved as MHTML."""
    part = b"Content-Type: text/html\r\n\r\n" + _PAGE
    nested = part
    for depth in range(1000):
        head = f'Content-Type: multipart/related; boundary="b{depth}"\r\n\r\n--b{depth}\r\n'
        nested = head.encode() + nested + f"\r\n--b{depth}--\r\n".encode()
    related = b'Content-Type: multipart/related; boundary="b"\r\n\r\n'
    ways = {
        "nested": nested,
        "parts": related + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * 20_000 + b"--b\r\n" + part + b"\r\n--b--",
        "lines-like-a-boundary": related + b"--bb\r\n" * 200_000 + b"--b\r\n" + part + b"\r\n--b--",
        "no-boundary": b"Content-Type: multipart/related\r\n\r\n--b\r\n" + part,
        "cut": related + b"--b\r\n" + part[:-200],
        "headers": b"X-Y: z\r\n" * 60_000 + part,
        "base64": b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=?A\x00" * 50_000,
        "outside": b"Content-Type: message/external-body; access-type=local-file; name=/etc/passwd\r\n\r\n" + part,
    }
    for name, data in ways.items():
        yield sample(f"mhtml/{name}.mhtml", data)


def lines() -> Iterator[Sample]:
    """Data sets as JSON lines; the page is the last line."""
    page = json.dumps({"url": _ADDRESS, "html": html()}).encode()
    first = json.dumps({"text": "A line before. " * 40}).encode()
    ways = {
        "brackets": b"[" * 100_000,
        "deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "digits": b'{"text": "x", "n": ' + b"9" * 1_000_000 + b"}",
        "surrogates": b'{"text": "\\ud800\\udfff \\udc00", "title": "\\ud800"}',
        "zeros": b'{"text": "\\u0000\\u0000' + b"\x00" * 1000 + b'"}',
        "endless": b'{"text": "' + b"x" * 20_000_000,
        "blank": b"\n" * 100_000,
        "keys": b"{" + b",".join(b'"k%d": 1' % number for number in range(50_000)) + b"}",
        "same-keys": b"{" + b'"text": "x",' * 20_000 + b'"text": "y"}',
        "paths": json.dumps({"path": "../../outside/secret.html", "text": "x", "url": "file:///etc/passwd"}).encode(),
        "no-text": bytes(range(128, 256)) * 50,
    }
    for name, data in ways.items():
        yield sample(f"jsonl/{name}.jsonl", b"\n".join((first, data, page)))
    yield sample("jsonl/bomb.jsonl.gz", gzip.compress(first + b"\n" + b" " * 300_000_000, mtime=0), article=False)
