"""Draw the README's pictures from the real screen and write its key table: `python tests/pictures/make.py`."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from html import unescape
from pathlib import Path

from rich.cells import cell_len

from triage.actions import key_table, preset_table
from triage.cli.working import opened, scan_to_the_end
from triage.scanning import Limits
from triage.session import Session
from triage.tui.app import TriageApp

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "sample_articles"
_TEXT = re.compile(r'(<text [^>]*?)textLength="([\d.]+)"([^>]*)>([^<]+)</text>')
README = SAMPLES.parent / "README.md"
PICTURES = {
    "review-wide": ((140, 40), ()),
    "review-narrow": ((80, 24), ()),
    "clean": ((100, 32), ("r",)),
    "beside": ((110, 28), ("equals_sign",)),
    "compare": ((120, 36), ("slash", *"flag", "colon", *"near", "enter", "c")),
}
"""Name, size in columns and rows, and the keys pressed before."""


async def draw(session: Session, name: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    """One picture: the app over `session`, without a scan."""
    session.greeted = True
    app = TriageApp(session)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        picture = _TEXT.sub(_as_wide_as_its_cells, app.export_screenshot(title="triage sample_articles"))
        (HERE / f"{name}.svg").write_text(picture, encoding="utf-8")


def _as_wide_as_its_cells(text: re.Match[str]) -> str:
    """The export gives a Chinese character the width of a Latin one; it takes two cells."""
    start, width, rest, words = text.groups()
    characters = unescape(words)
    cells = float(width) / len(characters) * cell_len(characters)
    return f'{start}textLength="{cells:g}"{rest}>{words}</text>'


def write_tables() -> None:
    """The README's tables of keys and presets, from the program."""
    text = README.read_text(encoding="utf-8")
    for name, table in (("keys", key_table()), ("presets", preset_table())):
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, rest = text.split(start)
        text = f"{before}{start}\n{table}\n{end}{rest.split(end)[1]}"
    README.write_text(text, encoding="utf-8")


def main() -> None:
    """Write the tables; scan a copy of the sample pages and draw every picture."""
    write_tables()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(SAMPLES, Path(place) / "sample_articles"))
        with opened(folder, None, "anna", Limits()) as (journal, library):
            scan_to_the_end(folder, library, Limits())
            for name, (size, keys) in PICTURES.items():
                asyncio.run(draw(Session(folder, journal, library), name, size, keys))


if __name__ == "__main__":
    main()
