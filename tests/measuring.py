"""Which lines count as tried: those that run when our modules are imported, and in tests that name their input.

Measuring makes Python twice as slow, and the start of a process three times. So nothing is measured where it would tell
nothing: while tests are looked for; where hypothesis draws the input, other lines each time; where a test is marked
`unmeasured`, since it tries at length what others try too; and in processes, unless a test asks for it with the fixture
`measured_processes`, or a module of tests with `measured_readers`, since what else runs in them runs without them too.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Generator, Iterator

import pytest

import archive
from archive.sources import apart

IN_PROCESSES = "COVERAGE_PROCESS_CONFIG"
"""The variable by which coverage tells processes that are started that they are to measure themselves."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Imports all modules first, where somebody measures."""
    measuring = sys.gettrace()
    if measuring is not None:
        for module in pkgutil.walk_packages(archive.__path__, "archive."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(measuring)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Hypothesis marks its tests itself.

    Coverage is not stopped, since starting it again would make it tell processes again to measure themselves.
    """
    if not (item.get_closest_marker("hypothesis") or item.get_closest_marker("unmeasured")):
        return (yield)
    measuring = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(measuring)


@pytest.fixture(scope="session", autouse=True)
def how_processes_measure() -> str | None:
    """Takes away what tells processes to measure themselves, and gives it to those who ask."""
    return os.environ.pop(IN_PROCESSES, None)


@pytest.fixture
def measured_processes(how_processes_measure: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that the test starts are measured."""
    if how_processes_measure is not None:
        monkeypatch.setenv(IN_PROCESSES, how_processes_measure)


@pytest.fixture(scope="module")
def measured_readers(how_processes_measure: str | None) -> Iterator[None]:
    """The process in which some readers run is measured: it serves all tests of the module."""
    apart.close()
    with pytest.MonkeyPatch.context() as environment:
        if how_processes_measure is not None:
            environment.setenv(IN_PROCESSES, how_processes_measure)
        yield
        apart.close()
