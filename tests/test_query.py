from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.errors import QueryError
from triage.model import Decision, Flag, Item
from triage.query import parse
from triage.query.completing import completions


def flag(kind: str, cause: str | None = None) -> Flag:
    return Flag(kind, cause, "", "rule", 0.9)  # type: ignore[arg-type]


def item(path: str = "a.html", **about: object) -> Item:
    return Item(path, **{"sha256": "00", **about})  # type: ignore[arg-type]


def decided(verdict: str | None = None, **about: object) -> Item:
    return item(decision=Decision(verdict, **about))  # type: ignore[arg-type]


def fits(text: str, given: Item, groups: dict[str, int] | None = None, hits: dict[str, set[str]] | None = None) -> bool:
    found = {word: {(path, None) for path in paths} for word, paths in (hits or {}).items()}
    return parse(text).matches(given, found, groups or {})


# Every condition, what it finds, and what it leaves.


@pytest.mark.parametrize(
    ("text", "found", "left"),
    [
        ("is:undecided", item(), decided("keep")),
        ("is:undecided", decided(tags=("x",)), decided("later")),
        ("is:decided", decided("discard"), item()),
        ("is:kept", decided("keep"), decided("discard")),
        ("is:keep", decided("keep"), decided("later")),
        ("is:discard", decided("discard"), decided("keep")),
        ("is:later", decided("later"), item()),
        ("is:changed", item(changed=True), item()),
        ("is:flagged", item(flags=(flag("thin"),)), item()),
        ("is:clean", item(), item(flags=(flag("thin"),))),
        ("is:clean", item(), Item("unscanned.html")),
        ("is:scanned", item(), Item("unscanned.html")),
        ("is:tagged", decided(tags=("x",)), decided("keep")),
        ("is:noted", decided(note="ask"), decided("keep")),
        ("flag:error-page", item(flags=(flag("error-page"),)), item(flags=(flag("error-noise"),))),
        ("flag:error", item(flags=(flag("error-noise"),)), item(flags=(flag("thin"),))),
        ("flag:repeat", item(flags=(flag("repeated-section"),)), item(flags=(flag("near-duplicate"),))),
        ("flag:dup", item(flags=(flag("near-duplicate"),)), item(flags=(flag("repeated-section"),))),
        ("cause:captcha", item(flags=(flag("error-page", "captcha"),)), item(flags=(flag("error-page", "login"),))),
        ("cause:not", item(flags=(flag("error-noise", "not-found"),)), item(flags=(flag("thin"),))),
        ("cause:comment-stub", item(flags=(flag("boilerplate", "comment-stub"),)), item()),
        ("tag:seen", decided(tags=("Seen",)), decided(tags=("unseen",))),
        ("tag:se*", decided(tags=("seen",)), decided(tags=("unseen",))),
        ('tag:"two words"', decided(tags=("two words",)), decided(tags=("two",))),
        ("site:example.com", item(site="news.example.com"), item(site="badexample.com")),
        ("site:www.example.com", item(site="example.com"), item()),
        ("site:*.org", item(site="a.org"), item(site="a.com")),
        ("lang:pt", item(language="pt-BR"), item(language="p")),
        ("lang:*", item(language="en"), item()),
        ("words:>300", item(words=301), item(words=300)),
        ("words:300", item(words=300), item(words=301)),
        ("words:100..500", item(words=500), item(words=501)),
        ("words:..9", item(words=9), item(words=10)),
        ("words:<10", item(words=0), Item("unscanned.html")),
        ("date:2024-01..", item(date="2024-01-01"), item(date="2023-12-31")),
        ("date:2024-01..2024-03", item(date="2024-03-31"), item(date="2024-04-01")),
        ("date:2024", item(date="2024-07-09"), item(date="2023-07-09")),
        ("date:>2024-01", item(date="2024-02-01"), item(date="2024-01-31")),
        ("date:<=2024-01", item(date="2024-01-31"), item()),
        ("date:..2024", item(date="1999-01-01"), item()),
        ("date:*", item(date="1999-01-01"), item()),
        ("group:>1", item(group="a.html"), item()),
        ("group:a.html", item(group="a.html"), item(group="b.html")),
        ("note:ask", decided(note="Ask Ann"), decided(note="fine")),
        ("by:ann*", decided("keep", reviewer="Anna"), decided("keep", reviewer="Joanna")),
        ("path:news", item("old/news/a.html"), item("old/a.html")),
        ("path:news/*", item("news/a.html"), item("old/news/a.html")),
        ("path:*/a*.html", item("x/y/ab.html"), item("x/y/ba.html")),
        ("title:RÉSUMÉ", item(title="My résumé"), item(title="My resume")),
    ],
)  # fmt: skip
def test_a_condition_finds_what_it_names_and_leaves_its_counter_example(text: str, found: Item, left: Item) -> None:
    assert fits(text, found)
    assert not fits(text, left)
    assert fits(f"-{text}", left)


