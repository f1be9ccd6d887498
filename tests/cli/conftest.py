"""What the tests of commands share."""

from shell import scanned, triage

__all__ = ["scanned", "triage"]
