"""The README tells the truth: what it names is there, and what is there it names."""

import re
import sqlite3
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from triage.actions import key_table, preset_table
from triage.cli import main
from triage.config import Settings
from triage.model import ErrorCause, FlagKind
from triage.reading.formats import FORMATS
from triage.store.journal import Journal

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text("utf-8")


def test_the_key_table_is_the_table_of_actions() -> None:
    assert f"<!-- keys -->\n{key_table()}\n<!-- /keys -->" in README, "run tests/pictures/make.py"


def test_the_table_of_presets_is_the_one_of_the_program() -> None:
    assert f"<!-- presets -->\n{preset_table()}\n<!-- /presets -->" in README, "run tests/pictures/make.py"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_documented(name: str) -> None:
    assert f"triage {name}" in README


@pytest.mark.parametrize("word", [*get_args(FlagKind), *get_args(ErrorCause), *FORMATS])
def test_every_flag_cause_and_format_is_documented(word: str) -> None:
    assert word in README


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`{setting}`" in README


def test_the_columns_of_the_decisions_are_documented(tmp_path: Path) -> None:
    Journal.open(tmp_path / "triage.sqlite", "anna").close()
    with sqlite3.connect(tmp_path / "triage.sqlite") as connection:
        columns = [column[0] for column in connection.execute("SELECT * FROM decisions").description]
    for column in columns:
        assert f"`{column}`" in README


def test_every_picture_and_path_it_names_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    folders = re.findall(r"`((?:triage|tests)/[a-z_/]+(?:\.[a-z]+)?)`", README)
    for name in (*pictures, *folders):
        assert (TOP / name).exists(), name


def test_the_sample_folder_opens_by_command_one() -> None:
    assert "&& .venv/bin/triage sample_articles" in README
    assert any((TOP / "sample_articles").iterdir())
