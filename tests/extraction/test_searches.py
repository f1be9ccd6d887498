"""The quick searches find what trafilatura's own expressions find; that they are quicker is a benchmark's to say."""

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import XPath
from lxml.html import HtmlElement, document_fromstring
from trafilatura import xpaths
from trafilatura.settings import BASIC_CLEAN_XPATH

from triage.extraction import article
from triage.extraction.searches import NotUnderstoodError, Search

REGEX = {"re": xpaths.REGEXP_NS}
SAMPLES = Path(__file__).parent.parent.parent / "sample_articles"
LISTS = (
    xpaths.AUTHOR_DISCARD_XPATHS, xpaths.AUTHOR_XPATHS, xpaths.BODY_XPATH, xpaths.DISCARD_IMAGE_ELEMENTS,
    xpaths.OVERALL_DISCARD_XPATH, xpaths.RAW_TREE_PRUNE_XPATH, xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH,
    xpaths.TEASER_DISCARD_XPATH,
)  # fmt: skip
READ = [found for expressions in LISTS for found in expressions if isinstance(found, Search)]
QUICK = [*READ, Search(BASIC_CLEAN_XPATH.path, BASIC_CLEAN_XPATH)]

WORDS = st.sampled_from(
    ["post", "entry", "share-", "Share", "nav", "-hide-", "hidden", "footer", "teaser", "Teaser", "caption", "comment",
     "Comments", "cookie", "articleBody", "main-Content", "Page-content", "story", "text", "infinitescroll", "reply-7",
     "mvp-post-add-box", "author", "byline", "comments",
      "elementor-share-buttons", "display:none", "display: none", "true", "onetrust", "sidebar", ""]
)  # fmt: skip
TAGS = st.sampled_from(
    ["div", "section", "aside", "article", "main", "p", "span", "ul", "ol", "h1", "footer", "script", "author", "rel"]
)
NAMES = st.sampled_from(["id", "class", "role", "style", "aria-hidden", "itemprop", "data-component"])
ELEMENT = st.tuples(TAGS, st.dictionaries(NAMES, st.lists(WORDS, max_size=2).map(" ".join), max_size=3))


def both(search: Search, tree: HtmlElement) -> tuple[list[HtmlElement], list[HtmlElement]]:
    return search(tree), XPath(search.path, namespaces=REGEX)(tree)


def test_the_expressions_of_this_trafilatura_are_read_but_for_one() -> None:
    left = [found for expressions in LISTS for found in expressions if found not in READ]
    assert left == [xpaths.BODY_XPATH[4]]
    baseline = import_module("trafilatura.baseline")
    assert isinstance(baseline.BASIC_CLEAN_XPATH, Search)
    assert article.searches, "and extraction put them in their place"


@given(st.lists(st.tuples(ELEMENT, st.integers(0, 8)), max_size=25))
def test_any_tree_gives_the_same_elements_in_the_same_order(made: list[tuple[tuple[str, dict[str, str]], int]]) -> None:
    tree = document_fromstring("<html><body></body></html>")
    elements = [tree[0]]
    for (tag, attributes), parent in made:
        element = tree.makeelement(tag)
        for name, value in attributes.items():
            element.set(name, value)
        elements[min(parent, len(elements) - 1)].append(element)
        elements.append(element)
    for search in QUICK:
        found, expected = both(search, tree)
        assert found == expected, search.path


def test_real_pages_give_the_same_elements() -> None:
    pages = [page for page in sorted(SAMPLES.rglob("*.html")) if page.stat().st_size]
    assert len(pages) > 20
    for page in pages:
        tree = document_fromstring(page.read_bytes())
        for search in QUICK:
            found, expected = both(search, tree)
            assert found == expected, (page, search.path)


def test_of_two_attributes_the_first_in_the_page_is_asked_as_xpath_does() -> None:
    search = Search(".//*[starts-with(@id|@class, 'reply-')]")
    tree = document_fromstring("<div><p id='reply-1' class='a'>1<p class='a' id='reply-1'>2<p class='reply-2'>3</div>")
    found, expected = both(search, tree)
    assert [element.text for element in found] == ["1", "3"]
    assert found == expected


def test_an_expression_of_the_whole_page_finds_elements_anywhere_in_it() -> None:
    search = Search("//*[self::html or self::p][@class='a']")
    tree = document_fromstring("<html class='a'><body><p class='a'>1</p><div><p class='b'>2</p></div></body></html>")
    found, expected = both(search, tree[0][1])
    assert [element.tag for element in found] == ["html", "p"]
    assert found == expected


def test_a_condition_that_looks_below_an_element_is_asked_of_each_anew() -> None:
    search = Search(".//div[@class='a'][not(.//h1)]")
    tree = document_fromstring("<div class='a'>1</div><div class='a'>2<h1>x</h1></div><div class='a'>3</div>")
    assert [element.text for element in search(tree)] == ["1", "3"]


@pytest.mark.parametrize(
    "path",
    ["//p|.//div[@id]", "./p", ".//p[not(@id)]", ".//p[contains(@id, '')]",
     ".//p[2]", ".//p[last()]", ".//p/a", ".//p[position()>1]", ".//p[string-length(@id) > 2]",
     ".//p[re:match(@id, 'a')]", ".//p[@id!='a']", ".//p[re:test(@id, 'a', 'g')]", ".//p[@id='a'", "count(.//p)",
     ".//p[1][@id]", "(.//p)[2]", ".//p[1]|.//div"],
)  # fmt: skip
def test_what_is_not_understood_is_left_to_xpath(path: str) -> None:
    with pytest.raises(NotUnderstoodError):
        Search(path)
