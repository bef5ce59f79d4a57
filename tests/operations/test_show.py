from __future__ import annotations

import hashlib
import json
import pickle
import shutil

import pytest

import archive
from archive.errors import BagUnreadableError, StorageError, UsageError
from archive.model.overview import DocumentLine, DocumentView, Overview, Rejection
from archive.model.shelf import Shelf
from archive.operations import show as show_module
from archive.operations.show import show


def test_an_overview_of_a_bag(small_bag):
    seen = archive.show(small_bag)
    assert isinstance(seen, Overview)
    assert seen.ours
    assert (seen.title, seen.version, seen.access_level) == ("Reports", "1.0", "restricted")
    assert seen.urn == "urn:uuid:6f1ed002-ab5c-5d4e-9b11-0d9b6f3c1a11"
    assert seen.description == "What was said."
    assert seen.root_digest == hashlib.sha256(b"no manifest\n").hexdigest()
    assert seen.content_digest == "d" * 64
    assert (seen.payload_files, seen.payload_bytes) == (9, 1234)
    assert seen.kinds == {"body": 5, "furniture": 4}
    assert seen.kept == {"body": 5}
    assert seen.languages == {"en": 3, "ko": 1}
    assert seen.media_types == {"text/plain": 4}
    assert (seen.earliest, seen.latest, seen.undated) == ("2011-01-01", "2011-12-31", 3)
    assert seen.rejections == (Rejection("bad.txt", None, ("record.schema",)),)
    assert seen.ignored == ((".DS_Store", "hidden file"),)


def test_the_counts_of_an_overview(small_bag):
    counts = show(small_bag).counts
    assert counts["documents"] == 4
    assert (counts["passages"], counts["kept_passages"], counts["files"]) == (9, 5, 4)
    assert (counts["inputs"], counts["rejected"]) == (6, 1)
    assert counts["words"] == 4 + 6 + 0 + 1


def test_what_is_missing_in_the_metadata(small_bag):
    missing = show(small_bag).missing
    assert missing["title"] == 2
    assert missing["creators"] == 3
    assert missing["language"] == 3
    assert missing["rights"] == 4
    assert "access_level" not in missing


def test_the_first_documents_are_listed(small_bag, monkeypatch):
    assert [one.document_id for one in show(small_bag).documents] == ["a.txt", "b.txt", "c.txt", "d/e.txt"]
    monkeypatch.setattr(show_module, "FIRST_DOCUMENTS", 2)
    seen = show(small_bag)
    assert seen.documents[0] == DocumentLine("a.txt", "A", None, None, "text/plain", 100, 21, 2, 3)
    assert (len(seen.documents), seen.more_documents) == (2, 2)


def test_an_overview_is_json_and_says_that_nothing_was_verified(small_bag):
    seen = show(small_bag)
    found = json.loads(json.dumps(seen.as_json()))
    assert found == seen.as_json()
    assert found["verified"] is False
    assert found["documents"][0]["document_id"] == "a.txt"
    assert found["rejections"][0]["codes"] == ["record.schema"]
    assert pickle.loads(pickle.dumps(seen)) == seen


def test_an_empty_bag_of_ours(build_bag):
    seen = show(build_bag([]))
    assert seen.counts["documents"] == 0
    assert seen.documents == ()
    assert seen.missing == {}
    assert seen.earliest is None


