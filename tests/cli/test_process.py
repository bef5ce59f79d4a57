"""What only a real process shows: pipes, locales, signals, terminals, closed streams."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bags.making import bag, on_disk

pytestmark = pytest.mark.usefixtures("heard_signals")

PROJECT = Path(__file__).resolve().parent.parent.parent

STAND_IN = """
import sys, time
from types import ModuleType
from archive.model.codes import finding
from archive.model.findings import Where
from archive.model.progress import Progress
from archive.model.reports import Report, Verdict

def check(folder, *, recipe, access, limits, jobs, listener):
    if folder == "slow":
        print("begun", file=sys.stderr, flush=True)
        time.sleep(60)
    for number in range(20):
        listener(Progress("reading", number, 20, number * 1000, 20000))
        time.sleep(0.02 if folder == "watched" else 0)
    findings = tuple(
        finding("payload.missing", where=Where(file=f"\\ubd81\\ud55c-{number}\\udcff-\\x1b[2J"), remedy=f"{number}")
        for number in range(int(folder) if folder.isdigit() else 1)
    )
    return Report("check", Verdict.INVALID, findings)

module = ModuleType("archive.operations.check")
module.check = check
sys.modules[module.__name__] = module
from archive.cli import main
main()
"""


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", STAND_IN, "check", *words]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "COV_CORE_"))}
    return {**kept, "PYTHONPATH": str(PROJECT), **more}


def run(*words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*words), capture_output=True, env=environment(**more), timeout=60, check=False)


@pytest.mark.parametrize("coercion", ["0", "1"])
def test_a_poor_locale_never_stops_the_report(coercion: str) -> None:
    ran = run("corpus", LC_ALL="C", PYTHONCOERCECLOCALE=coercion, PYTHONUTF8=coercion)
    assert ran.returncode == 1
    assert ran.stderr == b""
    expected = "북한-0" if coercion == "1" else r"\ubd81\ud55c-0"
    assert (expected + r"\xff-\x1b[2J").encode() in ran.stdout


def test_a_pipe_holds_the_result_alone() -> None:
    ran = run("corpus", "--json")
    assert ran.stderr == b""
    value = json.loads(ran.stdout)
    assert value["findings"][0]["where"]["file"] == "북한-0\\xff-\x1b[2J"
    assert b"\x1b" not in ran.stdout


def test_a_reader_that_leaves_early_is_no_error() -> None:
    # enough findings that the pipe's buffer cannot hold the report
    with subprocess.Popen(
        command("5000", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 1


def test_a_full_disk_behind_the_redirection_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            command("corpus"), stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=60, check=False
        )
    assert ran.returncode == 3
    assert b"the result could not be written" in ran.stderr
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["pack", "--help"], 3),
        (["--version"], 3),
        (["check", "nowhere", "--json"], 2),
        (["pack", "nowhere", "--json"], 2),
    ],
)
def test_a_full_disk_is_said_whatever_was_to_be_written(words: list[str], exit_code: int) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "archive", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=60,
            check=False,
        )
    assert ran.returncode == exit_code
    assert b"the disk is full" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert b"Exception ignored" not in ran.stderr


@pytest.mark.parametrize("words", [["--help"], ["check", "nowhere", "--json"]])
def test_nobody_reads_and_nobody_complains(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "archive", *words],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(),
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0 if words == ["--help"] else 2, b"")


@pytest.mark.parametrize(
    ("closed", "exit_code", "complaints"), [(">&-", 3, 1), ("--json >&-", 3, 1), (">&- 2>&-", 3, 0), ("2>&-", 1, 0)]
)
def test_a_result_that_nothing_takes_is_no_success(closed: str, exit_code: int, complaints: int) -> None:
    ran = subprocess.run(
        ["bash", "-c", f'exec "$@" {closed}', "-", *command("corpus")],
        env=environment(),
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr.count(b"could not be written")) == (exit_code, complaints)


def test_ctrl_c_ends_with_130_and_a_sentence() -> None:
    with subprocess.Popen(command("slow"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as child:
        assert child.stderr is not None
        assert child.stderr.readline() == b"begun\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (130, b"")
    assert err.startswith(b"archive: interrupted; nothing was published\n")
    assert b"Traceback" not in err


@pytest.mark.parametrize(("number", "times"), [(signal.SIGTERM, 1), (signal.SIGTERM, 2), (signal.SIGHUP, 1)])
def test_what_is_told_to_end_ends_as_after_ctrl_c(number: signal.Signals, times: int) -> None:
    with subprocess.Popen(command("slow"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as child:
        assert child.stderr is not None
        assert child.stderr.readline() == b"begun\n"
        for _ in range(times):
            child.send_signal(number)
        out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (128 + number, b"")
    assert err.startswith(f"archive: told to end ({number.name}); nothing was published\n".encode())
    assert b"Traceback" not in err


def test_a_closed_terminal_is_nothing_to_what_nohup_has_started() -> None:
    program = STAND_IN.replace("time.sleep(60)", "import os, signal; os.kill(os.getpid(), signal.SIGHUP)")
    ran = subprocess.run(
        ["nohup", sys.executable, "-c", program, "check", "slow"],
        stdin=subprocess.DEVNULL, capture_output=True, env=environment(), timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert b"payload.missing" in ran.stdout


def test_ctrl_c_within_a_program_text_ends_with_130_too(tmp_path: Path) -> None:
    # CPython would end a process by SIGINT for this one
    sleeping = STAND_IN.replace("time.sleep(60)", 'exec("raise KeyboardInterrupt")')
    (tmp_path / "stand_in.py").write_text(sleeping)
    ran = subprocess.run(
        [sys.executable, "-m", "stand_in", "check", "slow"],
        capture_output=True,
        env=environment(),
        cwd=tmp_path,
        check=False,
    )
    assert ran.returncode == 130
    assert b"Traceback" not in ran.stderr


def test_progress_is_drawn_on_a_terminal_and_leaves_the_result_alone() -> None:
    control, terminal = pty.openpty()
    with subprocess.Popen(
        command("watched"),
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=environment(TERM="xterm", COLUMNS="120"),
    ) as child:
        os.close(terminal)
        drawn = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and select.select([control], [], [], 60)[0]:
            try:
                piece = os.read(control, 65536)
            except OSError:  # the other end of a terminal closes with an error on Linux
                break
            if not piece:
                break
            drawn += piece
        assert child.stdout is not None
        result = child.stdout.read()
    os.close(control)
    assert b"reading" in drawn
    assert b"/s" in drawn
    assert b"reading" not in result
    assert result.startswith(b"error: payload.missing")


def test_a_terminal_that_is_closed_is_no_trouble_of_its_own() -> None:
    control, terminal = pty.openpty()
    slowly = STAND_IN.replace("range(20)", "range(200)")
    with subprocess.Popen(
        [sys.executable, "-c", slowly, "check", "watched"],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=environment(TERM="xterm"),
    ) as child:
        os.close(terminal)
        assert os.read(control, 1)
        os.close(control)
        child.send_signal(signal.SIGHUP)
    assert child.returncode == 129


def imported_by(*arguments: str) -> set[str]:
    """The modules that a command imports, in its own process."""
    code = (
        "import sys\n"
        "from archive.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    print('modules:', *sorted(sys.modules), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, env=environment(), text=True, check=True
    )
    return set(ran.stderr.rpartition("modules:")[2].split())


def test_help_imports_nothing_heavy() -> None:
    imported = imported_by("--help")
    heavy = {"pyarrow", "jsonschema", "jsonschema_rs", "rich", "edtf", "langcodes", "resiliparse", "ftfy", "bagit"}
    assert not heavy & imported
    assert not {name for name in imported if name.startswith("archive.operations.")}
    assert len(imported) < 180


def test_a_small_bag_is_validated_without_anything_heavy(tmp_path: Path) -> None:
    imported = imported_by("validate", str(on_disk(bag(), tmp_path / "bag")))
    assert not {"pyarrow", "jsonschema", "rich", "langcodes", "bagit"} & imported
    assert not {"archive.operations.judge", "archive.engine.processes", "archive.storage.remote"} & imported
    assert len(imported) < 260


def test_a_verb_imports_what_the_corpus_in_hand_needs(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "corpus.toml").write_text('identifier = "e"\nversion = "1"\ntitle = "E"\naccess_level = "open"\n')
    (corpus / "metadata.csv").write_text("filename,language\na.txt,ko\n")
    (corpus / "a.txt").write_text("A letter.\n")
    of_pages = {"langcodes", "archive.sources.html", "archive.sources.webarchives.warc", "archive.normalise.front"}
    of_tables = {"pyarrow", "archive.sources.reading", "archive.packing.gathering"}
    assert not (of_pages | of_tables) & imported_by("check", str(corpus / "metadata.csv"))
    assert not of_pages & imported_by("pack", str(corpus), "--to", str(tmp_path), "--recipe", "none", "--jobs", "1")
