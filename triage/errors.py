"""The faults a user can meet, each a sentence that names the file and the remedy."""

from __future__ import annotations


class TriageError(Exception):
    """A fault to tell the user in one line: the message is all that is shown. Commands then end with exit code 2."""


class FolderError(TriageError):
    """The folder of pages is missing, unreadable, or no folder."""


class JournalError(TriageError):
    """The file of decisions cannot be opened, is not ours, is newer, or could not be written."""


class UnwritableJournalError(JournalError):
    """The file of decisions may not be written by this user, who may read it perhaps."""


class DamagedJournalError(JournalError):
    """What the file of decisions holds cannot be trusted; what can be read of it can be saved."""


class QueryError(TriageError):
    """A filter that cannot be understood; `at` is the offset of the fault in its text."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


class ConfigError(TriageError):
    """A settings file that cannot be used; the message names the line."""
