"""All promises that are tried by numbers, in the order of the table."""

from __future__ import annotations

from tests.trust import keys, session, undoing
from tests.trust.promise import Promise

PROMISES: tuple[Promise, ...] = (undoing.PROMISE, session.PROMISE, keys.PROMISE)
