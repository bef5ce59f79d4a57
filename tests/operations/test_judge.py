"""The reference implementation, asked in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

from archive.errors import WorkerError
from archive.operations import judge as judging
from archive.operations.judge import Judge, Judgement, judge
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


@pytest.mark.parametrize(
    ("program", "how"),
    [
        ("import os; os._exit(9)", "ended with exit code 9"),
        ("import os; os.kill(os.getpid(), 9)", "was ended by signal 9"),
        (judging._PROGRAM.replace("bagit.Bag(", "raise MemoryError; bagit.Bag("), "ended with exit code 1"),
    ],
)
def test_an_answer_that_never_came_is_no_rejection(
    program: str, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "_PROGRAM", program)
    with pytest.raises(WorkerError, match=f"{how}, twice and without an answer") as caught:
        judge(tmp_path, seconds=SECONDS)
    assert caught.value.remedy


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_one_that_is_killed_before_it_is_asked_is_started_anew(tmp_path: Path, number: signal.Signals) -> None:
    place = on_disk(bag(), tmp_path / "bag")
    with Judge() as one:
        one._process.send_signal(number)
        assert one.ask(place, seconds=SECONDS) == Judgement(accepted=True)


def test_without_bagit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", gone)
    monkeypatch.setattr(judging, "_PROGRAM", judging._PROGRAM.replace("import bagit", "import no_such_bagit as bagit"))
    with pytest.raises(WorkerError, match="could not be asked: ModuleNotFoundError: No module named 'no_such_bagit'"):
        judge(tmp_path, seconds=SECONDS)


def test_one_that_is_never_asked_is_gone_all_the_same(tmp_path: Path) -> None:
    with Judge() as one:
        pass
    assert one._process.returncode is not None
    assert one._process.stdin is not None
    assert one._process.stdin.closed


def test_one_whose_caller_is_killed_ends_by_itself() -> None:
    program = (
        "import os; from archive.operations.judge import Judge; one = Judge(); print(one._process.pid, flush=True); "
        "os.kill(os.getpid(), 9)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=SECONDS)
    # Its standard error is a pipe of the one that was killed, and `run` has waited until nobody holds its own.
    until = time.monotonic() + SECONDS
    while Path(f"/proc/{int(run.stdout)}/cmdline").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{int(run.stdout)}/cmdline").exists() or is_a_zombie(int(run.stdout))


def is_a_zombie(number: int) -> bool:
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_one_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/none")
    with pytest.raises(WorkerError, match="could not be started"):
        Judge()


def test_it_is_not_imported_here() -> None:
    program = "import sys, archive.operations.validate, archive.operations.judge; print('bagit' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
