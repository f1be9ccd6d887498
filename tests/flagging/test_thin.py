"""Pages that cannot be judged: hardly a word, or not read whole."""

from __future__ import annotations

import pytest

from triage.flagging import explain, flag, thin
from triage.flagging.subject import Subject
from triage.model import Article, Block, Evidence


def subject(text: str, *, trouble: str | None = None, cut: str | None = None) -> Subject:
    blocks = (Block("paragraph", text),) if text else ()
    return Subject(Article(blocks=blocks), Evidence(visible_chars=len(text), cut=cut), "text", trouble=trouble)


def test_a_page_without_text_is_thin() -> None:
    found = thin.find(subject("")).flags
    assert [(flag.kind, flag.cause) for flag in found] == [("thin", "empty")]


def test_a_caption_is_too_little_to_judge() -> None:
    found = thin.find(subject("The quay in winter, photograph of 1931.")).flags
    assert [(flag.kind, flag.cause) for flag in found] == [("thin", "few-words")]
    assert "7 words" in found[0].reason


def test_an_article_in_brief_is_not_thin() -> None:
    text = (
        "The ferry to the island runs again from Monday, the harbour office said. A storm had torn the mooring of the "
        "larger boat loose and damaged its hull in the night of the third of March."
    )
    assert not thin.find(subject(text)).flags


def test_scripts_without_spaces_count_two_characters_as_a_word() -> None:
    assert thin.find(subject("港にかかる古い橋。")).flags
    assert not thin.find(
        subject(
            "市は来月から、港にかかる古い橋の補修工事を始めると発表した。工事の期間は三か月で、その間は車の通行ができなくなる。"
        )
    ).flags


def test_an_error_page_is_not_called_thin_as_well() -> None:
    kinds = [found.kind for found in flag(subject("404 Not Found. The requested page does not exist."))]
    assert kinds == ["error-page"]


def test_explaining_an_error_page_tells_why_it_is_not_thin() -> None:
    traces = explain(subject("404 Not Found. The requested page does not exist.")).traces
    assert any(trace.rule == "thin/few-words" and trace.outcome == "against" for trace in traces)


@pytest.mark.parametrize("why", [{"trouble": "not a page but a PNG image"}, {"cut": "cut by the parser: too deep"}])
def test_a_page_not_read_whole_is_unreadable_with_the_reason(why: dict[str, str]) -> None:
    found = thin.find(subject("Half a page of words that came through.", **why)).flags
    assert [flag.kind for flag in found] == ["unreadable"]
    assert next(iter(why.values())) in found[0].reason


def test_an_unreadable_page_is_not_called_thin_as_well() -> None:
    assert [flag.kind for flag in thin.find(subject("", trouble="it is empty")).flags] == ["unreadable"]
