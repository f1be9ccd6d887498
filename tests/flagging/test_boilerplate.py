"""What stands around an article and is none of it, in the languages of the web, and what only sounds so."""

from __future__ import annotations

import pytest

from triage.flagging import boilerplate
from triage.flagging.subject import Findings, Subject
from triage.model import Article, Block, Evidence, Flag, Media

STORY = (
    (
        "The harbour council voted on Monday to rebuild the old ferry pier, which has stood empty since the winter "
        "storms tore away its roof and half of the planks along the northern side."
    ),
    (
        "Ferries will call there again from next spring, the council said, and the fishermen who mend their nets in "
        "the shed beside it may stay until the new building has been finished."
    ),
    (
        "Not everybody is glad about it. The baker at the corner of the old quay fears that her customers, most of "
        "whom come by bicycle, will have nowhere to leave them while the cranes are at work."
    ),
    (
        "A first drawing of the pier hangs in the town hall, where anyone who wants may write down what they think "
        "of it, and the mayor has promised to read every page before the next meeting."
    ),
)


def find(*lines: str | Block, title: str | None = None, media: Media = "html", taken: tuple[int, ...] = ()) -> Findings:
    blocks = tuple(line if isinstance(line, Block) else Block("paragraph", line) for line in lines)
    article = Article(title=title, language="en", blocks=blocks)
    return boilerplate.find(Subject(article, Evidence(), media), frozenset(taken))


def told(findings: Findings) -> list[tuple[str | None, int | None, int | None]]:
    return [(flag.cause, flag.first, flag.last) for flag in findings.flags]


def tail(*lines: str | Block) -> list[tuple[str | None, int | None, int | None]]:
    """What is found in lines below an article, numbered from 0."""
    return [
        (cause, first and first - len(STORY), last and last - len(STORY))
        for cause, first, last in told(find(*STORY, *lines))
    ]


def tail_of_text(*lines: str) -> list[tuple[str | None, int | None, int | None]]:
    found = told(find(*STORY, *lines, media="text"))
    return [(cause, first and first - len(STORY), last and last - len(STORY)) for cause, first, last in found]


def link(text: str) -> Block:
    return Block("list-item", text, links=1.0)


# disclaimers


def test_a_disclaimer_with_its_label_is_one_flag() -> None:
    notice = "Gull Radio passes this report on without warranty of any kind and accepts no liability for its accuracy."
    flag: Flag = find(*STORY, "Legal Disclaimer:", notice).flags[0]
    assert (flag.kind, flag.cause, flag.first, flag.last, flag.rule) == (
        "boilerplate",
        "disclaimer",
        4,
        5,
        "disclaimer",
    )
    assert flag.confidence >= 0.85
    assert "without warranty of any kind" in flag.reason


@pytest.mark.parametrize(
    "line",
    [
        "The views expressed in this column are the author's own and do not necessarily reflect those of Gull Radio.",
        "This report came from an agency and has not been edited by our staff. We are not liable for its content.",
        "Las opiniones expresadas son del autor y no reflejan necesariamente las de esta radio.",
        "Für die Richtigkeit und Vollständigkeit der Angaben übernehmen wir keine Haftung.",
        "Les propos exprimés n'engagent que leur auteur et ne reflètent pas nécessairement ceux de la radio.",
        "As opiniões expressas são da responsabilidade do autor e não refletem necessariamente as da rádio.",
        "Le opinioni espresse sono dell'autore e non riflettono necessariamente quelle della radio.",
        "Мнение автора может не совпадать с мнением редакции.",
        "本文仅代表作者个人观点，与本台立场无关。",
        "掲載情報の正確性について、当局は一切の責任を負いません。",
        "이 글은 필자의 개인적인 견해이며 본지의 편집 방향과 다를 수 있습니다.",
        "De meningen in dit stuk zijn van de auteur en weerspiegelen niet noodzakelijk die van de radio.",
        "Redakcja nie ponosi odpowiedzialności za treść komentarzy.",
        "Yazıdaki görüşler yazara aittir, sitemiz sorumlu tutulamaz.",
        "Redakce nenese odpovědnost za obsah příspěvků a názory autorů.",
        "Quan điểm trong bài là của tác giả và không phản ánh quan điểm của đài.",
        "Isi artikel sepenuhnya menjadi tanggung jawab penulis dan tidak mencerminkan pandangan redaksi.",
        "مسئولیت مطالب بر عهده نویسنده است و لزوما بیانگر نظر رادیو نیست.",
        "Texten utgör ingen finansiell rådgivning, och historisk avkastning är ingen garanti.",
        "Teksten udgør ikke juridisk rådgivning.",
        "Artikkelen erstatter ikke et besøk hos legen.",
        "Kolumni on kirjoittajan oma näkemys, eikä se ole sijoitussuositus.",
        "Az írás nem minősül befektetési tanácsadásnak.",
        "Textul nu constituie consultanță juridică.",
        "Το κείμενο δεν αποτελεί επενδυτική συμβουλή.",
        "Матеріал не є інвестиційною порадою.",
        "الآراء الواردة تعبر عن رأي كاتبها ولا تعبر عن موقف الإذاعة.",
        "The page was machine translated for Gull Radio.",
        "Gull Radio is not responsible for the content of this press release, which was provided by the harbour.",
        "Der Artikel wurde für Möwenfunk automatisch übersetzt.",
        "Cet article ne remplace pas l'avis d'un médecin; ces conseils ne remplacent pas une consultation.",
        "El texto fue traducido automáticamente para Radio Gaviota.",
        "Le informazioni di Radio Gabbiano non sostituiscono il parere di un medico.",
        "Tekst przetłumaczono automatycznie dla Radia Mewa.",
        "Статья для Радио Чайка переведена автоматически.",
        "本文不能代替医生的意见。",
    ],
)  # fmt: skip
def test_disclaimers_of_many_languages_below_an_article_are_found(line: str) -> None:
    assert tail(line) == [("disclaimer", 0, 0)]


