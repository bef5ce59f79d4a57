from __future__ import annotations

import json
import pickle

import pyarrow as pa
import pyarrow.dataset
import pytest

import archive
from archive.errors import ArchiveError, BagUnreadableError, StorageError
from archive.model.columns import TABLES
from archive.operations import record_files
from archive.operations.open import open as open_bag


def test_a_bag_opens_with_its_tables_and_records(small_bag, some_records):
    bag = archive.open(small_bag)
    assert bag.path == small_bag
    assert list(bag.records()) == some_records
    assert bag.documents.to_table(columns=["document_id"]).to_pydict() == {
        "document_id": ["a.txt", "b.txt", "c.txt", "d/e.txt"]
    }
    for table in TABLES:
        found = getattr(bag, table.name)
        assert isinstance(found, pyarrow.dataset.Dataset)
        assert found.schema.names == [column.name for column in table.columns]


def test_what_nobody_knows_yet_is_kept(small_bag):
    bag = open_bag(str(small_bag))
    assert bag.info["tomorrow"] is True
    assert next(bag.records())["a field of tomorrow"] == [1]


def test_a_bag_says_what_it_is_and_that_it_is_not_verified(small_bag):
    shown = repr(open_bag(small_bag))
    assert shown == f"<Bag 'Reports' version '1.0' at '{small_bag}', not verified>"
    assert "verif" in open_bag.__doc__


def test_a_bag_pickles(small_bag):
    bag = open_bag(small_bag)
    assert pickle.loads(pickle.dumps(bag)) == bag


def test_the_description_of_a_bag_may_lack_anything_but_its_version(small_bag):
    (small_bag / "data/bag.json").write_text('{"bag_version": "1.9"}')
    bag = open_bag(small_bag)
    assert "None" in repr(bag)
    with pytest.raises(BagUnreadableError, match=r"data/bag\.json: the files of records are not listed"):
        list(bag.records())


def test_a_name_without_the_level_of_access_brings_to_mind_what_lies_there(tmp_path):
    for name in ("letters-1-restricted", "letters-1-embargoed", ".letters-1.partial", "other"):
        (tmp_path / name).mkdir()
    with pytest.raises(BagUnreadableError, match=r"there is letters-1-embargoed, letters-1-restricted$"):
        open_bag(tmp_path / "letters-1")
    with pytest.raises(BagUnreadableError, match=r"there is letters-1-restricted"):
        open_bag(tmp_path / "leters-1-restrict")


def test_no_folder(tmp_path):
    with pytest.raises(BagUnreadableError, match=r"nothing: there is no such folder\. Give the folder of a bag"):
        open_bag(tmp_path / "nothing")


def test_a_packed_bag_is_to_be_unpacked(tmp_path):
    (tmp_path / "bag.zip").write_bytes(b"PK")
    with pytest.raises(BagUnreadableError, match=r"this is a file; .* Unpack it first"):
        open_bag(tmp_path / "bag.zip")


def test_a_folder_that_is_no_bag(tmp_path):
    with pytest.raises(BagUnreadableError, match=r"this is no bag: it has no bagit\.txt"):
        open_bag(tmp_path)


@pytest.mark.parametrize("info", [None, "Source-Organization: Somebody\n"])
def test_the_bag_of_somebody_else(small_bag, info):
    (small_bag / "bag-info.txt").unlink()
    if info is not None:
        (small_bag / "bag-info.txt").write_text(info)
    with pytest.raises(BagUnreadableError, match=r"corpus-archive did not make it.*Use `archive show`"):
        open_bag(small_bag)


def test_a_layout_of_another_major_version(small_bag):
    (small_bag / "bag-info.txt").write_text("Corpus-Archive-Layout: 2\n")
    with pytest.raises(
        BagUnreadableError, match=r"the layout '2', and this program knows layout 1. Read it with a newer"
    ):
        open_bag(small_bag)


