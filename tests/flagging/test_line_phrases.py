"""The phrases of lines inside pages: that their data can be used, and what a line is found to hold."""

from __future__ import annotations

import pytest

from triage.flagging import line_phrases
from triage.flagging.line_phrases import LineHit, match, web_words, with_signs

LANGUAGES = [
    "en", "es", "de", "ja", "fr", "pt", "ru", "it", "nl", "pl", "tr", "zh", "fa", "vi", "cs", "ko", "id", "sv", "da",
    "no", "fi", "hu", "ro", "el", "uk", "ar",
]  # fmt: skip
CAUSES = {
    "disclaimer", "comments", "consent", "share", "subscribe", "related", "author", "copyright", "navigation", "login",
    "placeholder",
}  # fmt: skip


def surest(line: str) -> LineHit:
    return match(line)[0]


def test_every_pattern_of_every_language_compiles() -> None:
    phrases = line_phrases.all_phrases()
    assert all(phrase.expression.pattern for phrase in phrases)
    assert len(phrases) > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_words_every_kind_of_boilerplate_and_faults_of_widgets(language: str) -> None:
    phrases = [phrase for phrase in line_phrases.all_phrases() if phrase.language == language]
    assert {phrase.cause for phrase in phrases if phrase.kind == "boilerplate"} == CAUSES
    assert {"other", "js-required", "bot-wall"} <= {phrase.cause for phrase in phrases if phrase.kind == "noise"}


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("This story was first published on The Gull.", "copyright"),
        ("Alle Texte stehen unter der Lizenz CC BY 4.0.", "copyright"),
        ("未能及时与作者取得联系的，敬请谅解。", "copyright"),
        ("Found a typo? Tell us at the desk.", "navigation"),
        ("¿Ha encontrado una errata? Avísenos.", "navigation"),
        ("A post shared by Gull Radio (@gullradio)", "placeholder"),
        ("Voir cette publication sur Instagram", "placeholder"),
        ("Der er lukket for kommentarer", "comments"),
        ("Din e-postadress kommer inte publiceras", "comments"),
        ("Les også", "related"),
        ("Aiheeseen liittyvää", "related"),
        ("Olvasd el ezt is", "related"),
        ("Distribuie pe Facebook", "share"),
        ("Ακολουθήστε μας στο Instagram", "share"),
        ("Читайте також", "related"),
        ("مقالات ذات صلة", "related"),
        ("Прочетете още", "related"),
        ("Pročitajte još", "related"),
        ("Mohlo by vás zaujímať", "related"),
        ("כל הזכויות שמורות", "copyright"),
        ("यह भी पढ़ें", "related"),
        ("บทความที่เกี่ยวข้อง", "related"),
    ],
)
def test_standard_lines_of_sites_are_known_in_many_languages(line: str, cause: str) -> None:
    assert (surest(line).kind, surest(line).cause) == ("boilerplate", cause)


def test_no_phrase_matches_an_ordinary_sentence() -> None:
    assert match("The baker at the corner of the old quay fears that her customers will stay away.") == ()


def test_a_label_is_the_whole_line_whatever_its_case_marks_and_count() -> None:
    for line in ("Comments", "COMMENTS:", "Comments (12)", "12 comments"):
        assert (surest(line).cause, surest(line).share) == ("comments", 1.0)
    assert match("Comments on the quay were few and far between that night") == ()


def test_a_phrase_in_a_sentence_tells_its_words_and_share() -> None:
    hit = surest("All of this comes without warranty of any kind from the people at Gull Radio.")
    assert (hit.kind, hit.cause, hit.part, hit.words) == (
        "boilerplate",
        "disclaimer",
        "say",
        "without warranty of any kind",
    )
    assert 0.3 < hit.share < 0.4


def test_texts_with_a_sign_are_told_from_those_without() -> None:
    assert with_signs(["We take no responsibility for gulls.", "The gulls came back.", "保証はありません。"]) == [
        True,
        False,
        True,
    ]
    assert with_signs([]) == []


@pytest.mark.parametrize(
    "line",
    [
        "Please check the address or go back to the home page.",
        "Überprüfen Sie die Adresse der Seite.",
        "ページは削除されました",
        "Kontroller adressen, eller gå tilbage til forsiden.",
        "Kirjoititko osoitteen oikein? Palaa takaisin etusivulle.",
        "Ellenőrizze a címet, vagy lépjen vissza a kezdőlapra.",
        "Verificați adresa sau reveniți la pagina principală.",
        "Ελέγξτε τη διεύθυνση ή επιστρέψτε στην αρχική σελίδα.",
        "Провери адреса или се върни на началната страница.",
        "تحقق من العنوان أو ارجع إلى الصفحة الرئيسية.",
    ],
)
def test_lines_in_which_error_pages_talk_on_are_dense_in_their_words(line: str) -> None:
    found, words = web_words(line)
    assert found >= 0.3 * words


def test_an_ordinary_line_has_hardly_any_of_them() -> None:
    assert web_words("Ferries will call there again from next spring")[0] == 0
