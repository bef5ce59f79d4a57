from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.schema import shipped


def test_the_checkout_s_own_schemas_are_found(project: Path) -> None:
    for name, data in shipped.schema_files().items():
        assert data == (project / "schemas" / name).read_bytes()
    assert sorted(path.name for path in (project / "schemas").glob("*.json")) == list(shipped.schema_files())


def test_the_folder_in_the_tree_is_never_made(project: Path) -> None:
    assert not (project / "archive" / "_schemas").exists()


def test_the_packed_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_schemas").mkdir()
    monkeypatch.setattr(shipped, "files", lambda _: tmp_path)
    assert shipped.folder() == tmp_path / "_schemas"


def test_a_damaged_installation_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "folder", lambda: tmp_path)
    shipped._read.cache_clear()
    with pytest.raises(ArchiveError, match="cannot be read"):
        shipped.schema("record")
    monkeypatch.undo()
    assert shipped.schema("record")["$id"] == shipped.identifier("record")


def test_a_caller_cannot_spoil_a_schema_for_others() -> None:
    shipped.schema("record").clear()
    assert shipped.schema("record") == json.loads(shipped.schema_files()["record.schema.json"])


def test_an_unknown_name() -> None:
    with pytest.raises(KeyError):
        shipped.schema("recipe")