@pytest.mark.parametrize(
    "line",
    [
        "The harbour made an offer to buy shares of the ferry.",
        "Nobody on the quay is suitable for all of it.",
        "Letters to the island are translated automatically nowadays.",
        "The baker has replaced the doctor at the choir.",
        "Die Möwen ersetzen keinen Arzt.",
        "Les lettres sont traduites automatiquement depuis lundi.",
        "La oferta de compra llegó por barco.",
        "Мнение смотрителя о чайках не совпадает с мнением его жены.",
    ],
)
def test_the_last_lines_of_articles_that_sound_like_disclaimers_are_kept(line: str) -> None:
    assert tail(line) == []


def test_a_disclaimer_amid_an_article_is_found_where_it_says_little_else() -> None:
    notice = "The information given here is not to be construed as legal or financial advice."
    assert told(find(*STORY[:2], notice, *STORY[2:])) == [("disclaimer", 2, 2)]
    remark = "Whether the pier was ever legal is not for the baker to say, and her advice is not to be had."
    assert told(find(*STORY[:2], remark, *STORY[2:])) == []


@pytest.mark.parametrize(
    "line",
    [
        "Trading puts your money at risk.",
        "Geldanlagen bergen das Risiko, Kapital zu verlieren.",
        "Tout investissement comporte un risque de perte.",
        "Ogni investimento ha un rischio di perdita.",
        "Инвестиции связаны с риском убытков.",
        "Investering har risiko for tab.",
        "Her yatırım risk taşır, sermaye kaybı olabilir.",
        "Đầu tư luôn có rủi ro mất vốn.",
    ],
)
def test_warnings_of_risk_below_an_article_are_disclaimers_in_many_languages(line: str) -> None:
    assert tail(line) == [("disclaimer", 0, 0)]


def test_the_first_sentence_of_an_article_on_such_risks_is_kept() -> None:
    lead = "Investing in the pier carries the risk of losing all of the capital, the bakers of the harbour found."
    story = [f"{text} Bakers who were investing capital in the pier and the harbour lost it." for text in STORY]
    assert told(find(lead, *story)) == []


def test_an_article_that_tells_of_liability_is_kept() -> None:
    line = (
        "The council's lawyer doubts that the builder can be held liable for planks that the storm took, since the "
        "contract of 1998, which nobody has found so far, is said to speak of the sea at length."
    )
    assert find(*STORY[:2], line, *STORY[2:]).flags == ()


def test_a_label_that_discloses_nothing_is_kept() -> None:
    assert find(*STORY[:2], Block("heading", "Disclosure"), *STORY[2:]).flags == ()


def test_terms_that_are_the_page_itself_are_kept() -> None:
    terms = [
        f"Gull Radio makes no warranty as to programme {n} and accepts no liability for its accuracy."
        for n in range(40)
    ]
    assert find(*terms, title="Disclaimer").flags == ()


