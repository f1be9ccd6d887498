"""Phrases of error messages: anchored, in thirty languages, whatever case, accents, marks and spaces."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.flagging import patterns, phrases

DATA = Path(phrases.__file__).with_name("phrases_data")
LANGUAGES = {
    "ar",
    "cs",
    "de",
    "en",
    "es",
    "fa",
    "fr",
    "id",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
} | {"vi", "zh"}


def sure(text: str) -> set[str]:
    return {hit.cause for hit in phrases.match(text) if hit.sure}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("The page you requested could not be found.", "not-found"),
        ("We can’t find the page you’re looking for", "not-found"),
        ("OOPS! THAT PAGE CAN’T BE FOUND.", "not-found"),
        ("The requested URL /a/b.html was not found on this server.", "not-found"),
        ("La página que está buscando no existe", "not-found"),
        ("LA PAGINA QUE ESTA BUSCANDO NO EXISTE", "not-found"),
        ("Die gewünschte Seite wurde nicht gefunden", "not-found"),
        ("Cette page n’existe plus", "not-found"),
        ("SAYFA BULUNAMADI", "not-found"),
        ("ページが 見つかりません", "not-found"),
        ("요청하신 페이지를 찾을수 없습니다", "not-found"),
        ("Cтраница не найдена", "not-found"),  # the first letter is Latin
        ("500 Internal Server Error", "http-error"),
        ("You don't have permission to access this page", "http-error"),
        ("You have sent too many requests", "rate-limit"),
        ("Checking your browser before accessing the site", "bot-wall"),
        ("Please confirm that you are not a robot", "captcha"),
        ("You need to enable JavaScript to run this app.", "js-required"),
        ("We use cookies to improve our service", "consent"),
        ("You must be logged in to view this page", "login"),
        ("This article is for subscribers only", "paywall"),
        ("This domain name may be for sale", "parked"),
        ("The site is down for scheduled maintenance", "maintenance"),
        ("Our website is under construction", "other"),
        ("Something has gone terribly wrong!", "http-error"),
        ("Hoppla, da ist leider etwas schiefgelaufen", "http-error"),
        ("Algo ha salido mal", "http-error"),
        ("Coś poszło nie tak", "http-error"),
        ("Что-то пошло не так", "http-error"),
        ("Κάτι πήγε στραβά", "http-error"),
        ("Bir şeyler ters gitti", "http-error"),
        ("You appear to be offline", "other"),
        ("Keine Internetverbindung", "other"),
        ("インターネットに接続されていません", "other"),
        ("Sie sind in Ihrem Land nicht verfügbar", "other"),
        ("Ce site n'est pas accessible depuis votre pays", "other"),
        ("¿Tienes más de 18 años?", "consent"),
        ("Bent u 18 jaar of ouder?", "consent"),
        ("Noi e i nostri fornitori archiviamo informazioni", "consent"),
        ("Vi og vores partnere gemmer oplysninger", "consent"),
        ("Relace vypršela", "login"),
        ("Solo para suscriptores", "paywall"),
        ("Please disable your ad blocker", "other"),
        ("Désactivez votre bloqueur de publicité", "other"),
        ("Este sitio ha sido bloqueado por orden judicial", "other"),
        ("Your browser does not support frames", "js-required"),
        ("Die gesuchte Seite ist leider verschwunden", "not-found"),
        ("Похоже, вы заблудились", "not-found"),
        ("The board requires you to be logged in", "login"),
        ("Parse error: syntax error, unexpected end of file", "http-error"),
        ("This is the default page for your domain", "parked"),
        ("El dominio se encuentra en parking", "parked"),
        ("Si vous êtes le propriétaire de ce site", "parked"),
        ("Estamos actualizando nuestra web", "other"),
        ("Sito in ricostruzione", "other"),
        ("Cookies are switched off in your browser", "js-required"),
        ("Bitte aktivieren Sie Cookies", "js-required"),
        ("В вашем браузере отключены cookies", "js-required"),
        ("La web no está disponible por el momento", "maintenance"),
        ("ระบบไม่สามารถใช้งานได้ชั่วคราว", "maintenance"),
        ("Je bent niet bevoegd om deze pagina te openen", "http-error"),
        ("ليس لديك إذن لعرض الملف", "http-error"),
        ("Abbiamo rilevato un traffico anomalo", "bot-wall"),
        ("Этот сайт не работает: работа сайта приостановлена", "other"),
        ("Your link has expired", "not-found"),
        ("Odkaz již není platný", "not-found"),
    ],
)
def test_a_message_tells_its_cause(text: str, cause: str) -> None:
    assert cause in sure(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry",
        "Error",
        "404",
        "Oops!",
        "Bus 404 leaves at noon.",
        "She said sorry and left.",
        "The statue has been removed from the square.",
        "A human error led to the delay, the report says.",
        "No trace of the crew was found on the island.",
        "The painting could not be found in any archive of the town.",
        "Robots now pick most of the tomatoes.",
        "The bridge is closed until June.",
        "He was denied access to his lawyer for two days.",
    ],
)
def test_a_bare_word_or_a_sentence_of_an_article_is_no_message(text: str) -> None:
    assert not {hit.cause for hit in phrases.match(text) if hit.sure and not hit.whole}


@pytest.mark.parametrize("text", ["Error 404", "Fehler 404", "Ошибка 404", "404 エラー", "خطأ 404", "Erreur 404 !"])
def test_a_status_beside_the_word_for_error_is_sure_in_every_language(text: str) -> None:
    assert phrases.match(text)[0].sure
    assert phrases.match(text)[0].cause == "not-found"


@pytest.mark.parametrize("text", ["Oops!", "Lo sentimos", "Entschuldigung", "申し訳ございません。", "Désolé"])
def test_an_apology_alone_hints_at_an_error(text: str) -> None:
    assert phrases.match(text)


def test_a_hit_quotes_the_words_as_they_stand() -> None:
    hit = phrases.match("Sorry — the Page you were looking for doesn’t exist!")[0]
    assert hit.words == "Page you were looking for doesn’t exist"


def test_decoration_does_not_keep_a_message_from_being_the_whole_text() -> None:
    assert phrases.match("Oops! Error 404: Page not found")[0].whole
    assert not phrases.match("Page not found, and forty more things that annoy readers of this paper")[0].whole


def test_the_share_tells_a_message_from_a_headline_that_quotes_it() -> None:
    message = phrases.match("The page you requested was not found")[0]
    headline = phrases.match("Why “page not found” is the sentence that museums and archives fear more than any other")[
        0
    ]
    assert headline.share < 0.4 < message.share


def test_no_more_than_one_sure_hit_and_one_hint_for_each_cause() -> None:
    hits = phrases.match("Page not found. The page you requested does not exist. We can't find that page. Not found.")
    assert len({(hit.cause, hit.sure) for hit in hits}) == len(hits)


def test_sure_hits_come_first() -> None:
    strengths = [hit.sure for hit in phrases.match("Please log in. The page you requested was not found.")]
    assert strengths == sorted(strengths, reverse=True)


def test_text_far_down_a_long_block_is_not_looked_at() -> None:
    assert not sure("word " * phrases.LONGEST + "the requested page was not found")


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Page not found - The Harbour Post", "Page not found"),
        ("The Harbour Post | 404", "404"),
        ("Harbour Post: Page not found", "Page not found"),
        ("【404】港湾新報", "404"),
    ],
)
def test_a_title_is_split_from_the_name_of_the_site(title: str, part: str) -> None:
    assert part in phrases.title_parts(title)


def test_a_headline_is_not_split_at_its_colon() -> None:
    assert "404" not in phrases.title_parts("404: a short history of the best known number of the web")


@pytest.mark.parametrize(
    "text",
    [
        "The response status code indicates that the client has sent too many requests.",
        "A broken link is one that leads nowhere, like a bridge without its far end.",
        "It is shown when a visitor follows a sign to a room that the museum has closed.",
        "Der Statuscode bedeutet, dass der Server die Datei nicht hat.",
        "404 is one of the many response codes that a miller never meets.",
        "Det är en av nätets kändaste felkoder, och den är en standardfelkod i protokollet.",
        "Het is een bekende foutcode, die zegt dat het blad ontbreekt.",
        "Это самый известный код ответа, который знает мельник.",
        "Une erreur 404 signifie que le chemin ne mène nulle part.",
        "L'errore 404 è uno dei codici di stato più noti.",
        "Statuskoden 404 betyder att servern saknar bladet.",
        "Chybový kód 404 znamená, že server list nemá.",
        "Помилка 404 означає, що аркуша на сервері немає.",
        "Σφάλμα 404 σημαίνει ότι ο δρόμος δεν οδηγεί πουθενά.",
        "Kode status 404 berarti lembarnya tidak ada di server.",
        "خطأ 404 يعني أن الورقة ليست على الخادم.",
        "404はその紙が棚にないという意味です。",
        "사용자가 요청한 종이가 서버에 없을 때 나타난다.",
        "当用户输入了不存在的门牌号时，服务器就这样回答。",
    ],
)
def test_texts_that_explain_errors_are_told(text: str) -> None:
    assert phrases.explains(text)


@pytest.mark.parametrize(
    "text",
    [
        "The page you requested was not found.",
        "You may have followed a broken link, or the page is gone.",
        "Die Seite ist unter dieser Adresse nicht zu finden.",
        "La pagina richiesta non è stata trovata: codice di errore 404.",
        "Ошибка 404: страница, которую вы ищете, удалена.",
        "お探しのページは見つかりませんでした。",
    ],
)
def test_texts_that_report_errors_explain_none(text: str) -> None:
    assert not phrases.explains(text)


def test_every_language_most_met_on_the_web_has_a_file() -> None:
    assert {path.stem for path in DATA.glob("*.toml")} >= LANGUAGES


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_every_pattern_of_a_language_compiles_and_needs_a_word(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(data) <= {"slots", "decoration", "around", "unspaced", "errors", "pages", "explains", "guides", "works"}
    for section in ("errors", "pages", "explains", "guides", "works"):
        for phrase in phrases._phrases(path.stem, data, section):
            assert phrase.pattern.required, phrase.source
            assert not phrase.is_all_of(""), phrase.source


@pytest.mark.parametrize("source", ["(page|site", "page)", "{nothing} found", "[page"])
def test_a_wrong_pattern_is_refused_by_name(source: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        patterns.parse(source, {}, unspaced=False)


def test_the_pattern_language_knows_choice_option_gap_slot_and_stem() -> None:
    pattern = patterns.parse("[the] {page} * (gone|lost) forev~", {"page": "page|file"}, unspaced=False)
    expression = re.compile(pattern.expression)
    assert expression.fullmatch(patterns.spelt(["the", "file", "is", "sadly", "lost", "forever"]))
    assert expression.fullmatch(patterns.spelt(["page", "gone", "forevermore"]))
    assert not expression.fullmatch(patterns.spelt(["the", "page", "forever"]))


@given(st.text(max_size=300))
def test_any_text_can_be_matched(text: str) -> None:
    for hit in phrases.match(text):
        assert 0 < hit.share <= 1
    phrases.explains(text)
    phrases.title_parts(text)


@given(st.text(max_size=80))
def test_the_form_of_a_text_is_its_own_form(text: str) -> None:
    assert patterns.form(patterns.form(text)) == patterns.form(text)


@pytest.mark.parametrize(
    "title",
    [
        "How to fix a 404 error",
        "Cookies aktivieren: so geht es",
        "Que faire en cas d’erreur 404 ?",
        "403エラーの対処法",
    ],
)
def test_a_title_that_announces_help_is_told_from_a_message(title: str) -> None:
    assert phrases.guides(title)


@pytest.mark.parametrize("title", ["Page not found", "Why have I been blocked?", "Seite nicht gefunden"])
def test_a_message_announces_no_help(title: str) -> None:
    assert not phrases.guides(title)
