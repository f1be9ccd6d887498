"""Each package that is asked for is used, and each that is used is asked for."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
BY_OTHERS = {"lxml-html-clean"}
"""What a dependency of ours needs and does not always bring."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> set[str]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [one for name, asked in table["optional-dependencies"].items() if name != "test" for one in asked]
    return {normal(re.split(r"[<>=!~\[;]", one)[0]) for one in table["dependencies"] + extras}


def imported() -> Iterator[str]:
    """Top-level names that the package imports, at any depth of its code."""
    for file in (ROOT / "triage").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.split(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


def test_what_is_imported_is_what_is_asked_for() -> None:
    owners = packages_distributions()
    names = set(imported()) - set(sys.stdlib_module_names) - {"triage"}
    assert {normal(owner) for name in names for owner in owners[name]} == asked_for() - BY_OTHERS
