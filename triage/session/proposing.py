"""What the word of a filter could become: names, and the values that the items at hand have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from triage.errors import QueryError
from triage.model import Item
from triage.query import Query, parse
from triage.query.completing import completions, last_word_at
from triage.session.words import state

Found = Callable[[Query, Iterable[Item]], list[Item]]


def proposals(text: str, at: int, items: Sequence[Item], tags: Sequence[str], found: Found) -> list[str]:
    """What could stand for the word of `text` that ends at `at`; of values those first that most items have.

    Counted are those of `items` that the rest of the filter matches, as `found` tells. `tags`: those in use.
    """
    start = last_word_at(text[:at])
    name, colon, _ = text[start:at].partition(":")
    if not colon:
        return completions(text, at, {})
    values = in_use(name.lower(), _matched(text[:start].rstrip("-") + text[at:], items, found))
    if name.lower() == "tag":
        values = list(dict.fromkeys((*values, *tags)))
    return completions(text, at, {name.lower(): values})


def in_use(name: str, items: Iterable[Item]) -> list[str]:
    """The values that `items` have for a name of the filter language, the most frequent first."""
    of = _VALUES.get(name)
    if of is None:
        return []
    counts = Counter(value for item in items for value in of(item) if value)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _matched(rest: str, items: Sequence[Item], found: Found) -> Sequence[Item]:
    if not rest.strip():
        return items
    try:
        return found(parse(rest), items)
    except QueryError:  # the rest is not finished either
        return items


_VALUES: Mapping[str, Callable[[Item], Iterable[str | None]]] = {
    "is": lambda item: (state(item.decision),),
    "flag": lambda item: {flag.kind for flag in item.flags},
    "cause": lambda item: {flag.cause for flag in item.flags if flag.kind in ("error-page", "error-noise")},
    "tag": lambda item: item.decision.tags,
    "site": lambda item: (item.site,),
    "lang": lambda item: (item.language,),
    "by": lambda item: (item.decision.reviewer,),
}
