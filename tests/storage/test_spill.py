from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import StorageError
from archive.storage import spill
from archive.storage.spill import SortedRuns

PAIRS = st.lists(st.tuples(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text("abc\n")))


@given(st.lists(PAIRS, max_size=5), PAIRS)
def test_all_pairs_come_back_in_order(runs: list[list[tuple[str, str]]], held: list[tuple[str, str]]) -> None:
    sorted_runs = SortedRuns()
    for run in runs:
        sorted_runs.add(run)
    merged = list(sorted_runs.merged(held))
    sorted_runs.close()
    everything = sorted([pair for run in runs for pair in run] + held)
    assert [(key, value) for key, several in merged for value in several] == everything
    assert [key for key, _ in merged] == sorted({key for key, _ in everything})


def test_many_runs_become_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "MOST_RUNS", 3)
    runs = SortedRuns()
    for number in range(10):
        runs.add([(str(number % 4), str(number))])
    assert [key for key, _ in runs.merged()] == ["0", "1", "2", "3"]
    runs.close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Free some space"):
        SortedRuns(str(tmp_path / "none")).add([("a", "b")])


def test_a_run_that_cannot_be_written_or_read(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = SortedRuns()
    runs.add([("a", "b")])
    runs._runs[0].close()

    class Broken:
        def seek(self, place: int) -> None:
            raise OSError(5, "Input/output error")

        def write(self, text: str) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            raise OSError(5, "Input/output error")

    runs._runs[0] = Broken()  # type: ignore[call-overload]
    with pytest.raises(StorageError, match="the disk reported an error"):
        list(runs.merged())
    monkeypatch.setattr(spill.tempfile, "TemporaryFile", lambda *_, **__: Broken())
    with pytest.raises(StorageError, match="the disk is full"):
        runs.add([("c", "d")])
    runs.close()