# comment stubs


@pytest.mark.parametrize(
    "lines",
    [
        ("Comments", "No comment"), ("0 Comments",), ("Leave a Reply", "Your email address will not be published."),
        ("Comentarios", "Todavía no hay comentarios"), ("Kommentare", "Noch keine Kommentare vorhanden"),
        ("Commentaires", "Aucun commentaire"), ("コメント", "まだコメントはありません"), ("评论", "暂无评论"),
        ("Комментарии", "Комментариев пока нет"), ("Reacties", "Er zijn nog geen reacties"),
        ("Komentarze", "Brak komentarzy"), ("Yorumlar", "Henüz yorum yapılmamış"), ("댓글", "등록된 댓글이 없습니다"),
        ("Komentáře", "Zatím žádné komentáře"), ("Bình luận", "Chưa có bình luận"), ("Komentar", "Belum ada komentar"),
        ("Comentários", "Nenhum comentário"), ("Commenti", "Nessun commento"), ("نظرات", "هنوز نظری ثبت نشده است"),
    ],
)  # fmt: skip
def test_comment_stubs_below_an_article_are_one_flag(lines: tuple[str, ...]) -> None:
    assert tail(*lines) == [("comments", 0, len(lines) - 1)]


def test_comments_announced_high_up_are_kept() -> None:
    assert find(STORY[0], "Comments", *STORY[1:]).flags == ()


# consent, share, subscribe


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to make this site better. By continuing you agree to our cookie policy.",
        "Wir verwenden Cookies, um Inhalte zu personalisieren. Mit der Nutzung stimmen Sie dem zu.",
        "Utilizamos cookies para mejorar la navegación. Si continúa navegando acepta su uso.",
        "Nous utilisons des cookies pour améliorer ce site. En continuant, vous acceptez leur utilisation.",
        "当サイトではCookieを使用しています。閲覧を続けることで同意したものとみなします。",
        "Мы используем файлы cookie. Продолжая пользоваться сайтом, вы соглашаетесь с этим.",
    ],
)
def test_consent_text_is_found_wherever_it_stands(line: str) -> None:
    assert told(find(*STORY[:2], line, *STORY[2:])) == [("consent", 2, 2)]


def test_a_share_of_something_is_no_word_of_another_language() -> None:
    assert told(find(*STORY[:2], "Share of the catch", *STORY[2:])) == []


def test_an_article_about_cookies_is_kept() -> None:
    line = (
        "Browsers send small files called cookies back to the server that set them, which is how a shop knows a basket "
        "from one page to the next, and how an advertiser knows a reader from one paper to the next."
    )
    assert find(*STORY[:2], line, *STORY[2:], title="How browsers remember").flags == ()


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("Share", "share"), ("Share this article", "share"), ("Facebook Twitter WhatsApp", "share"),
        ("Auf Facebook teilen", "share"), ("Compartir en Twitter", "share"), ("Поделиться", "share"),
        ("Subscribe to our newsletter", "subscribe"), ("Abonnez-vous à notre newsletter", "subscribe"),
        ("Newsletter abonnieren", "subscribe"), ("Advertisement", "placeholder"), ("Anzeige", "placeholder"),
        ("© 2024 Gull Radio. All rights reserved.", "copyright"), ("Back to top", "navigation"),
        ("Nach oben", "navigation"),
    ],
)  # fmt: skip
def test_labels_of_a_site_are_struck_amid_an_article(line: str, cause: str) -> None:
    assert told(find(*STORY[:2], line, *STORY[2:])) == [(cause, 2, 2)]


def test_lines_that_begin_like_links_are_struck_as_links_below_the_article_and_where_they_recur() -> None:
    line = "Read more: What the pier costs"
    assert told(find(*STORY[:2], Block("paragraph", line, links=0.9), *STORY[2:])) == [("related", 2, 2)]
    assert tail(line) == [("related", 0, 0)]
    recurring = [text for story in STORY for text in (story, f"Read more: {story[:30]}")]
    assert [first for _, first, _ in told(find(*recurring))] == [1, 3, 5, 7]
    assert told(find(*STORY[:2], line, *STORY[2:])) == []  # a pointer of the author's own


def test_names_of_networks_under_a_share_label_belong_to_it() -> None:
    assert tail("Share this article", "Facebook", "WhatsApp", "Email") == [("share", 0, 3)]


