"""The runner that drives validators over the conformance suite."""

from __future__ import annotations

import runpy
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def tool(project: Path) -> dict[str, Any]:
    # Under a name of its own, since dataclasses look their module up.
    return runpy.run_path(str(project / "tools/conformance.py"), run_name="tools_conformance")


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    for case in ("v1.0/valid/good", "v1.0/invalid/bad", "v0.97/warning/odd", "v0.97/linux-only/worse"):
        (tmp_path / case).mkdir(parents=True)
        (tmp_path / case / case.rpartition("/")[2]).write_bytes(b"")
    return tmp_path


def python(program: str) -> str:
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} {{bag}}"


def test_the_table(tool: dict[str, Any], suite: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = "import sys, os; sys.exit(not {'good', 'odd'} & set(os.listdir(sys.argv[1])))"
    crash = "raise RuntimeError"
    code = tool["main"](
        [
            str(suite),
            "--only",
            f"right={python(right)}",
            "--also",
            f"crash={python(crash)}",
            "--also",
            "none=/none {bag}",
        ]
    )
    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "| case | expected | right | crash | none |",
        "| --- | --- | --- | --- | --- |",
        "| v0.97/linux-only/worse | invalid | invalid | invalid (crashed) | invalid (FileNotFoundError) |",
        "| v0.97/warning/odd | valid | valid | **invalid (crashed)** | **invalid (FileNotFoundError)** |",
        "| v1.0/invalid/bad | invalid | invalid | invalid (crashed) | invalid (FileNotFoundError) |",
        "| v1.0/valid/good | valid | valid | **invalid (crashed)** | **invalid (FileNotFoundError)** |",
        "",
        "right: 4 of 4 as expected",
        "crash: 2 of 4 as expected",
        "none: 2 of 4 as expected",
    ]


def test_a_wrong_answer_shows_in_the_exit_code(tool: dict[str, Any], suite: Path) -> None:
    assert tool["main"]([str(suite), "--only", f"yes={python('')}"]) == 1


def test_no_answer_is_a_rejection(tool: dict[str, Any], suite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    says = tool["Tool"].says
    monkeypatch.setitem(says.__globals__, "SECONDS", 0.1)
    slow = tool["Tool"].parse(f"slow={python('import time; time.sleep(30)')}")
    assert slow.says(suite / "v1.0/valid/good") == "invalid (no answer)"


@pytest.mark.parametrize("arguments", [["--only", "x"], ["--only", "x=y"], []])
def test_wrong_usage(tool: dict[str, Any], tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        tool["main"]([str(tmp_path), *arguments])
    assert ended.value.code == 2
