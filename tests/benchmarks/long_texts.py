"""What the flags of one text of a megabyte cost, of each kind that was found slow once.

    python -m tests.benchmarks.long_texts [NAME ...]      seconds of processor time, and how many blocks each has

The words are those of our own articles, drawn with a fixed seed. Wanted is less than a second each.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator

from tests.benchmarks.build import toml
from triage.extraction import extract
from triage.flagging import flag
from triage.model import Page
from triage.scanning.record import subject_of
from triage.scanning.worker import load

SIZE = 1_000_000
"""Characters of a text."""
_CHROME = ("Read more", "Share this", "Subscribe to our newsletter", "Comments", "Log in", "Related articles")
_HAN = (
    "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当"
    "想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
)


class _Texts:
    """Lines of each kind, without end."""

    def __init__(self) -> None:
        self.random = random.Random(3)
        articles = toml("articles").values()
        self.paragraphs = [line for entry in articles for line in entry["text"].strip().split("\n")]
        english = [entry["text"] for entry in articles if entry["language"] == "en"]
        self.words = sorted({word for text in english for word in text.split()})
        self.prose = [self._sentence(60) for _ in range(260)]

    def _word(self) -> str:
        return self.random.choice(self.words)

    def _sentence(self, length: int) -> str:
        return " ".join(self._word() for _ in range(length)).capitalize() + "."

    def _edited(self, text: str) -> str:
        return " ".join(self._word() if at % 9 == 0 else word for at, word in enumerate(text.split()))

    def lines(self) -> dict[str, Callable[[int], str]]:
        """By kind, its line of each number."""
        pick, number = self.random.choice, self.random.randint
        return {
            "one label": lambda _: "Read more",
            "labels": lambda _: pick(_CHROME),
            "messages": lambda _: f"Sorry, the {pick(('page', 'video', 'map'))} could not be loaded. {self._word()}",
            "short lines": lambda _: self._sentence(number(3, 12)),
            "single words": lambda _: self._word(),
            "questions": lambda _: f"What does the {self._word()} cost?",
            "rows": lambda at: f"Row {at} | {self._word()} | {number(1, 999)} | {self._word()} {self._word()}",
            "formulas": lambda _: (
                f"On {pick(('Monday', 'Friday'))} the {self._word()} left the harbour at {number(1, 24)} and came back"
                f" with {self._word()} and {self._word()} for the town."
            ),
            "steps": lambda at: f"{at}. Open the settings, choose the menu, click the {self._word()} and save it.",
            "disclaimers": lambda _: f"The views expressed are not the opinion of {self._word()}. All rights reserved.",
            "chinese": lambda _: "".join(pick(_HAN) for _ in range(number(10, 80))) + "。",
            "edited copies": lambda at: (
                self.prose[at] if at < len(self.prose) else self._edited(self.prose[at % len(self.prose)])
            ),
            "articles": lambda _: pick(self.paragraphs),
            "long paragraphs": lambda _: self._sentence(70),
        }


def _of_size(line: Callable[[int], str]) -> Iterator[str]:
    size = at = 0
    while size < SIZE:
        yield (text := line(at))
        size, at = size + len(text) + 2, at + 1


def main(names: list[str]) -> None:
    """Print a line a kind."""
    load()
    for name, line in _Texts().lines().items():
        if names and name not in names:
            continue
        page = Page("long.txt", "", "text", "\n\n".join(_of_size(line)))
        subject, blocks = subject_of(page), len(extract(page).article.blocks)
        start = time.process_time()
        found = flag(subject)
        seconds = time.process_time() - start
        sys.stdout.write(f"{name:18}{seconds:6.2f} s   {blocks:,} blocks, {len(found)} flags\n")


if __name__ == "__main__":
    main(sys.argv[1:])
