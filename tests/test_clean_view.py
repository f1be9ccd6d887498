from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from triage.clean_view import block_keys, clean_blocks, hidden
from triage.model import Block, Flag

PROSE = "The council met on Monday and talked for three hours about the new bridge over the river."


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block("paragraph", text) for text in texts)


def flag(kind: str, first: int | None, last: int | None, cause: str | None = None, same: int | None = None) -> Flag:
    same_as = None if same is None or first is None or last is None else (same, same + last - first)
    return Flag(kind, cause, "", "rule", 0.9, first, last, same_as)  # type: ignore[arg-type]


def test_noise_repeats_and_boilerplate_each_fold_to_one_line_that_says_what_is_hidden() -> None:
    page = blocks(
        "404",
        "Not found",
        "Go home",
        f"{PROSE} One.",
        f"{PROSE} Two.",
        f"{PROSE} One.",
        f"{PROSE} Two.",
        "Comments (0)",
    )
    flags = [
        flag("error-noise", 0, 2, "not-found"),
        flag("repeated-section", 5, 6, "exact", same=3),
        flag("boilerplate", 7, 7, "comment-stub"),
    ]
    assert [(fold.first, fold.last, fold.label) for fold in hidden(page, flags)] == [
        (0, 2, "3 lines hidden: 404 error"),
        (5, 6, "2 paragraphs hidden: repeat of paragraph 4"),
        (7, 7, "1 line hidden: comment stub"),
    ]


def test_flags_of_the_whole_page_hide_nothing() -> None:
    page = blocks("404", "Not found")
    assert hidden(page, [flag("error-page", None, None, "not-found"), flag("thin", 0, 1)]) == ()


def test_where_flags_overlap_the_error_names_the_fold_and_each_block_is_hidden_once() -> None:
    page = blocks("a", "b", "c")
    folds = hidden(page, [flag("error-noise", 1, 1, "captcha"), flag("boilerplate", 0, 2, "consent")])
    assert [(fold.first, fold.last, fold.kind) for fold in folds] == [
        (0, 0, "boilerplate"), (1, 1, "error-noise"), (2, 2, "boilerplate"),
    ]  # fmt: skip


def test_neighbours_of_the_same_cause_fold_together_and_of_another_do_not() -> None:
    page = blocks("a", "b", "c")
    flags = [
        flag("error-noise", 0, 0, "captcha"),
        flag("error-noise", 1, 1, "captcha"),
        flag("error-noise", 2, 2, "login"),
    ]
    assert [(fold.first, fold.last) for fold in hidden(page, flags)] == [(0, 1), (2, 2)]


def test_no_noise_by_hand_shows_a_block_that_a_flag_hid() -> None:
    page = blocks("Subscribe", "Share", "Text")
    marks = [(block_keys(page)[1], False)]
    assert [block.text for block in clean_blocks(page, [flag("boilerplate", 0, 1, "share")], marks)] == [
        "Share",
        "Text",
    ]


def test_noise_by_hand_hides_a_block_that_no_flag_hid() -> None:
    page = blocks("Headline", "Buy our mug")
    (fold,) = hidden(page, [], [(block_keys(page)[1], True)])
    assert (fold.first, fold.kind, fold.label) == (1, "noise", "1 line hidden: marked as noise by hand")


def test_a_mark_on_the_later_copy_leaves_the_first_alone() -> None:
    page = blocks("Same words", "Between", "Same words")
    assert [block.text for block in clean_blocks(page, [], [(block_keys(page)[2], True)])] == ["Same words", "Between"]


def test_a_mark_holds_when_blocks_come_before_it_and_spaces_of_case_change() -> None:
    marks = [(block_keys(blocks("Buy our mug"))[0], True)]
    assert [block.text for block in clean_blocks(blocks("New", "BUY our mug"), [], marks)] == ["New"]


def test_a_span_that_reaches_beyond_the_blocks_is_cut_to_them() -> None:
    assert [(fold.first, fold.last) for fold in hidden(blocks("a", "b"), [flag("boilerplate", 1, 9)])] == [(1, 1)]


@given(
    texts=st.lists(st.text(max_size=4), max_size=12),
    spans=st.lists(
        st.tuples(
            st.sampled_from(["error-noise", "repeated-section", "boilerplate"]), st.integers(0, 12), st.integers(0, 4)
        )
    ),
    marked=st.lists(st.tuples(st.integers(0, 11), st.booleans())),
)
def test_folds_stand_in_order_and_what_they_leave_is_the_clean_text(
    texts: list[str], spans: list[tuple[str, int, int]], marked: list[tuple[int, bool]]
) -> None:
    page = blocks(*texts)
    keys = block_keys(page)
    flags = [flag(kind, first, first + length) for kind, first, length in spans]
    marks = [(keys[number], noise) for number, noise in marked if number < len(keys)]
    folds = hidden(page, flags, marks)
    assert all(one.last < two.first for one, two in pairwise(folds))
    assert all(0 <= fold.first <= fold.last < len(page) for fold in folds)
    assert len(clean_blocks(page, flags, marks)) == len(page) - sum(fold.last - fold.first + 1 for fold in folds)
    away = {number for fold in folds for number in range(fold.first, fold.last + 1)}
    assert all((keys.index(key) in away) == noise for key, noise in dict(marks).items())
