"""Which lines of a good page are error noise, and which only look like it."""

from __future__ import annotations

import pytest

from triage.flagging import noise
from triage.flagging.subject import Findings, Subject
from triage.model import Article, Block, BlockKind, Evidence, Flag

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


LONG = (
    *STORY,
    (
        "The old lamp on the breakwater, which was lit by hand until the year the railway came, will be hung again "
        "over the ticket window, although nobody has yet found the small brass key with which it was wound."
    ),
    (
        "Children from both schools have been asked to paint the wooden walls of the waiting room, and their teachers "
        "say that most of them want whales, a few want dragons, and one would like a picture of her grandmother."
    ),
)


def page(*lines: str | Block, title: str | None = None, hidden: tuple[str, ...] = ()) -> Subject:
    blocks = tuple(line if isinstance(line, Block) else Block("paragraph", line) for line in lines)
    return Subject(Article(title=title, language="en", blocks=blocks), Evidence(hidden=hidden))


def spans(findings: Findings) -> list[tuple[int | None, int | None]]:
    return [(flag.first, flag.last) for flag in findings.flags]


def only_flag(*lines: str | Block) -> Flag:
    (flag,) = noise.find(page(*lines)).flags
    return flag


# at the head


def test_the_first_lines_of_the_founding_shape_are_one_flag() -> None:
    flag = only_flag(
        "403", "Sorry!!", "Error! We're sorry, but the page you asked for doesn't exist.",
        "Council votes to rebuild the ferry pier", *STORY,
    )  # fmt: skip
    assert (flag.kind, flag.cause, flag.first, flag.last) == ("error-noise", "not-found", 0, 2)
    assert flag.rule == "noise-at-head"
    assert flag.confidence >= 0.9
    assert "page you asked for doesn't exist" in flag.reason


@pytest.mark.parametrize(
    "lines",
    [
        ("404 Not Found", "nginx"),
        ("Access Denied",),
        ("Página no encontrada", "Volver al inicio"),
        ("Seite nicht gefunden", "Zurück zur Startseite"),
        ("ページが見つかりません", "トップへ戻る"),
        ("Ошибка 404", "Страница не найдена"),
        ("503 Service Temporarily Unavailable",),
        ("Checking your browser before accessing", "gulls.example.", "Please allow up to 5 seconds…"),
    ],
)  # fmt: skip
def test_messages_above_an_article_are_struck_whole(lines: tuple[str, ...]) -> None:
    assert spans(noise.find(page(*lines, *STORY))) == [(0, len(lines) - 1)]


def test_short_strange_lines_above_the_message_belong_to_it() -> None:
    assert spans(noise.find(page("Gullnet", "Page not found", *STORY))) == [(0, 1)]


def test_the_headline_above_a_message_is_kept() -> None:
    assert spans(noise.find(page("Ferry pier to be rebuilt", "Page not found", *STORY))) == [(1, 1)]


def test_a_message_goes_on_over_lines_that_talk_of_pages_and_addresses() -> None:
    lines = ("Page not found", "Please check the address you typed or go back to the home page.")
    assert spans(noise.find(page(*lines, *STORY))) == [(0, 1)]


# at the tail and inside


def test_messages_below_an_article_are_struck() -> None:
    flag = only_flag(*STORY, "Not Found", "The requested URL /pier.html was not found on this server.")
    assert (flag.first, flag.last, flag.rule) == (4, 5, "noise-at-tail")


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("Oops! Something went wrong while submitting the form.", "other"),
        ("Error loading comments", "other"),
        ("Sorry, there was a problem saving your cookie preferences.", "consent"),
        ("Loading...", "js-required"),
        ("Please enable JavaScript to view the comments.", "js-required"),
        ("This email address is being protected from spambots.", "bot-wall"),
        ("Warning: Undefined variable $pier in /srv/www/theme/single.php on line 12", "http-error"),
        ("Fatal error: Uncaught Error: Call to undefined function ferry() in /srv/a.php:3", "http-error"),
        ("at org.gulls.Nest.open(Nest.java:41)", "http-error"),
        ("The media could not be loaded.", "other"),
        ("Der Inhalt konnte nicht geladen werden.", "other"),
        ("Une erreur est survenue, veuillez réessayer.", "other"),
    ],
)  # fmt: skip
def test_faults_of_widgets_and_servers_amid_an_article_are_struck(line: str, cause: str) -> None:
    flag = only_flag(*STORY[:2], line, *STORY[2:])
    assert (flag.first, flag.last, flag.cause) == (2, 2, cause)


def test_a_message_with_its_server_amid_an_article_is_one_flag() -> None:
    assert spans(noise.find(page(*STORY[:2], "502 Bad Gateway", "nginx", *STORY[2:]))) == [(2, 3)]


