"""A folder that was scanned once for all tests of a module; each test has its own decisions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli import main

STORY = (
    "<html lang=en><head><title>{title}</title><link rel=canonical href=https://{site}/{title}></head><body>"
    "<article><h1>{title}</h1><p>{lead}</p><p>The council of {title} has promised to measure the hill before the "
    "first snow and to publish what it finds, in metres as well as in steps.</p><p>Until then each lamplighter may "
    "rest twice, once on the way up and once in the doorway of the bakery, which opens early for the purpose.</p>"
    "</article></body></html>"
)
LEADS = {
    "Hill": "The lamplighters of the upper town have asked for bicycles, since the hill has grown by three steps.",
    "Weir": "Nobody at the weir had expected the flood to carry the old punt as far as the mill and back again.",
}
GONE = (
    "<html><head><title>404 Not Found</title><link rel=canonical href=https://{site}/{name}></head><body>"
    "<h1>Not Found</h1><p>The page you asked for was not found on this server, or has been moved elsewhere.</p>"
    "</body></html>"
)

Triage = Callable[..., Result]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Six pages of two sites, two of them copies and three with one error text; and the cache of their scan."""
    pages, cache = tmp_path_factory.mktemp("pages"), tmp_path_factory.mktemp("cache")
    for name, title, site in (("hill.html", "Hill", "a.example"), ("copy.html", "Hill", "b.example")):
        (pages / name).write_text(STORY.format(title=title, site=site, lead=LEADS[title]))
    (pages / "weir.html").write_text(STORY.format(title="Weir", site="b.example", lead=LEADS["Weir"]))
    for number in range(3):
        (pages / f"gone{number}.html").write_text(GONE.format(site="a.example", name=number))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        assert CliRunner().invoke(main, ["scan", str(pages)]).exit_code == 0
    return pages, cache


@pytest.fixture
def triage(scanned: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Triage:
    """Runs a command over the folder: `triage("list", "is:kept")`; `first` stands before the folder."""
    pages, cache = scanned
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))

    def run(command: str, *words: str | Path, answer: str | None = None, first: str | None = None) -> Result:
        place = [str(pages), *map(str, words), "--db", str(tmp_path / "d.sqlite")]
        if "--reviewer" not in place and command != "report":
            place += ["--reviewer", "anna"]
        call = [command, *([first] if first else []), *place]
        result = CliRunner().invoke(main, call, input=answer)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run
