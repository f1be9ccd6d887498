"""What tests of several rooms share."""

import socket
from pathlib import Path
from typing import NoReturn

import pytest
from world import empty, world

__all__ = ["empty", "world"]


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings, the cache or the data of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("NO_COLOR", "COLUMNS", "LINES", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails."""

    local, connect = getattr(socket, "AF_UNIX", None), socket.socket.connect

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a test tried to reach the network")

    def connect_at_home(one: socket.socket, address: object) -> None:
        if one.family != local:  # processes of this machine may talk to one another
            refuse()
        connect(one, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect_at_home)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def samples() -> Path:
    return Path(__file__).parent.parent / "sample_articles"