def test_a_line_that_the_browser_hides_needs_less() -> None:
    line = "We had trouble, and so the page you wanted could not be found; call the quay if it goes on like this."
    assert spans(noise.find(page(*STORY[:2], line, *STORY[2:], hidden=(line,)))) == [(2, 2)]


# never a line of a good article


@pytest.mark.parametrize(
    "line",
    [
        "“Page not found,” said the sign on the baker's door.",
        "Sorry seems to be the hardest word on the quay",
        "Access denied: how the council kept the fishermen out of its own meeting for three years",
        "500",
        "Errors and omissions",
        "The error was mine.",
        "Back",
        "Home",
        "Loading dock to be moved",
        "The Moment – Nora Quill",
        "4.12. The request was blocked",
        "the page that was not found;",
        "with a message that the file could not be read by the server.",
    ],
)
def test_lines_of_an_article_that_sound_like_errors_are_kept(line: str) -> None:
    assert noise.find(page(*STORY[:2], line, *STORY[2:])).flags == ()


def test_a_message_the_article_announces_is_a_quotation() -> None:
    before = (
        "Whoever opens the timetable of the ferries on the council's site has for weeks seen nothing but this line:"
    )
    findings = noise.find(page(STORY[0], before, "Page not found", *STORY[1:]))
    assert findings.flags == ()
    assert any(trace.outcome == "nearly" for trace in findings.traces)


def test_an_article_about_errors_is_left_alone() -> None:
    about = (
        ("What a server means when it answers page not found is easily told: it knows no page of that name, and says "
        "so with a number that has become a household word, the 404."),
        ("A site does well to answer page not found in its own words, with a way home, rather than in those of the "
        "server, which frighten people who have never heard of servers."),
    )  # fmt: skip
    assert noise.find(page(*about, "Page not found", *STORY, title="What page not found means")).flags == ()


def test_a_setting_that_keeps_a_map_from_loading_is_named_as_a_fault_in_german() -> None:
    story = (
        "Der Hafenrat hat am Montag beschlossen, den alten Steg wieder aufzubauen, der seit den Stürmen des letzten "
        "Winters leer steht und dessen Dach in der Bucht gefunden wurde."
    )
    line = "Deine Einstellungen verhindern, dass die externe Karte geladen und angezeigt wird."
    blocks = tuple(Block("paragraph", text) for text in (story, line, story.replace("Montag", "Freitag")))
    assert spans(noise.find(Subject(Article(language="de", blocks=blocks), Evidence()))) == [(1, 1)]


@pytest.mark.parametrize("kind", ["code", "table-row", "quote"])
def test_code_tables_and_quotations_are_kept(kind: BlockKind) -> None:
    assert noise.find(page(*STORY[:2], Block(kind, "404 Not Found"), *STORY[2:])).flags == ()


def test_a_list_of_status_lines_is_kept() -> None:
    rows = [Block("list-item", text) for text in ("401 Unauthorized", "403 Forbidden", "404 Not Found")]
    assert noise.find(page(*STORY[:2], *rows, *STORY[2:])).flags == ()


def test_a_clean_article_gets_nothing() -> None:
    assert noise.find(page("Ferry pier to be rebuilt", *STORY)) == Findings()


def test_a_page_without_an_article_is_not_judged_line_by_line() -> None:
    findings = noise.find(page("404 Not Found", "nginx"))
    assert findings.flags == ()
    assert [trace.outcome for trace in findings.traces] == ["against"]


def test_an_empty_page_gets_nothing() -> None:
    assert noise.find(page()) == Findings()


# messages nobody listed


def found(*lines: str | Block, language: str = "en", title: str | None = None) -> list[tuple[int | None, int | None]]:
    blocks = tuple(line if isinstance(line, Block) else Block("paragraph", line) for line in lines)
    return spans(noise.find(Subject(Article(title=title, language=language, blocks=blocks), Evidence())))


