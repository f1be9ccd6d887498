"""The words of messages: what a text says beyond them."""

from __future__ import annotations

import pytest

from triage.flagging.own_words import own_share


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The page you requested could not be found. Please check the address or return to the home page."),
        ("de", "Die gesuchte Seite wurde nicht gefunden. Bitte prüfen Sie die Adresse oder nutzen Sie die Suche."),
        ("ja", "お探しのページは見つかりませんでした。移動または削除された可能性があります。"),
        ("ko", "요청하신 페이지를 찾을 수 없습니다. 주소를 다시 확인해 주세요."),
        ("vi", "Trang bạn tìm kiếm không tồn tại. Vui lòng quay lại trang chủ hoặc sử dụng ô tìm kiếm."),
    ],
)
def test_a_message_has_hardly_a_word_of_its_own(language: str, text: str) -> None:
    assert own_share(text, (language,)) < 0.34


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The parish council found the hands of the clock in the organ, where they had propped up the bellows."),
        ("de", "Seit Ostern läutet die große Glocke um elf Minuten vor zwölf, und der Mesner zerlegt das Uhrwerk."),
        ("ja", "商店街の入り口に立つ時計台の修理が終わり、十日ぶりに正しい時刻を示した。"),
        ("ko", "중앙시장 입구의 시계탑이 열흘 만에 다시 움직이기 시작했다."),
        ("vi", "Chú mèo mun của bà bán chè đã ngủ quên trên nóc chuyến xe đò cuối ngày và đi lạc tận bến sông."),
    ],
)
def test_prose_is_mostly_in_words_of_its_own(language: str, text: str) -> None:
    assert own_share(text, (language,)) > 0.5


def test_a_text_without_words_has_none_of_its_own() -> None:
    assert own_share("404 !", ("en",)) == 0.0
