"""Saved filters: those that everyone has, and the analyst's own, kept with the decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

_PREFIX, _KEY = "view:", "view-key:"


def views_in(place: Mapping[str, str]) -> dict[str, str]:
    """The analyst's own filters by name, as the journal's place holds them."""
    return {name[len(_PREFIX) :]: text for name, text in place.items() if name.startswith(_PREFIX)}


def views_out(views: Mapping[str, str]) -> dict[str, str]:
    """What `views_in` reads."""
    return {_PREFIX + name: text for name, text in views.items()}


def view_keys_in(place: Mapping[str, str]) -> dict[str, str]:
    """The keys that the analyst gave to filters of their own, by the filter's name."""
    return {name[len(_KEY) :]: key for name, key in place.items() if name.startswith(_KEY)}


def view_keys_out(keys: Mapping[str, str]) -> dict[str, str]:
    """What `view_keys_in` reads."""
    return {_KEY + name: key for name, key in keys.items()}


def on_keys(views: Mapping[str, str], chosen: Mapping[str, str], keys: Sequence[str]) -> dict[str, str]:
    """Which filter each of `keys` shows: the one it was given to, else the next, as saved, that has no key yet."""
    placed = {key: name for name, key in chosen.items() if name in views and key in keys}
    rest = iter([name for name in views if name not in placed.values()])
    found = {key: placed.get(key) or next(rest, "") for key in keys}
    return {key: name for key, name in found.items() if name}