def test_one_network_named_alone_is_kept() -> None:
    assert find(*STORY[:2], Block("heading", "Facebook"), *STORY[2:]).flags == ()


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Tuesday",
        "Related work has been done on gulls",
        "Comment is free",
        "Signs of the quay",
        "Follow the sea",
        "Email marketing for bakers and their clients",
    ],
)
def test_headlines_that_begin_like_labels_are_kept(line: str) -> None:
    assert find(*STORY[:2], Block("heading", line), *STORY[2:]).flags == ()


def test_steps_of_a_how_to_are_kept() -> None:
    steps = [
        Block("list-item", text)
        for text in ("Log in to your account at the town hall.", "Sign up with the harbour master.")
    ]
    assert find(*STORY[:2], *steps, *STORY[2:]).flags == ()


# related links and author boxes


def test_links_under_a_label_belong_to_it() -> None:
    links = [
        link("What the pier costs"),
        link("Fishermen may stay until spring"),
        link("Baker fears for her customers"),
    ]
    assert told(find(*STORY, Block("heading", "Related articles"), *links)) == [("related", 4, 7)]


def test_a_label_of_links_makes_no_author_box_of_the_prose_below_it() -> None:
    assert told(find(*STORY[:2], "More From This Section", *STORY[2:], media="text")) == [("author", 2, 2)]


def test_one_headline_at_the_end_of_a_text_may_be_the_link_under_a_label() -> None:
    below = tail_of_text("You may also like", "How the old mill got its second wheel back")
    assert below == [("related", 0, 1)]


def test_prose_under_such_a_label_is_kept() -> None:
    assert find(*STORY[:2], Block("heading", "Related articles"), *STORY[2:]).flags == ()


def test_an_author_box_at_the_end_is_struck_with_its_paragraph() -> None:
    box = "Ada Gull has written about harbours for twenty years and lives on a boat."
    assert tail(Block("heading", "About the author"), box) == [("author", 0, 1)]


# the whole


def test_blocks_taken_by_other_flags_are_left_to_them() -> None:
    assert find(*STORY, "Comments", "No comment", taken=(4, 5)).flags == ()


def test_the_tail_of_the_founding_shape_is_boilerplate_and_nothing_else_is() -> None:
    notice = (
        "Gull Radio provides the report “as is” without warranty of any kind. We do not accept any responsibility or "
        "liability for its accuracy, content or pictures. Kindly contact the provider above."
    )
    findings = find(*STORY, "Legal Disclaimer:", notice, "Comments", "No comment", media="text")
    assert told(findings) == [("disclaimer", 4, 5), ("comments", 6, 7)]


def test_a_clean_article_gets_nothing() -> None:
    assert find(Block("heading", "Ferry pier to be rebuilt"), *STORY) == Findings()


def test_an_empty_page_gets_nothing() -> None:
    assert find() == Findings()


# lines nobody listed


def below(*lines: str, language: str) -> list[str | None]:
    """What is found in lines below an article in another language's words."""
    blocks = tuple(Block("paragraph", text) for text in (*STORY, *lines))
    article = Article(language=language, blocks=blocks)
    return [flag.cause for flag in boilerplate.find(Subject(article, Evidence(), "text"), frozenset()).flags]


