"""Lines read by their words alone: which languages they read in, and what is no message though it sounds like one."""

from __future__ import annotations

import pytest

from triage.flagging import message_book
from triage.flagging.message_words import (
    LISTS,
    answers,
    asks_outright,
    files,
    heads_a_tale,
    instructs,
    known,
    reading,
    readings,
    tells_of_somebody,
)

LANGUAGES = [
    "en", "es", "de", "ja", "fr", "pt", "ru", "it", "nl", "pl", "tr", "zh", "fa", "vi", "cs", "ko", "id", "uk", "sv",
    "da", "fi", "hu", "ro", "el", "ar", "he", "th", "no", "sl", "bg", "hr", "sk", "ca", "hi",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_words_of_messages_and_of_notices(language: str) -> None:
    data = dict(files())[language]
    assert [name for name in LISTS if name != "person" and not data.get(name)] == []


def test_a_yes_with_a_stop_answers_a_question_and_one_with_a_comma_may_stand_beside_a_box() -> None:
    assert answers("Ja. Wir setzen Cookies ein.", "de")
    assert answers("はい、クッキーを使います。", "ja")
    assert not answers("Yes, send me your letter.", "en")
    assert not answers("Jam. Two jars of it.", "de")


def test_a_no_with_a_comma_answers_as_well_and_no_thanks_is_a_button() -> None:
    assert answers("Nein, ein Konto braucht hier niemand.", "de")
    assert answers("No, the ferry takes no bicycles.", "en")
    assert not answers("No, thanks", "en")
    assert not answers("Nein, danke", "de")


def test_a_step_of_a_how_to_begins_like_one_and_speaks_of_settings() -> None:
    assert instructs("Open the settings and turn the cookies of other sites off.", "en")
    assert instructs("Öffnen Sie die Einstellungen und schalten Sie Cookies aus.", "de")
    assert instructs("打开设置，关闭第三方Cookie。", "zh")
    assert not instructs("Choose your settings", "en")
    assert not instructs("We use cookies; open the settings to choose.", "en")


def test_a_headline_names_a_message_and_then_tells_how_it_came_about() -> None:
    assert heads_a_tale("Page not found: how a town lost its map", "en")
    assert heads_a_tale("Accès refusé : comment une ville a perdu son pont", "fr")
    assert heads_a_tale("Страница не найдена: как исчезают мосты", "ru")
    assert not heads_a_tale("Page not found: what you can do now", "en")
    assert not heads_a_tale("Fehler 404: Was ist passiert?", "de")
    assert not heads_a_tale("Error: no map found", "en")


def test_whoever_asks_outright_puts_what_is_to_be_done_first_or_last() -> None:
    assert asks_outright("Use another browser", "en")
    assert asks_outright("Bitte einen anderen Browser verwenden", "de")
    assert not asks_outright("The browser the council had used for years", "en")


def test_prose_of_syllables_that_stand_in_messages_too_is_none() -> None:
    line = "Ông từ giữ chùa kể rằng tổ ong ở gốc bàng đã có từ đời cha ông, và không ai muốn dời nó đi nơi khác."
    assert [read for read in readings(line) if read.clean] == []


def test_he_and_she_are_told_of_by_articles_alone_in_the_language_they_belong_to() -> None:
    assert tells_of_somebody("She could not load the page.", "en")
    assert tells_of_somebody("« Pas de commentaire », répond le chef.", "fr")
    assert not tells_of_somebody("The page could not be loaded.", "en")
    assert not tells_of_somebody("Hệ thống đang bảo trì, vui lòng quay lại sau.", "en")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("The gallery could not be displayed.", "en"),
        ("Das Formular konnte nicht gesendet werden.", "de"),
        ("La encuesta no se ha podido cargar.", "es"),
        ("Не удалось загрузить карту.", "ru"),
        ("Kartta ei lataudu, yritä uudelleen.", "fi"),
        ("A térkép betöltése sikertelen.", "hu"),
        ("地図の表示に失敗しました。", "ja"),
        ("图片加载失败", "zh"),
        ("지도를 불러오지 못했습니다.", "ko"),
        ("تعذر تحميل الخريطة", "ar"),
        ("मौसम का नक्शा लोड नहीं हो सका।", "hi"),
        ("Det angivna lösenordet är felaktigt.", "sv"),
        ("Palvelimelle ei saada yhteyttä, anna salasana uudelleen.", "fi"),
        ("Zadaný token je neplatný.", "cs"),
        ("Das Hochladen der Datei ist fehlgeschlagen.", "de"),
        ("上传失败，请检查文件大小。", "zh"),
    ],
)
def test_a_message_nobody_listed_has_no_strangers_and_tells_of_a_fault(line: str, language: str) -> None:
    read = readings(line)[0]
    assert read.language == language
    assert read.clean
    assert read.is_fault
    assert read.has("thing") or read.has("act")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Something went wrong, and the baker blamed the yeast.", "en"),
        ("Der Server brachte das Bier und den falschen Kuchen.", "de"),
        ("La carte du bistrot n'a pas été retrouvée sous le piano.", "fr"),
        ("Ошибка часовщика обошлась городу дорого.", "ru"),
        ("地図をなくした郵便屋は橋の下で眠っていた。", "ja"),
    ],
)
def test_a_sentence_of_an_article_has_strangers(line: str, language: str) -> None:
    read = reading(line, language)
    assert read is None or not read.clean


def test_words_whose_vowels_are_marks_are_told_apart_by_them() -> None:
    line = "गली के दर्ज़ी ने बताया कि उसकी कैंची में कोई ख़राबी नहीं है, वह बस बीस साल से थकी हुई है और छुट्टी चाहती है।"
    assert [read for read in readings(line) if read.clean] == []


def test_what_a_language_writes_at_the_front_of_a_word_does_not_hide_it() -> None:
    assert reading("والتعليقات", "ar") is not None


def test_names_numbers_and_long_texts_are_no_words_of_a_message() -> None:
    assert reading("Error 0x80070005 in module 7f3a", "en") is not None
    assert readings("error " * 100) == ()
    assert readings("") == ()


def test_words_are_counted_in_each_language_that_knows_them() -> None:
    counts = known("Siden du leter etter finnes ikke")
    assert counts["da"] > counts.get("en", 0)


def test_a_language_without_words_is_not_known() -> None:
    assert message_book.knows("sv")
    assert not message_book.knows("xx")
