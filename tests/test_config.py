from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from triage import config
from triage.actions import keymap
from triage.config import Settings, default_config_text, load, parse
from triage.errors import ConfigError


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "config_path", lambda: tmp_path / "none.toml")
    assert load() == Settings()


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no settings file .*none\.toml"):
        load(tmp_path / "none.toml")


def test_every_setting_can_be_set() -> None:
    text = """
        reviewer = "anna"
        preset = "vim"
        advance = false
        theme = "nord"
        ascii = true
        discard_reasons = ["off topic"]
        tags = ["one", "two"]
        workers = 3
        page_seconds = 2.5
        page_megabytes = 5
        [keys]
        keep = "k"
        discard = ["d", "del"]
        later = []
    """
    settings = parse(text)
    assert settings == Settings(
        "anna", "vim", False, "nord", True, ("off topic",), ("one", "two"), 3, 2.5, 5.0,
        {"keep": ("k",), "discard": ("d", "del"), "later": ()},
    )  # fmt: skip
    assert all(getattr(settings, one.name) != getattr(Settings(), one.name) for one in fields(Settings))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\nreviewr = 'a'", "mine.toml, line 2: there is no setting “reviewr”; did you mean “reviewer”?"),
        ("[key]", "mine.toml, line 1: there is no setting “key”; did you mean “keys”?"),
        ("zzz = 1", "known are reviewer, "),
        ("advance = 1", "line 1: “advance” must be true or false"),
        ("reviewer = ''", "“reviewer” must be a text in quotes"),
        ('reviewer = "a\\u001b[31m"', "“reviewer” must be a text in quotes"),
        ("workers = true", "“workers” must be a whole number from 1 to 64"),
        ("workers = 0", "“workers” must be a whole number from 1 to 64"),
        ("page_seconds = -1", "“page_seconds” must be a number above 0"),
        ("page_seconds = nan", "“page_seconds” must be a number above 0"),
        ("tags = ['a', 2]", "“tags” must be a list of texts"),
        ("tags = ['1','2','3','4','5','6','7','8','9','10']", "at most nine"),
        ("keys = 3", "“keys” must be a table"),
        ("[keys]\nkeep = 3", "line 1: “keys” must be a list of texts"),
        ("advance = \nworkers = 2", "mine.toml: this is no TOML: Invalid value (at line 1"),
    ],
)
def test_a_fault_names_file_line_and_what_may_stand_there(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert says in str(caught.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b"reviewer = '\xff'")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(file)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("keep = ['k']\nkep = ['a']", "line 3: .*kep"),
        ("keep = ['k']\ndiscard = ['k']", "line 3: .*both"),
    ],
)
def test_keys_that_clash_or_name_no_action_are_refused_with_their_line(tmp_path: Path, lines: str, says: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f"[keys]\n{lines}")
    with pytest.raises(ConfigError, match=says):
        load(file, keymap)


def test_keys_that_fit_are_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[keys]\nkeep = ['k']")
    assert load(file, keymap).keys == {"keep": ("k",)}


def test_the_written_file_holds_the_defaults_and_tells_of_every_setting() -> None:
    text = default_config_text()
    assert parse(text) == Settings()
    for one in fields(Settings):
        assert one.name in text
        assert one.metadata["told"].split()[0] in text


def test_the_written_file_without_its_comment_signs_is_valid_and_keeps_the_defaults() -> None:
    lines = default_config_text().splitlines()
    set_all = "\n".join(line.removeprefix("# ") if "=" in line else line for line in lines)
    assert set(tomllib.loads(set_all)) == {one.name for one in fields(Settings)}
    settings, defaults = parse(set_all), Settings()
    for name in ("advance", "ascii", "discard_reasons", "tags", "page_seconds", "page_megabytes"):
        assert getattr(settings, name) == getattr(defaults, name)


def test_brackets_without_end_are_told() -> None:
    with pytest.raises(ConfigError, match="too many brackets"):
        parse("tags = " + "[" * 100_000)
