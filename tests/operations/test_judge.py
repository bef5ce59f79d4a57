"""The reference implementation, asked in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from archive.operations import judge as judging
from archive.operations.judge import Judgement, judge
from tests.bags.making import bag, on_disk

SECONDS = 60.0


def snapshot(place: Path) -> dict[str, tuple[int, bytes]]:
    files = (path for path in sorted(place.rglob("*")) if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_a_valid_bag_is_accepted_and_left_alone(tmp_path: Path) -> None:
    place = on_disk(bag(), tmp_path / "a bag with spaces, 한국어 and 'quotes'")
    before = snapshot(place)
    assert judge(place, seconds=SECONDS) == Judgement(accepted=True)
    assert snapshot(place) == before


def test_a_broken_bag_is_rejected_in_its_words(tmp_path: Path) -> None:
    place = on_disk({**bag(), "data/a.txt": b"thirf"}, tmp_path / "bag")
    said = judge(place, seconds=SECONDS).said
    assert said.startswith("BagValidationError: Bag validation failed: data/a.txt sha256 validation failed")
    assert str(tmp_path) not in said


@pytest.mark.parametrize("oxum", ["many", "1.x"])
def test_whatever_it_raises_is_a_rejection(tmp_path: Path, oxum: str) -> None:
    place = on_disk(bag(tags={"bag-info.txt": f"Payload-Oxum: {oxum}\n".encode()}), tmp_path / "bag")
    assert not judge(place, seconds=SECONDS).accepted


def test_no_bag_at_all(tmp_path: Path) -> None:
    assert not judge(tmp_path / "none", seconds=SECONDS).accepted


def test_what_hangs_is_stopped(tmp_path: Path) -> None:
    place = on_disk(bag(), tmp_path / "bag")
    (place / "data/e").unlink()
    os.mkfifo(place / "data/e")
    assert judge(place, seconds=2) == Judgement(accepted=False, said="It was not done after 2 seconds")


def test_a_relative_path_in_a_folder_of_hostile_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk(bag(), tmp_path / "bag")
    for name in ("bagit", "json", "logging", "hashlib", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken from the current folder')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert judge(Path("bag"), seconds=SECONDS) == Judgement(accepted=True)


def test_an_answer_that_never_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_PROGRAM", "import os; os._exit(9)")
    assert judge(tmp_path, seconds=SECONDS).said == "It ended with exit code 9 and without an answer"


def test_without_bagit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", gone)
    monkeypatch.setattr(judging, "_PROGRAM", judging._PROGRAM.replace("import bagit", "import no_such_bagit as bagit"))
    said = judge(tmp_path, seconds=SECONDS)
    assert said == Judgement(accepted=False, said="ModuleNotFoundError: No module named 'no_such_bagit'")


def test_it_is_not_imported_here() -> None:
    program = "import sys, archive.operations.validate, archive.operations.judge; print('bagit' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
