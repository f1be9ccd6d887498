"""What the pages of a folder tell together: near copies, recurring blocks, shared error texts. Texts are made up."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.corpus import CorpusFindings, fingerprint, group
from triage.model import Article, Block, Flag, ItemKey

Pages = list[tuple[ItemKey, str | None, bytes]]

SYLLABLES = ("ka", "to", "mi", "ren", "sol", "da", "vi", "pel", "nu", "gra", "shi", "bor")
WORDS = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
ERROR = Flag("error-page", "not-found", "404", "test", 0.9)


def paragraph(seed: int, words: int = 60) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(words))


def body(seed: int, paragraphs: int = 5) -> list[str]:
    return [paragraph(seed * 100 + nth) for nth in range(paragraphs)]


def edited(texts: Sequence[str], share: float, seed: int = 0) -> list[str]:
    rng = random.Random(seed)
    return [" ".join("other" if rng.random() < share else word for word in text.split()) for text in texts]


def page(
    path: str, texts: Sequence[str | Block], flags: Sequence[Flag] = (), site: str | None = "folder"
) -> tuple[ItemKey, str | None, bytes]:
    blocks = tuple(text if isinstance(text, Block) else Block("paragraph", text) for text in texts)
    own = path.partition("/")[0] if site == "folder" else site
    return (path, None), own, fingerprint(Article(blocks=blocks), flags)


def groups(findings: CorpusFindings) -> dict[str, str]:
    return {path: name for (path, _), name in findings.groups.items()}


def reasons(findings: CorpusFindings, path: str, kind: str) -> list[str]:
    return [flag.reason for flag in findings.flags.get((path, None), ()) if flag.kind == kind]


# Near copies


def test_an_edited_copy_on_another_site_is_in_the_group_of_its_original() -> None:
    found = group([page("a.com/1", body(1)), page("b.com/1", edited(body(1), 0.03)), page("c.com/1", body(2))])
    assert groups(found) == {"a.com/1": "a.com/1", "b.com/1": "a.com/1"}


def test_a_shortened_copy_is_told_with_its_share_and_length() -> None:
    found = group([page("a.com/1", body(1, 6)), page("b.com/1", body(1, 3))])
    (reason,) = reasons(found, "b.com/1", "near-duplicate")
    assert reason == "100 % of this page stands in a.com/1, which is 2.0 times longer"
    (flag,) = found.flags["b.com/1", None]
    assert flag.cause == "shortened"
    assert flag.first is None


def test_of_a_copy_about_as_long_both_shares_are_told() -> None:
    found = group([page("a.com/1", body(1, 3)), page("b.com/1", edited(body(1, 3), 0.02))])
    (reason,) = reasons(found, "b.com/1", "near-duplicate")
    assert reason.startswith("9")
    assert " % of this page stands in a.com/1, 9" in reason
    assert reason.endswith(" % of that one in this")


def test_a_text_word_for_word_again_is_told_as_such() -> None:
    found = group([page("a.com/1", body(1)), page("b.com/1", body(1))])
    assert reasons(found, "b.com/1", "near-duplicate") == ["the same text, word for word, as a.com/1"]


def test_the_first_member_carries_no_flag() -> None:
    found = group([page("a.com/1", body(1)), page("b.com/1", body(1)), page("c.com/1", edited(body(1), 0.02))])
    assert [key[0] for key in found.flags] == ["b.com/1", "c.com/1"]


def test_among_equals_a_group_forms_around_the_longest_page_and_takes_its_name() -> None:
    copies = [page(f"s{n}.com/1", edited(body(1), 0.02, seed=n)) for n in range(4)]
    found = group([*copies, page("z.com/longest", [*body(1), paragraph(999)])])
    assert set(groups(found).values()) == {"z.com/longest"}
    assert len(groups(found)) == 5


def test_members_are_never_chained() -> None:
    # Each shares half with the next; the first and the last share nothing.
    parts = [body(n, 3) for n in range(6)]
    links = [page(f"s{n}.com/1", parts[n] + parts[n + 1]) for n in range(5)]
    names = groups(group(links))
    assert len(names) > 1
    assert names.get("s0.com/1", "none") != names.get("s4.com/1")
    assert all(sum(name == other for other in names.values()) <= 3 for name in names.values())


def test_a_collection_of_articles_does_not_join_them() -> None:
    articles = [body(n, 4) for n in (1, 2, 3)]
    collection = [text for article in articles for text in article]
    found = group(
        [page(f"s{n}.com/1", article) for n, article in enumerate(articles)] + [page("all.com/1", collection)]
    )
    assert len(groups(found)) == 2


def test_pages_of_one_site_must_be_more_alike_than_pages_of_two() -> None:
    shared, one, other = body(1, 3), body(2, 3), body(3, 3)
    assert groups(group([page("a.com/1", shared + one), page("b.com/1", shared + other)])) != {}
    assert groups(group([page("a.com/1", shared + one), page("a.com/2", shared + other)])) == {}


def test_pages_in_one_template_are_no_copies() -> None:
    template = body(9, 8)
    pages = [page(f"a.com/{n}", [*template[:4], *body(10 + n, 2), *template[4:]]) for n in range(30)]
    assert groups(group(pages)) == {}


def test_a_page_that_is_only_template_joins_nobody() -> None:
    template = body(9, 4)
    pages = [page(f"a.com/{n:02}", [*template, *body(10 + n, 6)]) for n in range(30)]
    assert groups(group([*pages, page("a.com/empty", template)])) == {}


def test_where_the_site_is_not_known_the_bar_lies_between() -> None:
    def joined(shared: int, sites: tuple[str | None, str | None]) -> bool:
        texts = [body(1, shared) + body(n, 6 - shared) for n in (2, 3)]
        return bool(groups(group([page(f"x/{n}", texts[n], site=sites[n]) for n in (0, 1)])))

    across, unknown, one_site = ("a.com", "b.com"), (None, None), ("a.com", "a.com")
    assert [joined(3, sites) for sites in (across, unknown, one_site)] == [True, False, False]
    assert [joined(5, sites) for sites in (across, unknown, one_site)] == [True, True, True]


def test_a_page_of_no_known_site_in_the_frame_of_one_is_compared_as_one_of_its_pages() -> None:
    frame = body(9, 2)
    pages = [page(f"a.com/{n}", [*frame, paragraph(10 + n, 24)]) for n in range(3)]
    stranger = page("x/1", [*frame, paragraph(30, 24)], site=None)
    assert groups(group([*pages, stranger])) == {}
    copy = page("x/2", [*frame, paragraph(10, 24)], site=None)
    assert groups(group([*pages, copy])) == {"a.com/0": "a.com/0", "x/2": "a.com/0"}


def test_a_page_joins_the_group_of_the_copy_it_is_most_like() -> None:
    about = body(9, 6)
    jobs = {name: [*body(seed, 3), *about] for seed, name in enumerate(("smith", "cook"), 1)}
    pages = [page(f"a.com/{name}", job) for name, job in jobs.items()]
    pages += [page(f"b.com/{name}", [paragraph(77), *job]) for name, job in jobs.items()]
    found = groups(group(pages))
    assert found["a.com/smith"] == found["b.com/smith"] != found["a.com/cook"] == found["b.com/cook"]


def test_what_a_site_prints_on_two_pages_makes_no_copy_of_one_that_another_site_took_over() -> None:
    form = body(9, 6)
    one, other = [[*body(seed, 3), *form] for seed in (1, 2)]
    taken_over = page("b.com/1", [*one, paragraph(77)])
    found = groups(group([page("a.com/1", one), page("a.com/2", other), taken_over]))
    assert set(found) == {"a.com/1", "b.com/1"}


def test_an_error_page_stands_in_no_group() -> None:
    found = group([page("a.com/1", body(1)), page("b.com/1", body(1), [ERROR]), page("c.com/1", body(1))])
    assert groups(found) == {"a.com/1": "a.com/1", "c.com/1": "a.com/1"}


@pytest.mark.parametrize("text", ["", "Loading", "Page one of two"])
def test_pages_of_a_few_words_are_nobodys_copies(text: str) -> None:
    assert groups(group([page("a.com/1", [text]), page("b.com/1", [text])])) == {}


def test_short_texts_are_copies_only_where_they_are_equal() -> None:
    text = paragraph(1, 15)
    changed = text.rsplit(" ", 1)[0] + " other"
    found = group([page("a.com/1", [text]), page("b.com/1", [text]), page("c.com/1", [changed])])
    assert set(groups(found)) == {"a.com/1", "b.com/1"}


def test_records_of_one_file_are_told_apart() -> None:
    _, site, data = page("a.com/1", body(1))
    found = group([(("crawl.warc", "1"), site, data), (("crawl.warc", "2"), site, data)])
    assert found.groups == {("crawl.warc", "1"): "crawl.warc#1", ("crawl.warc", "2"): "crawl.warc#1"}


def test_a_large_group_of_edited_copies_holds_together() -> None:
    found = group([page(f"s{n:02}.com/1", edited(body(1, 8), 0.02, seed=n)) for n in range(60)])
    assert len(set(groups(found).values())) == 1
    assert len(groups(found)) == 60


def test_a_page_scraped_every_day_with_other_teasers_is_one_group() -> None:
    days = [page(f"a.com/1?day={n:02}", [*body(1, 8), paragraph(500 + n, 20)]) for n in range(40)]
    found = group(days)
    assert len(groups(found)) == 40
    assert len(set(groups(found).values())) == 1


# Recurring blocks


def test_a_block_on_three_different_pages_of_a_site_is_its_boilerplate() -> None:
    line = "Sign up for our letter and never miss a tide again"
    found = group([page(f"a.com/{n}", [*body(n), line]) for n in range(3)])
    (flag,) = found.flags["a.com/0", None]
    assert (flag.kind, flag.cause, flag.first, flag.last) == ("boilerplate", "recurring", 5, 5)
    assert flag.reason == "stands on 3 different pages of a.com"


def test_lines_side_by_side_are_one_flag() -> None:
    lines = ["Sign up for our letter and never miss a tide", "All rights held by the makers of the Coastal Review"]
    found = group([page(f"a.com/{n}", [*lines, *body(n)]) for n in range(4)])
    assert [(flag.first, flag.last) for flag in found.flags["a.com/3", None]] == [(0, 1)]


def test_a_block_that_recurs_in_copies_of_one_article_only_is_none() -> None:
    found = group([page(f"a.com/{n}", edited(body(1), 0.01, seed=n)) for n in range(4)])
    assert len(groups(found)) == 4
    assert not any(flag.kind == "boilerplate" for flags in found.flags.values() for flag in flags)


def test_a_block_on_several_sites_is_syndicated_and_no_sites_boilerplate() -> None:
    quote = paragraph(77, 30)
    found = group([page(f"s{n}.com/1", [*body(n), quote]) for n in range(5)])
    assert found.flags == {}


def test_without_a_site_no_block_is_boilerplate() -> None:
    line = "Sign up for our letter and never miss a tide again"
    assert group([page(f"x/{n}", [*body(n), line], site=None) for n in range(5)]).flags == {}


@pytest.mark.parametrize("block", ["Read more", Block("heading", "What the harbour master says of it")])
def test_short_labels_and_headings_may_recur(block: str | Block) -> None:
    assert group([page(f"a.com/{n}", [*body(n), block]) for n in range(5)]).flags == {}


def test_blocks_flagged_by_the_page_itself_are_not_flagged_again() -> None:
    line = "Sign up for our letter and never miss a tide again"
    own = Flag("boilerplate", "subscribe", "sign up", "test", 0.9, first=5, last=5)
    assert group([page(f"a.com/{n}", [*body(n), line], [own]) for n in range(5)]).flags == {}


def test_versions_of_a_page_too_different_for_a_group_are_not_struck_as_a_template() -> None:
    shared = body(1, 4)
    found = group([page(f"a.com/live{n}", [*shared, *body(10 + n, 3)]) for n in range(4)])
    assert not any(flag.kind == "boilerplate" for flags in found.flags.values() for flag in flags)


# Error texts that recur


MESSAGE = ["Страница не загрузилась", "Попробуйте обновить её немного позже или вернитесь на главную"]


def test_a_short_text_shared_with_known_error_pages_marks_the_others() -> None:
    pages = [page(f"a.com/{n}", [*MESSAGE, f"Request {n}"], [ERROR] if n == 0 else []) for n in range(4)]
    found = group([*pages, page("a.com/good", body(1))])
    (shared,) = found.shared_errors
    assert shared.site == "a.com"
    assert shared.members == tuple((f"a.com/{n}", None) for n in range(4))
    assert shared.blocks == (0, 1)
    (flag,) = found.flags["a.com/2", None]
    assert (flag.kind, flag.first) == ("error-page", None)
    assert flag.reason == "4 pages of a.com have this same text, 1 of them known error pages"
    assert ("a.com/0", None) not in found.flags
    assert ("a.com/good", None) not in found.flags


def test_five_pages_of_a_site_with_one_short_text_are_errors_in_any_language() -> None:
    found = group([page(f"a.com/{n}", MESSAGE) for n in range(5)])
    assert len(found.shared_errors) == 1
    assert all(found.flags[f"a.com/{n}", None][0].kind == "error-page" for n in range(5))
    assert groups(found) == {}


def test_a_few_short_pages_with_one_text_are_copies_and_no_errors() -> None:
    found = group([page(f"a.com/{n}", MESSAGE) for n in range(4)])
    assert found.shared_errors == ()
    assert len(groups(found)) == 4


def test_articles_scraped_again_and_again_are_copies_and_no_errors() -> None:
    found = group([page(f"a.com/{n}", body(1)) for n in range(8)])
    assert found.shared_errors == ()
    assert len(groups(found)) == 8


def test_error_pages_of_other_sites_say_nothing() -> None:
    pages = [page(f"s{n}.com/1", MESSAGE, [ERROR] if n == 0 else []) for n in range(4)]
    assert group(pages).shared_errors == ()


# The pass as a whole


def test_a_folder_without_pages_has_no_findings() -> None:
    assert group([]) == CorpusFindings({}, {}, ())


def test_a_fingerprint_that_cannot_be_read_counts_as_absent() -> None:
    key, site, data = page("a.com/1", body(1))
    assert group([(key, site, data), (("a.com/2", None), site, b"old"), (("a.com/3", None), site, b"")]).groups == {}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 2), st.booleans()), max_size=14),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_pages_changes_nothing(made: list[tuple[int, int, int, bool]], rng: random.Random) -> None:
    pages = [
        page(f"s{site}.com/{n}", [*edited(body(seed, 3), 0.03 * edit, seed=n), "A line of the site that recurs on it"],
             [ERROR] if error else [])
        for n, (seed, site, edit, error) in enumerate(made)
    ]  # fmt: skip
    shuffled = list(pages)
    rng.shuffle(shuffled)
    one, other = group(pages), group(shuffled)
    assert one == other
    assert list(one.groups) == list(other.groups)
    assert list(one.flags) == list(other.flags)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 8)), max_size=16))
def test_a_group_has_at_least_two_members_and_its_name_is_one_of_them(made: list[tuple[int, int, int]]) -> None:
    pages = [
        page(f"s{site}.com/{n}", edited(body(seed, 3), 0.02 * edit, seed=n))
        for n, (seed, site, edit) in enumerate(made)
    ]
    found = groups(group(pages))
    for name in set(found.values()):
        members = [path for path, of in found.items() if of == name]
        assert len(members) > 1
        assert name in members
