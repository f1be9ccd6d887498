"""Near copies side by side: how alike they are, which is the best, what differs word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.comparing import Copy, Likeness, differences, likeness, percent, propose, told
from triage.model import Decision, Flag, Item, Verdict
from triage.text import tokens

FERRY = "The ferry runs again, and the baker was the first on board."
FLOUR = "Her flour had come by rowing boat all winter, two sacks at a time."
ENGINE = "The harbour board says that the new engine starts when it is asked to."
ERROR = Flag("error-page", "not-found", "nothing is there", "phrase", 0.9)
NOISE = Flag("error-noise", "captcha", "a captcha", "noise", 0.9, 0, 0)
NEAR = Flag("near-duplicate", "copy", "a copy", "near", 0.9)


def told_inline(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The differences as one would write them: `[-gone-]`, `{+new+}`, `(3)` for words folded away."""
    written = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}", "fold": "({})"}
    return [
        " ".join(written[p.change].format(p.words if p.change == "fold" else p.text.strip()) for p in paragraph)
        for paragraph in differences(one, other)
    ]


def copy(path: str, **facts: Any) -> Copy:
    item = {name: facts.pop(name) for name in ("date", "flags", "site") if name in facts}
    verdict: Verdict | None = facts.pop("verdict", None)
    facts.setdefault("words", 400)
    return Copy(Item(path, sha256="0", decision=Decision(verdict), **item), **facts)


def best(*copies: Copy) -> tuple[str, str]:
    proposal = propose(copies)
    assert proposal is not None
    return copies[proposal.index].item.path, proposal.reason


# What differs.


def test_a_word_changed_is_told_inside_its_paragraph() -> None:
    assert told_inline([FERRY], [FERRY.replace("runs", "sails")]) == [
        "The ferry [-runs-] {+sails+} again, and the baker was the first on board."
    ]


def test_a_paragraph_gone_and_one_new_stand_alone_at_their_places() -> None:
    assert told_inline([FERRY, FLOUR, ENGINE], [FERRY, ENGINE, "And it is louder."]) == [
        FERRY,
        f"[-{FLOUR}-]",
        f"({len(tokens(ENGINE))})",
        "{+And it is louder.+}",
    ]


def test_the_beginning_of_a_paragraph_that_is_gone_stays_in_its_paragraph() -> None:
    assert told_inline(["On Monday. " + FERRY], [FERRY]) == [f"[-On Monday.-] {FERRY}"]


def test_a_first_word_changed_leaves_the_paragraph_whole() -> None:
    assert told_inline(["Yesterday we sailed home"], ["Today we sailed home"]) == [
        "[-Yesterday-] {+Today+} we sailed home"
    ]


def test_paragraphs_cut_otherwise_are_the_same() -> None:
    assert told_inline([FERRY, FLOUR], [f"{FERRY} {FLOUR}"]) == ["(26)"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Quite so,” he said.", '"quite so", he said'),
        ("THE FERRY  RUNS", "The ferry runs…"),
        ("ﬁne weather", "fine weather"),
        ("a - b", "a b"),
    ],
)
def test_case_punctuation_and_spaces_are_no_difference(one: str, other: str) -> None:
    assert {p.change for paragraph in differences([one], [other]) for p in paragraph} == {"same"}


def test_a_digit_or_an_accent_is_a_difference() -> None:
    assert told_inline(["It cost 40 crowns"], ["It cost 90 crowns"]) == ["It cost [-40-] {+90+} crowns"]
    assert told_inline(["le pêcheur du port"], ["le pécheur du port"]) == ["le [-pêcheur-] {+pécheur+} du port"]


def test_scripts_without_spaces_are_compared_by_character() -> None:
    assert told_inline(["島の船は朝に出る。"], ["島の船は夜に出る。"]) == ["島の船は [-朝-] {+夜+} に出る。"]


def test_words_in_common_by_chance_do_not_tear_two_passages_to_shreds() -> None:
    shreds = told_inline(
        [FERRY, "A bell of bronze the size of a cow was lifted from the mud by nine men."],
        [FERRY, "Nobody knows who painted the door of the customs house in such a hurry."],
    )
    assert shreds[-2:] == [
        "[-A bell of bronze the size of a cow was lifted from the mud by nine men.-]",
        "{+Nobody knows who painted the door of the customs house in such a hurry.+}",
    ]


def test_long_equal_stretches_are_folded_but_for_a_few_words_beside_a_change() -> None:
    long = " ".join(f"w{number}" for number in range(60))
    (line,) = told_inline([f"{long} end"], [f"{long} END2"])
    assert line == "(48) " + " ".join(f"w{number}" for number in range(48, 60)) + " [-end-] {+END2+}"


def test_short_equal_stretches_are_shown_rather_than_folded() -> None:
    assert told_inline(["One two three.", "Four."], ["One two three.", "Five."]) == [
        "One two three.", "[-Four.-]", "{+Five.+}",
    ]  # fmt: skip