def test_a_layout_of_a_later_minor_version(small_bag):
    (small_bag / "bag-info.txt").write_text("Corpus-Archive-Layout: 1.5\n")
    assert len(list(open_bag(small_bag).records())) == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no description of a bag in JSON"),
        ("[]", "which is a JSON object"),
        ("{}", "has the version None"),
        ('{"bag_version": "2.0"}', "has the version '2.0'"),
    ],
)
def test_a_description_that_cannot_be_read(small_bag, text, words):
    (small_bag / "data/bag.json").write_text(text)
    with pytest.raises(BagUnreadableError, match=rf"data/bag\.json: .*{words}"):
        open_bag(small_bag)


def test_a_description_that_is_missing(small_bag):
    (small_bag / "data/bag.json").unlink()
    with pytest.raises(BagUnreadableError, match=r"bag.data/bag\.json: "):
        open_bag(small_bag)


def test_a_description_that_leads_out_of_the_bag(small_bag, tmp_path):
    (tmp_path / "elsewhere.json").write_text((small_bag / "data/bag.json").read_text())
    (small_bag / "data/bag.json").unlink()
    (small_bag / "data/bag.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(BagUnreadableError):
        open_bag(small_bag)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"record_version": "1.0"', "the file ends in the middle of a record"),
        ("{\n", "no record in JSON"),
        ("5\n", "which is a JSON object"),
        ("\n", "no record in JSON"),
        ("[" * 100_000 + "\n", "no record in JSON"),
        ('{"record_version": "2.0"}\n', "the version '2.0'"),
        ("{}\n", "the version None"),
        ('{"a": "' + "b" * 50_000 + '"}\n', "more than 40,000 bytes"),
    ],
)
def test_a_line_that_is_no_record_is_named(small_bag, monkeypatch, line, words):
    if "more than" in words:
        monkeypatch.setattr(record_files, "LONGEST_LINE", 40_000)
    path = small_bag / "data/records/00001.jsonl"
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    records = open_bag(small_bag).records()
    for _ in range(4):
        next(records)
    with pytest.raises(ArchiveError, match=rf"data/records/00001\.jsonl, line 3: .*{words}"):
        next(records)


def test_a_missing_file_of_records(small_bag):
    (small_bag / "data/records/00001.jsonl").unlink()
    with pytest.raises(StorageError, match=r"00001\.jsonl"):
        list(open_bag(small_bag).records())


def test_a_path_of_records_that_leads_out_of_the_bag(small_bag, tmp_path):
    (tmp_path / "outside.jsonl").write_text("{}\n")
    info = json.loads((small_bag / "data/bag.json").read_text())
    info["records"] = [{"path": "data/../../outside.jsonl"}]
    (small_bag / "data/bag.json").write_text(json.dumps(info))
    with pytest.raises(StorageError):
        list(open_bag(small_bag).records())


def test_a_missing_table(small_bag):
    (small_bag / "data/tables/files.parquet").unlink()
    with pytest.raises(StorageError, match=r"data/tables/files\.parquet.*`archive validate`"):
        open_bag(small_bag).files  # noqa: B018


def test_a_table_that_is_no_table(small_bag):
    (small_bag / "data/tables/files.parquet").write_bytes(b"PAR1")
    with pytest.raises(BagUnreadableError, match="the table is damaged or is no Parquet file"):
        open_bag(small_bag).files  # noqa: B018


def test_a_flipped_bit_in_a_page_is_refused(small_bag):
    path = small_bag / "data/tables/passages.parquet"
    data = bytearray(path.read_bytes())
    data[data.index(b"\x28\xb5\x2f\xfd") + 8] ^= 1
    path.write_bytes(data)
    table = open_bag(small_bag).passages
    told = r"passages\.parquet: the table is damaged .*CRC.*`archive validate`"
    for read in (table.to_table, lambda: list(table.to_batches()), lambda: table.head(1), lambda: table.take([0])):
        with pytest.raises(BagUnreadableError, match=told):
            read()
    assert table.count_rows() > 0
    with pytest.raises(pa.ArrowInvalid):
        table.to_table(columns=["nothing"])
