"""Pages whose letters lie: bad numeric references, encodings that are not what they say, NULs, binary files."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from tests.hostile.sample import ARTICLE, PARAGRAPHS, TITLE, Sample, html, sample

_CODES = (
    0, 1, 2, 7, 8, 11, 12, 14, 27, 31, 127, 128, 133, 150, 155, 159, 0x200B, 0x202E, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF,
    0x1FFFE, 0x10FFFF, 0x110000, 0xFFFFFFFF, 10**30,
)  # fmt: skip
_NO_TEXT_CODECS = (
    "base64", "hex", "rot13", "zlib", "bz2", "uu", "undefined", "idna", "punycode", "unicode_escape",
    "raw_unicode_escape", "utf-7", "mbcs", "oem", "cp65001", "utf-16", "utf-32", "utf-16be", "hz", "none-such",
    "../../etc/passwd",
)  # fmt: skip
_MARKET = "Zażółć gęślą jaźń, rzekł burmistrz, a cała łódź żeglarzy śmiała się głośno. "
_STATION = "山の上の小さな駅に、今日も一本だけ電車が来る。駅長は帽子を取って、長い間その音を聞いていた。"
_FAIR = "На площади у старой мельницы с утра открылась ярмарка, и первыми пришли рыбаки. "


def references() -> Iterator[Sample]:
    """Numeric references to characters that no page may hold."""
    for code in _CODES:
        body = PARAGRAPHS.replace("awake", f"aw&#{code};ake", 1).replace("awake", "awake &#x{code:x};")
        yield sample(f"references/{code:x}.html", html(f"<p>&#{code}; &#x{code:x};</p>{PARAGRAPHS}{body}"))
    yield sample(
        "references/everywhere.html", html(f'<p title="&#27;&#7;">&#27</p>{PARAGRAPHS}', "<meta content='&#1;'>")
    )
    yield sample("references/without-end.html", html(f"<p>&#{'9' * 100_000}</p>{PARAGRAPHS}"))
    yield sample("references/hex-without-end.html", html(f"<p>&#x{'f' * 100_000};</p>{PARAGRAPHS}"))
    yield sample("references/many.html", html(f"<p>{'&#7;' * 100_000}</p>{PARAGRAPHS}"))
    yield sample("references/title.html", html().replace(TITLE, f"{TITLE}&#27;]0;x&#7;"))
    yield sample("references/halves.html", html(f"<p>&#xD83D;&#xDE00; &#-7; &#; &#x; &#xg;</p>{PARAGRAPHS}"))
    yield sample("references/text.txt", "\n\n".join((*ARTICLE, "&#27;]0;x&#7; stays as it is written.")))


def encodings() -> Iterator[Sample]:
    """Pages that tell another encoding than theirs, or none."""
    page = html()
    for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield sample(f"encodings/{name}.html", page.encode(name))
        mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(name)
        mark = mark or (codecs.BOM_UTF32_LE if name.endswith("le") else codecs.BOM_UTF32_BE)
        yield sample(f"encodings/{name}-mark.html", mark + page.encode(name))
        yield sample(f"encodings/{name}-cut.txt", mark + " ".join(ARTICLE).encode(name)[:-1])
    for name in _NO_TEXT_CODECS:
        told = html(PARAGRAPHS + "<p>caf\u00e9</p>", f'<meta charset="{name}">')
        safe = name.replace("/", "-").replace(".", "")
        yield sample(f"encodings/says-{safe}.html", told.encode("latin-1"))
    yield sample("encodings/says-much.html", html(PARAGRAPHS, f'<meta charset="{"x" * 100_000}">').encode())
    for name, text, real, told_name in (
        ("polish", _MARKET, "cp1250", "utf-8"),
        ("polish-utf8", _MARKET, "utf-8", "windows-1251"),
        ("japanese", _STATION, "shift_jis", "euc-jp"),
        ("japanese-seven-bit", _STATION, "iso2022_jp", "iso-2022-jp"),
        ("russian", _FAIR, "koi8-r", "koi8-r"),
        ("russian-lie", _FAIR, "cp1251", "utf-8"),
    ):
        body = f"<p>{text * 8}</p>"
        yield sample(f"encodings/{name}.html", html(body + PARAGRAPHS, f'<meta charset="{told_name}">').encode(real))
    latin = html().encode() + "<p>caf\u00e9 na\u00efve</p>".encode("latin-1") * 30
    yield sample("encodings/mixed.html", latin)
    yield sample("encodings/overlong.html", html().encode().replace(b"baker", b"\xc0\xaf\xe0\x80\xaf baker"))
    yield sample("encodings/surrogates.html", html().encode() + b"<p>\xed\xa0\x80\xed\xb0\x80</p>" * 50)
    yield sample("encodings/two-marks.html", codecs.BOM_UTF8 * 2 + html().encode())
    yield sample("encodings/wrong-mark.html", codecs.BOM_UTF16_LE + html().encode())
    yield sample("encodings/utf8-mark-utf16.html", codecs.BOM_UTF8 + html().encode("utf-16-le"))
    yield sample("encodings/ebcdic.html", html().encode("cp037"))
    yield sample("encodings/half-broken.txt", " ".join(ARTICLE).encode() + b"\xff\xfe\xfd" * 2000)


def zeros() -> Iterator[Sample]:
    """NULs in the text, and files that are no text at all."""
    page = html().encode()
    yield sample("zeros/scattered.html", b"\0".join(page[at : at + 97] for at in range(0, len(page), 97)))
    yield sample("zeros/in-tags.html", page.replace(b"<p>", b"<\0p>"))
    yield sample("zeros/late.html", page.replace(b"</article>", b"\0" * 50_000 + b"</article>"))
    yield sample("zeros/first.html", b"\0" * 10 + page)
    yield sample("zeros/words.txt", " ".join(ARTICLE).replace(" ", " \0").encode())
    yield sample("zeros/only.html", bytes(100_000), article=False)
    yield sample("zeros/only.txt", bytes(100_000), article=False)
    yield sample("zeros/every-byte.txt", bytes(range(256)) * 40, article=False)
    for name, start in (
        ("pdf", b"%PDF-1.7\n"), ("png", b"\x89PNG\r\n\x1a\n"), ("zip", b"PK\x03\x04"), ("elf", b"\x7fELF\x02\x01"),
    ):  # fmt: skip
        yield sample(f"zeros/{name}.html", start + bytes(range(256)) * 10 + page)
    yield sample("zeros/empty.html", b"", article=False)
    yield sample("zeros/spaces.txt", b" \r\n\t" * 5000, article=False)
