"""All items of the folder by number, with their counts and the decisions that belong to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from operator import attrgetter
from typing import NamedTuple

from triage.model import UNDECIDED, Item, ItemKey, Verdict
from triage.session.arranging import Arrangement, Order, arranged, path_of
from triage.session.words import STATE_OF, State, state
from triage.store.garbage import uncollected
from triage.store.journal import Change, Stored

_found = attrgetter(*(field.name for field in fields(Item) if field.name not in ("decision", "changed")))
"""What a scan found of an item, in the order of its fields; `replace` takes three times as long, of many thousands."""


class Ready(NamedTuple):
    """What one change makes of its item."""

    key: ItemKey
    change: Change
    stored: Stored | None
    """What holds from then on; None for no decision."""
    number: int | None = None
    """None where the item is not there."""
    seen: Item | None = None
    """The item as it was when this was made ready."""
    after: Item | None = None


class Shelf:
    """Items keep their number for as long as the session lasts; an item that is gone leaves its number unused."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        self.items: list[Item] = []
        self.version = 0
        """Another whenever an item came, went or changed."""
        self.states: Counter[State] = Counter()
        self.groups: Counter[str] = Counter()
        self._members: dict[str, set[int]] = defaultdict(set)
        self.doubts: tuple[str, ...] = ()
        """Decisions of which it is not clear whose they are, each a sentence."""
        self._numbers: dict[ItemKey, int] = {}
        self._paths: Counter[str] = Counter()
        self._stored: dict[ItemKey, Stored] = {one.key: one for one in stored}
        self._by_path: list[int] | None = None
        self._orders: dict[Order, list[int]] = {}
        self._facts = 0
        """Another whenever an item came, went or was scanned."""

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self) -> Iterator[int]:
        """Numbers of the items that are there."""
        return iter(self._numbers.values())

    def by_path(self) -> list[int]:
        """Numbers of the items that are there in the order of paths, kept until one comes or goes.

        May be asked for in another thread.
        """
        known = self._by_path
        if known is None:
            items, numbers = self.items, list(self._numbers.values())
            known = sorted(numbers, key=lambda number: path_of(items[number]))
            if len(numbers) == len(self._numbers):  # none came or went meanwhile
                self._by_path = known
        return known

    def in_order(self, order: Order) -> list[int]:
        """The same in an order by one of `KEPT`, kept until an item comes, goes or is scanned.

        To filter a sorted list then takes no longer than to filter one by path. May be asked for in another thread.
        """
        known = self._orders.get(order)
        if known is None:
            facts, by_path = self._facts, self.by_path()
            known = arranged(list(self.items), by_path, by_path, Arrangement(order))
            if facts == self._facts:
                self._orders[order] = known
        return known

    def number(self, key: ItemKey) -> int | None:
        """The number of the item with this key; None where it is not there."""
        return self._numbers.get(key)

    def knows_path(self, path: str) -> bool:
        """Whether an item of this file is there."""
        return self._paths[path] > 0

    def put(self, item: Item) -> int:
        """Adds `item`, or replaces the one of its key; what was decided on it stays. Returns its number."""
        number = self._numbers.get(item.key)
        if number is None:
            number = self._numbers[item.key] = len(self.items)
            self.items.append(item)
            self._by_path = None
            self._paths[item.path] += 1
        else:
            self._uncount(number)
        self._found_more()
        self.items[number] = self._with_decision(item)
        self._count(number)
        return number

    def remove(self, number: int) -> None:
        """Takes an item away whose file is gone; its decision stays stored."""
        item = self.items[number]
        del self._numbers[item.key]
        self._found_more()
        self._by_path = None
        self._paths[item.path] -= 1
        self._uncount(number)

    def ready(self, changes: Iterable[Change], *, back: bool = False) -> list[Ready]:
        """What changes that the journal has committed (`back`: undone) make of each item.

        Alters nothing, and may run in another thread: of many items this takes long, `settle` does not.
        """
        with uncollected():
            return [self._ready(change, back) for change in changes]

    def _ready(self, change: Change, back: bool) -> Ready:
        decision, sha256 = (change.before, change.before_sha256) if back else (change.after, change.sha256)
        undecided = decision.verdict is None and decision == UNDECIDED
        stored = None if undecided else Stored(change.path, change.record, sha256, decision)
        key = (change.path, change.record)
        number = self._numbers.get(key)
        if number is None:
            return Ready(key, change, stored)
        item = self.items[number]
        changed = not undecided and _differ(item.sha256, sha256)
        after = Item(*_found(item), UNDECIDED if undecided else decision, changed)  # type: ignore[call-arg]  # whose number mypy cannot know
        return Ready(key, change, stored, number, item, after)

    def settle(self, changes: Iterable[Ready], *, back: bool = False) -> list[int]:
        """Takes over what `ready` made of the same changes, `back` or not; returns the numbers concerned."""
        self.version += 1
        items, known, held = self.items, self._numbers, self._stored
        numbers: list[int] = []
        moved: Counter[tuple[Verdict | None, Verdict | None]] = Counter()
        for one in changes:
            if one.number is None or items[one.number] is not one.seen or known.get(one.key) != one.number:
                one = self._ready(one.change, back)  # noqa: PLW2901 - the scan told of it meanwhile
            key, _, stored, number, seen, after = one
            if stored is None:
                held.pop(key, None)
            else:
                held[key] = stored
            if number is not None and seen is not None and after is not None:
                moved[seen.decision.verdict, after.decision.verdict] += 1
                items[number] = after
                numbers.append(number)
        for (before, now), count in moved.items():
            self.states[STATE_OF[before]] -= count
            self.states[STATE_OF[now]] += count
        return numbers

    def replace_stored(self, stored: Iterable[Stored]) -> None:
        """Takes these decisions in the place of all that were there, each for the item of its key."""
        self._stored = {one.key: one for one in stored}
        for number in self.numbers():
            self._replace(number, self._with_decision(replace(self.items[number], decision=UNDECIDED, changed=False)))

    def rematch(self) -> tuple[list[int], list[tuple[ItemKey, ItemKey]]]:
        """Finds anew which file each decision belongs to, over the whole folder.

        Returns the numbers of the items whose decision came, went or turned out to be of other content, and the
        decisions that went along with a renamed file: (old key, new key) each, for the journal to follow.
        """
        if self._stored.keys() <= self._numbers.keys():  # all stand where they stood, and were found as they came
            self.doubts = ()
            return [], []
        from triage.store.matching import match  # noqa: PLC0415 - the list stands before files have moved

        found = [(item.path, item.record, item.sha256) for item in map(self.items.__getitem__, self.numbers())]
        matches, doubts = match(list(self._stored.values()), found)
        self.doubts = tuple(doubts)
        moves = []
        for key, one in matches.items():
            if one.stored.key != key:
                moves.append((one.stored.key, key))
                del self._stored[one.stored.key]
                self._stored[key] = replace(one.stored, path=key[0], record=key[1])
        altered = []
        for key, number in self._numbers.items():
            item, mine = self.items[number], matches.get(key)
            decision, changed = (mine.stored.decision, mine.changed) if mine else (UNDECIDED, False)
            if (decision, changed) != (item.decision, item.changed):
                self._replace(number, replace(item, decision=decision, changed=changed))
                altered.append(number)
        return altered, moves

    def _with_decision(self, item: Item) -> Item:
        stored = self._stored.get(item.key)
        if stored is None:
            return item
        return replace(item, decision=stored.decision, changed=_differ(item.sha256, stored.sha256))

    def group(self, name: str) -> list[Item]:
        """The members of a group, in path order."""
        return sorted(
            (self.items[number] for number in self._members.get(name, ())),
            key=lambda item: (item.path, item.record or ""),
        )

    def _found_more(self) -> None:
        self.version += 1
        self._facts += 1
        self._orders.clear()

    def _replace(self, number: int, item: Item) -> None:
        self._uncount(number)
        self.version += 1
        self.items[number] = item
        self._count(number)

    def _count(self, number: int) -> None:
        item = self.items[number]
        self.states[state(item.decision)] += 1
        if item.group is not None:
            self.groups[item.group] += 1
            self._members[item.group].add(number)

    def _uncount(self, number: int) -> None:
        item = self.items[number]
        self.states[state(item.decision)] -= 1
        if item.group is not None:
            self.groups[item.group] -= 1
            self._members[item.group].discard(number)


def _differ(now: str | None, then: str | None) -> bool:
    """Whether a page's content is known to be another than the one that was decided on."""
    return now != then and now is not None and then is not None
