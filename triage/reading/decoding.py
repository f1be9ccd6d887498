"""Bytes of a page to text: byte order mark, declared encoding, UTF-8, then detection."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_DECLARED = (
    re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE),
    re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]+)""", re.IGNORECASE),
    re.compile(rb"""<!--[^>]{0,200}?charset\s*[=:]\s*["']?([A-Za-z0-9_:.-]+)""", re.IGNORECASE),
)
_HEAD = 4096
# What browsers read these labels as (WHATWG Encoding Standard): each a superset of the name it stands for.
_AS_BROWSERS_READ = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_SEVEN_BIT = {"iso2022_jp", "hz", "iso2022_kr"}
# Python's own codecs that no page is written in: in them a backslash, a hyphen or a plus sign would act.
_NEVER_OF_A_PAGE = {
    "unicode_escape",
    "unicode-escape",
    "raw_unicode_escape",
    "raw-unicode-escape",
    "utf-7",
    "punycode",
    "idna",
}
_PLAIN = b"<meta charset>"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF-", "a PDF document"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"), (b"PK\x03\x04", "a ZIP archive or office document"), (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"OggS", "sound"), (b"RIFF", "an image, sound or film"),
    (b"\x00\x00\x00\x18ftyp", "a film"), (b"\x00\x00\x00\x20ftyp", "a film"), (b"wOF", "a font"),
)  # fmt: skip
_NEVER_IN_TEXT = frozenset({*range(9), *range(14, 27), *range(28, 32)})
_DETECT = 65536
_UTF8_BROKEN = 0.05
"""Share of broken sequences up to which a text counts as UTF-8 with stray bytes."""
_UTF8_BROKEN_TOLD = 0.5
"""The same where the page says that it is UTF-8: parts of others were put into it."""
_JAPANESE = re.compile(rb"\x1b\$[@B][!-~]+\x1b\([BJ]")
"""A run of ISO-2022-JP: the escape to two-byte letters and the one back (RFC 1468)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, the encoding it was read in, and what went wrong, None where nothing did."""

    text: str
    encoding: str
    trouble: str | None = None


def decode(data: bytes, told: str | None = None) -> Decoded:
    """`data` as text. Never raises: what is no text comes back empty with `trouble` in plain words.

    `told`: the encoding that what delivered the page said; it goes before what the page says of itself, as in
    browsers, and like that one never before UTF-8 that is whole.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip():
        return Decoded("", "utf-8", "it is empty")
    declared = _known_encoding(told) or declared_encoding(data)
    for step in (_by_mark, _as_binary):
        if (decoded := step(data)) is not None:
            return decoded
    for declared_step in (_seven_bit, _as_utf8, _as_declared):
        if (decoded := declared_step(data, declared)) is not None:
            return decoded
    from charset_normalizer import from_bytes  # noqa: PLC0415 - the screen's process reads no page

    best = from_bytes(data[:_DETECT]).best()
    return _in(data, best.encoding if best else "cp1252")


def _by_mark(data: bytes) -> Decoded | None:
    """A mark of UTF-16 or UTF-32 before bytes that are whole UTF-8 without a zero lies."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return (None if b"\x00" in rest else _whole_utf8(rest)) or _in(data, encoding)
    return None


def _as_binary(data: bytes) -> Decoded | None:
    for start, what in _BINARY:
        if data.startswith(start):
            return Decoded("", "binary", f"not a page but {what}")
    return _with_zeros(data) if b"\x00" in data[:_HEAD] else None


def _seven_bit(data: bytes, declared: str | None) -> Decoded | None:
    """Encodings that switch alphabets by escape sequences pass as ASCII: the page's own word tells them.

    Without one, the escapes of Japanese do, if all of it can be read so.
    """
    if not data.isascii():
        return None
    if declared is None and _JAPANESE.search(data):
        japanese = _in(data, "iso2022_jp")
        return japanese if "\ufffd" not in japanese.text else None
    return _in(data, declared) if declared in _SEVEN_BIT else None


def _as_utf8(data: bytes, declared: str | None) -> Decoded | None:
    if (whole := _whole_utf8(data)) is not None:
        return whole
    mostly = _mostly_utf8(data, declared)
    return Decoded(data.decode("utf-8", "stray-as-windows-1252"), "utf-8") if mostly else None


def _whole_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    if declared is None or declared == "utf_8":
        return None
    decoded = _in(data, declared)
    return decoded if decoded.trouble is None else None


def declared_encoding(data: bytes) -> str | None:
    """The encoding the head of the page names, as a Python codec; None where none is named, known or possible."""
    for pattern in _DECLARED:
        if named := pattern.search(data[:_HEAD]):
            name = _known_encoding(named[1].decode("ascii"))
            if name is not None:
                return name
    return None


def _known_encoding(label: str | None) -> str | None:
    """The codec in which browsers read what is labelled so; None for no label, or none of a page."""
    name = _codec(label) if label else None
    if name is None:
        return None
    name = name.replace("-", "_") if name in {"utf-8", "shift-jis", "euc-kr"} else name
    return _AS_BROWSERS_READ.get(name, name)


def _codec(label: str) -> str | None:
    """Python's name of the encoding, if a page in it can have named it in plain letters: UTF-16 cannot."""
    try:
        name = codecs.lookup(label).name
        return name if name not in _NEVER_OF_A_PAGE and _PLAIN.decode(name) == _PLAIN.decode("ascii") else None
    except (LookupError, ValueError):  # no codec at all, or one of those that are for no text
        return None


def _in(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, _replaced(text))


def _replaced(text: str) -> str | None:
    lost = text.count("\ufffd")
    return f"{lost} of {len(text)} characters could not be decoded" if lost * 50 > len(text) else None


def _with_zeros(data: bytes) -> Decoded:
    """UTF-16 or UTF-32 without a mark has its zeros in every second place or more; else a binary file."""
    head = data[:_HEAD]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if head[0::4].count(0) > len(head) / 4 * 0.7 and head[1::4].count(0) > len(head) / 4 * 0.7:
        return _in(data, "utf-32-be")
    if head[3::4].count(0) > len(head) / 4 * 0.7 and head[2::4].count(0) > len(head) / 4 * 0.7:
        return _in(data, "utf-32-le")
    if odd > half * 0.4 and even < half * 0.1:
        return _in(data, "utf-16-le")
    if even > half * 0.4 and odd < half * 0.1:
        return _in(data, "utf-16-be")
    if sum(byte in _NEVER_IN_TEXT for byte in head) * 100 > len(head):
        return Decoded("", "binary", "not a page but a binary file")
    return decode(data.replace(b"\x00", b""))


def _mostly_utf8(data: bytes, declared: str | None) -> bool:
    """Whether nearly all sequences beyond ASCII are whole UTF-8: one bad byte must not turn a page to mojibake.

    Of a page that says so, half of them: by chance few bytes of another encoding make one.
    """
    text = data.decode("utf-8", "replace")
    beyond = sum(1 for c in text if c > "\x7f")
    broken = text.count("\ufffd")
    if declared == "utf_8":
        return beyond > 0 and broken <= beyond * _UTF8_BROKEN_TOLD
    return beyond - broken >= 10 and broken <= beyond * _UTF8_BROKEN


def _stray(fault: UnicodeError) -> tuple[str, int]:
    assert isinstance(fault, UnicodeDecodeError)  # noqa: S101 - the codec machinery hands over nothing else here
    stray = fault.object[fault.start : fault.end]
    return stray.decode("cp1252", "replace"), fault.end


codecs.register_error("stray-as-windows-1252", _stray)
