"""Odd pages whose verdict is known: an article is found where a reader finds one, and told where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.sample import CLOSING, MIDDLE, OPENING, PARAGRAPHS, html
from triage.cli.explaining import Explanation, explain_file

STATION = "山の上の小さな駅に、今日も一本だけ電車が来る。"
TOLD = '<meta charset="utf-8">'
ARTICLES = {
    "in-a-comment-never-closed": html(f"<p>Home</p><!-- teaser {PARAGRAPHS}").encode(),
    "zeros-between": html().encode().replace(b"</p>", b"\0</p>"),
    "says-utf-7": html(head='<meta charset="utf-7">').encode(),
    "parts-in-latin-1": html(f"<p>Café – déjà</p>{PARAGRAPHS}<p>¤</p>", TOLD)
    .encode()
    .replace(b"\xc2\xa4", b"\xe0 \xe9"),
    "japanese-by-escapes": html(f"<p>{STATION}</p>{PARAGRAPHS}").encode("iso2022_jp"),
}


def explained(place: Path, data: bytes) -> Explanation:
    file = place / "page.html"
    file.write_bytes(data)
    return explain_file(file)


@pytest.mark.parametrize("name", ARTICLES)
def test_the_article_is_found_and_nothing_speaks_against_it(tmp_path: Path, name: str) -> None:
    explanation = explained(tmp_path, ARTICLES[name])
    text = "\n".join(block.text for block in explanation.article.blocks)
    assert [part for part in (OPENING, MIDDLE, CLOSING) if part not in text] == []
    assert explanation.findings.flags == ()


def test_letters_of_several_encodings_are_read_as_they_were_written(tmp_path: Path) -> None:
    mixed = explained(tmp_path, ARTICLES["parts-in-latin-1"]).article.blocks
    assert [block.text for block in mixed if "Caf" in block.text or len(block.text) < 5] == ["Café – déjà", "à é"]
    assert STATION in [block.text for block in explained(tmp_path, ARTICLES["japanese-by-escapes"]).article.blocks]


def test_a_page_of_zeros_is_told_to_hold_nothing(tmp_path: Path) -> None:
    explanation = explained(tmp_path, bytes(50_000))
    assert not explanation.article.blocks
    assert {flag.kind for flag in explanation.findings.flags} & {"thin", "unreadable"}