def test_an_empty_filter_shows_everything() -> None:
    assert fits("  ", item())
    assert parse("").words == ()


def test_words_and_phrases_are_asked_of_the_full_text_beforehand() -> None:
    query = parse('flood "heavy rain" -rain* flood')
    assert query.words == ("flood", "heavy rain", "rain*")
    hits = {"flood": {("a.html", None)}, "heavy rain": {("a.html", None)}, "rain*": set()}
    assert query.matches(item("a.html"), hits)
    assert not query.matches(item("b.html"), hits)


def test_a_word_finds_one_record_of_a_container_and_not_its_neighbour() -> None:
    hits = {"flood": {("a.warc", "2")}}
    assert parse("flood").matches(Item("a.warc", "2"), hits)
    assert not parse("flood").matches(Item("a.warc", "1"), hits)


def test_side_by_side_is_and_which_binds_stronger_than_or() -> None:
    text = "is:kept words:>10 or is:later"
    assert fits(text, decided("later"))
    assert not fits(text, decided("keep"))
    assert fits(text, item(words=11, decision=Decision("keep")))


def test_brackets_group_and_minus_turns_a_group_round() -> None:
    assert not fits("-(is:kept or is:later)", decided("later"))
    assert fits("-(is:kept or is:later)", item())
    assert fits("(lang:en or lang:fr) is:undecided", item(language="fr"))
    assert not fits("(lang:en or lang:fr) is:undecided", item(language="de"))


def test_a_group_has_the_size_that_is_told_and_two_where_none_is() -> None:
    copies = item(group="a.html")
    assert fits("group:3", copies, groups={"a.html": 3})
    assert not fits("group:3", copies)
    assert fits("group:2..", copies)


def test_or_in_quotes_and_a_name_in_quotes_are_words() -> None:
    assert parse('"or" "tag:seen"').words == ("or", "tag:seen")


def test_a_minus_or_colon_within_a_word_belongs_to_it() -> None:
    assert parse("e-mail 12:30").words == ("e-mail", "12:30")


