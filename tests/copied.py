"""One article on three sites, and error pages of a fourth that all have the same text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from world import World

from triage.model import Evidence, Flag

FERRY = (
    "The ferry to Low Island runs again after eleven weeks in dock, and the baker was the first on board.",
    "Her flour had come by rowing boat all winter, two sacks at a time, and once without the boat.",
    "The harbour board says that the new engine is louder than the old one but starts when it is asked to.",
    "Tickets cost what they did before, and dogs still travel free if they can be held on a lap.",
)
EDITED = (
    "From our correspondent.",
    "The ferry to Low Island sails again after eleven weeks in dock, and the baker was the first on board.",
    *FERRY[1:],
)
LOST = Flag("error-page", "not-found", "says that nothing is there", "phrase", 0.97)
NEAR = Flag("near-duplicate", "copy", "97 % of this page stands in another", "near-duplicate", 0.95)
NOISE = Flag("error-noise", "captcha", "a captcha stands after the article", "noise", 0.9, 5, 5)

GAZETTE, MIRROR, TEASER = "gazette.example/ferry.html", "mirror.example/ferry.html", "teaser.example/ferry.html"
"""The article where it came from, an edited copy, and its beginning."""
GROUP = (GAZETTE, MIRROR, TEASER)
ERROR_TEXT = ("This shelf of the archive is empty.", "Ask the keeper of the archive for the key to another shelf.")


def add_copies(world: World) -> None:
    """The article, its edited copy and its beginning, as a group."""
    page = world.scanned
    named = Evidence(canonical="https://www.gazette.example/2024/ferry")
    world.add(
        replace(page(GAZETTE, "The ferry is back", FERRY, site="gazette.example", date="2024-03-02"), evidence=named),
        replace(
            page(MIRROR, "Ferry back", (*EDITED, "Prove that you are human."), [NOISE], site="mirror.example"),
            evidence=named,
        ),
        page(TEASER, "The ferry is back", FERRY[:2], site="teaser.example", date="2024-03-01"),
    )
    world.library.set_groups(
        {(path, None): GAZETTE for path in GROUP}, {(path, None): (NEAR,) for path in (MIRROR, TEASER)}
    )


def add_errors(world: World, count: int = 7, text: Sequence[str] = ERROR_TEXT, site: str = "archive.example") -> None:
    """Error pages of one site; each says on a line of its own which page was asked for."""
    world.add(
        *(
            world.scanned(f"{site}/{number}.html", "Empty", (*text, f"Shelf {number}"), [LOST], site=site)
            for number in range(count)
        )
    )


@pytest.fixture
def copied(empty: World) -> World:
    """A folder with the article thrice, and nothing else."""
    add_copies(empty)
    return empty
