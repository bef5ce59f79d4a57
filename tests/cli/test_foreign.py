from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

import archive
from archive.cli import foreign, main
from archive.cli.foreign import complaint


def package(origin: str | None, **members: object) -> ModuleType:
    found = ModuleType("archive")
    found.__file__ = origin
    for name, value in members.items():
        setattr(found, name, value)
    return found


def test_our_own_package_is_no_cause_for_complaint() -> None:
    assert complaint() is None
    assert archive.DISTRIBUTION == foreign.DISTRIBUTION


def test_a_package_elsewhere_on_the_path_is_named(tmp_path: Path) -> None:
    said = complaint(package(str(tmp_path / "archive" / "__init__.py")))
    assert said is not None
    assert str(tmp_path) in said
    assert "before this one on Python's path" in said
    assert "What to do: " in said


def test_a_package_that_overwrote_ours_is_named() -> None:
    said = complaint(package(archive.__file__))
    assert said is not None
    assert "overwritten" in said


def test_a_namespace_is_named() -> None:
    said = complaint(package(None))
    assert said is not None
    assert "a folder without __init__.py" in said


def test_the_command_explains_and_stops(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "archive", package("elsewhere/archive.py"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert "elsewhere/archive.py" in capsys.readouterr().err


def test_the_command_runs_where_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["archive", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("corpus-archive ")
