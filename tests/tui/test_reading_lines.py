"""What the reader says of an item, line by line, before there is a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len

from triage.clean_view import block_keys, hidden
from triage.model import Article, Block, Decision, Evidence, Flag, Item, Scanned
from triage.tui.layout import Layout
from triage.tui.parts import Part, SourceParts
from triage.tui.reading_lines import folded, found_in, head, lead, lines_of_blocks, marked, marks, words_found
from triage.tui.render import UNICODE, matcher

ARTICLE = tuple(
    Block("paragraph", text)
    for text in (
        "Error 404",  # 0
        "Not here",
        "The ferry left the pier at six.",  # 2
        "It did not come back.",
        "Nobody had been on board but the cat.",  # 4
        "The ferry left the pier at six.",  # 5
        "It did not come back.",
        "All rights reserved.",  # 7
    )
)
NOISE = Flag("error-noise", "not-found", "the words of an error page", "r", 0.9, 0, 1)
REPEAT = Flag("repeated-section", "exact", "they stand above", "r", 0.9, 5, 6, (2, 3))
BOILERPLATE = Flag("boilerplate", "disclaimer", "a disclaimer", "r", 0.9, 7, 7)
FLAGS = (NOISE, REPEAT, BOILERPLATE)
FERRY = Item("ferry.html", sha256="0", title="Ferry lost", site="example.com", words=31, flags=FLAGS)


def scanned(blocks: tuple[Block, ...] = ARTICLE, **article: str) -> Scanned:
    return Scanned("ferry.html", None, "0", Article(blocks=blocks, **article), Evidence(), FLAGS)  # type: ignore[arg-type]


def shown(parts: Sequence[Part], width: int = 80) -> list[str]:
    layout = Layout(parts, width)
    return ["".join(text for text, _ in layout.line(y)).rstrip() for y in range(layout.height)]


def body(*flags: Flag, by_hand: tuple[tuple[str, bool], ...] = ()) -> list[str]:
    return [line for line in shown(marked(ARTICLE, marks(ARTICLE, flags, by_hand), UNICODE)) if line]


def test_noise_repeats_and_boilerplate_have_their_signs_and_a_label_that_says_why() -> None:
    assert body(*FLAGS) == [
        "!  ── error noise: page not found (404) · the words of an error page",
        "!  Error 404",
        "!  Not here",
        "=1 ── first copy; stands again at paragraphs 6-7",
        "=1 The ferry left the pier at six.",
        "=1 It did not come back.",
        "   Nobody had been on board but the cat.",
        "=2 ── repeat of paragraphs 3-4, word for word",
        "=2 The ferry left the pier at six.",
        "=2 It did not come back.",
        "~  ── boilerplate: disclaimer · a disclaimer",
        "~  All rights reserved.",
    ]


def test_an_article_without_flags_has_no_signs() -> None:
    assert all(line.startswith("   ") for line in body())


def test_a_third_copy_is_numbered_three_and_the_first_names_both() -> None:
    again = replace(REPEAT, first=7, last=7)
    lines = body(REPEAT, again)
    assert "=3 All rights reserved." in lines
    assert "=1 ── first copy; stands again at paragraphs 6-7, paragraph 8" in lines


def test_where_flags_overlap_the_gravest_gives_the_sign_and_each_has_its_label() -> None:
    over = replace(BOILERPLATE, first=1, last=1)
    lines = body(NOISE, over)
    assert "!  Not here" in lines
    assert "~  ── boilerplate: disclaimer · a disclaimer" in lines


def test_a_flag_beyond_the_article_is_passed_over() -> None:
    assert body(replace(NOISE, first=99, last=120)) == body()
    assert body(replace(BOILERPLATE, first=7, last=10**9))[-1] == "~  All rights reserved."


def test_what_the_analyst_marked_wins_over_the_flags() -> None:
    keys = block_keys(ARTICLE)
    lines = body(*FLAGS, by_hand=((keys[1], False), (keys[4], True)))
    assert "✓  Not here" in lines
    assert "!  Nobody had been on board but the cat." in lines
    assert "!  ── marked as noise by hand" in lines


def test_the_clean_view_folds_to_a_line_each_and_opens_one_at_a_time() -> None:
    folds = hidden(ARTICLE, FLAGS)
    closed = [line for line in shown(folded(ARTICLE, folds, (), {}, UNICODE)) if line]
    assert closed == [
        "▸  2 lines hidden: 404 error",
        "   The ferry left the pier at six.",
        "   It did not come back.",
        "   Nobody had been on board but the cat.",
        "▸  2 lines hidden: repeat of paragraph 3",
        "▸  1 line hidden: disclaimer",
    ]
    opened = [line for line in shown(folded(ARTICLE, folds, {7}, marks(ARTICLE, FLAGS), UNICODE)) if line]
    assert opened[:5] == closed[:5]
    assert opened[5:] == [
        "▾  1 line: disclaimer",
        "~  ── boilerplate: disclaimer · a disclaimer",
        "~  All rights reserved.",
    ]


def test_kinds_of_block_are_told_apart_without_colour() -> None:
    blocks = (
        Block("list-item", "one"),
        Block("list-item", "two"),
        Block("quote", "said " * 20),
        Block("code", "if x:\n    y"),
    )
    lines = shown(marked(blocks, {}, UNICODE), 60)
    assert lines[1:3] == ["   • one", "   • two"]
    assert [line[3:5] for line in lines[4:6]] == ["│ ", "│ "]
    assert lines[-2:] == ["     if x:", "         y"]


def test_the_head_tells_title_facts_decision_and_flags_in_words() -> None:
    decision = Decision("keep", tags=("sea",), note="nice", reviewer="ann")
    item = replace(FERRY, decision=decision, author="M. Olsen", date="2024-03-12", language="en")
    assert shown(head(item, scanned(extractor="trafilatura"), FLAGS))[:-1] == [
        "   Ferry lost",
        "   example.com · 2024-03-12 · M. Olsen · en · 31 words · article",
        "✓  kept by ann · #sea · note: nice",
        "!  error noise: page not found (404) in paragraphs 1-2",
        "=  repeated section: word for word in paragraphs 6-7",
        "~  boilerplate: disclaimer in paragraph 8",
    ]


def test_the_head_gives_the_reason_of_a_flag_of_the_whole_page() -> None:
    wall = Flag("error-page", "captcha", "it asks for proof of being human", "r", 0.97)
    assert "■  error page: captcha · nearly certain, 97% · it asks for proof of being human" in shown(
        head(FERRY, scanned(), (wall,)), 100
    )


def test_the_head_says_when_the_visible_text_stands_in() -> None:
    said = "No article was found in the page; this is all of its visible text."
    assert said in " ".join(shown(head(FERRY, scanned(extractor="visible-text"), ())))
    assert said not in " ".join(shown(head(FERRY, scanned(extractor="trafilatura"), ())))


def test_many_flags_of_a_kind_take_one_line_of_the_head() -> None:
    many = tuple(replace(BOILERPLATE, first=block, last=block) for block in range(8))
    stub = replace(BOILERPLATE, cause="comment-stub")
    (line,) = [part.text for part in head(FERRY, scanned(), (*many, stub)) if part.role == "boilerplate label"]
    assert line == ("boilerplate: disclaimer in paragraphs 1, 2, 3 and 5 more; comment stub in paragraph 8")


def test_a_source_has_numbered_lines_and_is_safe() -> None:
    assert shown(SourceParts("<p>\x1b[2J\r\n\t</p>")) == ["      1 <p>␛[2J", "      2     </p>"]


def test_each_block_is_found_again_in_the_source() -> None:
    source = "<h1>\nError 404</h1>\n<p>Not here</p>\n\n<p>The ferry left the pier at six.</p>"
    assert lines_of_blocks(ARTICLE[:3], source) == [2, 3, 5]


def test_a_text_pages_blocks_know_their_lines() -> None:
    blocks = (Block("paragraph", "a", (1, 2)), Block("paragraph", "a", (4, 4)))
    assert lines_of_blocks(blocks, "a\na\n\na") == [1, 4]


def test_hostile_texts_are_shown_not_obeyed() -> None:
    hostile = "[/] [@click=app.quit]x[/] \x1b]0;t\x07 \u202e\x9b2J"
    flag = replace(NOISE, reason=hostile, cause=hostile)
    item = replace(FERRY, title=hostile, author=hostile, decision=Decision("keep", tags=(hostile,), note=hostile))
    blocks = (Block("paragraph", hostile), Block("code", hostile))
    parts = [*head(item, scanned(blocks), (flag,)), *marked(blocks, marks(blocks, (flag,)), UNICODE)]
    text = "".join(shown(parts, 300))
    assert text.count("[@click=app.quit]x[/] ␛]0;t␇") >= 6
    assert not set("\x1b\x07\x9b\u202e") & set(text)


def test_where_noise_stands_first_the_head_tells_how_the_clean_text_begins() -> None:
    prose = Block("paragraph", "The ferry left the pier at six and did not come back before the morning.")
    blocks = (*ARTICLE[:2], Block("heading", "The ferry that left the pier without its captain"), prose)
    assert [part.text for part in lead(FERRY, blocks, (NOISE,))] == [prose.text]
    assert lead(FERRY, blocks, ()) == []
    assert lead(FERRY, blocks[2:], (replace(NOISE, first=1, last=1),)) == []
    long = replace(prose, text="word " * 100)
    assert lead(FERRY, (*blocks[:2], long), (NOISE,))[0].text.endswith("word ...")
    assert lead(FERRY, blocks[:2], (NOISE,)) == []


def test_words_found_are_counted_in_the_head_each_list_with_its_sign() -> None:
    article = Article(title="The lost ferry", blocks=ARTICLE)
    found = found_in(article, matcher(["cat"], ["ferr*", "absent"], ["pier"]))
    assert [part.text for part in words_found(found)] == ["cat 1 · +ferry 3 · -pier 2"]
    assert found_in(article, None) == found_in(None, matcher(["cat"])) == []
    assert words_found([]) == []


def test_a_paragraph_written_from_the_right_stands_at_the_right() -> None:
    blocks = (Block("paragraph", "\u05e9\u05dc\u05d5\u05dd " * 20), Block("paragraph", "A line."))
    layout = Layout(marked(blocks, {}, UNICODE), 60)
    lines = ["".join(text for text, _ in layout.line(y)) for y in range(layout.height)]
    assert {cell_len(line.rstrip()) for line in lines[1:-2]} == {59}
    assert lines[-1] == "   A line."
    assert layout.text_column(1) == len(lines[1]) - len(layout.text_at(1))
