"""Folders in memory, for trials that do not hang on the speed of the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108  # where Linux has it


@contextmanager
def in_memory(otherwise: Path) -> Iterator[Path]:
    """An empty folder in memory, or in `otherwise` where the system offers none."""
    where = _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else otherwise
    folder = Path(tempfile.mkdtemp(prefix="trust-", dir=where))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
