from triage.extraction.page_text import true_to_page
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
