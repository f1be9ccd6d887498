"""What counts as a repeated section, and what only looks like one. All texts are our own."""

from __future__ import annotations

import pytest

from triage.flagging.repeats import find
from triage.flagging.subject import Subject
from triage.model import Article, Block, BlockKind, Evidence, Flag


def paragraphs(text: str) -> list[str]:
    """Paragraphs set apart by an empty line, each on one line."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


HARBOUR = paragraphs("""
    The harbour office opened a new tide gauge on Monday, replacing the wooden staff that pilots had read by eye
    since the storm took its brass scale away.

    Its readings go to a small screen on the pier and, every ten minutes, to anybody who asks for them by telephone.

    Fishermen were slow to trust the machine, said the harbour master, until it warned them of a surge that no
    calendar had foretold.

    A second gauge is to stand at the old lighthouse before winter, paid for by the ferry company and a bequest.
""")
BAKERY = paragraphs("""
    Two streets from the station a baker keeps the last wood oven of the quarter alight, feeding it beech at four
    in the morning.

    He sells three loaves, no more, and shuts the door when the third is gone, which on Saturdays happens before
    nine o'clock.

    Asked why he never bought a second oven, he points at the wall: behind it lives his sister, and she likes to
    sleep.
""")
AGREEMENT = (
    "The agreement is designed to keep the river clean for the towns on both banks, and binds them for ten years."
)
VERSES = [
    """
    My father had a boat of tar
    My mother had a needle
    She sewed the sails he tore at sea
    And never called him idle
    """,
    """
    I learned to row before I walked
    I learned to swim by falling
    And every night across the bay
    I heard the wide world calling
    """,
    """
    Now I have seen the wider world
    Its harbours and its railways
    And every one has tides that turn
    And someone left on jetties
    """,
]
REFRAIN = """
    Oh the tide goes out and the tide comes in
    And I wait for you on the shingle
    Oh the tide goes out with the boats of my kin
    And the lamps are lit in the harbour
