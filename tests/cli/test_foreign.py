from __future__ import annotations

import sys
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


@pytest.mark.parametrize(
    ("origin", "named"), [("elsewhere/archive.py", "elsewhere/archive.py"), (None, "a folder without __init__.py")]
)
def test_a_package_that_is_not_ours_is_named(origin: str | None, named: str) -> None:
    said = complaint(package(origin))
    assert said is not None
    assert named in said
    assert "What to do: " in said


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
    monkeypatch.setitem(sys.modules, "numpy", sys.modules.get("numpy"))  # the command does without; we need it
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("corpus-archive ")