@pytest.mark.parametrize(
    "line",
    [
        "The slideshow refused to open. Refresh your browser to retry.",
        "Your rating could not be saved.",
        "Timed out while waiting for the comment server",
        "You are using an ad blocker. Please switch it off.",
        "Loading related videos…",
        "{{ article.caption | escape }}",
        "HTTP/1.1 451 Unavailable For Legal Reasons",
        "Fetching the line-ups…",
        "Microsoft VBScript runtime error '800a000d'",
        "/shop/list.asp, line 77",
        "%%caption-text%%",
        "The forecast didn't load? Reload the page or try another browser?",
        "Please allow ads to keep reading.",
        "Use a newer browser to see this map.",
        "External media blocked",
        "This request was blocked by the harbour's web filter.",
        "Thank you for your enquiry. We will get back to you.",
        "We need your consent to load the harbour map!",
        "You are currently viewing placeholder content from Gull Maps. Click the button below to load the actual map.",
        "ActionView::Template::Error (undefined method `tide' for nil)",
        "Error de la base de datos de WordPress: [Unknown column 'tide' in 'field list']",
        "cURL error 28: Connection timed out after 5001 milliseconds",
        '[slider id="4" loop="true"]',
        "JavaScript is currently disabled. Please enable it for a better time at Gull Radio.",
        "Permission denied!",
        "(Preview not available)",
        "The login failed because the token has expired.",
        "The upload was rejected: the file is too large.",
    ],
)
def test_a_message_amid_an_article_is_struck_however_it_is_worded(line: str) -> None:
    assert found(*STORY[:2], line, *STORY[2:]) == [(2, 2)]


@pytest.mark.parametrize(
    "line",
    [
        "Something went wrong, and nobody on the quay could say what.",
        "The website was unavailable for three hours while votes were counted.",
        "The form could not be sent because the post office had burned down.",
        "Whoever clicked on the link saw the words “service unavailable” and went to bed.",
        Block("list-item", "Open the page again and click on the link."),
        Block("heading", "Your rating could not be saved."),
        Block("heading", "Page not found"),
        "“Page not found,” said the clerk and shut the folder.",
        "He could not load the video player and gave up.",
        "Yes. The form can be sent without cookies.",
        "Choose Privacy in the settings of your browser.",
        "Opening remarks…",
        "Meet the tools that made it the most widely used browser among map makers.",
        "Open the settings, pick a folder, and switch the pop-ups of other sites off.",
        "Something went wrong between the lighthouse and the shallow end of the bay.",
        "Medical Error: a history of it",
        "Access denied: how the islanders lost their own beach",
        "All you need is a connection and a tablet, no special software required.",
        "The key that nobody could find opened nothing.",
        "Loading hay and seaweed",
        "Permission to land!",
    ],
)
def test_a_sentence_with_words_of_its_own_a_step_and_a_heading_are_kept(line: str | Block) -> None:
    assert found(*STORY[:2], line, *STORY[2:]) == []


def test_a_message_that_is_broken_at_its_comma_is_one_flag() -> None:
    assert found("Sorry, the page you asked for was not found,", "please go back to", "brindle.example", *STORY) == [
        (0, 2)
    ]


def test_a_sentence_amid_lines_of_code_is_the_manuals_own() -> None:
    line = "Your rating could not be saved."
    code = Block("code", "ferry --list | sort")
    assert found(*STORY[:2], line, *STORY[2:]) == [(2, 2)]
    assert found(*STORY[:2], code, line, *STORY[2:]) == []
    assert found(*STORY[:2], code, "JavaScript is currently disabled. Please enable it.", *STORY[2:]) == [(3, 3)]


def test_somebody_who_says_that_we_were_wrong_is_no_message() -> None:
    assert found(*STORY, "We were wrong each time, and we would all like to be wrong once again.") == []
    assert found(*STORY, "Something went wrong on our end.") == [(4, 4)]


def test_a_message_about_something_with_a_name_is_struck_at_an_edge() -> None:
    assert found(*STORY, "JavaScript must be enabled for Gull Harbour Tides.") == [(4, 4)]


def test_a_line_of_a_text_dump_is_only_guessed_to_be_a_heading() -> None:
    line = Block("heading", "Error loading media: file could not be played", lines=(3, 3))
    assert found(*STORY[:2], line, *STORY[2:]) == [(2, 2)]


def test_a_line_beside_a_message_at_the_head_goes_with_it_and_a_note_on_the_article_does_not() -> None:
    message = "We could not load the page."
    assert found(message, "The thing you clicked on has gone for good.", *STORY) == [(0, 1)]
    assert found(message, "An older version of this article stood in the weekend section.", *STORY) == [(0, 0)]


@pytest.mark.parametrize(
    ("language", "story", "line"),
    [
        (
            "th",
            "นาฬิกาบนหอระฆังของวัดริมคลองเดินช้าลงปีละหนึ่งนาทีมาตั้งแต่สมัยคุณปู่ของเจ้าอาวาส แต่ชาวบ้านไม่มีใครยอมให้ช่างมาซ่อม",
            "กรุณาปิดโปรแกรมบล็อกโฆษณาเพื่ออ่านต่อ",
        ),
        (
            "he",
            "השעון שבכיכר כפר הנחל נעצר בכל יום באחת בצהריים ושב לפעול בשתיים, והמועצה החליטה שלא לתקן אותו.",
            "לא ניתן לצפות בסרטון הזה במדינה שלך.",
        ),
        (
            "no",
            (
                "Fyret på Vardholmen har stått mørkt siden i fjor høst, fordi vokteren har flyttet til byen for å lære "
                "seg å spille fløyte, og kommunen venter tålmodig på ham. Båtene finner hjem etter lukten av vafler."
            ),
            "Du bruker en annonseblokkerer. Slå den av for å lese videre.",
        ),
    ],
)
def test_messages_of_languages_that_write_less_or_no_stops_are_struck(language: str, story: str, line: str) -> None:
    assert found(story, line, story.replace(" ", "  "), language=language) == [(1, 1)]


