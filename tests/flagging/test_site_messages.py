"""What sites tell their readers between the paragraphs: that a vote counted, that a map loads, what cookies are for."""

from __future__ import annotations

import pytest

from tests.flagging.test_noise import STORY, page
from triage.flagging import boilerplate, noise, own_words
from triage.flagging.noise_lines import weigh
from triage.flagging.noise_weight import SEED
from triage.model import Block


def level(line: str, language: str) -> int:
    weight = weigh(Block("paragraph", line), language)
    return weight.level if weight else 0


def struck(line: str) -> str | None:
    """The kind of boilerplate that a line amid the story is told as."""
    flags = boilerplate.find(page(*STORY[:2], line, *STORY[2:]), frozenset()).flags
    return flags[0].cause if flags else None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Your rating has been saved."), ("en", "We have received your comment and will read it."),
        ("de", "Ihre Stimme wurde gezählt"), ("fr", "Votre vote a bien été pris en compte."),
        ("es", "Gracias por tu opinión"), ("pt", "Seu voto foi registrado com sucesso"),
        ("it", "Registrazione completata con successo"), ("nl", "Je stem is opgeslagen"),
        ("sv", "Tack, din röst har sparats"), ("no", "Din stemme er lagret"), ("da", "Tak for dit svar"),
        ("fi", "Viestisi on lähetetty"), ("pl", "Twój komentarz został zapisany"),
        ("cs", "Váš komentář byl uložen"), ("sk", "Váš hlas bol uložený"), ("hu", "Köszönjük a szavazatát!"),
        ("ro", "Votul dumneavoastră a fost salvat"), ("ru", "Ваш отзыв принят"), ("uk", "Ваш голос прийнято"),
        ("tr", "Oyunuz kaydedildi"), ("ar", "تم حفظ تعليقك"), ("ja", "ご回答ありがとうございました"),
        ("zh", "投票成功"), ("ko", "댓글이 등록되었습니다"),
    ],
)  # fmt: skip
def test_a_form_that_says_it_was_sent_is_no_part_of_the_article(language: str, line: str) -> None:
    assert level(line, language) == SEED


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Wir haben gemerkt, dass Sie einen Werbeblocker nutzen."),
        ("fr", "Nous avons remarqué un bloqueur de publicités."),
        ("es", "Parece que usas un bloqueador de anuncios"), ("pt", "Percebemos que há um bloqueador ativo"),
        ("nl", "We zien dat je een adblocker gebruikt"), ("pl", "Zauważyliśmy, że działa adblock"),
        ("ru", "У вас включен блокировщик рекламы"), ("ja", "広告ブロックが有効です"), ("zh", "检测到广告屏蔽插件"),
        ("en", "Your browser has limited support for CSS, a browser version with limited support for CSS."),
        ("en", "We recommend that you switch to a newer browser."), ("en", "Please turn JavaScript on."),
        ("en", "Loading Instagram post"), ("en", "The survey is being loaded"), ("ru", "График загружается"),
        ("de", "Diese Folge ist leider nur in Österreich abrufbar"), ("de", "Karte immer laden"),
        ("en", "There was a problem loading the map. Reload?"),
    ],
)  # fmt: skip
def test_what_keeps_a_widget_from_showing_is_noise(language: str, line: str) -> None:
    assert level(line, language) == SEED


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The rating of the harbour was received with silence by the crew."),
        ("en", "We have received your basket of gulls, the keeper wrote."),
        ("en", "The browser of old maps recommends that you bring a lamp."),
        ("en", "The story of the lamp is reserved for the keeper's grandson."),
        ("en", "The order is being processed by the bishop."),
        ("de", "Ein Fehler ist aufgetreten, sagte der Wärter."),
        ("fr", "Une erreur s'est produite, selon le gardien."),
        ("es", "Se produjo un error, según el guarda."),
        ("ru", "Произошла ошибка, сообщил смотритель."),
        ("fr", "Les membres du chœur peuvent voter."),
        ("vi", "Sau mùa mưa, người gác đèn có thể tìm lại các con thuyền không về bến và báo cho trang trại."),
    ],
)
def test_what_somebody_tells_is_the_article_s(language: str, line: str) -> None:
    assert level(line, language) < SEED


