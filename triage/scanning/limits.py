"""What scanning a page may take, and how many workers scan."""

from __future__ import annotations

import os
from dataclasses import dataclass

from triage.reading.formats import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """What scanning a page may take, and how many worker processes run (None: one less than the processors)."""

    cpu_seconds: float = 9.0
    max_bytes: int = MAX_BYTES
    workers: int | None = None
    behind: bool = True
    """Whether there is a screen that the workers must give way to."""

    def processes(self) -> int:
        """The number of worker processes."""
        return self.workers or max(1, (os.cpu_count() or 2) - 1)
