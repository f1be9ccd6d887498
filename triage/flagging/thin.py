"""Pages that cannot be judged: too little text, or not read whole."""

from __future__ import annotations

from triage.flagging.subject import Findings, Subject
from triage.model import Flag, Trace
from triage.text import word_count

_FEW_WORDS = 40


def find(subject: Subject) -> Findings:
    """Flags of kind `unreadable` (the page could not be read whole) and `thin` (too little text to judge by)."""
    why = subject.trouble or subject.evidence.cut
    if why:
        flag = Flag(
            "unreadable",
            "cut" if subject.evidence.cut else "undecoded",
            f"This page was not read whole: {why}.",
            "unreadable",
            0.99,
        )
        return Findings((flag,), (Trace(flag.rule, "fired", why),))
    words = sum(word_count(block.text) for block in subject.article.blocks)
    if words >= _FEW_WORDS:
        return Findings()
    said = f"only {words} words of text" if words else "no text at all"
    flag = Flag("thin", "little-text", f"There is {said}: too little to judge by.", "thin", 0.9)
    return Findings((flag,), (Trace(flag.rule, "fired", said),))
