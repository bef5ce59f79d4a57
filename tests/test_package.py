"""The face of the package: what `import archive` costs, does and offers."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import archive
from archive.cli.endings import ToldToEnd

PROJECT = Path(__file__).resolve().parent.parent


def python(code: str, folder: Path, *flags: str) -> str:
    ran = subprocess.run(
        [sys.executable, *flags, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    return ran.stdout


def test_import_brings_in_almost_nothing(tmp_path: Path) -> None:
    before = set(json.loads(python("import sys, json; print(json.dumps(sorted(sys.modules)))", tmp_path)))
    after = set(json.loads(python("import archive, sys, json; print(json.dumps(sorted(sys.modules)))", tmp_path)))
    assert after - before <= {"archive", "__future__"}


def test_import_costs_little(tmp_path: Path) -> None:
    code = "import time; t = time.process_time(); import archive; print(time.process_time() - t)"
    assert min(float(python(code, tmp_path)) for _ in range(3)) < 0.05


def test_import_changes_nothing_of_the_process(tmp_path: Path) -> None:
    code = """
import logging, os, signal, sys, threading, warnings
def state():
    return (os.getcwd(), logging.root.handlers[:], logging.root.level, threading.active_count(), sys.path[:],
            warnings.filters[:], signal.getsignal(signal.SIGINT), dict(os.environ), sys.excepthook)
before = state()
import archive
print(state() == before)
"""
    assert python(code, tmp_path) == "True\n"


def test_every_public_name_is_there_and_listed() -> None:
    assert set(dir(archive)) == set(archive.__all__)
    for name in archive.__all__:
        assert getattr(archive, name) is not None


def test_the_verbs_are_those_of_the_operations() -> None:
    from archive.operations.pack import pack

    assert archive.pack is pack


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'unheard_of'"):
        _ = archive.unheard_of


def test_a_checkout_that_is_not_installed_knows_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    monkeypatch.delitem(vars(archive), "__version__", raising=False)
    assert archive.__version__.count(".") == 2


def test_the_installed_version_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    monkeypatch.setattr(metadata, "version", lambda _: "9.9.9")
    monkeypatch.delitem(vars(archive), "__version__", raising=False)
    assert archive.__version__ == "9.9.9"
    monkeypatch.delitem(vars(archive), "__version__")


def test_python_dash_m_is_the_command(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "archive", "--version"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        check=True,
    )
    assert ran.stdout == f"corpus-archive {archive.__version__}\n"


def test_a_folder_called_archive_does_not_get_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "page.txt").write_text("a page")
    assert python("import archive; print(archive.__version__)", tmp_path).strip() == archive.__version__


def test_the_licence_is_apache_2(project: Path) -> None:
    text = (project / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def launched(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """Runs what the console script runs, with folders before ours on Python's path."""
    return subprocess.run(
        [sys.executable, str(PROJECT / "archive" / "launcher.py"), "--version"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join([*before, str(PROJECT)])},
        check=False,
    )


def test_the_console_script_starts_the_command(tmp_path: Path) -> None:
    ran = launched(tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"corpus-archive {archive.__version__}\n"


@pytest.mark.parametrize("name", ["archive.py", "archive/__init__.py"])
def test_a_foreign_package_before_ours_is_noticed_and_explained(tmp_path: Path, name: str) -> None:
    stranger = tmp_path / name
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_text("raise SystemExit('never imported')")
    ran = launched(tmp_path, str(tmp_path))
    assert ran.returncode == 3
    assert str(stranger) in ran.stderr
    assert "What to do: " in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_package_without_a_place_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    from archive import launcher

    assert launcher.foreign_package() is None
    monkeypatch.setattr(launcher, "find_spec", lambda _: None)
    assert launcher.foreign_package() == "no such package at all"
    monkeypatch.setattr(launcher, "find_spec", lambda name: importlib.util.spec_from_loader(name, None))
    assert launcher.foreign_package() == "a folder without __init__.py"


def run_fresh(name: str) -> None:
    """Runs a module as the main one, as if nobody had imported it before."""
    if name != "archive":
        sys.modules.pop(name, None)
    runpy.run_module(name, run_name="__main__")


@pytest.mark.parametrize("name", ["archive", "archive.launcher"])
def test_run_as_a_module_the_package_is_the_command(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [name, "--version"])
    monkeypatch.setitem(sys.modules, "numpy", sys.modules.get("numpy"))  # the command does without; we need it
    with pytest.raises(SystemExit) as ended:
        run_fresh(name)
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"corpus-archive {archive.__version__}\n"


@pytest.mark.parametrize("name", ["archive", "archive.launcher"])
@pytest.mark.parametrize(("error", "exit_code"), [(KeyboardInterrupt(), 130), (ToldToEnd(15), 143)])
def test_an_end_in_the_first_moments_is_no_traceback(
    name: str, error: KeyboardInterrupt, exit_code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from archive import cli

    def interrupted() -> None:
        raise error

    monkeypatch.setattr(cli, "main", interrupted)
    with pytest.raises(SystemExit) as ended:
        run_fresh(name)
    assert ended.value.code == exit_code
