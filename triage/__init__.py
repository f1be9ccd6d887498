"""Article triage: decide, page by page, which scraped web pages are worth keeping."""

__version__ = "0.1.0"
