"""All promises that are tried by numbers, in the order of the table."""

from __future__ import annotations

from tests.trust import appkills, damage, keys, kills, powercuts, realkeys, scankills, session, undoing
from tests.trust.promise import Promise

PROMISES: tuple[Promise, ...] = (
    *appkills.PROMISES,
    *kills.PROMISES,
    *powercuts.PROMISES,
    *scankills.PROMISES,
    damage.PROMISE,
    undoing.PROMISE,
    session.PROMISE,
    keys.PROMISE,
    *realkeys.PROMISES,
)
