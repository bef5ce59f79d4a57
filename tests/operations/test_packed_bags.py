"""What reads nothing but files reads them in a zip and a tar as well: `show`, `trace`, `diff` and `export`."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

import archive
from archive.errors import BagUnreadableError
from archive.model.overview import DocumentView, Overview
from archive.operations.diff import diff
from archive.operations.export import export
from archive.operations.show import show
from archive.operations.show_due import due
from archive.operations.trace import trace
from tests.operations.packed_corpora import packed, write_corpus


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("packed")
    return packed(write_corpus(place / "corpus"), place)


@pytest.fixture(scope="module", params=["zip", "tar", "gztar"])
def file(request: pytest.FixtureRequest, river: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name = tmp_path_factory.mktemp("files") / "another-name"
    return Path(shutil.make_archive(str(name), request.param, river.parent, river.name))


def test_a_packed_bag_is_shown_as_its_folder_is(river: Path, file: Path) -> None:
    whole, document = show(file), show(file, "winter")
    assert isinstance(whole, Overview)
    assert isinstance(document, DocumentView)
    assert replace(whole, path=str(river)) == show(river)
    assert replace(document, path=str(river)) == show(river, "winter")
    assert replace(due(file), path=str(river)) == due(river)


def test_a_packed_bag_is_traced_as_its_folder_is(river: Path, file: Path) -> None:
    found = trace(file, "winter", 1)
    assert found.findings == ()
    assert replace(found, path=str(river)) == trace(river, "winter", 1)


def test_a_packed_bag_is_compared_and_exported_as_its_folder_is(river: Path, file: Path, tmp_path: Path) -> None:
    assert diff(river, file).counts["same"] == diff(river, river).counts["same"]
    for bag, name in ((river, "folder"), (file, "file")):
        report = export(bag, to=tmp_path / name, format="tables")
        assert report.findings == ()
    for path in (tmp_path / "folder").iterdir():
        assert path.read_bytes() == (tmp_path / "file" / path.name).read_bytes()


def test_a_packed_bag_is_not_opened_for_its_tables(file: Path) -> None:
    with pytest.raises(BagUnreadableError, match="Unpack it first"):
        archive.open(file)


def test_a_change_in_a_packed_bag_is_found(river: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(river, tmp_path / "copy"))
    original = copy / trace(river, "winter", 1).places[0].original
    original.write_bytes(original.read_bytes().replace(b"froze", b"Froze"))
    file = shutil.make_archive(str(tmp_path / "copy"), "zip", tmp_path, "copy")
    assert {one.code for one in trace(file, "winter", 1).findings} >= {"digest.mismatch"}


def test_files_that_are_no_bag(tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("A text.")
    with pytest.raises(BagUnreadableError, match="neither a folder nor a zip"):
        show(plain)
    with ZipFile(tmp_path / "no.zip", "w") as file:
        file.writestr("a/b.txt", "b")
    with pytest.raises(BagUnreadableError, match="this is no bag"):
        trace(tmp_path / "no.zip", "a")
