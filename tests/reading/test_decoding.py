import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.reading.decoding import decode

POLISH = "Zażółć gęślą jaźń, powiedział burmistrz Łódki. " * 20
JAPANESE = "山の上の小さな駅に、今日も一本だけ電車が来る。" * 20
RUSSIAN = "На площади у старой мельницы открылась ярмарка. " * 20


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_trouble_in_words(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text or decoded.trouble


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and "\0" not in text))
def test_what_is_utf8_is_read_as_it_was_written(text: str) -> None:
    data = text.encode()
    if decode(data).encoding == "utf-8":
        assert decode(data).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(POLISH, "iso8859-2"), (POLISH, "cp1250"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (RUSSIAN, "koi8-r")],
)
def test_a_declared_encoding_is_believed(text: str, encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><p>{text}</p>'
    assert text in decode(page.encode(encoding)).text


def test_escape_sequence_encodings_pass_as_ascii_and_are_read_by_the_pages_word() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=ISO-2022-JP"><p>{JAPANESE}</p>'
    assert JAPANESE in decode(page.encode("iso2022_jp")).text


def test_an_encoding_that_lies_does_not_spoil_utf8() -> None:
    page = f'<meta charset="windows-1251"><p>{POLISH}</p>'
    assert POLISH in decode(page.encode("utf-8")).text


def test_one_stray_byte_does_not_turn_a_whole_utf8_page_to_mojibake() -> None:
    data = POLISH.encode() + b"caf\xe9 " + POLISH.encode()
    assert decode(data).text == f"{POLISH}café {POLISH}"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_encodings_without_a_mark_are_known_by_their_zeros(encoding: str) -> None:
    text = "A plain page about the harbour and its boats. " * 10
    assert decode(text.encode(encoding)).text == text


def test_byte_order_marks_decide() -> None:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le")):
        assert decode(mark + "Łódka".encode(encoding)).text == "Łódka"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (bytes(range(256)) * 8, "binary"),
    ],
    ids=["nothing", "white space", "pdf", "png", "every byte"],
)
def test_what_is_no_page_is_told_in_words(data: bytes, words: str) -> None:
    decoded = decode(data)
    assert decoded.text == ""
    assert words in (decoded.trouble or "")


@pytest.mark.parametrize(
    "name",
    [
        "base64",
        "rot13",
        "zlib",
        "undefined",
        "idna",
        "punycode",
        "unicode_escape",
        "utf-7",
        "utf-16",
        "utf-32",
        "x/../y",
    ],
)
def test_a_page_cannot_choose_a_codec_that_no_page_is_written_in(name: str) -> None:
    page = f'<meta charset="{name}"><p>C:\\u0041\\x1b +AGE- at the quay, cooking in the caf\u00e9</p>'
    assert "C:\\u0041\\x1b +AGE- at the quay, cooking in the caf" in decode(page.encode("latin-1")).text


def test_a_mark_that_lies_does_not_spoil_utf8() -> None:
    assert decode(codecs.BOM_UTF16_LE + POLISH.encode()).text == POLISH


def test_a_mark_of_utf8_before_utf16_does_not_spoil_it() -> None:
    text = "A plain page about the harbour and its boats. " * 10
    assert decode(codecs.BOM_UTF8 + text.encode("utf-16-le")).text == text


def test_utf16_without_a_plain_letter_is_read_by_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + JAPANESE.encode("utf-16-be")).text == JAPANESE


def test_japanese_of_seven_bits_is_known_by_its_escapes_where_the_page_names_no_encoding() -> None:
    assert decode(f"<p>{JAPANESE}</p>".encode("iso2022_jp")).text == f"<p>{JAPANESE}</p>"
    assert decode(b"press \x1b$B or \x1b(B to go").encoding == "utf-8"
    assert decode(b"\x1b$B~~~~~~\x1b(B").encoding == "utf-8", "no letters"
    assert decode(b"\x1b$B" * 100_000 + b"!" * 100_000).encoding == "utf-8"


@pytest.mark.parametrize(("text", "encoding"), [(POLISH, "cp1250"), (JAPANESE, "shift_jis"), (RUSSIAN, "cp1251")])
def test_a_page_that_says_utf8_and_is_not_is_read_as_what_it_is(text: str, encoding: str) -> None:
    assert decode(f'<meta charset="utf-8"><p>{text}'.encode(encoding)).text.endswith(text)


@pytest.mark.parametrize("encoding", ["euc_kr", "gb18030", "big5", "euc_jp"])
def test_pairs_of_bytes_are_not_taken_for_the_utf8_that_a_page_claims(encoding: str) -> None:
    text = "火山日本人口文化水道電車中心大山" * 30
    assert decode(b'<meta charset="utf-8"><p>' + text.encode(encoding)).encoding != "utf-8"


def test_a_part_in_another_encoding_leaves_the_utf8_around_it_as_it_is() -> None:
    data = '<meta charset="utf-8"><p>Café – déjà vu</p>'.encode() + "<p>déjà à la café</p>".encode("latin-1")
    assert decode(data).text.endswith("<p>Café – déjà vu</p><p>déjà à la café</p>")
