"""Copies in which an editor changed words or left some out, and entries of manuals that look like such copies."""

from __future__ import annotations

import pytest

from tests.flagging.test_repeats import BAKERY, HARBOUR, flags_of, spans

GAUGE = (
    "The harbour office has hung a tide gauge on the north pier, where the old staff was broken by a storm, and asks "
    "everybody who moors there to read it twice before they cast off, since the sands have moved."
)
REWRITTEN = (
    "The harbour office has fixed a tide gauge to the north pier, where the wooden staff was lost in a storm, and begs "
    "everybody who moors there to look at it before they cast off, since the banks have moved."
)
SHORT_REWRITTEN = "The harbour office has fixed a tide gauge to the north pier and begs all to look at it twice."
SHORT = "The harbour office has hung a tide gauge on the north pier and asks everybody to read it twice."


def test_a_paragraph_with_words_changed_all_over_is_a_copy() -> None:
    (flag,) = flags_of(GAUGE, *HARBOUR, REWRITTEN, *BAKERY)
    assert (flag.first, flag.last, flag.same_as, flag.cause) == (5, 5, (0, 0), "edited")
    assert flag.confidence < 0.9


def test_a_sentence_with_words_changed_all_over_does_not_count() -> None:
    assert flags_of(SHORT, *HARBOUR, SHORT_REWRITTEN, *BAKERY) == ()


def test_a_paragraph_that_resembles_a_third_one_too_does_not_count() -> None:
    third = (
        "At Ryde they sell rope to everybody who moors there, and a tide gauge on the north pier tells the clerk "
        "before they cast off whether a boat is worth the walk."
    )
    assert flags_of(GAUGE, *HARBOUR, REWRITTEN, *BAKERY, third) == ()


@pytest.mark.parametrize("labels", [("Gauges", "Staffs"), ("gauge.read()", "gauge.look()")])
def test_entries_of_a_manual_under_a_label_each_do_not_count(labels: tuple[str, str]) -> None:
    one, other = labels
    assert flags_of(one, GAUGE, *HARBOUR, other, REWRITTEN, *BAKERY) == ()
    (flag,) = flags_of(one, GAUGE, *HARBOUR, one, REWRITTEN, *BAKERY)
    assert (flag.first, flag.last) == (6, 7)


def test_a_form_filled_in_twice_does_not_count() -> None:
    def entry(name: str, rest: str) -> str:
        return (
            f"A {name} joins the guild by a letter to the warden, in which the {name} says where it was learned {rest} "
            f"and who will vouch for the {name} before all the others at the summer meeting on the green."
        )

    assert flags_of(entry("baker", "from its mother"), *HARBOUR, entry("rigger", "at a yard or school")) == ()


def test_what_is_left_of_a_paragraph_after_a_copy_belongs_to_it() -> None:
    long = f"{HARBOUR[2]} The pilots trust it now."
    left = "The pilots trust it now."
    assert spans(flags_of(HARBOUR[0], long, *BAKERY, HARBOUR[0], left)) == [(5, 6, (0, 1))]
    assert flags_of(HARBOUR[0], long, *BAKERY, left) == ()


def test_a_paragraph_that_ends_in_a_question_is_no_question() -> None:
    asks = f"{HARBOUR[1]} Who will pay for it?"
    assert spans(flags_of(asks, *BAKERY, asks)) == [(4, 4, (0, 0))]


def test_a_semicolon_is_a_question_mark_in_greek_alone() -> None:
    item = f"{HARBOUR[1].rstrip('.')};"
    assert spans(flags_of(item, *BAKERY, item)) == [(4, 4, (0, 0))]
    asked = (
        "Τι θα λέγατε σε κάποιον που έρχεται για πρώτη φορά στο νησί και δεν έχει δει ποτέ από κοντά μια τόσο μεγάλη "
        "καταιγίδα στη θάλασσα;"
    )
    assert flags_of(asked, *HARBOUR, asked) == ()


def test_footnotes_make_no_table_of_figures_of_prose() -> None:
    noted = (
        "The gauge was built in the yard[1] of two brothers[2] and hung[3] in the spring of that year[4] by hands[5] "
        "that had never held a rule[6] before.[7]"
    )
    assert spans(flags_of(noted, *BAKERY, noted)) == [(4, 4, (0, 0))]
    scores = "Harwick 3 Dover 1 Ryde 2 Poole 2 Deal 0 Hythe 4 Rye 1 Hove 1 Looe 5 Bude 2 Fowey 3 Par 3"
    assert flags_of(scores, *BAKERY, scores) == ()
