"""The parts of a long text: made one by one, and yet as if all had been made."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from triage.model import Block, Flag
from triage.tui.layout import Layout
from triage.tui.parts import BlockParts, Part, Parts, SourceParts
from triage.tui.reading_lines import marked, marks
from triage.tui.render import UNICODE
from triage.tui.wrapping import MIN_WIDTH, height

KINDS = ("paragraph", "heading", "list-item", "quote", "table-row", "code")
TEXTS = st.one_of(
    st.text(max_size=12), st.text("ab \n\t灯\u0301ш", max_size=60), st.just("a long line of words " * 8), st.just("")
)
BLOCKS = st.lists(st.builds(Block, kind=st.sampled_from(KINDS), text=TEXTS), max_size=60)


@given(blocks=BLOCKS, room=st.integers(MIN_WIDTH + 2, 90), last=st.integers(0, 20))
def test_heights_found_a_thousand_at_a_time_are_those_of_the_parts(blocks: list[Block], room: int, last: int) -> None:
    flag = Flag("boilerplate", "share", "a reason", "rule", 0.9, 3, 3 + last)
    parts = marked(blocks, marks(blocks, [flag]), UNICODE)
    one_by_one = [part.gap + height(part.text, max(MIN_WIDTH, room - len(part.indent))) for part in parts]
    assert parts.heights(room, MIN_WIDTH) == one_by_one
    assert len(parts) == len(one_by_one)


@given(blocks=BLOCKS, start=st.integers(0, 60), backwards=st.booleans())
def test_no_part_with_a_match_is_passed_over(blocks: list[Block], start: int, backwards: bool) -> None:
    parts = Parts([[Part("a title with words", "title"), Part("facts")], BlockParts(blocks, 0, len(blocks) - 1)])
    words = re.compile("words|灯|a")
    wanted = [i for i, part in enumerate(parts) if part.searched and words.search(part.text)]
    wanted = [i for i in reversed(wanted) if i <= start] if backwards else [i for i in wanted if i >= start]
    found = list(parts.that_may_hold(words, start, backwards=backwards))
    assert [i for i in found if i in wanted] == wanted
    assert found == sorted(found, reverse=backwards)


def test_of_a_hundred_thousand_lines_only_those_asked_for_are_made() -> None:
    blocks = [Block("paragraph", f"line {number}") for number in range(100_000)]
    for run in (BlockParts(blocks, 0, len(blocks) - 1), SourceParts("\n".join(block.text for block in blocks))):
        with patch.object(type(run), "make", autospec=True, side_effect=type(run).make) as make:
            parts = Parts([run])
            assert sum(parts.heights(80, MIN_WIDTH)) >= 100_000
            assert parts[99_999].text == "line 99999"
            assert next(parts.that_may_hold(re.compile("line 50000"), 0)) <= 50_000
        assert make.call_count <= 2


def test_a_part_in_view_is_made_once_however_often_its_lines_ask_for_it() -> None:
    parts = Parts([run := BlockParts([Block("paragraph", "word " * 200_000)], 0, 0)])
    with patch.object(BlockParts, "make", autospec=True, side_effect=BlockParts.make) as make:
        layout = Layout(parts, 80)
        assert all(layout.line(y) for y in range(1, 41))
    assert len(run) == make.call_count == 1
