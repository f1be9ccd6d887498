"""Decisions, flags and clean text out of triage: CSV and Parquet for tables, JSON lines for programs, Markdown to read.

And what to fetch again: the addresses of the error pages, by what went wrong with them; and copies of the pages
themselves.
"""

from __future__ import annotations

from triage.export.forms import Pair, clean_text, defused, record
from triage.export.writing import FORMS, check_output, export, write_text

__all__ = ["FORMS", "Pair", "check_output", "clean_text", "defused", "export", "record", "write_text"]