@pytest.mark.parametrize(
    ("line", "language", "cause"),
    [
        ("Bliv den første til at skrive en kommentar", "da", "comments"),
        ("Tilaa uutiskirjeemme sähköpostiisi", "fi", "subscribe"),
        ("Trimite articolul prietenilor pe WhatsApp", "ro", "share"),
        ("Läs också", "sv", "related"),
        ("0 comments so far", "en", "comments"),
        ("Name (Pflichtfeld)", "de", "comments"),
        ("Läs mer: Bagaren gav bort sin deg", "sv", "related"),
        ("Følg Havneposten på Facebook, Instagram og YouTube", "no", "share"),
        ("Dieser Kommentar wurde ausgeblendet.", "de", "comments"),
        ("Rispondi al commento", "it", "comments"),
        ("Hier hat noch niemand kommentiert.", "de", "comments"),
        ("Votre commentaire sera visible après validation.", "fr", "comments"),
        ("Vond je dit een leuk verhaal? Stuur het door.", "nl", "share"),
        ("Receba todas as semanas as notícias do porto.", "pt", "subscribe"),
        ("Meld deg på nyhetsbrevet vårt.", "no", "subscribe"),
        ("She can be reached at the.writer@post.example and on Mastodon.", "en", "author"),
        ("Some links on this page earn us a commission.", "en", "disclaimer"),
        ("Weboldalunk sütiket használ, kérjük fogadja el.", "hu", "consent"),
        ("Редакція не несе відповідальності за думки авторів.", "uk", "disclaimer"),
        ("Οι απόψεις των συντακτών δεν εκφράζουν τη γνώμη του εκδότη.", "el", "disclaimer"),
    ],
)
def test_lines_below_an_article_are_told_by_their_words_alone(line: str, language: str, cause: str) -> None:
    assert below(line, language=language) == [cause]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Kommentarer från måsarna saknas", "sv"),
        ("9 comments by the bishop", "en"),
        ("Lue tarina saunan kissasta", "fi"),
        ("Abonații teatrului au plecat la mare", "ro"),
    ],
)
def test_lines_with_words_of_their_own_are_kept(line: str, language: str) -> None:
    assert below(line, language=language) == []


@pytest.mark.parametrize("line", ["1. Open Strong.", "Sign up for the Gull Parade", "No comments yet from the bishop"])
def test_a_line_that_begins_like_a_label_and_goes_on_is_kept_amid_an_article(line: str) -> None:
    assert told(find(*STORY[:2], line, *STORY[2:])) == []


@pytest.mark.parametrize(
    "line",
    [
        "The copyright in the drawing is with the baker, who gave it to the town.",
        "Back to the quay, where the fishermen have begun to count the planks.",
        "Advertisement pillars on the quay are to stand until the spring.",
        "About the author of the drawing nobody at the town hall could tell much.",
        "Copying of the cellar keys has been prohibited since spring.",
        "Yes. We use cookies to remember your language, and for nothing else.",
        "Open the settings of your browser.",
        "Save £13.50",
        "Sign the second sheet, using a pencil",
    ],
)
def test_sentences_that_begin_like_notices_marks_and_labels_are_kept(line: str) -> None:
    assert told(find(*STORY[:2], line, *STORY[2:])) == []


@pytest.mark.parametrize(
    "line",
    [
        "Whoever copies a plan should look for “All rights reserved” on its back and ask the office first.",
        "注：图中蓝线为渡船航线，红线为步行道。",
        "注意：潮が高い日には、北の桟橋から船は出ません。",
    ],
)
def test_advice_and_notes_below_an_article_are_kept(line: str) -> None:
    assert told(find(*STORY, line)) == []


def test_an_item_after_which_the_sentence_goes_on_is_kept() -> None:
    item = "/opt/: tools and charts provided by third parties"
    assert tail(Block("list-item", f"{item};")) == []
    assert tail(Block("list-item", f"{item}.")) == [("disclaimer", 0, 0)]


def test_a_notice_without_quotation_marks_is_struck_below_an_article() -> None:
    assert tail("All rights reserved by the harbour office.") == [("copyright", 0, 0)]


def test_the_credit_of_a_picture_is_the_articles_own() -> None:
    assert told(find(*STORY[:2], "Photo: O. Ferrers / Reuters", *STORY[2:])) == []


def test_consent_text_that_was_taken_for_the_article_is_struck() -> None:
    notice = (
        "We use cookies and similar technologies to improve your experience. By continuing you agree to their use. "
    )
    found = find("Privacy Preferences", notice * 8, notice * 8, title="Harbour Post")
    assert {cause for cause, _, _ in told(found)} == {"consent"}


def test_a_long_consent_dialog_on_a_page_of_another_title_is_struck_and_a_guide_to_cookies_is_kept() -> None:
    notice = "We use cookies to measure visits. You can withdraw your consent at any time in the cookie settings. "
    technology = "These technologies help us to see how the site performs and whether somebody leaves it again. "
    page = ("Privacy Preference Center", notice * 10, notice * 8, technology * 9)
    assert {cause for cause, _, _ in told(find(*page, title="New harbour crane"))} == {"consent"}
    assert told(find(*page, title="What cookies and other technologies tell")) == []


def test_an_answer_on_a_page_of_short_answers_is_no_log_in_prompt() -> None:
    found = find("I cannot log in. What now?", "Your account may be blocked. Contact us by e-mail.", "Parking is free.")
    assert told(found) == []