def test_syllables_that_stand_together_in_no_message_make_none() -> None:
    message, sentence = "Không thể tải video. Vui lòng thử lại sau.", "Nội dung của con thuyền là gói quà của bến cũ"
    assert own_words.unheard(message, "vi") + 0.2 < own_words.unheard(sentence, "vi")
    assert level(message, "vi") == SEED
    assert level(sentence, "vi") == 0


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("Ad Feedback", "placeholder"), ("Audio on ad was too loud for me", "placeholder"),
        ("End of YouTube video by Gull Radio", "placeholder"), ("Watch it on TikTok", "placeholder"),
        ("Results will be shown after voting", "share"), ("This survey is now closed", "share"),
        ("No votes so far", "share"), ("Space to play or pause, left and right to go on", "navigation"),
        ("Use left and right arrows to move between pictures", "navigation"),
        ("Data delayed by at least 20 minutes", "disclaimer"), ("Get push notifications at once", "subscribe"),
        ("Cookie declaration last updated in May", "consent"), ("Your choices apply to this website", "consent"),
        ("Opt out of sale or sharing of your data", "consent"), ("Copyright 2012 Gull Radio", "copyright"),
    ],
)  # fmt: skip
def test_boxes_around_the_article_are_told_by_their_own_words(line: str, cause: str) -> None:
    assert struck(line) == cause


@pytest.mark.parametrize(
    "line",
    [
        "The ad was too loud for the gulls.",
        "An end of the video trade on the quay is in sight.",
        "Results will be shown to the council after the voting.",
        "The survey of the seabed was closed in May.",
        "You can change your mind at any time before the ferry sails.",
        "By using the old rails you agree with the bishop that the tram was a mistake.",
        "Supported by two columns, the roof has held for a century.",
        "Be the first to know the tide, and the harbour is yours.",
        "Copyright 20 years after the great storm is no matter for the harbour.",
    ],
)
def test_sentences_with_the_same_words_are_kept(line: str) -> None:
    assert struck(line) is None
    assert not noise.find(page(*STORY[:2], line, *STORY[2:])).flags


def test_a_long_consent_text_is_told_by_one_phrase_where_the_article_speaks_of_nothing_it_does() -> None:
    text = (
        "We place cookies here. Some of them are needed, the rest tell us how often somebody came by, what was read "
        "most and how people got here, so that whoever looks after all of this knows what to do next and what to "
        "leave as it is for everybody who comes back."
    )
    assert struck(text) == "consent"
    own = text.replace("somebody", "the baker").replace("was read", "customers bought")
    shop = (
        "The baker has kept count of her customers for years, whoever they were, in a grey book that lies beside the "
        "till and that nobody but her may open."
    )
    article = (*STORY, shop)
    assert not boilerplate.find(page(*article[:3], own, *article[3:]), frozenset()).flags


def test_the_lines_of_a_consent_dialog_that_nobody_listed_go_with_those_beside_them() -> None:
    listed, own = "We use cookies to make this site better.", "A cookie of this kind is gone once you leave."
    flags = boilerplate.find(page(*STORY[:2], listed, own, *STORY[2:]), frozenset()).flags
    assert [(flag.cause, flag.first, flag.last) for flag in flags] == [("consent", 2, 3)]
    label = boilerplate.find(page(*STORY[:2], listed, "Gull tracking", *STORY[2:]), frozenset()).flags
    assert [(flag.first, flag.last) for flag in label] == [(2, 2)]
    told = "The baker sells a cookie of this kind to customers on the pier."
    article = (*STORY, f"{STORY[2]} Customers love the pier, and the baker does.")
    (flag,) = boilerplate.find(page(*article[:2], listed, told, *article[2:]), frozenset()).flags
    assert (flag.first, flag.last) == (2, 2)
