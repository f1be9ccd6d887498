"""What the list shows of a scanned page."""

from __future__ import annotations

from triage.model import Item, Scanned


def item_of(scanned: Scanned) -> Item:
    """The light row of a scanned page; its group and its decision are set elsewhere."""
    article = scanned.article
    return Item(
        path=scanned.path,
        record=scanned.record,
        sha256=scanned.sha256,
        title=article.title or "",
        author=article.author,
        site=article.site,
        date=article.date,
        language=article.language,
        words=scanned.words,
        flags=scanned.flags,
    )
