"""What all tests share: where the material beside the project lies, and what is measured and judged."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.judging", "tests.measuring"]

# Nothing drawn has its time: a busy machine is no fault.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of captures and suites that lies beside the project; in CI it must be there."""
    place = Path(os.environ.get("ARCHIVE_SHARED", PROJECT.parent / "shared"))
    if not place.is_dir():
        reason = f"no shared material at {place}; set ARCHIVE_SHARED to its folder"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return place


@pytest.fixture
def heard_signals(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Signals are heeded, as by programs that a test starts, whatever the shell and the tests before have left."""
    monkeypatch.setattr("archive.engine.interrupts._process.ends_with_the_run", False)
    heard = {signal.SIGHUP: signal.SIG_DFL, signal.SIGINT: signal.default_int_handler}
    before = {one: signal.signal(one, handler) for one, handler in heard.items()}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT
