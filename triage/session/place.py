"""Where an analyst was, and what is kept beside the decisions: filter, order, word lists, saved filters, key count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from triage.session.views import view_keys_in, view_keys_out, views_in, views_out


@dataclass(frozen=True, slots=True)
class Place:
    """What the next start goes on from; the journal holds it as texts by name."""

    filter: str = ""
    sort: str = "path"
    backwards: bool = False
    grouped: str | None = None
    stays: bool = False
    """A decision does not go on to the next item."""
    greeted: bool = False
    keys: int = 0
    verdicts: int = 0
    keep_words: tuple[str, ...] = ()
    discard_words: tuple[str, ...] = ()
    views: Mapping[str, str] = field(default_factory=dict)
    view_keys: Mapping[str, str] = field(default_factory=dict)
    path: str | None = None
    record: str | None = None

    @classmethod
    def read(cls, found: Mapping[str, str]) -> Place:
        """The place that `write` wrote; what is missing is as at a first start."""
        return cls(
            found.get("filter", ""),
            found.get("sort", "path"),
            "backwards" in found,
            found.get("grouped"),
            "stays" in found,
            "greeted" in found,
            _number(found.get("keys")),
            _number(found.get("verdicts")),
            _words(found.get("keep-words")),
            _words(found.get("discard-words")),
            views_in(found),
            view_keys_in(found),
            found.get("path"),
            found.get("record"),
        )

    def write(self) -> dict[str, str]:
        """The place as texts; what is as at a first start is left out."""
        texts = {
            "filter": self.filter,
            "sort": self.sort,
            "backwards": "yes" if self.backwards else "",
            "grouped": self.grouped or "",
            "stays": "yes" if self.stays else "",
            "greeted": "yes" if self.greeted else "",
            "keys": str(self.keys or ""),
            "verdicts": str(self.verdicts or ""),
            "keep-words": "\n".join(self.keep_words),
            "discard-words": "\n".join(self.discard_words),
        }
        if self.path is not None:
            texts["path"] = self.path
        if self.record is not None:
            texts["record"] = self.record
        kept = ("filter", "path", "record")  # may be empty and mean it
        found = {name: text for name, text in texts.items() if text or name in kept}
        return found | views_out(self.views) | view_keys_out(self.view_keys)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
