"""Prose that stands twice where no block is a copy: inside one paragraph, or as a standfirst. All texts are our own."""

from __future__ import annotations

from triage.clean_view import hidden
from triage.flagging.repeats import find
from triage.flagging.subject import Subject
from triage.model import Article, Block, BlockKind, Evidence, Flag, Media

OFFER = (
    "The ferry sells boats, sails, rope, tar by the barrel, lamps for the mast, charts of the bay, oars cut to length, "
    "anchors of three sizes, buckets, brushes, paint that dries in the rain and all that a shipwright asks for."
)
BETWEEN = "Whoever lives on the far bank orders by telephone before noon and has the goods on the same evening."
LEAD = "A tide gauge that speaks was set up at the harbour on Monday. It warned two boats on its first day out."
MORE = "The office wants a second one at the lighthouse before the winter storms, and a bequest is to pay for it."
OTHER = "Nobody in the village remembers who carved the old staff, which now hangs above the door of the inn."


def flags_of(*texts: str | Block, media: Media = "html") -> tuple[Flag, ...]:
    blocks = tuple(text if isinstance(text, Block) else Block("paragraph", text) for text in texts)
    return find(Subject(Article(blocks=blocks), Evidence(), media)).flags


def rules_of(*texts: str | Block, media: Media = "html") -> list[str]:
    return [flag.rule for flag in flags_of(*texts, media=media)]


def test_a_paragraph_that_holds_the_same_words_twice_is_told_of_the_page() -> None:
    (flag,) = flags_of(OTHER, f"{OFFER} {BETWEEN} Here too: {OFFER}")
    assert (flag.rule, flag.first, flag.same_as) == ("repeat-inside", None, None)
    assert "paragraph 2 holds the same 41 words twice: “The ferry sells boats" in flag.reason


def test_no_text_is_hidden_for_a_passage_that_stands_twice_in_its_paragraph() -> None:
    blocks = tuple(Block("paragraph", text) for text in (OTHER, f"{OFFER} {BETWEEN} {OFFER}"))
    assert not hidden(blocks, find(Subject(Article(blocks=blocks), Evidence())).flags)


def test_a_phrase_that_returns_in_a_paragraph_is_none() -> None:
    short = OFFER[: OFFER.index("charts")]
    assert not flags_of(OTHER, f"{short} and that is all. {BETWEEN} {short} and nothing else, as the board says.")


def test_code_that_has_a_run_twice_is_none() -> None:
    listing = " ".join(f"let tide{mark} = read(gauge); send(tide{mark}, pier);" for mark in "abcdefgh")
    kinds: tuple[BlockKind, ...] = ("code", "paragraph")
    for kind in kinds:
        assert not flags_of(OTHER, Block(kind, f"{listing} {BETWEEN} {listing}"))


def test_a_standfirst_that_a_longer_paragraph_holds_whole_is_told_of_the_page() -> None:
    (flag,) = flags_of(LEAD, BETWEEN, f"{LEAD} {MORE} {OTHER}")
    assert (flag.rule, flag.first) == ("repeat-standfirst", None)
    assert "paragraph 1 (22 words) stands again inside paragraph 3" in flag.reason


def test_a_standfirst_may_go_on_over_several_paragraphs_of_the_text() -> None:
    first, second = LEAD.split(". ")
    assert rules_of(LEAD, BETWEEN, f"{first}.", f"{second[:-1]}, and {MORE} {OTHER}") == ["repeat-standfirst"]


def test_a_short_form_in_the_middle_of_a_text_is_none() -> None:
    """Below the head, what is said in short and again in full is an entry of a manual, or an answer."""
    three = [BETWEEN, OTHER, MORE]
    assert not flags_of(
        *three, LEAD, "So much for the news of the week in our bay and in the hills behind it.", f"{LEAD} {OFFER}"
    )


def test_one_sentence_from_a_paragraph_is_a_pull_quote() -> None:
    quote = "It warned two boats on its first day out, which is more than the old staff ever did in a hundred years."
    assert not flags_of(quote, BETWEEN, f"A gauge that speaks was set up. {quote} {MORE} {OTHER}")


def test_a_standfirst_written_again_with_other_words_is_none() -> None:
    assert not flags_of(LEAD.replace("Monday", "Friday"), BETWEEN, f"{LEAD} {MORE} {OTHER}")


def test_a_text_page_is_not_told_as_a_whole() -> None:
    assert not flags_of(LEAD, BETWEEN, f"{LEAD} {MORE} {OTHER}", media="text")
    assert not flags_of(OTHER, f"{OFFER} {BETWEEN} {OFFER}", media="text")


def test_what_a_program_prints_is_no_prose() -> None:
    """Two runs of one program resemble each other; leaders of dots and drawn lines give them away."""
    asked = "You are about to be asked for the name of the harbour and of the pier, and may leave both empty. "
    runs = [
        f"Reading the gauge {'.' * 12}++++++ {'.' * 20}++++++ ----- {asked} Pier {name}:" for name in ("two", "six")
    ]
    assert not flags_of(runs[0], OTHER, runs[1])
    assert flags_of(*(run.translate(str.maketrans("", "", ".+-")) for run in (runs[0], OTHER, runs[1])))


def test_a_step_that_follows_on_one_like_it_is_its_other_way() -> None:
    step = "carry the brass scale to the pier, screw it to the second post from the left and read it {} with care"
    tides = [
        step.format(f"at {time} tide, twice, before and after the ferry, and write it down") for time in ("low", "high")
    ]
    assert not flags_of(OTHER, *tides)
    assert flags_of(tides[0], OTHER, MORE, tides[1])


def test_a_standfirst_set_as_a_heading_counts_as_prose() -> None:
    """A label does not, however often it heads a part."""
    assert rules_of(Block("heading", LEAD), Block("heading", LEAD), BETWEEN, OTHER) == ["repeat-exact"]
    label = Block("heading", "What the tide gauge says on Monday, and what the old staff would have said")
    assert not flags_of(label, BETWEEN, label, OTHER)


def test_headings_to_which_a_table_of_contents_leads_are_none() -> None:
    entry = f"3.1. {LEAD}"
    assert not flags_of(Block("list-item", entry, links=0.98), OTHER, Block("heading", entry), BETWEEN)
    assert flags_of(Block("list-item", entry), OTHER, Block("heading", entry), BETWEEN)
