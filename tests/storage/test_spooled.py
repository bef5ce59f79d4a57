"""Values on disk, read again by their number."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import StorageError
from archive.storage.spooled import Spool


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_what_was_added_is_read_again_in_any_order(values):
    with closing(Spool()) as spool:
        for value in values:
            spool.add(value)
        assert len(spool) == len(values)
        assert list(spool) == values
        assert [spool.at(number) for number in reversed(range(len(values)))] == values[::-1]


def test_nothing_shows_in_the_folder_and_nothing_is_left(tmp_path: Path):
    with closing(Spool(str(tmp_path))) as spool:
        spool.add(b"x" * 100_000)
        assert spool.at(0) == b"x" * 100_000
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path):
    with pytest.raises(StorageError, match="temporary file"):
        Spool(str(tmp_path / "absent"))


class _Broken:
    def write(self, _: bytes) -> int:
        raise OSError(28, "No space left on device")

    def seek(self, _: int) -> int:
        raise OSError(5, "Input/output error")

    def close(self) -> None:
        raise OSError(5, "Input/output error")


def test_a_full_disk_is_said_when_writing_and_reading_and_not_when_closing():
    with closing(Spool()) as spool:
        spool.add(b"one")
        spool._file.close()
        spool._file = _Broken()  # type: ignore[assignment]
        with pytest.raises(StorageError, match="the disk is full"):
            spool.add(b"two")
        with pytest.raises(StorageError, match="the disk reported an error"):
            spool.at(0)
