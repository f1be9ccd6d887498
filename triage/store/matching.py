"""Which file a decision belongs to, after files were changed, renamed, moved or copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256 as digest

from triage.model import ItemKey, name_of
from triage.store.journal import Stored
from triage.text import clean_line

Found = tuple[str, str | None, str | None]
"""An item of the folder: path, record, sha256 of its content; None for the last while it is unscanned."""

_NOTHING = digest(b"").hexdigest()
"""Of a file that is empty, or that could not be read: it tells nothing of what stands in it."""


@dataclass(frozen=True, slots=True)
class Match:
    """The decision that an item of the folder takes."""

    stored: Stored
    """Where its key is not the item's, the page was renamed or moved: `Journal.follow` is to be told."""
    changed: bool
    """The page's bytes are others than those decided on."""


def match(stored: Sequence[Stored], found: Sequence[Found]) -> tuple[dict[ItemKey, Match], list[str]]:
    """The decision of each item of the folder that has one, and what could not be told, a sentence each.

    By path first: a page that stands where it stood keeps its decision, changed or not. Then by content, for
    decisions whose path is gone: the one undecided page of the same content takes it; of several, the one of the
    same file name; else none. A copy beside its original starts undecided. Files that are empty or could not be read
    have no content to go by. While any page that could be meant is unscanned nothing goes by content alone, so leave
    out of `found` what cannot be scanned.
    """
    contents = {(path, record): sha256 for path, record, sha256 in found}
    by_key = {one.key: one for one in stored}
    matches = {
        key: Match(one, changed=None not in (one.sha256, contents[key]) and one.sha256 != contents[key])
        for key, one in by_key.items()
        if key in contents
    }
    gone: dict[str, list[Stored]] = defaultdict(list)
    for one in stored:
        if one.key not in contents and one.sha256 not in (None, _NOTHING):
            gone[one.sha256 or ""].append(one)
    free: dict[str, list[ItemKey]] = defaultdict(list)
    for key, sha256 in contents.items():
        if key not in matches:
            if sha256 is None and gone:
                return matches, []
            free[sha256 or ""].append(key)
    doubts: list[str] = []
    for sha256, lost in gone.items():
        pairs, left = _pair(lost, free.get(sha256, []))
        matches.update((key, Match(one, changed=False)) for one, key in pairs)
        doubts += [_doubt(one, candidates) for one, candidates in left]
    return matches, doubts


def _pair(
    lost: list[Stored], free: list[ItemKey]
) -> tuple[list[tuple[Stored, ItemKey]], list[tuple[Stored, list[ItemKey]]]]:
    """Decisions and pages of one content: the pairs that are sure, and the decisions that several pages could take."""
    if len(lost) == len(free) == 1:
        return [(lost[0], free[0])], []
    names: dict[tuple[str, str | None], list[ItemKey]] = defaultdict(list)
    for key in free:
        names[_name(key)].append(key)
    wanted = [_name(one.key) for one in lost]
    pairs = [
        (one, names[name][0])
        for one, name in zip(lost, wanted, strict=True)
        if len(names[name]) == 1 and wanted.count(name) == 1
    ]
    taken = {key for _, key in pairs}
    paired = {one.key for one, _ in pairs}
    open_pages = [key for key in free if key not in taken]
    return pairs, [(one, open_pages) for one in lost if one.key not in paired and open_pages]


def _name(key: ItemKey) -> tuple[str, str | None]:
    path, record = key
    return path.rsplit("/", 1)[-1], record


def _doubt(one: Stored, candidates: list[ItemKey]) -> str:
    shown = ", ".join(clean_line(name_of(key)) for key in candidates[:3])
    more = f" and {len(candidates) - 3} more" if len(candidates) > 3 else ""
    return (
        f"{clean_line(name_of(one.key))} is gone, and its decision ({one.decision.verdict or 'tags or a note'}) could "
        f"belong to {shown}{more}: none took it, please decide."
    )