@pytest.fixture
def foreign(tmp_path):
    bag = tmp_path / "theirs"
    (bag / "data" / "inner").mkdir(parents=True)
    (bag / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
    (bag / "bag-info.txt").write_text("Source-Organization: Somebody\nContact-Name: One\nContact-Name: Two\n")
    (bag / "data" / "a").write_text("12345")
    (bag / "data" / "inner" / "b").write_text("678")
    return bag


def test_the_bag_of_somebody_else_is_shown_as_far_as_it_goes(foreign):
    seen = show(foreign)
    assert not seen.ours
    assert seen.bag_info == (("Source-Organization", "Somebody"), ("Contact-Name", "One"), ("Contact-Name", "Two"))
    assert (seen.payload_files, seen.payload_bytes) == (2, 8)
    assert seen.urn is seen.root_digest is seen.content_digest is seen.title is None


@pytest.mark.parametrize("oxum", ["8.2", "nonsense"])
def test_what_the_oxum_states_is_taken_where_it_can_be_read(foreign, oxum):
    (foreign / "bag-info.txt").write_text(f"Payload-Oxum: {oxum}\n")
    seen = show(foreign)
    assert (seen.payload_files, seen.payload_bytes) == (2, 8)


def test_a_bag_without_bag_info_is_shown_too(foreign):
    (foreign / "bag-info.txt").unlink()
    assert show(foreign).bag_info == ()
    assert show(foreign).payload_bytes == 8


def test_the_bag_of_somebody_else_has_no_documents(foreign):
    with pytest.raises(UsageError, match="corpus-archive did not make this bag"):
        show(foreign, "a")


def test_what_is_no_bag_is_an_error(tmp_path):
    with pytest.raises(BagUnreadableError, match="this is no bag"):
        show(tmp_path)


@pytest.mark.parametrize("change", [{"corpus": 5}, {"corpus": None}, {"rejections": [{}]}, {"counts": None}])
def test_a_description_of_another_shape_is_an_error(small_bag, change):
    path = small_bag / "data/bag.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(BagUnreadableError, match=r"bag.json has not the shape"):
        show(small_bag)


def test_a_missing_table_is_an_error(small_bag):
    (small_bag / "data/tables/documents.parquet").unlink()
    with pytest.raises(StorageError, match=r"documents.*Run `archive validate`"):
        show(small_bag)


def test_a_damaged_table_is_an_error(small_bag):
    path = small_bag / "data/tables/passages.parquet"
    data = bytearray(path.read_bytes())
    for at in range(4, 2000):
        data[at] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(BagUnreadableError, match=r"data/tables: a table cannot be read .*Run `archive validate`"):
        show(small_bag)


def test_one_document(small_bag, some_records):
    seen = show(small_bag, "b.txt")
    assert isinstance(seen, DocumentView)
    assert (seen.document_id, seen.source_path, seen.original) == ("b.txt", "b.txt", "data/originals/b.txt")
    assert seen.urn == "urn:uuid:6f1ed002-ab5c-5d4e-9b11-0d9b6f3c1a11"
    assert [(one.field, one.values) for one in seen.fields] == [
        ("title", ("B",)), ("language", ("ko",)), ("access_level", ("restricted",)),
    ]  # fmt: skip
    (said,) = seen.fields[0].said
    assert (said.value, said.source, said.file, said.locator) == (
        "B",
        "sheet",
        "data/submission/metadata.csv",
        "cell=2,2",
    )
    assert [(one.role, one.bytes) for one in seen.files] == [("page", 100)]
    assert [(one.kind, one.kept, one.beginning) for one in seen.passages] == [
        ("body", True, "북한에서 온 소식."), ("body", True, "In English too."), ("furniture", False, "메뉴"),
    ]  # fmt: skip
    assert seen.passages[2].reason == "at the edge of the page"
    assert seen.words == some_records[1]["text"]["words"]
    assert seen.conflicts == ()


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "c.txt", "d/e.txt"])
def test_a_document_is_found_in_whatever_file_it_stands(small_bag, name):
    assert show(small_bag, name).document_id == name


def test_a_document_is_found_in_files_that_are_not_sorted(build_bag, some_records):
    bag = build_bag([*some_records[2:], *some_records[:2]])
    assert show(bag, "d/e.txt").document_id == "d/e.txt"


def test_an_empty_file_of_records_is_passed_over(small_bag):
    (small_bag / "data/records/00001.jsonl").write_text("")
    assert show(small_bag, "a.txt").document_id == "a.txt"


def said(field, value, source, *, used):
    stated = {"field": field, "value": value, "source": source, "agent": "x", "file": "", "locator": ""}
    return stated | {"used": used, "reason": "" if used else "another counts for more"}


def test_statements_that_disagree_are_shown(build_bag, some_records):
    record = some_records[0]
    record["metadata"]["publisher"] = "Daily"
    record["metadata"]["shelfmark"] = "17"
    record["statements"] = [
        said("title", "A", "sheet", used=True),
        said("title", "Another", "embedded", used=False),
        said("publisher", "Daily", "sheet", used=True),
        said("publisher", "Daily", "embedded", used=False),
        said("creators", "Kim", "sheet", used=True),
        said("creators", "Lee", "sheet", used=True),
        said("genre", "report", "embedded", used=False),
        said("source", "print", "embedded", used=False),
        said("source", "radio", "extracted", used=False),
        said("mood", "calm", "extracted", used=False),
    ]
    seen = show(build_bag([record]), "a.txt")
    assert [one.field for one in seen.conflicts] == ["title", "source"]
    assert [one.field for one in seen.fields][-2:] == ["mood", "shelfmark"]
    values = {one.field: one.values for one in seen.fields}
    assert values["genre"] == ()
    assert values["creators"] == ("Kim", "Lee")


def test_a_long_passage_is_cut_after_a_word(build_bag, some_records):
    record = some_records[0]
    record["passages"][0]["text"] = "word \n" * 1000
    record["passages"][1]["text"] = "a" * 1000
    first, second, _ = show(build_bag([record]), "a.txt").passages
    assert first.beginning == "word " * 15 + "word…"
    assert second.beginning == "a" * 80 + "…"
    assert first.characters == 6000


