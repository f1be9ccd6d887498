"""Saved filters: those that everyone has, and the analyst's own, kept with the decisions."""

from __future__ import annotations

from collections.abc import Mapping

VIEWS: dict[str, str] = {
    "undecided": "is:undecided",
    "later": "is:later",
    "error pages": "is:undecided flag:error-page",
    "flagged, no error page": "is:undecided is:flagged -flag:error-page",
    "copies": "is:undecided group:>1",
    "changed since": "is:changed",
    "kept": "is:kept",
}
"""Filters that everyone has."""

_PREFIX = "view:"


def views_in(place: Mapping[str, str]) -> dict[str, str]:
    """The analyst's own filters by name, as the journal's place holds them."""
    return {name[len(_PREFIX) :]: text for name, text in place.items() if name.startswith(_PREFIX)}


def views_out(views: Mapping[str, str]) -> dict[str, str]:
    """What `views_in` reads."""
    return {_PREFIX + name: text for name, text in views.items()}
