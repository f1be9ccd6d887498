"""What tests of several rooms share."""

import os
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from world import empty, world

__all__ = ["empty", "world"]

# A test holds on a slow or busy machine too; what takes how long is for the benchmarks. New examples are for those
# who look at them: where nobody does, the same ones are tried each time.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("any machine")

OFFLINE = Path(__file__).with_name("offline")
"""Its `sitecustomize` keeps a Python process off the network: this one from here on, its children by their path."""
runpy.run_path(str(OFFLINE / "sitecustomize.py"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings, the cache or the data of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("NO_COLOR", "COLUMNS", "LINES", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_network(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that reaches for the network fails, also where a child of it does, and where the fault is swallowed."""
    log = tmp_path_factory.getbasetemp() / "network.log"
    monkeypatch.setenv("OFFLINE_LOG", str(log))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(OFFLINE), os.environ.get("PYTHONPATH")))))
    yield
    if log.exists():
        reached = log.read_text("utf-8")
        log.unlink()
        pytest.fail(f"the network was reached for:\n{reached}")


@pytest.fixture
def samples() -> Path:
    return Path(__file__).parent.parent / "sample_articles"
