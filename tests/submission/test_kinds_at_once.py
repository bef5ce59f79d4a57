"""Containers among many files: workers find what one process finds."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from archive.engine import Team
from archive.model.containers import NO_RENAMES
from archive.submission import kinds_at_once
from archive.submission.files import Files
from tests.contracts import tasks


@pytest.mark.parametrize("most_alone", [2, 4096])
def test_workers_find_what_one_process_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_alone: int) -> None:
    monkeypatch.setattr(kinds_at_once, "MOST_ALONE", most_alone)
    monkeypatch.setattr(kinds_at_once, "_TOGETHER", 3)
    files = some_files(tmp_path)
    with Team(2) as team:
        found = kinds_at_once.kinds_in(os.fsencode(tmp_path), files, NO_RENAMES, team)
    assert found == kinds_at_once.kinds_in(os.fsencode(tmp_path), files, NO_RENAMES, None)
    assert set(found) == {"letters.mbox", "lines.jsonl", "of\udcffbytes.zip"}


def test_what_killed_workers_were_at_is_looked_at_by_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds_at_once, "MOST_ALONE", 2)
    monkeypatch.setattr(kinds_at_once, "_TOGETHER", 3)
    files = some_files(tmp_path)
    with Team(2) as team:
        for process in set(team.engine(8).map(tasks.process_id, 0.05, range(8))):
            os.kill(process, signal.SIGKILL)
        found = kinds_at_once.kinds_in(os.fsencode(tmp_path), files, NO_RENAMES, team)
    assert set(found) == {"letters.mbox", "lines.jsonl", "of\udcffbytes.zip"}


def some_files(folder: Path) -> Files:
    names = [f"{number}.txt" for number in range(8)] + ["letters.mbox", "lines.jsonl", "of\udcffbytes.zip"]
    for name in names:
        (folder / os.fsdecode(os.fsencode(name))).write_bytes(b"Some words.\n")
    return Files((name, 12) for name in names).without(["3.txt"])
