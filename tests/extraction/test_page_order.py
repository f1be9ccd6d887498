from triage.extraction.page_order import true_to_page
from triage.extraction.visible import VisibleBlock
from triage.model import Block

A = "The bakery on the corner opened again after the flood."
B = "Its oven had stood in water for nine days and still works."
C = "Neighbours brought flour, blankets and a very large cake."


def seen(*texts: str) -> list[VisibleBlock]:
    return [VisibleBlock("paragraph", text, 0, hidden=False, tag="p") for text in texts]


def extracted(*texts: str) -> list[Block]:
    return [Block("paragraph", text) for text in texts]


def result(blocks: list[Block], page: list[VisibleBlock]) -> list[str]:
    return [block.text for block in true_to_page(blocks, page)]


def test_what_the_extractor_prints_twice_and_the_page_holds_once_is_dropped() -> None:
    assert result(extracted(A, B, A, B), seen("Menu", A, B, C)) == [A, B]


def test_what_stands_twice_in_the_page_stays_twice() -> None:
    assert result(extracted(A, B, C, A, B), seen(A, B, C, A, B)) == [A, B, C, A, B]


def test_copies_in_a_row_that_the_extractor_left_out_are_put_back() -> None:
    assert result(extracted(A, B, C), seen(A, B, B, B, C)) == [A, B, B, B, C]


def test_blocks_come_in_the_order_of_the_page() -> None:
    assert result(extracted(B, C, A), seen(A, B, C)) == [A, B, C]


def test_labels_stay_beside_their_text_though_they_stand_elsewhere_too() -> None:
    page = seen("Share", A, B, "Photo", C)
    assert result(extracted(A, "Share", B, "Photo", C), page) == [A, "Share", B, "Photo", C]


def test_blocks_that_the_page_holds_in_pieces_are_kept() -> None:
    assert result(extracted(f"{A} {C}", B), seen(A, "Advert", C, B)) == [f"{A} {C}", B]


def test_a_loose_text_behind_a_heading_and_before_what_was_kept_is_put_back() -> None:
    loose = (
        "The bakery on the corner opened again after the flood, and its oven, which had stood in water, still works."
    )
    page = [
        VisibleBlock("heading", "The oven", 0, hidden=False, tag="h1"),
        VisibleBlock("paragraph", loose, 0, hidden=False, tag="body"),
        *seen(B, C),
    ]
    assert result([Block("heading", "The oven"), *extracted(B, C)], page) == ["The oven", loose, B, C]
    assert result(extracted(B, C), page) == [loose, B, C]
    assert result(extracted(C), page) == [C]


LISTED = ("Ovens", "Mixers and bowls", "Weights", "Second-hand tins")


def test_a_paragraph_that_runs_the_pages_blocks_together_is_cut_as_they_are() -> None:
    page = seen(*LISTED, A, B, C)
    assert result(extracted(" ".join(LISTED), A, B, C), page) == [*LISTED, A, B, C]


def test_what_a_browser_hides_leaves_a_paragraph_that_is_cut() -> None:
    page = seen("Ovens", "Mixers and bowls", "Weights", "Second-hand tins", A, B)
    page[2] = page[2]._replace(hidden=True)
    assert result(extracted(" ".join(LISTED), A, B), page) == ["Ovens", "Mixers and bowls", "Second-hand tins", A, B]


def test_choices_that_nobody_sees_do_not_keep_a_paragraph_from_being_cut() -> None:
    page = seen("Menu", "Opening hours", A, B, C, *(f"Neighbour {number} said: {A}" for number in range(5)))
    joined = f"Opening hours {A} Monday Tuesday Wednesday Thursday {B} January February {C}"
    assert result(extracted(joined), page) == ["Opening hours", A, B, C]


def test_a_single_paragraph_that_is_the_whole_page_is_no_article() -> None:
    assert result(extracted(" ".join((*LISTED, A, B))), seen(*LISTED, A, B)) == []
    footer = [f"Neighbour {number} said: {A}" for number in range(9)]
    assert result(extracted(" ".join((*LISTED, A))), seen(*LISTED, A, *footer)) == []
    assert result(extracted(f"{A} {B}"), seen(f"{A} {B}")) == [f"{A} {B}"]


def test_a_first_letter_set_large_stays_with_its_word() -> None:
    assert result(extracted(A, B), seen(A[0], A[1:], B)) == [A, B]


def test_a_sentence_that_was_parted_at_its_code_is_whole_again() -> None:
    whole = "Run apt install rye-flour once, and the tin fills itself by noon."
    pieces = [
        Block("paragraph", "Run"),
        Block("code", "apt install rye-flour"),
        Block("paragraph", "once, and the tin fills itself by noon."),
    ]
    assert result([*extracted(A), *pieces, *extracted(B)], seen(A, whole, B)) == [A, whole, B]
    assert result([*extracted(A, whole), *pieces[1:], *extracted(B)], seen(A, whole, B)) == [A, whole, B]


def test_lines_of_one_block_that_say_something_each_stay_apart() -> None:
    lines = ("Mixed dough, 4 crowns.", "Plain dough, 3 crowns.", "Neither is sold on Sundays.")
    assert result(extracted(A, *lines, B), seen(A, " ".join(lines), B)) == [A, *lines, B]


def test_blocks_of_a_page_of_which_a_browser_shows_nothing_are_kept() -> None:
    assert result(extracted(A, B), []) == [A, B]
