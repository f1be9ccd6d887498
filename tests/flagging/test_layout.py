"""How the blocks of a long page are looked up: by counts, since a clock would not tell on a busy machine."""

from collections.abc import Sequence
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from triage.flagging.layout import Layout
from triage.model import Block
from triage.text import normal

SENTENCE = (
    "The ferry to the islands was late all week, and the harbour master of Porto {} blamed a tide that nobody "
    "else on the quay had seen."
)


class Searched(str):
    """A text that counts how often it is searched from end to end."""

    __slots__ = ()
    searches: ClassVar[list[object]] = []

    def __contains__(self, words: object) -> bool:
        self.searches.append(words)
        return super().__contains__(words)


class Indexes(tuple[int, ...]):
    """Block numbers that are looked through one by one, which nothing that asks of every word may do."""

    __slots__ = ()

    def __contains__(self, at: object) -> bool:
        raise AssertionError(f"all prose was looked through for block {at}")


def layout_of(texts: Sequence[str]) -> Layout:
    return Layout([Block("paragraph", text) for text in texts], language="en")


def searches(messages: int) -> int:
    layout = layout_of([SENTENCE.format(number) for number in range(40)])
    layout.__dict__["prose_text"] = Searched(layout.prose_text)
    Searched.searches.clear()
    for number in range(messages):
        assert not layout.says(f"the harbour master of error{number} was not found")
        assert not layout.says(f"late all week page {number} could not be shown")
    assert layout.says("was late all week, and the harbour master")
    return len(Searched.searches)


def test_ten_times_as_many_messages_do_not_search_a_long_text_ten_times_as_often() -> None:
    assert searches(200) == searches(2000) <= 60


@given(st.text(alphabet="ab .,-1é", max_size=40), st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_what_is_asked_after_many_questions_has_the_same_answer(text: str, first: int, last: int, cut: bool) -> None:
    layout = layout_of([f"{text} {SENTENCE}"])
    for number in range(60):
        layout.says(f"question {number}")
    words = layout.prose_text[first:last] if cut else normal(text[::-1])
    assert layout.says(words) == (words in layout.prose_text)


def test_questions_about_words_do_not_look_through_all_prose() -> None:
    layout = layout_of([SENTENCE.format(number) for number in range(40)] + ["The harbour master is late"])
    layout.__dict__["prose"] = Indexes(layout.prose)
    for ask in (layout.unrelated, layout.stands_alone, layout.shares_nothing, layout.shared_words, layout.foreign):
        ask(40)
        ask(3)
    assert layout.has_prose(3)
    assert not layout.has_prose(40)


RUSSIAN = (
    "Паром к островам опаздывал всю неделю, и начальник порта винил прилив, которого на причале больше никто не видел, "
    "а потом и ветер."
)


def test_a_text_in_another_script_is_strange_where_it_stands_alone() -> None:
    own = [Block("paragraph", SENTENCE.format(number)) for number in range(8)]
    strange = Block("paragraph", RUSSIAN)
    assert Layout([*own, strange]).foreign(8)
    translated = [Block("paragraph", f"{number}. {RUSSIAN}") for number in range(5)]
    assert not Layout([*own, *translated, strange]).foreign(13)