def test_a_text_against_nothing_is_all_gone_or_all_new() -> None:
    assert told_inline([FERRY], []) == [f"[-{FERRY}-]"]
    assert told_inline([], [FERRY]) == [f"{{+{FERRY}+}}"]
    assert differences([], []) == ()


def test_what_would_act_on_a_terminal_is_made_visible() -> None:
    lines = told_inline(["one\x1b[2J two three"], ["one\u202e two four\x9b"])
    assert not set("\x1b\u202e\x9b") & set("".join(lines))


_words = st.lists(st.sampled_from(["ferry", "the", "a", "baker", "sea", "七", "日", "!", "42"]), max_size=12).map(
    " ".join
)
_texts = st.lists(_words, max_size=6)


@given(_texts, _texts)
def test_both_texts_can_be_read_out_of_their_differences(one: list[str], other: list[str]) -> None:
    found = [p for paragraph in differences(one, other) for p in paragraph]
    for side, alone in ((one, "gone"), (other, "new")):
        shown = [p for p in found if p.change in ("same", alone)]
        folded = sum(p.words for p in found if p.change == "fold")
        words = tokens(" ".join(side))
        assert sum(p.words for p in shown) + folded == len(words)
        if not folded:
            assert tokens(" ".join(p.text for p in shown)) == words


@given(_texts)
def test_a_text_does_not_differ_from_itself(text: list[str]) -> None:
    assert {p.change for paragraph in differences(text, text) for p in paragraph} <= {"same", "fold"}


# How alike.


def test_equal_texts_are_told_as_such_whatever_their_paragraphs() -> None:
    found = likeness([FERRY, FLOUR], [f"{FERRY} {FLOUR}"])
    assert found == Likeness(1.0, 1.0, 1.0, same=True)
    assert told(found) == "word for word the text of that one"


def test_a_beginning_stands_whole_in_the_longer_text() -> None:
    found = likeness([FERRY], [FERRY, FLOUR, ENGINE])
    assert found.here == 1.0
    assert found.there < 0.5
    assert told(found) == "100 % of this page stands in that one, which is 3.3 times longer"


def test_seen_from_the_longer_text_the_shorter_one_is_told_of() -> None:
    words = told(likeness([FERRY, FLOUR, ENGINE], [FERRY]), "the best")
    assert words == "100 % of the best stands in this page, which is 3.3 times longer"


def test_texts_of_one_length_are_told_both_ways() -> None:
    assert (
        told(Likeness(0.921, 0.9, 1.02, same=False)) == "92 % of this page stands in that one, 90 % of that one in this"
    )


def test_strangers_and_empty_texts_share_nothing() -> None:
    assert likeness([FERRY], [ENGINE]).here == 0.0
    assert likeness([], [ENGINE]).here == likeness([ENGINE], []).here == 0.0
    assert told(likeness([FERRY], [])) == "nothing of this page stands in that one"


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0 %"), (0.001, "1 %"), (0.924, "92 %"), (0.999, "99 %"), (1, "100 %")]
)
def test_only_the_whole_is_called_a_hundred_per_cent(share: float, words: str) -> None:
    assert percent(share) == words


# The best.


def test_the_earliest_of_equals_is_proposed() -> None:
    assert best(copy("a", date="2024-02-02"), copy("b", date="2024-02-01"), copy("c")) == ("b", "earliest")


def test_fewer_flags_weigh_more_than_an_earlier_date_and_having_copies_is_no_flag() -> None:
    flagged = copy("a", date="2024-02-01", flags=(NOISE,))
    assert best(flagged, copy("b", date="2024-02-02", flags=(NEAR,))) == ("b", "fewest flags")


def test_a_page_on_the_site_that_its_copies_name_is_proposed_before_cleaner_ones() -> None:
    own = copy("a", home="gazette.example", flags=(NOISE,))
    mirror = copy("b", home="mirror.example", named="gazette.example")
    assert best(own, mirror) == ("a", "its own site")


def test_a_shortened_copy_is_not_the_best_even_on_its_own_site() -> None:
    teaser = copy("a", home="gazette.example", named="gazette.example", words=90)
    assert best(teaser, copy("b", home="mirror.example")) == ("b", "longest clean text")


def test_an_error_page_never_represents_its_copies() -> None:
    error = copy("a", date="2020-01-01", words=900, flags=(ERROR,))
    assert best(error, copy("b"))[0] == "b"
    assert propose([error, replace(error, item=replace(error.item, path="z"))]) is None
    assert propose([]) is None


def test_what_the_analyst_kept_stays_the_best_and_what_was_discarded_is_not() -> None:
    assert best(copy("a", date="2020-01-01"), copy("b", verdict="keep")) == ("b", "kept already")
    assert best(copy("a", date="2020-01-01", verdict="discard"), copy("b"))[0] == "b"


def test_where_all_were_discarded_one_is_proposed_all_the_same() -> None:
    assert best(copy("a", verdict="discard"), copy("b", verdict="discard", date="2020-01-01")) == ("b", "earliest")


def test_of_copies_alike_in_all_the_first_by_path_is_proposed() -> None:
    assert best(copy("b"), copy("a")) == ("a", "all are alike, this is the first by path")
