"""A fault of the program itself: the whole of it goes to a log, and one line that holds nothing of a page is told."""

from __future__ import annotations

import traceback

from platformdirs import user_log_path

from triage.text import clean, clean_line


def log_fault(fault: BaseException) -> str:
    """Write a fault to the log, cleaned, since it may hold a page's text; the line to tell the user."""
    told = f"A fault of triage itself ended it ({type(fault).__name__}). Every decision that was shown is saved."
    log = user_log_path("article-triage") / "fault.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(clean("".join(traceback.format_exception(fault))), "utf-8", "replace")
    except OSError:
        return told
    return f"{told} Please report it with {clean_line(str(log))}"
