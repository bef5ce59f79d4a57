"""The wheel holds what it needs and nothing else, and works where it is installed without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = f"import hatchling.build as build; print(build.build_wheel({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", build], cwd=project, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel laid down as an installer does it."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command from the installed wheel alone."""
    program = f"import sys; sys.path.insert(0, {str(installed)!r}); from corpus_archive import main; main()"
    return subprocess.run(
        [sys.executable, "-P", "-c", program, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": ""},
    )


def test_the_wheel_holds_package_and_schemas_and_nothing_else(wheel: Path, project: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = {
        path.relative_to(project).as_posix()
        for path in (project / "archive").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    schemas = {f"archive/_schemas/{path.name}" for path in (project / "schemas").iterdir()}
    package.remove("archive/launcher.py")  # installed outside the package, as corpus_archive.py
    others = {name for name in names if ".dist-info/" not in name} - package - schemas
    assert package <= names
    assert schemas <= names
    assert others == {"corpus_archive.py"}
    assert "archive/py.typed" in names


def test_the_installed_wheel_packs_and_validates(installed: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "letters"
    corpus.mkdir()
    (corpus / "first.txt").write_text("Dear reader,\n\nthis letter is short, and it ends here.\n")
    (corpus / "corpus.toml").write_text('identifier = "l"\nversion = "1"\ntitle = "L"\naccess_level = "open"\n')
    packed = run(installed, tmp_path, "pack", "letters", "--to", "bags", "--jobs", "2")
    assert packed.returncode == 0, packed.stderr
    checked = run(installed, tmp_path, "validate", "bags/l-1")
    assert checked.returncode == 0, checked.stdout
    schemas = {path.name for path in (tmp_path / "bags/l-1/data/schemas").iterdir()}
    assert "record.schema.json" in schemas


def test_no_folder_of_packaged_schemas_is_in_the_checkout(project: Path) -> None:
    assert not (project / "archive" / "_schemas").exists()
