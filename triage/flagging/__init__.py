"""Article to flags: one module a kind; the phrases of each language are data beside the code."""

from __future__ import annotations

from triage.flagging import boilerplate, error_pages, noise, repeats, thin
from triage.flagging.subject import Findings, Subject
from triage.model import Flag

__all__ = ["Findings", "Subject", "explain", "flag"]


def flag(subject: Subject) -> tuple[Flag, ...]:
    """The flags of one page, whole-page flags first, then in the order of the blocks they cover."""
    return explain(subject).flags


def explain(subject: Subject) -> Findings:
    """The flags of one page together with what every rule made of it.

    Lines inside an error page are not judged one by one: the page as a whole is told. Noise is found first and
    boilerplate second, so that a disclaimer printed twice is boilerplate, not a repeated section.
    """
    errors = error_pages.find(subject)
    whole = _joined(errors, thin.find(subject, is_error=bool(errors.flags)))
    if errors.flags:
        return whole
    noise_found = noise.find(subject)
    taken = _covered(noise_found)
    boilerplate_found = boilerplate.find(subject, taken)
    taken |= _covered(boilerplate_found)
    return _joined(whole, noise_found, boilerplate_found, repeats.find(subject, taken))


def _covered(findings: Findings) -> frozenset[int]:
    return frozenset(
        index
        for found in findings.flags
        if found.first is not None and found.last is not None
        for index in range(found.first, found.last + 1)
    )


def _joined(*parts: Findings) -> Findings:
    flags = [found for part in parts for found in part.flags]
    flags.sort(key=lambda found: (-1 if found.first is None else found.first, found.last or 0, found.kind))
    return Findings(tuple(flags), tuple(trace for part in parts for trace in part.traces))
