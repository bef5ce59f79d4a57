"""Bags in other places than a folder, and files larger than what is held in memory."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from archive.bags.reader import read_bag
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.model.reports import Verdict
from archive.operations.places import open_place
from archive.operations.validate import validate
from archive.proving import Subject, prove, reproduce
from archive.proving import layers as layers_module
from archive.proving.layers import layers_of
from archive.proving.shards import Batch, batches, lines_of
from archive.storage.local import LocalStore
from archive.storage.memory import MemoryStore
from tests.proving.making import SHARD


def zipped(bag: Path, to: Path) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as file:
        for one in sorted(bag.rglob("*")):
            if one.is_file():
                file.write(one, f"{bag.name}/{one.relative_to(bag).as_posix()}")
    return to


@pytest.mark.parametrize("depth", ["derivation", "reproduction"])
def test_a_zip_is_proved_as_its_folder_is(whole_bag: Path, tmp_path: Path, depth: str) -> None:
    report = validate(zipped(whole_bag, tmp_path / f"{whole_bag.name}.zip"), depth=depth, jobs=1)
    assert (report.verdict, [one.code for one in report.findings]) == (Verdict.VALID, [])


@pytest.mark.parametrize("form", ["tar", "gztar"])
def test_a_tar_is_proved_as_its_folder_is(
    whole_bag: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    made = shutil.make_archive(str(tmp_path / whole_bag.name), form, whole_bag.parent, whole_bag.name)
    report = validate(made, depth="derivation", jobs=1)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())
    assert list(temporary.iterdir()) == []


def test_a_compressed_tar_that_there_is_no_room_for(
    whole_bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no such folder"))
    made = shutil.make_archive(str(tmp_path / whole_bag.name), "gztar", whole_bag.parent, whole_bag.name)
    report = validate(made, depth="derivation", jobs=1)
    assert (report.verdict, [one.code for one in report.findings]) == (Verdict.UNDETERMINED, ["stage.skipped"])


def test_a_store_that_reads_from_its_beginning_alone_is_not_proved(whole_bag: Path, tmp_path: Path) -> None:
    made = shutil.make_archive(str(tmp_path / whole_bag.name), "gztar", whole_bag.parent, whole_bag.name)
    store = open_place(made).store
    assert {one.code for one in prove(Subject(store, read_bag(store)))} == {"stage.skipped"}


def subject(bag: Path, limits: Limits = DEFAULT_LIMITS) -> Subject:
    store = LocalStore(str(bag))
    return Subject(store, read_bag(store), jobs=1, limits=limits)


@pytest.mark.parametrize(
    ("limits", "codes"),
    [
        (replace(DEFAULT_LIMITS, record=1000), {"record.malformed", "stage.skipped"}),
        (replace(DEFAULT_LIMITS, passage=20), {"passage.spans"}),
        (replace(DEFAULT_LIMITS, evidence=3), {"file.unreadable", "stage.skipped"}),
        (replace(DEFAULT_LIMITS, bag_json=3), {"file.unreadable", "stage.skipped"}),
    ],
)
def test_the_bounds(whole_bag: Path, limits: Limits, codes: set[str]) -> None:
    assert {one.code for one in prove(subject(whole_bag, limits))} == codes


def test_layers_that_are_not_held(whole_bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers_module, "_HELD", 16)
    monkeypatch.setattr(layers_module, "_IN_MEMORY", 16)
    assert list(prove(subject(whole_bag))) == []
    assert [one.code for one in reproduce(subject(whole_bag), ())] == ["reproduction.not-here"]


def test_a_layer_is_read_from_wherever() -> None:
    store = MemoryStore({"data/a": b"0123456789"})
    with store.reader() as reader, layers_of(reader) as layers:
        assert (layers.size("data/a"), layers.read("data/a", 2, 4)) == (10, b"23")


@pytest.mark.parametrize("at_least", [1, 7, 100, 1 << 20])
def test_lines_survive_being_cut_into_pieces(at_least: int) -> None:
    data = b"".join(b"x" * (number % 23) + b"\n" for number in range(500)) + b"no end"
    store = MemoryStore({"data/r": data})
    with store.reader() as reader:
        pieces = list(batches(reader, "data/r", at_least))
        found = [line for one in pieces for line in lines_of(reader.open("data/r"), one, 1000)]
    assert [one.row for one in found] == list(range(1, 502))
    assert b"".join(one.data or b"" for one in found) == data


def test_a_line_that_is_too_long_is_passed_over() -> None:
    data = b"a\n" + b"x" * 5_000_000 + b"\nb\n"
    with MemoryStore({"data/r": data}).reader() as reader:
        lines = list(lines_of(reader.open("data/r"), Batch("data/r", 0, len(data), 1), 1000))
        assert [(one.row, one.data) for one in lines] == [(1, b"a\n"), (2, None), (3, b"b\n")]
        assert len(list(lines_of(reader.open("data/r"), Batch("data/r", 0, len(data) + 9, 1), 1000))) == 3


def test_a_shard_that_goes_away_while_it_is_read(whole_bag: Path, tmp_path: Path) -> None:
    bag = Path(shutil.copytree(whole_bag, tmp_path / "bag"))
    one = subject(bag)
    (bag / SHARD).unlink()
    assert {"file.unreadable", "stage.skipped"} <= {found.code for found in prove(one)}


def test_the_command_takes_the_depths(whole_bag: Path, project: Path) -> None:
    words = ["-m", "archive", "validate", "--quiet", "--depth", "derivation", str(whole_bag)]
    import sys

    assert subprocess.run([sys.executable, *words], cwd=project, check=False).returncode == 0
