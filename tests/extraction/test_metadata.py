"""The three fields are those of trafilatura's own search for metadata, on every sample page and on odd markup."""

import re
from pathlib import Path

import pytest
from trafilatura.metadata import AUTHOR_XPATHS, extract_metadata

from triage.extraction.metadata import _LATEST, _OF_AN_AUTHOR, metadata_of, names_in
from triage.extraction.parsing import parse

FOLDER = Path(__file__).parent.parent.parent / "sample_articles"
SAMPLES = [path.read_text("utf-8", "replace") for path in sorted(FOLDER.rglob("*.html"))]
ODD = (
    '<p class="story-Byline">By Ann Hale</p><h1>Tide</h1>',
    '<span rel="author">Ann Hale</span><time datetime="2024-05-01">1 May</time>',
    "<author>Ann Hale</author>",
    '<div class="WRITER">Ann Hale</div><div id="zuozhe">李明 王</div>',
    '<meta name="author" content="Ann"><a itemprop="author name">Ann &amp; Bo Hale</a>',
    '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Ann Hale"}}</script>',
    "<p>No one signed this.</p>",
)


@pytest.mark.parametrize("html", [*filter(str.strip, SAMPLES), *ODD])
def test_the_fields_are_trafilaturas(html: str) -> None:
    tree = parse(html).tree
    assert tree is not None
    dates = {"extensive_search": False, "original_date": True, "max_date": _LATEST}
    own = extract_metadata(tree, None, date_config=dates)
    told = metadata_of(tree, names_in(tree), None)
    assert (told.title, told.author, told.date) == (own.title, own.author, own.date)


def test_every_word_by_which_an_author_is_searched_for_is_known() -> None:
    searched = {
        re.sub(r"\[(\w)\w\]", r"\1", word)
        for xpath in AUTHOR_XPATHS
        for quoted in re.findall(r"'([^']+)'", xpath.path)
        for word in quoted.lower().split("|")
    }
    unknown = {word for word in searched if not any(name in word for name in _OF_AN_AUTHOR)}
    assert unknown == {"me"}, "which is looked for in an element <rel>, that no page has"
