"""Values that processes lay by for each other: there as they were, or not there at all."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.storage import laying_by
from archive.storage.laying_by import LayingBy


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("laid-by"))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.binary(max_size=99), st.booleans()), max_size=9))
def test_what_one_lays_by_another_fetches(folder: str, values: list[tuple[bytes, bool]]) -> None:
    mine = LayingBy(folder)
    yours: LayingBy = pickle.loads(pickle.dumps(mine))
    laid = [((mine if is_mine else yours).lay(value), value) for value, is_mine in values]
    for place, value in reversed(laid):
        assert mine.fetch(place) == yours.fetch(place) == value


def test_who_lays_nothing_by_makes_no_file(tmp_path: Path) -> None:
    LayingBy(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_files_are_closed_with_it(tmp_path: Path) -> None:
    before = sum(1 for _ in Path("/proc/self/fd").iterdir())
    laying = LayingBy(str(tmp_path))
    assert laying.fetch(laying.lay(b"a value")) == b"a value"
    del laying
    assert sum(1 for _ in Path("/proc/self/fd").iterdir()) == before


def test_a_disk_that_refuses_costs_what_was_laid_by_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laying = LayingBy(str(tmp_path))
    place = laying.lay(b"a value")
    monkeypatch.setattr(os, "write", _refuse)
    assert laying.lay(b"another") == ""
    monkeypatch.undo()
    assert laying.lay(b"a third") == ""
    assert laying.fetch(place) is None
    assert [one.stat().st_size for one in tmp_path.iterdir()] == [0]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    laying = LayingBy(str(tmp_path / "none"))
    assert laying.lay(b"a value") == ""
    assert laying.fetch("name/0/7") is None


def test_room_is_left_for_what_is_needed_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying_by, "LOOK_EVERY", 5)
    laying = LayingBy(str(tmp_path))
    first = laying.lay(b"0123456789")
    assert laying.lay(b"x")
    monkeypatch.setattr(laying_by, "MOST_OF_ROOM", 1 << 60)
    assert laying.lay(b"0123456789") == ""
    assert laying.lay(b"x") == ""
    assert laying.fetch(first) == b"0123456789"


def test_what_somebody_else_put_there_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = LayingBy(str(tmp_path)).lay(b"a value")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert LayingBy(str(tmp_path)).fetch(place) is None


def _refuse(*_: object) -> int:
    raise OSError(28, "No space left on device")