def test_a_document_is_json(small_bag):
    seen = show(small_bag, "a.txt")
    found = seen.as_json()
    assert json.loads(json.dumps(found)) == found
    assert found["verified"] is False
    assert found["fields"][0]["said"][0]["source"] == "sheet"
    assert pickle.loads(pickle.dumps(seen)) == seen


@pytest.mark.parametrize(
    ("asked", "remedy"),
    [
        ("A.TXT", r"Did you mean a\.txt\?"),
        ("e.txt", r"Did you mean d/e\.txt"),
        ("b.tx", r"Did you mean b\.txt"),
        ("zzzzzzzz", "`archive show` without a document lists what there is"),
    ],
)
def test_an_unknown_document_is_answered_with_those_that_come_near(small_bag, asked, remedy):
    with pytest.raises(UsageError, match=f"no document has the identifier '{asked}'. {remedy}") as caught:
        show(small_bag, asked)
    assert caught.value.exit_code == 2


def test_a_record_of_another_shape_is_an_error(build_bag, some_records):
    bag = build_bag(some_records[:1])
    path = bag / "data/records/00000.jsonl"
    path.write_text('{"record_version": "1.0", "document_id": "a.txt"}\n')
    with pytest.raises(BagUnreadableError, match=r"document a\.txt: the record has not the shape of a record"):
        show(bag, "a.txt")


def test_a_folder_of_bags_is_a_shelf(small_bag, foreign, tmp_path):
    place = tmp_path / "shelf"
    place.mkdir()
    small_bag.rename(place / "small")
    foreign.rename(place / "theirs")
    (place / "theirs/bag-info.txt").write_text("Payload-Oxum: 8.2\n")
    (place / "torn").mkdir()
    (place / "torn/bagit.txt").write_text("x")
    (place / "torn/bag-info.txt").write_text("Corpus-Archive-Layout: 9\n")
    (place / "notes.txt").write_text("x")
    (place / ".hidden.partial").mkdir()
    (place / ".hidden.partial/bagit.txt").write_text("x")
    (place / "link").symlink_to("small")
    shutil.make_archive(str(place / "zipped"), "zip", place, "small")
    shutil.make_archive(str(place / "other"), "zip", place, "notes.txt")
    seen = show(place)
    assert isinstance(seen, Shelf)
    assert [(one.name, one.ours, one.documents) for one in seen.bags] == [
        ("small", True, 4), ("theirs", False, 0), ("torn", False, 0), ("zipped.zip", True, 4),
    ]  # fmt: skip
    assert seen.bags[0].root_digest == seen.bags[3].root_digest == hashlib.sha256(b"no manifest\n").hexdigest()
    assert (seen.bags[1].payload_files, seen.bags[1].root_digest) == (2, None)
    assert "layout" in seen.bags[2].problem
    assert seen.counts["unreadable"] == 1
    assert seen.others == 3
    assert json.loads(json.dumps(seen.as_json()))["verified"] is False
    info = place / "small/data/bag.json"
    info.write_text(json.dumps({**json.loads(info.read_text()), "corpus": 5}))
    assert "bag.json has not the shape" in show(place).bags[0].problem


def test_a_folder_without_a_bag_is_no_shelf_and_one_that_is_closed_says_so(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    with pytest.raises(BagUnreadableError, match="this is no bag"):
        show(tmp_path)

    def refused(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("archive.operations.show_shelf.os.listdir", refused)
    with pytest.raises(BagUnreadableError, match="cannot be listed"):
        show(tmp_path)


def test_years_sizes_and_where_values_come_from(small_bag):
    seen = show(small_bag)
    assert seen.years == {"2011": 1}
    assert seen.sizes == {"0": 4}
    assert seen.manifests == {"tagmanifest-sha256.txt": 1}
    assert seen.captured is None
    assert set(seen.sources) <= {"sheet", "sidecar", "corpus", "embedded", "extracted"}
    assert seen.counts["annotations"] == seen.counts["figures"] == 0


def test_a_document_is_found_among_bags(small_bag, some_records, tmp_path):
    name = some_records[0]["document_id"]
    (tmp_path / "bags/foreign").mkdir(parents=True)
    (tmp_path / "bags/foreign/bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    shutil.copytree(small_bag, tmp_path / "bags/one")
    (tmp_path / "bags/torn.zip").write_bytes(b"PK\x03\x04")
    assert show(tmp_path / "bags", name).document_id == name
    with pytest.raises(UsageError, match=r"no bag here has 'nobody'; not to be read: torn\.zip"):
        show(tmp_path / "bags", "nobody")
    shutil.copytree(small_bag, tmp_path / "bags/two")
    with pytest.raises(UsageError, match=r"several bags here have .*: one, two"):
        show(tmp_path / "bags", name)
    shutil.make_archive(str(tmp_path / "packed/one"), "zip", small_bag.parent, small_bag.name)
    assert show(tmp_path / "packed", name).path.endswith("one.zip")
