import pytest

from triage.extraction import Extracted, extract
from triage.extraction import article as article_module
from triage.model import Block, Page

FIRST = (
    "The ferry to Brindle Island will run twice a day from Monday, the harbour office said, after a winter in which "
    "islanders had to make do with a single crossing."
)
SECOND = (
    "Shopkeepers on the quay welcomed the news. Flour, paraffin and letters had been late more often than not since "
    "November, and the school had once closed for want of chalk."
)
THIRD = (
    "The second boat, a converted trawler called Patience, takes forty passengers and, its skipper insists, one goat. "
    "She has been painted the same green as the lighthouse door."
)
SENTENCE = "The harbour office had counted on a calm week, and instead the whole fleet lay three deep behind the mole."
CHROME = "<nav><a href=/>Home</a> <a href=/news>News</a></nav>"


def page(body: str, head: str = "", **facts: str) -> Page:
    head = f"<title>Ferry twice a day | The Brindle Post</title>{head}"
    text = f"<html lang=en><head>{head}</head><body>{body}</body></html>"
    return Page("a.html", "0" * 64, "html", text, **facts)  # type: ignore[arg-type]


def article(*paragraphs: str) -> str:
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"{CHROME}<article><h1>Ferry twice a day</h1>{inner}</article><footer>Imprint</footer>"


def texts(extracted: Extracted) -> list[str]:
    return [block.text for block in extracted.article.blocks]


def test_an_article_comes_out_without_the_chrome_in_the_pages_order() -> None:
    found = texts(extract(page(article(FIRST, SECOND, THIRD))))
    assert [text for text in found if len(text) > 50] == [FIRST, SECOND, THIRD]
    assert "Home" not in "".join(found)


def test_text_that_stands_loose_under_the_headline_is_kept() -> None:
    found = texts(extract(page(f"{CHROME}<h1>Ferry twice a day</h1>{FIRST}<p>{SECOND}<p>{THIRD}")))
    assert [text for text in found if len(text) > 50] == [FIRST, SECOND, THIRD]


def test_a_short_article_is_not_printed_twice() -> None:
    assert texts(extract(page(article(FIRST)))).count(FIRST) == 1


def test_a_paragraph_that_stands_twice_in_a_row_in_the_page_stands_twice_in_the_article() -> None:
    assert texts(extract(page(article(FIRST, SECOND, SECOND, THIRD)))).count(SECOND) == 2


def test_sections_that_stand_twice_at_a_distance_stay_twice() -> None:
    found = texts(extract(page(article(FIRST, SECOND, THIRD, FIRST, SECOND))))
    assert (found.count(FIRST), found.count(SECOND), found.count(THIRD)) == (2, 2, 1)


def test_where_no_article_is_found_the_visible_text_stands_in_and_says_so() -> None:
    extracted = extract(page("<h1>Not here</h1><p>Nothing.</p>"))
    assert extracted.article.blocks
    assert "Nothing." in " ".join(texts(extracted))
    empty = extract(Page("a.html", "0" * 64, "html", "<html><body></body></html>"))
    assert empty.article.blocks == ()


def test_a_page_without_a_body_tag_is_read() -> None:
    text = f"<!doctype html><meta charset=utf-8><title>Ferry</title><main><h1>Ferry</h1><p>{FIRST}<p>{SECOND}</main>"
    extracted = extract(Page("a.html", "0" * 64, "html", text))
    assert {FIRST, SECOND} <= set(texts(extracted))
    assert extracted.evidence.visible_chars > len(FIRST)


def test_a_reference_to_a_forbidden_character_does_not_lose_the_page() -> None:
    found = texts(extract(page(article(FIRST + "&#7;", SECOND + "&#x1B;[31m", THIRD))))
    assert any(text.startswith(FIRST[:60]) for text in found)
    assert THIRD in found


def test_an_article_nested_in_a_thousand_elements_is_read() -> None:
    nested = "<div>" * 1000 + article(FIRST, SECOND, THIRD) + "</div>" * 1000
    assert FIRST in texts(extract(page(nested)))


def test_what_the_parser_cuts_is_told() -> None:
    nested = article(FIRST) + "<div>" * 5000 + f"<p>{SECOND}</p>" + "</div>" * 5000
    assert "cut by the parser" in (extract(page(nested)).evidence.cut or "")
    assert extract(page(article(FIRST))).evidence.cut is None


def test_no_block_holds_what_a_terminal_would_act_on() -> None:
    hostile = FIRST + "\x1b]0;owned\x07\x9b31m\u202e"
    for text in texts(extract(page(article(hostile, SECOND)))):
        assert not set(text) & set("\x1b\x07\x9b\u202e")


