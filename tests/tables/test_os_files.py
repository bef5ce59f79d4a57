from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pytest

from archive.tables import os_files
from archive.tables.os_files import own_file


def test_a_file_of_the_system_is_given_to_arrow_as_such(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123")
    with (tmp_path / "a").open("rb") as file:
        found = own_file(file)
    assert isinstance(found, pa.OSFile)
    assert found.read_at(2, 1) == b"12"
    found.close()
    inside = io.BytesIO(b"0123")
    assert own_file(inside) is inside


def test_a_pyarrow_that_takes_names_alone_reads_the_file_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise TypeError

    (tmp_path / "a").write_bytes(b"0123")
    monkeypatch.setattr(os_files.pa, "OSFile", refuse)
    with (tmp_path / "a").open("rb") as file:
        assert own_file(file) is file
