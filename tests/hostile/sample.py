"""A hostile page: its name, its bytes, and what of its article must be found or be flagged as missing."""

from __future__ import annotations

from dataclasses import dataclass

OPENING = "Eleven herons stood on the quay before anyone was awake"
MIDDLE = "The harbour master wrote their number into his yellow book"
CLOSING = "So the last ferry of that summer sailed without its bell"
ARTICLE = tuple(
    f"""
{OPENING}, and the baker, who saw them first, took it for a sign that the weather would turn before noon.
{MIDDLE}, between the price of ice and the names of the boats that had come in, as he did with all that was odd.
By nine the fish market had heard of it, and two of the older women went down with their baskets to look for themselves.
{CLOSING}, and nobody on board could say afterwards who had taken it, or why it lay in a garden when the snow had gone.
""".strip().split("\n")
)
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE)
TITLE = "The ferry that sailed without its bell"
SECRET = "zanzibar-lantern-outside"  # noqa: S105 - no password
"""Stands in a file beside the folder of samples; no result may hold it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of the generator."""

    path: str
    """Relative, with `/`."""
    data: bytes
    holds: tuple[str, ...] = ()
    """Parts of its article. A result that lacks one of them must say so by a flag on the whole page."""
    heavy: bool = False
    """Made to take long: not for each run of the tests."""


def html(body: str = PARAGRAPHS, head: str = "", start: str = "<!DOCTYPE html><html lang=en>") -> str:
    """A page with a title and a headline over `body`."""
    return (
        f"{start}<head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    )


def sample(path: str, text: str | bytes, *, article: bool = True, heavy: bool = False) -> Sample:
    """A sample that holds the article, unless told otherwise; over 200 kB it counts as heavy."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return Sample(path, data, (OPENING, MIDDLE, CLOSING) if article else (), heavy or len(data) > 200_000)
