"""Names that some file system or bag tool cannot hold are packed under an escape, and the record keeps the true one."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.paths import LONGEST_PART
from archive.operations.check import check
from archive.operations.pack import pack
from tests.packing.making import (
    Corpus,
    codes,
    errors,
    expect_balance,
    expect_sound,
    files_of,
    packed,
    records_of,
)

LONG = "북" * 83 + ".txt"
NAMES: tuple[str | bytes, ...] = (
    "cafe\u0301.txt",
    "CON.txt",
    "100%.txt",
    "line\nbreak.txt",
    "tab\there.txt",
    "trailing .txt ",
    " leading.txt",
    "dot.",
    "a=b.txt",
    "what?.txt",
    "u\u2028.txt",
    "\u202egpj.exe",
    "aux/nul.txt",
    b"caf\xe9.txt",
    b"\xff\xfe",
    "A.txt",
    "a.txt",
    "case/x.txt",
    "CASE/x.txt",
    "Case/y.txt",
    "é.txt",
    "x" * 251 + ".txt",
    LONG,
    "plain.txt",
    "-rf",
    "~home",
    "#member.txt",
    "'quoted' \"twice\".txt",
    "back\\slash.txt",
)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "corpus").texts(*NAMES)


def test_every_name_is_packed_and_the_bag_is_sound(corpus: Corpus, tmp_path: Path) -> None:
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    expect_balance(report)
    assert report.exit_code == 0, [one.as_json() for one in report.findings]
    assert report.counts["packed"] == len(NAMES)
    bag = Path(report.bags[0].path)
    expect_sound(bag)
    records = records_of(bag)
    assert len(records) == len(NAMES)
    assert "path.escaped" in codes(report)
    for record in records.values():
        stored = bag / record["original"]
        assert stored.is_file()
        assert all(len(part.encode()) <= LONGEST_PART for part in record["original"].split("/"))
        assert not set(record["original"]) & set('<>:"|?*\\%\n\t\u2028')


def test_the_true_name_and_the_bytes_are_kept(corpus: Corpus, tmp_path: Path) -> None:
    bag = packed(corpus, tmp_path / "bags")
    contents = {path.read_bytes() for path in corpus.path.rglob("*") if path.is_file() and path.name != "corpus.toml"}
    assert {data for path, data in files_of(bag).items() if path.startswith("data/originals/")} == contents
    records = records_of(bag)
    assert records["100%.txt"]["source_path"] == "100%.txt"
    assert records["caf\\xe9.txt"]["source_path"] == "caf\\xe9.txt"
    escaped = records["100%.txt"]
    assert escaped["original"] == "data/originals/100=25.txt"
    renaming = [event for event in escaped["events"] if event["type"] == "filename change"]
    assert [event["detail"] for event in renaming] == ["The source is named '100%.txt'."]
    assert renaming[0]["file"] == "data/originals/100=25.txt"
    assert records["plain.txt"]["events"] == []


def test_each_escape_is_told(corpus: Corpus, tmp_path: Path) -> None:
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    escaped = {one.document for one in report.findings if one.code == "path.escaped"}
    bag = Path(report.bags[0].path)
    for name, record in records_of(bag).items():
        assert (name in escaped) == any(event["type"] == "filename change" for event in record["events"])
    assert {"CON.txt", "100%.txt"} <= escaped
    assert not {"plain.txt", "CASE/x.txt", "-rf"} & escaped
    looked = check(corpus.path, jobs=1)
    assert {one.document for one in looked.findings if one.code == "path.escaped"} == escaped


def test_statements_name_the_sidecar_as_it_is_stored(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("100%.txt", b"caf\xe9.txt", "plain.txt")
    corpus.json("100%.txt.json", {"title": "One", "date_issued": "2017"})
    corpus.write(b"caf\xe9.txt.json", '{"title": "Two"}').json("plain.txt.json", {"title": "Three"})
    bag = packed(corpus, tmp_path / "bags")
    files = files_of(bag)
    titles = {}
    for name, record in records_of(bag).items():
        for said in record["statements"]:
            assert said["file"] in files
            if said["source"] == "sidecar" and said["field"] == "title":
                titles[name] = said["file"]
    assert titles["100%.txt"] == "data/submission/100=25.txt.json"
    assert titles["plain.txt"] == "data/submission/plain.txt.json"
    assert "caf\\xe9.txt" in titles
    expect_sound(bag)


def test_a_finding_about_such_a_sidecar_names_it_as_the_person_knows_it(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("100%.txt").json("100%.txt.json", {"date_issued": "nonsense"})
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    wrong = [one for one in report.findings if one.code == "date.not-edtf"]
    assert [one.where.file for one in wrong] == ["100%.txt.json"]


def test_deep_folders_and_long_paths(tmp_path: Path) -> None:
    deep = "/".join(["a" * 100] * 12) + "/x.txt"
    corpus = Corpus(tmp_path / "corpus").texts(deep).sheet("filename,identifier", f"{deep},deep")
    bag = packed(corpus, tmp_path / "bags")
    assert f"data/originals/{deep}" in files_of(bag)
    assert list(records_of(bag)) == ["deep"]


def test_twins_but_for_normalisation_need_identifiers_and_then_are_both_packed(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("é.txt", "e\u0301.txt")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert set(errors(report)) == {"document.identifier-clash"}
    assert (report.counts["inputs"], report.counts["rejected"]) == (2, 2)
    corpus.sheet("filename,identifier", "é.txt,one", "e\u0301.txt,two")
    bag = packed(corpus, tmp_path / "bags")
    assert [record["source_path"] for record in records_of(bag).values()] == ["é.txt", "e\u0301.txt"]
    assert len({record["original"] for record in records_of(bag).values()}) == 2
    expect_sound(bag)