# Faults are pointed at.


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("flood falg:error-page", 6, "“flag:”"),
        ("flood flag:eror-page", 11, "“error-page”"),
        ("is:keptt", 3, "“kept”"),
        ("is:d", 3, "decided or discarded"),
        ("is:nonsense", 3, "undecided, decided"),
        ("cause:capcha", 6, "“captcha”"),
        ("words:many", 6, "words:>300"),
        ("words:9..1", 6, "backwards"),
        ("words:..", 6, "number"),
        ("date:yesterday", 5, "date:2024"),
        ("date:2024-13", 5, "no date “2024-13”"),
        ("date:2024-02-30..", 5, "no date “2024-02-30”"),
        ("date:2024..2023", 5, "backwards"),
        ("date:..", 5, "one side"),
        ("tag:", 0, "tag:archive"),
        ('a tag:""', 2, "tag:archive"),
        ('rain "heavy', 5, "quote is not closed"),
        ("rain (heavy", 5, "bracket is not closed"),
        ("rain heavy)", 10, "closes nothing"),
        ("rain ()", 5, "between these brackets"),
        ("rain -", 5, "follows this minus"),
        ("or rain", 0, "before this “or”"),
        ("rain or", 5, "after this “or”"),
        ("rain !!", 5, "letter or digit"),
        ("http://example.com", 0, "in quotes"),
        ("(" * 500 + "a" + ")" * 500, 41, "in one another"),
        ("-" * 500 + "a", 41, "in one another"),
    ],
)  # fmt: skip
def test_a_fault_is_pointed_at_and_told_in_a_sentence(text: str, at: int, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.at == at
    assert says in str(caught.value)


def test_a_pattern_of_many_stars_is_answered_at_once() -> None:
    assert not fits("note:" + "*a" * 200 + "b", decided(note="a" * 20_000))


# Properties.

_pieces = st.sampled_from(
    ["(", ")", "-", "or", "OR", '"', "\\", " ", "\n", ":", "*", "flag:", "is:", "tag:", "words:", "date:", "group:",
     "error-page", "kept", "undecided", ">300", "1..2", "2024-01", "2024-02..", "rain", "雨", "é", "a.b", "''", "\x1c"]
)  # fmt: skip
_texts = st.one_of(st.lists(_pieces, max_size=14).map("".join), st.text(max_size=30))


@given(_texts)
def test_whatever_is_typed_is_understood_or_pointed_at(text: str) -> None:
    fault = fault_of(text)
    assert fault is None or (0 <= fault.at <= len(text) and str(fault))


def fault_of(text: str) -> QueryError | None:
    try:
        parse(text)
    except QueryError as fault:
        return fault
    return None


@given(_texts)
def test_a_query_written_out_parses_to_the_same_query(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


_words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)
_leaves = st.one_of(
    _words.map(lambda word: f'"{word}"'),
    st.sampled_from(["is:kept", "is:clean", "words:>3", "lang:en", "-group:>1", 'tag:"a (b)"']),
)
_trees = st.recursive(
    _leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda found: "(" + " ".join(found) + ")"),
        st.lists(parts, min_size=2, max_size=3).map(lambda found: "(" + " or ".join(found) + ")"),
        parts.map(lambda found: f"-({found})"),
    ),
    max_leaves=8,
)


@given(_trees)
def test_every_tree_survives_being_written_out(text: str) -> None:
    query = parse(text)
    assert parse(str(query)) == query


@given(_trees, st.booleans())
def test_minus_turns_the_answer_of_any_query_round(text: str, kept: bool) -> None:
    given_item = decided("keep" if kept else None)
    hits: dict[str, set[tuple[str, str | None]]] = {word: set() for word in parse(text).words}
    assert parse(text).matches(given_item, hits) != parse(f"-({text})").matches(given_item, hits)


# Completion.

IN_USE = {"tag": ["later on", "archive"], "site": ["example.com", "example.org"]}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("fl", "flag:"),
        ("rain -fl", "flag:"),
        ("(is:u", "is:undecided"),
        ("flag:rep", "flag:repeated-section"),
        ("cause:wall", "cause:bot-wall"),
        ("tag:", 'tag:"later on"'),
        ('tag:"lat', 'tag:"later on"'),
        ("site:org", "site:example.org"),
    ],
)
def test_the_word_at_the_cursor_is_completed_by_names_and_values_in_use(text: str, first: str) -> None:
    assert completions(text, len(text), IN_USE)[0] == first


def test_a_value_with_quotes_in_it_is_completed_whole() -> None:
    assert completions('tag:"say \\"ch', 12, {"tag": ['say "cheese"']}) == ['tag:"say \\"cheese\\""']


def test_values_that_begin_so_come_before_those_that_hold_it() -> None:
    assert completions("flag:page", 9, {}) == ["flag:error-page"]
    assert completions("is:dec", 6, {}) == ["is:decided", "is:undecided"]


def test_completion_looks_at_the_cursor_and_not_at_the_end() -> None:
    assert completions("fl is:kept", 2, {}) == ["flag:"]


def test_nothing_completes_an_unknown_name_or_what_is_complete() -> None:
    assert completions("nonsense:x", 10, IN_USE) == []
    assert completions("is:kept", 7, IN_USE) == []


@given(_texts, st.integers(0, 30))
def test_every_completion_can_be_parsed_once_it_has_a_value(text: str, at: int) -> None:
    for word in completions(text, at, IN_USE):
        if not word.endswith(":"):
            parse(word)
