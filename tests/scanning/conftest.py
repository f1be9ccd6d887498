"""What the tests of this room share."""

from scans import library

__all__ = ["library"]
