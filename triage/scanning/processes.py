"""How the processes of a scan are started: shielded from Ctrl-C and from the folder they start in, and loaded once.

Workers are forked, where the system has it, from a server that runs no thread and has loaded what every page needs:
extraction's code and the tables of the rules take as long as fifty pages, and a worker that was ended is replaced at
once. The process that starts them may have as many threads as it likes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

_BLIND = "PYTHONSAFEPATH"
"""Keeps Python from looking for modules in the folder where it is started: multiprocessing's own first line would run
a `multiprocessing.py` that lies among the pages."""


def workers_context() -> BaseContext:
    """The way in which workers are started."""
    if not sys.platform.startswith("linux"):  # macOS ends forked processes that use some of its libraries
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["triage.scanning.loaded"])
    return context


@contextmanager
def shielded() -> Iterator[None]:
    """Processes that this thread starts meanwhile never see a Ctrl-C, and load nothing from the folder they stand in.

    Ctrl-C is for the program that a terminal's user sees. A blocked signal stays blocked in the processes that a
    thread starts. The resource tracker comes first: starting it opens the block again. The thread's own signals are
    afterwards as they were.
    """
    with _blind():
        if not hasattr(signal, "pthread_sigmask"):
            yield
            return
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_tracker() -> None:
    """Start the process that cleans up after all others, which cannot be started beside a screen."""
    with _blind():
        resource_tracker.ensure_running()


@contextmanager
def _blind() -> Iterator[None]:
    before = os.environ.get(_BLIND)
    os.environ[_BLIND] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_BLIND, None)
        else:
            os.environ[_BLIND] = before


def end_with_parent() -> None:
    """Wait for the end of the process that started this one, and end then: one that was killed cannot end others."""
    from multiprocessing import connection  # noqa: PLC0415 - not for the screen's process

    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)
