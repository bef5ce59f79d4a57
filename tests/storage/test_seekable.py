from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.storage.local import LocalStore
from archive.storage.origins import LocalFile
from archive.storage.seekable import seekable
from archive.storage.serialised import open_serialised
from archive.storage.stores import Store


@pytest.fixture(params=["folder", "zip"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag/a.bin").write_bytes(b"0123456789")
    if request.param == "folder":
        return LocalStore(str(tmp_path / "bag"))
    with zipfile.ZipFile(tmp_path / "bag.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.write(tmp_path / "bag/a.bin", "bag/a.bin")
    return open_serialised(LocalFile(str(tmp_path / "bag.zip"))).store


def test_a_file_is_gone_to_at_any_place(store: Store) -> None:
    with store.reader() as reader:
        with seekable(reader, "a.bin") as file:
            assert file.read(2) == b"01"
            file.seek(-2, 2)
            assert file.read() == b"89"
        with pytest.raises(StorageError), seekable(reader, "b.bin"):
            pass
