"""The user's settings: one TOML file, every setting optional.

reviewer = "anna"
discard_reasons = ["off topic", "paywall"]
[keys]
keep = ["k", "a"]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from triage.errors import ConfigError
from triage.presets import PRESETS

KeyChanges = Mapping[str, tuple[str, ...]]

_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_.-]+)\s*\]+")
_ASSIGNED = re.compile(r"""\s*(["']?)([A-Za-z0-9_-]+)\1\s*=""")


def _text(value: Any) -> str:
    if isinstance(value, str) and value.strip() and value.isprintable():
        return value
    raise ValueError("a text in quotes, on one line")


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        try:
            return tuple(map(_text, value))
        except ValueError:
            pass
    raise ValueError('a list of texts, such as ["one", "two"]')


def _tags(value: Any) -> tuple[str, ...]:
    tags = _texts(value)
    if len(tags) > 9:
        raise ValueError("a list of at most nine texts, one a digit")
    return tags


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("true or false")


def _workers(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 64:
        return value
    raise ValueError("a whole number from 1 to 64")


def _amount(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 10_000:
        return float(value)
    raise ValueError("a number above 0, at most 10000")


def _preset(value: Any) -> str:
    if isinstance(value, str) and value in PRESETS:
        return value
    raise ValueError(f"one of {', '.join(PRESETS)}")


def _keys(value: Any) -> KeyChanges:
    if not isinstance(value, dict):
        raise ValueError('a table of actions, such as\n[keys]\nkeep = ["k"]')  # noqa: TRY004  # told like the others
    return {name: (_text(keys),) if isinstance(keys, str) else _texts(keys) for name, keys in value.items()}


def _setting(default: Any, check: Callable[[Any], Any], told: str, example: str = "") -> Any:
    """A setting: its default, what makes a value of TOML one of ours, what it is for, and an example to write."""
    return field(default=default, metadata={"check": check, "told": told, "example": example})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as they hold; what each is for stands with it, and in the file that `default_config_text` writes."""

    reviewer: str | None = _setting(
        None, _text, "Whose name stands with the decisions; without it, your name on this computer.", '"anna"'
    )
    preset: str = _setting(
        "default",
        _preset,
        "Keys to begin with: default, vim, mnemonic, left-hand or right-hand; `triage config --keys --preset NAME` "
        "shows them, and [keys] changes single ones.",
    )
    advance: bool = _setting(True, _yes_or_no, "Go on to the next undecided item after a decision.")
    theme: str | None = _setting(
        None, _text, "Colours of the screen, by name; the palette on the screen lists them.", '"textual-dark"'
    )
    ascii: bool = _setting(False, _yes_or_no, "Signs of plain ASCII, for terminals whose font lacks others.")
    discard_reasons: tuple[str, ...] = _setting(
        ("off topic", "not an article", "copy of another page", "too little text", "wrong language", "outdated"),
        _texts,
        "Reasons that are offered when an item is discarded with a reason, beside those its flags speak for.",
    )
    tags: tuple[str, ...] = _setting(
        (), _tags, "Tags on the digits 1 to 9; the tags used last take the digits that are left."
    )
    workers: int | None = _setting(
        None, _workers, "Processes that scan pages; without it, one less than there are processors.", "2"
    )
    page_seconds: float = _setting(9.0, _amount, "Processor time that one page may take, in seconds.")
    page_megabytes: float = _setting(8.0, _amount, "Size up to which a page is read, in millions of bytes.")
    keys: KeyChanges = field(
        default_factory=dict,
        metadata={
            "check": _keys,
            "told": "Other keys, by the name of the action; a key that is given here is taken from the action that had "
            "it. The key table of the README names all actions.",
            "example": 'keep = ["k", "a"]',
        },
    )


def config_path() -> Path:
    """Where the settings file is looked for unless one is named."""
    return user_config_path("article-triage") / "config.toml"


def load(path: Path | None = None, check_keys: Callable[[KeyChanges, str], object] | None = None) -> Settings:
    """The settings of the file at `path`, of the user's own file (None), or the defaults where there is none.

    `check_keys` raises ConfigError for changes of keys, to a preset, that cannot be. Raises ConfigError, with file
    and line, for an unknown setting, a value of the wrong kind, a file that is no TOML, and a named file that is not
    there.
    """
    file = path or config_path()
    try:
        text = file.read_bytes().decode()
    except FileNotFoundError:
        if path is None:
            return Settings()
        raise ConfigError(f"There is no settings file {file}.") from None
    except OSError as error:
        raise ConfigError(f"The settings file {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"The settings file {file} is not UTF-8 text (byte {error.start}).") from error
    settings = parse(text, str(file))
    if check_keys is not None:
        _check(settings, check_keys, text, str(file))
    return settings


def parse(text: str, name: str = "settings") -> Settings:
    """The settings that `text` writes; `name` stands for the file in what ConfigError says."""
    import tomllib  # noqa: PLC0415 - most users have no settings file

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: this is no TOML: {error}.") from error
    except RecursionError:
        raise ConfigError(f"{name}: too many brackets stand in one another.") from None
    known: dict[str, Field[Any]] = {one.name: one for one in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            meant = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}."
            raise ConfigError(f"{_where(name, text, key)}: there is no setting “{key}”; {meant}")
        try:
            values[key] = known[key].metadata["check"](value)
        except ValueError as error:
            raise ConfigError(f"{_where(name, text, key)}: “{key}” must be {error}.") from None
    return Settings(**values)


def default_config_text() -> str:
    """A settings file with every setting at its default, each with what it is for."""
    lines = ["# Settings of triage. Every line may be left out; what begins with # is as it would be without."]
    for one in fields(Settings):
        if one.name == "keys":
            lines += ["", *_comment(one.metadata["told"]), "[keys]", f"# {one.metadata['example']}"]
            continue
        default = None if one.default is MISSING else one.default
        lines += ["", *_comment(one.metadata["told"])]
        lines.append(
            f"# {one.name} = {one.metadata['example']}" if default is None else f"# {one.name} = {_toml(default)}"
        )
    return "\n".join(lines) + "\n"


def _check(settings: Settings, check_keys: Callable[[KeyChanges, str], object], text: str, name: str) -> None:
    """Ask about one more change at a time, so that the fault has a line."""
    asked: dict[str, tuple[str, ...]] = {}
    for action, wanted in settings.keys.items():
        asked[action] = wanted
        try:
            check_keys(asked, settings.preset)
        except ConfigError as error:
            raise ConfigError(f"{_where(name, text, action, 'keys')}: {error}") from error


def _where(name: str, text: str, key: str, table: str = "") -> str:
    """File and line of a key; the file alone where the line cannot be told."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            current = header[1]
            if not table and current == key:
                return f"{name}, line {number}"
        elif current == table and (assigned := _ASSIGNED.match(line)) and assigned[2] == key:
            return f"{name}, line {number}"
    return name


def _comment(told: str) -> list[str]:
    lines, line = [], "#"
    for word in told.split():
        if len(line) + len(word) > 100:
            lines.append(line)
            line = "#"
        line += f" {word}"
    return [*lines, line]


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return f"{value:g}" if isinstance(value, float) else f'"{value}"'
