"""What made a bag is named with its version; what is not installed is not named."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError

import pytest

from archive.packing import software


def test_this_software_comes_first_and_the_rest_is_sorted() -> None:
    names = [one["name"] for one in software.software()]
    assert names[0] == software.NAME
    assert names[3:] == sorted(names[3:])
    assert {"bagit", "pyarrow"} <= set(names)
    assert all(one["version"] for one in software.software())


def test_what_is_not_installed_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", version)
    assert software.agent() == "corpus-archive/0"
    assert len(software.software()) == 3


def test_the_version_is_that_of_the_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda _: "7.1")
    assert software.agent() == "corpus-archive/7.1"
    assert {one["version"] for one in software.software()[3:]} == {"7.1"}
