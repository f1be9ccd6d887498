"""The quicker walk of py3langid's automaton counts what its own does, in the same order."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid import langid

from triage.extraction import language  # it puts its walk in the place of the other

MODEL = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def one_after_the_other(text: bytes) -> Counter[int] | None:
    state, found = 0, []
    for letter in text:
        state = MODEL.tk_nextmove[(MODEL.tk_row[state] << 8) + letter]
        if MODEL.tk_output[state] >= 0:
            found.append(MODEL.tk_output[state])
    return Counter(found) or None


def counted(text: bytes) -> list[tuple[int, int]]:
    return list((langid.visit_counts(MODEL.tk_nextmove, MODEL._rowbase, MODEL.tk_output, text) or {}).items())


def expected(text: bytes) -> list[tuple[int, int]]:
    return list((one_after_the_other(text) or {}).items())


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "The ferry was late all week, and nobody could say where the rope had gone. " * 8,
        "Die Fähre kam die ganze Woche zu spät, und niemand wusste, wo das Seil geblieben war. " * 8,
        "Паром опаздывал всю неделю, и никто не знал, куда делся канат. " * 8,
        "渡船整个星期都晚点，没有人知道绳子到哪里去了。" * 8,
    ],
)  # fmt: skip
def test_texts(text: str) -> None:
    assert counted(text.encode()) == expected(text.encode())


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes(text: bytes) -> None:
    assert counted(text) == expected(text)


def test_labels_of_a_shop_have_no_language_without_a_code_of_two_letters() -> None:
    labels = (
        "Lagos Toys Go Shop Bag Car Fish Dey Kano Abia Toys Post Go Abia Car Wey Home Sign Lamp Abuja Abia Gift Bed"
    )
    assert langid.rank(f"{labels} Help")[0][0] == "pcm"
    assert language.language_of(f"{labels} Help") == "en"