def test_metadata_of_the_page_is_kept() -> None:
    head = (
        '<meta name="author" content="Ada Quill">'
        '<meta property="article:published_time" content="2024-03-05T08:00:00Z">'
        '<link rel="canonical" href="https://www.brindle.example/ferry">'
        '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
    )
    extracted = extract(page(article(FIRST, SECOND, THIRD), head))
    found = extracted.article
    assert (found.author, found.date, found.site, found.language) == (
        "Ada Quill",
        "2024-03-05",
        "brindle.example",
        "en",
    )
    assert found.title
    assert found.title.startswith("Ferry twice a day")
    assert extracted.evidence.json_ld_types == ("NewsArticle",)


def test_evidence_tells_of_what_the_article_no_longer_shows() -> None:
    body = (
        "<h1>Members only</h1><form><input type=Password></form><noscript><p>Please enable JavaScript</p></noscript>"
        "<div style='display: none'>Oops, form failed</div><a href=/>A long link to the front page</a>"
    )
    evidence = extract(page(body)).evidence
    assert evidence.headings == ("Members only",)
    assert (evidence.forms, evidence.password_fields) == (1, 1)
    assert evidence.noscript == "Please enable JavaScript"
    assert evidence.hidden == ("Oops, form failed",)
    assert evidence.link_chars > 20
    assert "A long link to the front page" not in evidence.messages


def test_blocks_know_how_much_of_them_is_links() -> None:
    links = (
        "<ul>" + "".join(f"<li><a href=/{n}>Another story about boats, number {n}</a></li>" for n in range(3)) + "</ul>"
    )
    extracted = extract(page(article(FIRST, SECOND, THIRD) + links))
    shares = {block.text: block.links for block in extracted.article.blocks}
    assert shares[FIRST] == 0.0
    assert all(share == 1.0 for text, share in shares.items() if text.startswith("Another story"))


def test_the_same_bytes_give_the_same_article() -> None:
    one = page(article(FIRST, SECOND, THIRD))
    assert extract(one) == extract(one)


def test_an_article_whose_paragraphs_are_no_paragraphs_of_markup_is_had_whole() -> None:
    told = [f"{SENTENCE} It was day {day} of the strike, and nobody on the quay had slept." for day in range(6)]
    steps = [f"Skippers type <code>berth --day {day}</code> and wait for the answer." for day in range(6)]
    listing = f"<pre>berth --all {'slip 4 free ' * 40}</pre>"
    parts = zip(told, steps, strict=True)
    body = "".join(f"<div class=para>{one}</div><div class=para>{step}</div>{listing}" for one, step in parts)
    found = texts(extract(page(f"{CHROME}<div class=section><h2>Ferry twice a day</h2>{body}</div>")))
    assert [text for text in found if text in told] == told
    assert [text for text in found if text.startswith("Skippers")] == [
        f"Skippers type berth --day {day} and wait for the answer." for day in range(6)
    ]


def test_where_what_was_extracted_holds_none_of_the_prose_the_visible_text_stands_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = [f"{SENTENCE} It was day {day} of the strike, and nobody on the quay had slept." for day in range(9)]
    html = page(f"{CHROME}<ul><li>{''.join(f'<p>{one}</p>' for one in told)}</li></ul><p>Last updated at noon.</p>")
    found = [Block("paragraph", "Last updated at noon.") for _ in range(12)]
    monkeypatch.setattr(article_module, "_extracted", lambda tree, options: found)  # noqa: ARG005
    assert extract(html).article.extractor == "visible-text"
    monkeypatch.setattr(article_module, "_extracted", lambda tree, options: [Block("paragraph", told[4]), *found])  # noqa: ARG005
    assert extract(html).article.extractor == "trafilatura"


def test_a_story_below_which_hundreds_have_commented_is_shown_without_them() -> None:
    story = "The night ferry will sail again from the lower quay, and the baker will open an hour earlier for it. "
    comment = "I took that boat for eleven years, and not once did it leave before the bell had been rung. "
    comments = "".join(
        f"<div class='comment' id='comment-{at}'><h4>Guest {at}</h4><p>{at}. {comment * 3}</p></div>"
        for at in range(90)
    )
    html = f"<article><h1>The ferry sails</h1><p>{story * 3}</p><p>Second. {story * 3}</p></article>"
    found = extract(page(f"{html}<section id='comments'>{comments}</section>")).article
    assert found.extractor == "trafilatura"
    assert not any("eleven years" in block.text for block in found.blocks)
