from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import archive
from archive.errors import BagUnreadableError, StorageError, TargetExistsError, UsageError
from archive.exporting.formats import FORMATS, format_of
from archive.model.progress import Progress
from archive.model.reports import Verdict
from archive.operations import export as module
from archive.operations.export import export
from tests.elsewhere import need_packages
from tests.operations.packed_corpora import packed, write_corpus


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("export")
    return packed(write_corpus(place / "corpus", level="restricted"), place)


def digests(folder: Path) -> dict[str, str]:
    files = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return {str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_leaves_the_bag_alone_and_says_its_level(name: str, bag: Path, tmp_path: Path) -> None:
    if name == "duckdb":
        need_packages("duckdb")
    before = digests(bag)
    report = archive.export(bag, to=tmp_path / "out", format=name)
    assert digests(bag) == before
    assert (report.command, report.verdict, report.counts["exported"]) == ("export", Verdict.VALID, 4)
    assert report.bags[0].root_digest == archive.validate(bag).bags[0].root_digest
    assert "Access level: **restricted**. Whoever" in (tmp_path / "out/README.md").read_text("utf-8")
    described = json.loads((tmp_path / "out/export.json").read_text("utf-8"))
    assert (described["format"], described["access_level"]) == (name, "restricted")
    assert len(described["findings"]) == len(report.findings)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"duckdb", "sqlite"}])
def test_the_same_bag_gives_the_same_files(name: str, bag: Path, tmp_path: Path) -> None:
    for place in ("one", "two"):
        export(bag, to=tmp_path / place, format=name)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_a_selection_is_said(bag: Path, tmp_path: Path) -> None:
    report = export(
        bag, to=tmp_path / "out", format="jsonl", where=[("access_level", "restricted")], since="2011", until="2011"
    )
    octets = sum(one.stat().st_size for one in (tmp_path / "out").rglob("*") if one.is_file())
    assert report.counts == {"bags": 1, "documents": 4, "exported": 1, "bytes": octets}
    assert [one.code for one in report.findings] == ["export.undated"]
    page = (tmp_path / "out/README.md").read_text("utf-8")
    assert "1 of 4 documents: `access_level` is `restricted`, issued on 2011-01-01 or later" in page
    assert "issued on 2011-12-31 or before" in page


def test_nothing_selected_writes_nothing(bag: Path, tmp_path: Path) -> None:
    report = export(bag, to=tmp_path / "out", format="csv", where=[("language", "fr")])
    assert [one.code for one in report.findings] == ["export.nothing-selected"]
    assert report.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken_and_a_full_one_is_not(bag: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    assert export(bag, to=target, format="jsonl")
    with pytest.raises(TargetExistsError, match="not empty"):
        export(bag, to=target, format="jsonl")
    (tmp_path / "file").write_text("x")
    with pytest.raises(TargetExistsError, match="something else"):
        export(bag, to=tmp_path / "file", format="jsonl")
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(TargetExistsError, match="something else"):
        export(bag, to=tmp_path / "link", format="jsonl")


@pytest.mark.parametrize("inside", [".", "data/out", "deep/er"])
def test_nothing_is_written_into_a_bag(inside: str, bag: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(bag, tmp_path / "copy"))
    before = digests(copy)
    (tmp_path / "way").symlink_to(copy)
    for place in (copy / inside, tmp_path / "way" / inside):
        with pytest.raises((UsageError, TargetExistsError)):
            export(bag, to=place, format="jsonl")
    assert digests(copy) == before


def test_wrong_calls_say_so(bag: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format 'xls'"):
        export(bag, to=tmp_path / "out", format="xls")
    with pytest.raises(UsageError, match="no bag"):
        export(to=tmp_path / "out", format="csv")
    with pytest.raises(UsageError, match="two of the bags"):
        export(bag, bag, to=tmp_path / "out", format="csv")
    with pytest.raises(UsageError, match="no format"):
        format_of("xls", tmp_path, (), whole=True)


def test_a_bag_that_cannot_be_read_leaves_nothing(bag: Path, tmp_path: Path, small_bag: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    with pytest.raises(BagUnreadableError, match="did not make this bag"):
        export(other, to=tmp_path / "out", format="csv")
    with pytest.raises(BagUnreadableError, match=r"bag\.json has not the shape"):
        export(small_bag, to=tmp_path / "out", format="csv")
    copy = Path(shutil.copytree(bag, tmp_path / "copy"))
    (copy / "tagmanifest-sha256.txt").unlink()
    assert export(copy, to=tmp_path / "whole", format="datacite").bags[0].root_digest is None
    file = copy / "data/records/00000.jsonl"
    file.write_text(file.read_text("utf-8") + '{"record_version": "1.0", "document_id": "zz"}\n')
    for name in ("premis", "archivematica", "text", "datacite"):
        with pytest.raises(BagUnreadableError, match="shape of a record"):
            export(copy, to=tmp_path / "out", format=name)
    for name in ("tables", "csv", "jsonl", "sqlite"):
        with pytest.raises(archive.ArchiveError):
            export(copy, to=tmp_path / "out", format=name)
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".*"))


def test_progress_is_told(bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_EVERY", 2)
    heard: list[Progress] = []
    export(bag, to=tmp_path / "out", format="jsonl", listener=heard.append)
    assert [(one.done, one.total) for one in heard] == [(2, 4), (4, 4)]


def test_hints_stand_in_the_page(bag: Path, tmp_path: Path) -> Any:
    export(bag, to=tmp_path / "out", format="sqlite")
    assert "passages_search MATCH" in (tmp_path / "out/README.md").read_text("utf-8")


@pytest.mark.parametrize(("named", "where"), [(None, "out"), ("other", "other")])
def test_a_full_disk_is_told_with_its_place(
    bag: Path, tmp_path: Path, named: str | None, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", named)

    monkeypatch.setattr(module._Exporting, "write", full)
    with pytest.raises(StorageError, match="the disk is full") as caught:
        export(bag, to=tmp_path / "out", format="jsonl")
    assert Path(str(caught.value.where)).name == where
    assert list(tmp_path.iterdir()) == []
