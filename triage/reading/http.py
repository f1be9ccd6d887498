"""An answer of a web server as a crawler kept it: its status, its headers, and its body with all packing undone."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from triage.model import Media

MEDIA: dict[str, Media] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
MAX_HEADERS = 262_144
"""Bytes of headers; the longest that servers send are a tenth of it."""
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[^\r\n]{0,1000}\r?\n")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_MOST_ENCODINGS = 3
_PIECE = 65_536

Headers = Mapping[str, str]
"""The first value of each header by its name in small letters."""


class MalformedError(Exception):
    """Bytes that are not what they should be; the message says why in plain words."""


def headers_in(line: Callable[[int], bytes]) -> Headers:
    """Headers up to the empty line, read by `line`, which gives the next line or at most so many bytes of it.

    Raises `MalformedError` where they take over `MAX_HEADERS`.
    """
    found: dict[str, str] = {}
    left, name = MAX_HEADERS, ""
    while left > 0:
        raw = line(left)
        left -= len(raw)
        text = raw.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return found
        if text[0] in " \t" and name:
            found[name] += f" {text.strip()}"
            continue
        before, colon, value = text.partition(":")
        name = before.strip().lower() if colon else ""
        if name and name not in found:
            found[name] = value.strip()
        else:
            name = ""
    raise MalformedError(f"its headers take over {MAX_HEADERS // 1000} kB")


def kind_of(headers: Headers) -> str:
    """The media type that the headers tell; "" where they tell none."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def charset_of(headers: Headers) -> str | None:
    """The encoding that the headers tell."""
    named = _CHARSET.search(headers.get("content-type", ""))
    return named[1] if named else None


def content(raw: bytes, headers: Headers, limit: int) -> tuple[bytes, str | None]:
    """The body as the server meant it, and why it is not whole, None where it is.

    At most one byte over `limit` of it; crawlers that undid the packing and kept the headers are understood.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        raw = unchunked(raw)
    names = [name.strip().lower() for name in headers.get("content-encoding", "").split(",")]
    names = [name for name in names if name not in ("", "identity", "none")]
    if len(names) > _MOST_ENCODINGS:
        return b"", "it is packed too many times over"
    trouble = None
    for name in reversed(names):
        raw, told = _unpacked(raw, name, limit)
        trouble = trouble or told
    return raw, trouble


def unchunked(raw: bytes) -> bytes:
    """The chunks of a body put together; what is not chunked, or no longer, as it is."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK.match(raw, at):
        length = int(size[1], 16)
        if length == 0:
            break
        parts.append(raw[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if raw.startswith(b"\r\n", at) else 1 if raw.startswith(b"\n", at) else 0
    else:
        if at < len(raw):
            return raw if not parts else b"".join(parts) + raw[at:]
    return b"".join(parts)


def _unpacked(raw: bytes, name: str, limit: int) -> tuple[bytes, str | None]:
    if name in ("gzip", "x-gzip"):
        return _inflated(raw, 31, limit) if raw.startswith(b"\x1f\x8b") else (raw, None)
    if name == "deflate":
        return _inflated(raw, 15 if _is_zlib(raw) else -15, limit)
    if name == "br":
        return _brotli(raw, limit)
    return b"", f"it is packed as {name[:20]}, which is not read; have the crawler ask for gzip"


def _is_zlib(raw: bytes) -> bool:
    return len(raw) > 1 and raw[0] & 15 == 8 and (raw[0] << 8 | raw[1]) % 31 == 0


def _inflated(raw: bytes, window: int, limit: int) -> tuple[bytes, str | None]:
    """What was packed by zlib, as far as it can be read."""
    parts: list[bytes] = []
    unpacker, size = zlib.decompressobj(window), 0
    while raw and size <= limit and not unpacker.eof:
        try:
            part = unpacker.decompress(raw[:_PIECE], limit + 1 - size)
        except zlib.error:
            if not parts and window == -15:
                return raw, None  # unpacked already
            return b"".join(parts), "its end could not be unpacked"
        raw = unpacker.unconsumed_tail + raw[_PIECE:]
        parts.append(part)
        size += len(part)
    whole = unpacker.eof or size > limit
    return b"".join(parts), None if whole else "its end is missing"


def _brotli(raw: bytes, limit: int) -> tuple[bytes, str | None]:
    library = _library("brotli") or _library("brotlicffi")
    if library is None:
        return b"", "it is packed as br (Brotli): install the Python package brotli beside triage"
    parts: list[bytes] = []
    unpacker, size = library.Decompressor(), 0
    try:
        for at in range(0, len(raw), 4096):
            parts.append(unpacker.process(raw[at : at + 4096]))
            size += len(parts[-1])
            if size > limit:
                break
    except library.error:
        return (b"".join(parts), "its end could not be unpacked") if parts else (raw, None)
    return b"".join(parts), None


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None