"""


def flags_of(*texts: str | Block, taken: frozenset[int] = frozenset()) -> tuple[Flag, ...]:
    blocks = tuple(text if isinstance(text, Block) else Block("paragraph", text) for text in texts)
    return find(Subject(Article(blocks=blocks), Evidence()), taken).flags


def spans(flags: tuple[Flag, ...]) -> list[tuple[int | None, int | None, tuple[int, int] | None]]:
    return [(flag.first, flag.last, flag.same_as) for flag in flags]


# What is a repeat


def test_the_later_copy_is_flagged_and_names_the_earlier() -> None:
    flags = flags_of(*HARBOUR, *BAKERY, *HARBOUR)
    assert spans(flags) == [(7, 10, (0, 3))]
    assert flags[0].kind == "repeated-section"
    assert flags[0].cause == "exact"


def test_the_reason_gives_numbers_and_first_words() -> None:
    (flag,) = flags_of(*BAKERY, AGREEMENT, *HARBOUR, AGREEMENT)
    assert flag.reason == (
        "1 paragraph (21 words) stands again word for word; first at paragraph 4: "
        "“The agreement is designed to keep the river clean for the…”"
    )


def test_one_paragraph_of_twenty_words_is_enough() -> None:
    assert spans(flags_of(*HARBOUR, AGREEMENT, *BAKERY, AGREEMENT)) == [(8, 8, (4, 4))]


def test_two_short_paragraphs_of_prose_are_a_section() -> None:
    short = ["The ferry was late again that day.", "Nobody on the pier seemed to mind."]
    assert spans(flags_of(*short, *HARBOUR, *short)) == [(6, 7, (0, 1))]


def test_the_heading_above_a_repeated_paragraph_belongs_to_the_section() -> None:
    heading = Block("heading", "At the pier")
    assert spans(flags_of(heading, *HARBOUR[:2], *BAKERY, heading, *HARBOUR[:2])) == [(6, 8, (0, 2))]


def test_a_short_line_beside_a_copy_belongs_to_it_though_its_words_changed() -> None:
    page = ["What the pilots say of this", HARBOUR[0], HARBOUR[1]]
    copy = ["What the pilots said of that", HARBOUR[0], HARBOUR[1]]
    assert spans(flags_of(*page, *BAKERY, *copy)) == [(6, 8, (0, 2))]
    assert spans(flags_of(*page, *BAKERY, "Another line stood here", *copy[1:])) == [(7, 8, (1, 2))]


def test_every_later_copy_is_flagged_and_names_the_first() -> None:
    flags = flags_of(*HARBOUR, *HARBOUR, *BAKERY, *HARBOUR)
    struck = [index for flag in flags for index in range(flag.first or 0, (flag.last or 0) + 1)]
    assert struck == [4, 5, 6, 7, 11, 12, 13, 14]
    assert all(flag.same_as == (0, 3) for flag in flags)


def test_words_changed_are_told_as_edited_with_their_number() -> None:
    edited = [
        HARBOUR[0].replace("new tide gauge", "modern tide gauge").replace("brass scale", "copper scale"),
        HARBOUR[1].replace("ten minutes", "quarter of an hour"),
        HARBOUR[2],
    ]
    (flag,) = flags_of(*HARBOUR, *BAKERY, *edited)
    assert (flag.first, flag.last, flag.same_as, flag.cause) == (7, 9, (0, 2), "edited")
    assert "words changed" in flag.reason


def test_one_word_changed_is_told_as_one() -> None:
    (flag,) = flags_of(*HARBOUR, *BAKERY, HARBOUR[0].replace("new tide gauge", "old tide gauge"), *HARBOUR[1:3])
    assert (flag.cause, "stand again with 1 word changed" in flag.reason) == ("edited", True)


def test_other_quotes_dashes_case_and_spaces_are_no_change() -> None:
    dressed = [text.upper().replace(",", " –").replace(" ", "\u00a0") for text in HARBOUR[:2]]
    (flag,) = flags_of(*HARBOUR, *dressed)
    assert (flag.first, flag.last, flag.cause) == (4, 5, "exact")


def test_a_copy_merged_into_one_paragraph_is_found() -> None:
    assert spans(flags_of(*HARBOUR, *BAKERY, " ".join(HARBOUR))) == [(7, 7, (0, 3))]


def test_a_copy_cut_into_one_line_each_is_found() -> None:
    words = " ".join(BAKERY).split()
    cut = [" ".join(words[start : start + 9]) for start in range(0, len(words), 9)]
    assert spans(flags_of(*BAKERY, *HARBOUR, *cut)) == [(7, 7 + len(cut) - 1, (0, 2))]


def test_a_lead_set_before_the_article_is_found() -> None:
    dated = "HARWICK, 3 May (own report). " + HARBOUR[0]
    assert spans(flags_of(HARBOUR[0], dated, *HARBOUR[1:])) == [(1, 1, (0, 0))]


def test_a_line_put_between_is_not_struck() -> None:
    flags = flags_of(*HARBOUR, HARBOUR[0], HARBOUR[1], "Read also: what the ferry costs", HARBOUR[2], HARBOUR[3])
    assert spans(flags) == [(4, 5, (0, 1)), (7, 8, (2, 3))]


def test_a_paragraph_left_out_does_not_break_the_section() -> None:
    assert spans(flags_of(*HARBOUR, *BAKERY, HARBOUR[0], HARBOUR[1], HARBOUR[3])) == [(7, 9, (0, 3))]


def test_texts_without_spaces_count_characters() -> None:
    chinese = "海湾办公室星期一启用了新的潮位计，取代了领航员多年来用肉眼读取的木制标尺，渔民们起初并不信任这台机器。"
    other = "离车站两条街的地方，有一位面包师每天清晨四点生火，只卖三种面包，卖完就关门回家睡觉。"
    thai = "ท่าเรือเปิดใช้เครื่องวัดระดับน้ำใหม่เมื่อวันจันทร์แทนไม้บรรทัดเก่าที่คนนำร่องเคยใช้มาหลายปี"
    assert spans(flags_of(chinese, other, chinese)) == [(2, 2, (0, 0))]
    assert spans(flags_of(thai, other, thai)) == [(2, 2, (0, 0))]
    assert flags_of(chinese[:18], other, chinese[:18]) == ()


# What is none


@pytest.mark.parametrize(
    "label",
    [
        "Share this article",
        "Advertisement",
        "Read more about boats in our archive of boats",
        "Subscribe to our letter to get news of the coast every Friday morning",
    ],
)
def test_short_labels_do_not_count(label: str) -> None:
    assert flags_of(label, HARBOUR[0], label, HARBOUR[1], label, HARBOUR[2], label) == ()


def test_a_label_under_each_of_several_parts_does_not_count() -> None:
    label = "Prices were looked up on the day of writing and may have changed; some links on this page pay us a share."
    assert flags_of(HARBOUR[0], label, HARBOUR[1], label, HARBOUR[2], label, HARBOUR[3], label) == ()
    assert flags_of(HARBOUR[0], label, HARBOUR[1], label) != ()


def test_a_pull_quote_does_not_count() -> None:
    quote = (
        "We trusted the old staff because our fathers had trusted it, and because it never once asked us for a new "
        "battery in the rain."
    )
    paragraph = (
        f"The master of the harbour has seen many machines come and go. {quote} He laughs about it now, and shows "
        "visitors the notch his grandfather cut into the wood when the great flood came up to the church."
    )
    assert flags_of(paragraph, *HARBOUR, quote, *BAKERY) == ()
    assert flags_of(HARBOUR[0], quote, *BAKERY, paragraph) == ()


def test_the_first_sentences_of_a_paragraph_set_again_as_a_teaser_count() -> None:
    teaser = HARBOUR[0]
    assert spans(flags_of(*BAKERY, f"{teaser} {HARBOUR[2]}", "More news", teaser)) == [(5, 5, (3, 3))]


def test_a_price_list_does_not_count() -> None:
    rows = [
        f"The {name} cabin sleeps {n} guests and costs {40 * n + 15} crowns a night, breakfast and towels included, "
        f"from {n} May to {n + 9} September."
        for n, name in enumerate(["birch", "pine", "oak", "rowan", "alder"], 2)
    ]
    assert flags_of(*rows) == ()


def test_a_schedule_does_not_count() -> None:
    days = ["Monday", "Tuesday", "Wednesday", "Thursday"]
    rows = [
        f"{day} {n} June: gates open at {n + 8}.30, boats leave the north pier at {n + 9}.15 and {n + 11}.45 for the "
        "island."
        for n, day in enumerate(days, 3)
    ]
    assert flags_of(*rows, HARBOUR[0]) == ()


def test_credits_and_references_do_not_count() -> None:
    names = ("A. Holm", "B. Lind", "C. Ek")
    photos = [f"Photo: {name} for the Coastal Review, all rights held by the maker" for name in names]
    notes = [
        f"{name}, in: The Book of Tides and Other Waters, edited by P. Marsh, Northgate Press, second printing, p. {n}."
        for name, n in (("R. Field", 12), ("S. Moor", 48), ("T. Heath", 131), ("U. Fenn", 207))
    ]
    assert flags_of(photos[0], HARBOUR[0], photos[1], HARBOUR[1], photos[2], photos[0], *notes) == ()


@pytest.mark.parametrize("kind", ["code", "paragraph"])
def test_code_does_not_count(kind: BlockKind) -> None:
    call = [
        Block(kind, "def read_gauge(port, timeout=10): return port.query('LEVEL?', timeout=timeout) or None"),
        Block(kind, "if (level := read_gauge(self.port)) is not None: self.levels.append({'at': now(), 'cm': level})"),
    ]
    assert flags_of("First we read one gauge:", *call, HARBOUR[0], "Then we read the other:", *call) == ()


def test_a_long_comment_in_code_does_not_count() -> None:
    comment = Block("code", f"# {HARBOUR[0]} {HARBOUR[1]}")
    assert flags_of(comment, *BAKERY, comment) == ()


def test_a_listing_with_one_long_remark_does_not_count() -> None:
    listing = [
        "gauge = Gauge(port=3, rate=600)",
        "Note that the gauge must have been read at least once before the loop begins, or else its value is lost.",
        *(
            f"while gauge.level({n}) < limit[{n}]: wait(gauge.rate); log(gauge.port, gauge.level({n}))"
            for n in "abcdef"
        ),
    ]
    assert flags_of("The first of them:", *listing, HARBOUR[0], "The second:", *listing) == ()


def test_rows_that_all_resemble_one_another_do_not_count() -> None:
    rows = [
        f"{name} chairs the council of the harbour towns, which meets on the last Friday of each month in the old "
        "customs house to vote on dues, berths, dredging and the keeping of the lights."
        for name in ("Anna Holm", "Berit Lind", "Carl Ek", "Dora Ask", "Erik Alm")
    ]
    assert flags_of(*(text for pair in zip(rows, [*HARBOUR, AGREEMENT], strict=True) for text in pair)) == ()


def test_rows_that_each_resemble_the_one_before_do_not_count() -> None:
    head = (
        "Moor, S.: The dunes and what lives in them. Lexicon of the Northern Shores, third printing, edited in Harwick"
    )
    rows = [
        f"{head} by the Office of Waters.",
        f"{head} for the Society of Friends of the Coast and its members.",
        f"{head} for the Guild of Friends of the Coast and its members.",
    ]
    assert flags_of(*rows) == ()


def test_a_paragraph_put_together_of_several_names_them_all() -> None:
    together = f"In short: {HARBOUR[0]} {HARBOUR[3]}"
    assert spans(flags_of(*HARBOUR, *BAKERY, together)) == [(7, 7, (0, 3))]


def test_a_word_that_the_next_paragraph_has_too_makes_that_no_part_of_the_original() -> None:
    edited = BAKERY[0].replace("in the morning.", "in winter, he says.")
    assert spans(flags_of(*BAKERY, edited)) == [(3, 3, (0, 0))]


def test_a_table_of_contents_does_not_count() -> None:
    titles = [
        "1. How the gauge came to stand where nobody had asked for one",
        "2. How the pilots learned to trust what they could not see",
        "3. How the second gauge was paid for by a lady who disliked ferries",
    ]
    page = [*titles, titles[0], HARBOUR[0], titles[1], HARBOUR[2], titles[2], HARBOUR[3]]
    assert flags_of(*page) == ()
    assert flags_of(*titles, HARBOUR[0], *titles) != (), "the list as a whole stands twice"


def test_what_an_answer_quotes_does_not_count() -> None:
    assert flags_of(HARBOUR[0], BAKERY[0], Block("quote", HARBOUR[0]), BAKERY[1]) == ()
    quotes = [Block("quote", HARBOUR[0]), Block("quote", HARBOUR[0])]
    assert flags_of(quotes[0], BAKERY[0], quotes[1], BAKERY[1]) != ()


def test_a_formula_that_several_paragraphs_have_in_common_does_not_count() -> None:
    ends = "The motion was put to the vote and carried unanimously, with nobody abstaining and nobody asleep."
    motions = ["the piano be tuned", "rehearsals begin on time", "the trip go to the hills", "the meeting be closed"]
    moved = [f"It was moved that {motion}. {ends}" for motion in motions]
    moved[1] = moved[1].replace("carried unanimously, with nobody abstaining and nobody asleep", "lost by one voice")
    moved[2] = moved[2].replace("carried unanimously, with nobody abstaining and nobody asleep", "carried by two")
    assert flags_of(HARBOUR[0], *moved) == ()
    assert flags_of(moved[0], *HARBOUR, moved[3]) != (), "two of them alone are a copy with some words changed"


def test_lines_of_a_card_under_each_of_several_parts_do_not_count() -> None:
    card = [
        "Put it on your list of the books to read next",
        "We earn a little where you buy one of these",
        "Ask the library of your town for a copy",
    ]
    assert flags_of(HARBOUR[0], *card, HARBOUR[1], *card, HARBOUR[2], *card) == ()


def test_one_more_row_of_a_template_is_no_copy_because_its_numbers_are_few() -> None:
    def row(first: str, second: str) -> str:
        return (
            f"Main part: repeat {first} times, and end when the next one would be the last that you could possibly do "
            f"at the same pace: {second} at the speed of the race you train for, then two minutes of easy walking."
        )

    rows = [row("4 to 6", "400 m"), row("6 to 8", "600 m"), row("8 to 10", "800 m"), row("nine", "400 m")]
    page = [text for pair in zip(rows, HARBOUR, strict=True) for text in pair]
    assert flags_of(*page) == ()


def test_table_rows_do_not_count() -> None:
    pair = Block("table-row", f"Northport | {HARBOUR[0]}")
    assert flags_of(pair, *BAKERY, pair) == ()
    rest = "open for yachts and ferries all the year | harbour master on call day and night | water on every berth"
    rows = [Block("table-row", f"{port} | {rest}") for port in ("Northport", "Eastport", "Northport")]
    assert flags_of(*rows) == ()


def test_a_paragraph_in_a_table_that_only_lays_out_the_page_counts() -> None:
    assert spans(flags_of(*HARBOUR, Block("table-row", f"| {HARBOUR[0]} |"))) == [(4, 4, (0, 0))]
    assert spans(flags_of(*HARBOUR, Block("table-row", f"About us | {' '.join(HARBOUR[:2])}"))) == [(4, 4, (0, 1))]


def test_a_plan_whose_days_are_alike_does_not_count() -> None:
    def week(*days: str) -> list[str]:
        rest = "Rest day: a walk along the shore, then stretch for a while and go to bed early."
        row = "Row across the bay and back at an easy pace, then drink and rest."
        return [text for day in days for text in (day, row, rest)]

    assert flags_of(*week("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")) == ()


def test_a_meal_plan_does_not_count() -> None:
    day = [
        Block("heading", "Breakfast"),
        "1 cup oats, 2 boiled eggs, 1/2 cup berries (or 1 slice toast), 1 spoon oil, 2 spoons yoghurt and 1 apple",
        "Eat 1 hour before work",
        "3 slices of bread, 1 cup soup, 2 tomatoes (or 1/2 cup beans), 1 pear, 10 nuts and 2 glasses of water",
    ]
    assert flags_of(HARBOUR[0], *day, HARBOUR[1], *day, HARBOUR[2], *day) == ()


def test_packages_that_resemble_each_other_do_not_count() -> None:
    def packages(what: str) -> list[str]:
        return [
            f"{what} packages",
            "For those who begin",
            f"A well made {what} that sets you apart from others.",
            "Written by people who know your trade well.",
            "Sent to you within three days at most.",
            f"Starter {what} and a letter to go with it.",
        ]

    assert flags_of(*packages("Portrait"), *HARBOUR, *packages("Landscape")) == ()


def test_exercises_that_differ_in_their_numbers_do_not_count() -> None:
    def exercise(times: str) -> str:
        return (
            f"Row {times} times across the bay and back, ending when you feel that the next crossing is the last you "
            "could do at the same pace, then rest and drink."
        )

    assert flags_of(exercise("6 to 8"), *HARBOUR, exercise("8 to 10"), *BAKERY) == ()


def test_steps_of_a_guide_that_name_other_versions_do_not_count() -> None:
    def steps(tool: str, version: str) -> list[str]:
        return [
            f"Download the newest version of the {tool} source from the address given at the end.",
            f"As of this writing, the newest version of {tool} is {version}.",
            "Follow the same steps to unpack the file as in the first part of this guide.",
            f"The command to build {tool} that I would use is:",
        ]

    assert flags_of(*steps("kelp", "4.05"), *HARBOUR, *steps("brine", "2.6.0")) == ()


def test_the_refrain_of_a_song_does_not_count() -> None:
    assert flags_of(*(line for verse in VERSES for line in lines(verse) + lines(REFRAIN))) == ()


def test_a_refrain_printed_as_one_block_does_not_count() -> None:
    stanzas = [" ".join(lines(part)) for verse in VERSES for part in (verse, REFRAIN)]
    assert flags_of(*stanzas) == ()


def test_a_refrain_of_long_lines_that_end_in_a_stop_does_not_count() -> None:
    refrain = [
        "And oh, my lads, the wind was fair, the wind was fair and free,",
        "And nobody thought of coming home by any way but sea.",
    ]
    stanzas = [
        ["She left the quay at Candlemas with nineteen in her crew,", "A hold of salt, a hold of rope, a goat or two,"],
        [
            "She passed the Ness at evening with all her lanterns lit,",
            "The cook baked bread, the goats were eating it,",
        ],
    ]
    assert flags_of(*(line for stanza in stanzas for line in (*stanza, *refrain))) == ()


def test_a_whole_song_printed_twice_is_a_repeat() -> None:
    song = lines(VERSES[0]) + lines(VERSES[1])
    assert spans(flags_of(*song, *song)) == [(8, 15, (0, 7))]


def test_one_question_put_to_several_people_does_not_count() -> None:
    question = (
        "What would you tell somebody who moves to the coast for the first time and has never seen a storm from "
        "close by?"
    )
    assert flags_of(question, HARBOUR[0], "Next guest: the baker", question, BAKERY[0]) == ()


def test_an_interview_with_two_guests_who_get_the_same_questions_does_not_count() -> None:
    questions = [
        "What does the sea look like from the window of your kitchen?",
        "And which of its moods do you like the least of all?",
    ]
    first = [questions[0], HARBOUR[0], questions[1], HARBOUR[1]]
    second = [questions[0], BAKERY[0], questions[1], BAKERY[1]]
    assert flags_of(*first, *second) == ()


def test_frequently_asked_questions_listed_at_the_top_do_not_count() -> None:
    questions = [
        "How do I book a berth for the night?",
        "What does a berth cost in summer?",
        "May I bring my dog on the pier?",
    ]
    answers = [HARBOUR[0], BAKERY[0], HARBOUR[2]]
    page = [*questions, *(text for pair in zip(questions, answers, strict=True) for text in pair)]
    assert flags_of(*page) == ()


def test_sentences_of_a_law_that_differ_in_what_they_rule_do_not_count() -> None:
    one = "A member may leave the association at the end of a quarter by writing to the board."
    two = "A member may be put out of the association at any time by a vote of the board."
    assert flags_of(one, HARBOUR[0], two, HARBOUR[1]) == ()


def test_headlines_in_a_link_list_do_not_count() -> None:
    links = [Block("list-item", text, links=1.0) for text in (HARBOUR[0], BAKERY[0], AGREEMENT)]
    assert flags_of(*HARBOUR, *BAKERY, *links) == ()


def test_release_notes_that_resemble_each_other_do_not_count() -> None:
    notes = [
        f"Version 2.{n}: fixes a crash when the list is empty, makes the search {n * 3} percent faster and updates "
        "the words of the Danish screen."
        for n in range(1, 6)
    ]
    assert flags_of(*notes) == ()


# Blocks flagged before


def test_blocks_flagged_as_noise_neither_start_a_repeat_nor_count_for_one() -> None:
    notice = (
        "Sorry, the comments of this page could not be loaded just now, please come back in a few minutes and try "
        "once more."
    )
    page = [notice, *HARBOUR, notice]
    assert spans(flags_of(*page)) == [(5, 5, (0, 0))]
    assert flags_of(*page, taken=frozenset({0, 5})) == ()


def test_a_noise_line_inside_a_copy_stays_out_of_the_flag() -> None:
    page = [*HARBOUR, HARBOUR[0], HARBOUR[1], "Error loading media", HARBOUR[2], HARBOUR[3]]
    assert spans(flags_of(*page, taken=frozenset({6}))) == [(4, 5, (0, 1)), (7, 8, (2, 3))]


def test_an_empty_article_has_no_repeats() -> None:
    assert flags_of() == ()
    assert flags_of("", " ") == ()


# What the page has twice and the extract once


def on_page(article: list[str], page: list[str]) -> tuple[Flag, ...]:
    blocks, visible = (tuple(Block("paragraph", text) for text in texts) for texts in (article, page))
    return find(Subject(Article(blocks=blocks), Evidence(), visible=visible)).flags


def test_article_text_that_the_page_has_twice_is_told_without_blocks() -> None:
    (flag,) = on_page(HARBOUR, ["Menu", *HARBOUR, "For your telephone", *HARBOUR[:2]])
    assert (flag.kind, flag.first, flag.last, flag.same_as) == ("repeated-section", None, None, None)
    assert flag.reason == (
        "the page has 50 words of this text more than once, the text below holds them once: "
        "“The harbour office opened a new tide gauge on Monday,…”"
    )


def test_what_the_page_prints_twice_around_the_article_does_not_count() -> None:
    assert on_page(HARBOUR, [AGREEMENT, *HARBOUR, AGREEMENT]) == ()


def test_a_sentence_that_the_page_sets_again_as_a_caption_is_told_of_no_page() -> None:
    assert on_page([*HARBOUR, AGREEMENT], [AGREEMENT, *HARBOUR, AGREEMENT]) == ()


def test_a_list_that_the_page_has_twice_is_told_of_no_page() -> None:
    list_ = [
        "Ropes and chains of every length and thickness for boats",
        "Paints and oils for wood that stays under water",
    ]
    list_ += [
        "Lamps, bells etc. for harbours, piers and ships at sea",
        "Tar and pitch in barrels of ten or fifty litres",
    ]
    assert on_page([*HARBOUR, *list_], [*list_, *HARBOUR, *list_]) == ()


def test_a_repeat_in_the_article_itself_is_told_there_alone() -> None:
    twice = [*HARBOUR, *HARBOUR]
    assert spans(on_page(twice, twice)) == [(4, 7, (0, 3))]


def test_a_refrain_whose_sentence_runs_over_lines_without_capitals_does_not_count() -> None:
    verses = [
        "I sold my old kettle,\nmy comb and my chair,\nthe dog would not go,\nso I left the dog there.",
        REFRAIN_SMALL,
    ]
    more = ["I slept in a haystack,\nI slept in a shed,\nthe hens were indignant,\nI slept on instead.", REFRAIN_SMALL]
    last = [
        "I came to the harbour,\nthe tide had gone out,\nthe dog had arrived there\nby some other route.",
        REFRAIN_SMALL,
    ]
    assert flags_of(*(line for part in verses + more + last for line in lines(part))) == ()


REFRAIN_SMALL = "oh carry me over,\nyou ferryman, do,\nI've half of a biscuit,\nthe half is for you."
