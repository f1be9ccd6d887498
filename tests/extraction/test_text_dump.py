"""What a text page becomes: blocks that know their lines, wrapped paragraphs joined, and nothing else joined."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from triage.extraction.text_dump import article_of
from triage.model import Article, Page

HARBOUR = (
    "The harbour council voted on Monday to rebuild the old ferry pier, which has stood empty since the winter "
    "storms tore away its roof and half of the planks along the northern side."
)
FERRY = (
    "Ferries will call there again from next spring, the council said, and the fishermen who mend their nets in the "
    "shed beside it may stay until the new building is finished."
)


def read(text: str, path: str = "page.txt") -> Article:
    return article_of(Page(path=path, sha256="0", media="text", text=text))


def shape(text: str, path: str = "page.txt") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(text, path).blocks]


def lines_of(text: str) -> list[tuple[int, int] | None]:
    return [block.lines for block in read(text).blocks]


def wrapped(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


# one paragraph a line


def test_each_long_line_is_a_paragraph_with_its_line_number() -> None:
    article = read(f"{HARBOUR}\n{FERRY}\n\n{HARBOUR}")
    assert [block.lines for block in article.blocks] == [(1, 1), (2, 2), (4, 4)]
    assert {block.kind for block in article.blocks} == {"paragraph"}
    assert article.extractor == "text-dump"
    assert article.language is None


def test_short_sentences_one_a_line_stay_apart() -> None:
    text = "The pier is closed.\nNobody knows for how long.\nThe gulls do not mind.\nThe baker does."
    assert lines_of(text) == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_windows_and_old_mac_line_ends_count_as_lines() -> None:
    assert lines_of(f"{HARBOUR}\r\n{FERRY}\r\n") == [(1, 1), (2, 2)]
    assert lines_of(f"{HARBOUR}\r{FERRY}\r") == [(1, 1), (2, 2)]


def test_other_line_separators_do_not_shift_the_numbers() -> None:
    assert lines_of(f"{HARBOUR}\u2028{FERRY}\f\n{FERRY}") == [(1, 1), (2, 2)]


def test_lines_of_nothing_visible_are_no_blocks() -> None:
    assert lines_of(f"\ufeff \u200b\n-----\n{HARBOUR}\n* * *\n") == [(3, 3)]


def test_an_empty_page_has_no_blocks_and_no_title() -> None:
    article = read("\n \n")
    assert article.blocks == ()
    assert article.title is None


def test_controls_of_a_hostile_page_are_made_visible() -> None:
    assert read("A bell \x07 and a colour \x1b[31m in a line of text.").blocks[0].text.isprintable()


# wrapped lines


@pytest.mark.parametrize("width", [50, 64, 72, 80])
def test_a_wrapped_disclaimer_among_long_lines_is_one_block(width: int) -> None:
    notice = wrapped(
        "The station passes this report on as it came in and without a promise of any kind. We take no "
        "responsibility for what it says. Please write to the agency that sent it if something is wrong.",
        width,
    )
    count = notice.count("\n")
    assert lines_of(f"{HARBOUR}\n{FERRY}\nLegal notice:\n{notice}\n\nComments\nNo comment") == [
        (1, 1), (2, 2), (3, 3), (4, 4 + count), (6 + count, 6 + count), (7 + count, 7 + count),
    ]  # fmt: skip


def test_a_line_broken_early_at_a_link_still_belongs_to_its_paragraph() -> None:
    text = (
        "Gull Radio gives you the\n"
        "report “as it came” and without a promise of any kind. We do not accept\n"
        "any blame for the pictures, names, times or prices it may mention, nor\n"
        "for the weather."
    )
    assert lines_of(f"{HARBOUR}\n{text}") == [(1, 1), (2, 5)]


def test_the_line_before_a_wrapped_notice_is_not_drawn_into_it() -> None:
    notice = wrapped("This report came from an agency and was not edited by us, so that we cannot say "
                     "whether all of it is right or still holds today.", 64)  # fmt: skip
    assert lines_of(f"Picture: the old pier / from the archive of the harbour master\n{notice}")[0] == (1, 1)


def test_a_page_wrapped_at_72_columns_has_its_paragraphs_back() -> None:
    paragraphs = [HARBOUR, FERRY, "A short one.", HARBOUR + " " + FERRY]
    text = "\n\n".join(wrapped(paragraph, 72) for paragraph in paragraphs)
    assert [text for _, text in shape(text)] == paragraphs


def test_wrapped_quotes_of_a_mail_are_quotes() -> None:
    quoted = "\n".join("> " + line for line in wrapped(HARBOUR, 68).split("\n"))
    assert shape(f"{quoted}\n\n{FERRY}") == [("quote", HARBOUR), ("paragraph", FERRY)]


def test_error_lines_over_an_article_stay_blocks_of_their_own() -> None:
    text = (
        "403\nSorry!!\nError! We are sorry, but the page you wanted is not there.\n"
        f"Council votes to rebuild the old ferry pier\n{HARBOUR}\n{FERRY}"
    )
    article = read(text)
    assert [block.lines for block in article.blocks] == [(n, n) for n in range(1, 7)]
    assert article.blocks[3].kind == "heading"
    assert article.title == "Council votes to rebuild the old ferry pier"


def test_a_poem_is_not_joined() -> None:
    poem = (
        "the gulls were here before the pier,\nand will be here when it is gone,\n"
        "they keep no calendar, no year,\nthey only keep the sea, and on\nand on it goes beneath them all,\n"
        "the grey, the green, the rise, the fall."
    )
    assert lines_of(poem) == [(n, n) for n in range(1, 7)]


def test_an_address_and_a_list_of_links_are_not_joined() -> None:
    text = (
        "Harbour Office\nOld Quay 12\nGull Bay\n\nSources\n"
        "https://harbour.example/minutes/the-rebuilding-of-the-ferry-pier-2024\n"
        "https://gulls.example/papers/what-a-pier-is-worth-to-a-colony-of-gulls\n"
        "https://ferries.example/timetables/spring-and-summer-of-the-coming-year"
    )
    assert all(first == last for first, last in filter(None, lines_of(text)))


def test_headlines_one_under_another_are_not_joined() -> None:
    text = (
        "Council votes to rebuild the ferry pier after the storm\nFishermen may stay in the shed until May\nBaker glad"
    )
    assert lines_of(text) == [(1, 1), (2, 2), (3, 3)]


def test_wrapped_japanese_is_joined_without_spaces() -> None:
    sentence = (
        "港の議会は月曜日に古い桟橋を建て直すことを決め、冬の嵐で壊れた屋根と板を春までに直すと発表した。"
        "漁師たちは新しい建物ができるまで隣の小屋で網を直しながら待つことになり、町の人々も手伝うという。"
    )
    lines = [sentence[at : at + 24] for at in range(0, len(sentence), 24)]
    assert shape("\n".join(lines))[0][1] == sentence


def test_a_word_broken_at_the_line_end_is_whole_again() -> None:
    text = (
        "The council has bought three not so new but quite sea-\ngoing ferries from a harbour further north, it said."
    )
    assert "sea-going ferries" in shape(text)[0][1]


@example(["0", "\x1f"])
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=90), max_size=30))
def test_blocks_keep_to_the_order_of_lines_and_never_share_one(lines: list[str]) -> None:
    spans = [block.lines for block in read("\n".join(lines)).blocks]
    numbers = [number for span in spans if span for number in range(span[0], span[1] + 1)]
    assert None not in spans
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= len(lines) for number in numbers)


# kinds


def test_markdown_is_told_apart() -> None:
    text = (
        f"# The pier\n\n{HARBOUR}\n\n- planks\n- nails\n1. a hammer\n\n> {FERRY}\n\n```\nbuild(pier)\n    .now()\n```\n"
    )
    assert shape(text, "page.md") == [
        ("heading", "The pier"), ("paragraph", HARBOUR), ("list-item", "planks"), ("list-item", "nails"),
        ("list-item", "a hammer"), ("quote", FERRY), ("code", "build(pier)\n    .now()"),
    ]  # fmt: skip


def test_an_underlined_line_of_markdown_is_a_heading() -> None:
    assert shape(f"The pier\n========\n\n{HARBOUR}", "page.md")[0] == ("heading", "The pier")


def test_front_matter_gives_title_author_and_date_and_is_no_block() -> None:
    article = read(f'---\ntitle: "The pier"\nauthor: Ada Gull\ndate: 2024-03-01T10:00\n---\n{HARBOUR}', "page.md")
    assert (article.title, article.author, article.date) == ("The pier", "Ada Gull", "2024-03-01")
    assert [block.lines for block in article.blocks] == [(6, 6)]


def test_links_of_markdown_show_their_words_and_count() -> None:
    block = read("[More about the pier](https://harbour.example/pier)", "page.md").blocks[0]
    assert (block.text, block.links) == ("More about the pier", 1.0)


def test_a_short_line_over_prose_is_a_heading_and_a_sentence_is_none() -> None:
    assert shape(f"What the pier costs\n{HARBOUR}")[0][0] == "heading"
    assert shape(f"The pier costs too much.\n{HARBOUR}")[0][0] == "paragraph"
    assert shape("What the pier costs\nNot much.")[0][0] == "paragraph"


def test_table_rows_stay_rows() -> None:
    assert [kind for kind, _ in shape("| plank | 12 |\n|---|---|\n| nail | 300 |")] == ["table-row", "table-row"]


def test_code_in_a_dump_is_one_run() -> None:
    code = "def mend(net):\n    for hole in net:\n        close(hole);\n    return net;\n"
    assert [kind for kind, _ in shape(f"{HARBOUR}\n{code}{FERRY}")] == ["paragraph", "code", "paragraph"]


def test_a_list_item_keeps_its_hanging_lines() -> None:
    assert shape("- the planks of the northern side\n  and the roof\n- nails") == [
        ("list-item", "the planks of the northern side and the roof"), ("list-item", "nails"),
    ]  # fmt: skip


# title


def test_a_status_line_over_prose_is_no_title() -> None:
    assert read(f"404 Not Found\n{HARBOUR}\n{FERRY}").title is None


def test_a_heading_further_down_is_no_title() -> None:
    assert read(f"{HARBOUR}\nWhat the ferries of the council cost\n{FERRY}").title is None
