"""Pages that cannot be judged: too little text to read, or not read whole."""

from __future__ import annotations

from triage.flagging.subject import Findings, Subject
from triage.model import Flag, Trace
from triage.text import word_count
from triage.wording import counted

RULE_EMPTY, RULE_FEW, RULE_TROUBLE = "thin/empty", "thin/few-words", "unreadable/trouble"
FEWEST_WORDS = 25
"""An article in brief has two sentences; what has fewer words cannot be told from a label."""
_ENOUGH = 1000
"""Characters in which most pages have those words, so that the rest need not be counted."""


def find(subject: Subject, *, is_error: bool = False) -> Findings:
    """`unreadable` where the page's bytes, its parser or its reader failed; else `thin` where hardly a word is left.

    `is_error`: an error page is known as such, so that its few words need no flag of their own.
    """
    broken = subject.trouble or subject.evidence.cut
    if broken:
        return _unreadable(broken)
    text = subject.article.text
    if word_count(text[:_ENOUGH]) >= FEWEST_WORDS:
        return Findings()
    words = word_count(text)
    if words >= FEWEST_WORDS:
        return Findings()
    if is_error:
        return Findings(traces=(Trace(RULE_FEW, "against", f"{counted(words, 'word')}, all of an error"),))
    return _thin(words, subject.evidence.visible_chars)


def _unreadable(why: str) -> Findings:
    flag = Flag("unreadable", "unreadable", f"Could not be read whole: {why}", RULE_TROUBLE, 0.99)
    return Findings((flag,), (Trace(flag.rule, "fired", why),))


def _thin(words: int, visible: int) -> Findings:
    if words == 0:
        reason = "Nothing to judge: no text at all" if visible == 0 else "Nothing to judge: no words in what it shows"
        flag = Flag("thin", "empty", reason, RULE_EMPTY, 0.99)
    else:
        reason = f"Too little text to judge: {counted(words, 'word')}, fewer than {FEWEST_WORDS}"
        flag = Flag("thin", "few-words", reason, RULE_FEW, 0.9)
    return Findings(
        (flag,), (Trace(flag.rule, "fired", f"{counted(words, 'word')}, {counted(visible, 'character')} to be seen"),)
    )
