"""Every promise, tried less often than `python -m tests.trust` does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust.promise import Promise
from tests.trust.promises import PROMISES


@pytest.mark.parametrize("promise", [pytest.param(one, id=one.name) for one in PROMISES if one.short])
def test_it_holds(promise: Promise, tmp_path: Path) -> None:
    outcome = promise.check(tmp_path, promise.short, 1)
    assert not outcome.faults, outcome.figure


def test_each_has_a_name_of_its_own() -> None:
    assert len({one.name for one in PROMISES}) == len(PROMISES)
