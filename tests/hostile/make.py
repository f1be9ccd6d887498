"""Write the hostile samples and folder traps: `python -m tests.hostile.make FOLDER`.

FOLDER must be new or empty. The pages come to `FOLDER/pages`, the traps among them to `FOLDER/pages/traps`, and
what no scan may read to `FOLDER/outside`. Most files are small; nothing over some megabytes is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from tests.hostile import bombs, containers, letters, payloads, regexes
from tests.hostile.sample import SECRET, Sample, html
from tests.hostile.traps import Trap, lay


def samples() -> Iterator[Sample]:
    """All samples, in a fixed order; the same bytes each time."""
    return chain(
        bombs.nesting(), bombs.attributes(), bombs.entities(), bombs.archives(), bombs.crowds(), bombs.limits(),
        letters.references(), letters.encodings(), letters.zeros(),
        regexes.markup(), regexes.never_closed(), regexes.texts(),
        payloads.pages(), payloads.names(),
        containers.warcs(), containers.messages(), containers.lines(),
    )  # fmt: skip


def write(folder: Path, chosen: Iterable[Sample]) -> list[Sample]:
    """Write samples under `folder`; those whose name this system takes."""
    written = []
    for sample in chosen:
        path = folder / sample.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sample.data)
        except OSError:
            continue
        written.append(sample)
    return written


def make(folder: Path) -> tuple[list[Sample], list[Trap]]:
    """Samples and traps in `folder`, and the file beside them that nothing may read."""
    pages, outside = folder / "pages", folder / "outside"
    written = write(pages, samples())
    traps = lay(pages / "traps", outside)
    (outside / "secret.html").write_text(html(f"<p>{SECRET}</p>"))
    return written, traps


def main(words: list[str]) -> int:
    if len(words) != 1:
        print("usage: python -m tests.hostile.make FOLDER", file=sys.stderr)  # noqa: T201
        return 2
    folder = Path(words[0])
    if folder.exists() and any(folder.iterdir()):
        print(f"{folder}: not empty; name a new folder", file=sys.stderr)  # noqa: T201
        return 2
    written, traps = make(folder)
    size = sum(len(sample.data) for sample in written) / 1e6
    print(f"{len(written)} samples ({size:.0f} MB) and {len(traps)} traps in {folder}")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
