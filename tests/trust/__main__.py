"""What the program promises, tried by numbers: `python -m tests.trust [NAME ...]`; about an hour for all.

Prints a line for each promise as soon as it was tried: what was promised, how often it was tried, what came of it.
Each prints its seed; `--seed N` tries the same again. Exit code 1 where a promise does not hold.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.trust.promise import Outcome, Promise
from tests.trust.promises import PROMISES


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.trust", description="Try what the program promises.")
    words.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(one.name for one in PROMISES)}")
    words.add_argument("--seed", type=int, help="try the same again that a run with this seed tried")
    words.add_argument("--steps", type=int, help="try this often, instead of as often as the table says")
    asked = words.parse_args()
    if unknown := set(asked.names) - {one.name for one in PROMISES}:
        words.error(f"no promise is called {', '.join(sorted(unknown))}")
    number = random.SystemRandom().randrange(2**31) if asked.seed is None else asked.seed
    console, table = Console(), Table("promise", "steps", "figure", "verdict", box=None, pad_edge=False)
    console.print(f"seed {number}")
    broken: list[str] = []
    for one in PROMISES:
        if asked.names and one.name not in asked.names:
            continue
        steps = asked.steps or one.steps
        console.print(f"{one.name}: {one.told} ...")
        began = time.monotonic()
        outcome = tried(one, steps, number)
        verdict = Text("BROKEN", "bold red") if outcome.faults else Text("holds", "green")
        console.print(Text(f"  {outcome.figure}; {time.monotonic() - began:,.0f} s: "), verdict)
        table.add_row(Text(one.told), f"{steps:,}", Text(outcome.figure), verdict)
        broken += (f"{one.name}: {fault}" for fault in outcome.faults)
    console.print(table)
    for fault in broken:
        console.print(Text(fault, "red"))
    return 1 if broken else 0


def tried(promise: Promise, steps: int, seed: int) -> Outcome:
    """The outcome of one promise, tried in a folder of its own."""
    place = Path(tempfile.mkdtemp(prefix=f"trust-{promise.name}-"))
    try:
        return promise.check(place, steps, seed)
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