def test_a_message_in_the_words_of_the_article_is_kept() -> None:
    story = [f"{text} The video player of the site failed to load the video again." for text in STORY]
    assert found(*story[:2], "The video player failed to load the video.", *story[2:]) == []


def test_lines_of_a_strange_language_beside_a_message_belong_to_it() -> None:
    lines = ("Siden ble ikke funnet", "Den kan ha blitt flyttet eller slettet, så prøv å gå til forsiden i stedet.")
    assert found(*STORY[:2], *lines, *STORY[2:]) == [(2, 3)]


@pytest.mark.parametrize(
    "lines",
    [
        ("Page not found", "Please go back to the", "home page", "or have a look at the", "map of the site."),
        ("Access to this page has been blocked.", "User:", "somebody", "URL:", "/index-7"),
        ("Gullnettet Forlag", "Siden ble ikke funnet", "Den kan ha blitt flyttet eller slettet.", "Prøv forsiden."),
        ("Access denied. Your account does not have the rights to open this resource.",),
        ("This domain name is for sale.",),
        ("Page not found", "Privacy Policy", "© 2016 Gullnet. All rights reserved."),
    ],
)
def test_the_pieces_of_a_notice_are_struck_with_it_amid_an_article(lines: tuple[str, ...]) -> None:
    assert found(*LONG[:3], *lines, *LONG[3:]) == [(3, 2 + len(lines))]


@pytest.mark.parametrize(
    "lines",
    [
        ("Page not found", "The baker's own words"),
        ("Page not found", "Documentation:", "Whoever wants to know how the winch works may write to the clerk of it."),
        ("Page not found", "ferries will call there again, say the fishermen"),
        ("Siden ble ikke funnet", "Ada Gull – Lamps (Teacher: Bo Keel)", "Cy Mast – Nets (Teacher: Di Tiller)"),
        ("The mill is for sale.",),
        ("Coming: the mayor",),
    ],
)
def test_what_stands_below_a_notice_and_is_the_article_s_is_kept(lines: tuple[str, ...]) -> None:
    struck = {at for first, last in found(*LONG[:3], *lines, *LONG[3:]) for at in range(first or 0, (last or 0) + 1)}
    assert struck <= {3}


def test_a_name_between_lines_of_a_strange_language_goes_with_them_amid_an_article() -> None:
    lines = ("Error 404", "Ir al inicio", "Gaviota®", "¡Vaya!", "La página que buscas", "se fue volando sin avisar")
    assert found(*STORY[:2], *lines, *STORY[2:]) == [(2, 7)]


def test_a_widget_that_is_all_the_page_shows_is_struck_all_the_same() -> None:
    assert found("Captcha failed to load. Try another browser.") == [(0, 0)]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "A page that does not load properly is often an old copy in the cache.",
            "Open the settings of your browser, click Privacy and clear the data.",
            "If the page still does not load, restart your device.",
        ),
        (
            "The appeal was lodged out of time, and the board asked the court to dismiss it.",
            "The request was refused on 4 March. No further submissions were received.",
            "Appeal allowed. Permission to go further was not requested.",
        ),
        (
            "A stool of oiled oak, made to order in our workshop by the lake.",
            "This product is currently unavailable.",
            "Height 45 cm, weight 3.1 kg.",
        ),
    ],
)
def test_a_page_of_short_lines_alone_is_not_told_from_messages_by_its_words(lines: tuple[str, ...]) -> None:
    assert noise.find(page(*lines)).flags == ()


def test_a_message_between_the_fences_of_code_is_an_example() -> None:
    example = ("Bad Gateway", "The server was unable to complete your request. Please try again later.")
    opened, closed = "What our ferry server answers in a storm is ```html", "``` and no more than that."
    assert not noise.find(page(*STORY, opened, *example, closed, *STORY)).flags
    assert spans(noise.find(page(*STORY, *example, *STORY))) == [(4, 5)]
    assert noise.find(page(*STORY, opened, *example, *STORY)).flags, "a fence that nothing closes is no code"
