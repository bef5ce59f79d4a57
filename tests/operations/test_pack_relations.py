"""Duplicates and stated relations, from the corpus to the record and the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archive.model.findings import Severity
from archive.normalise import resemblance
from archive.operations.check import check
from archive.operations.pack import pack
from archive.packing import candidates, likeness, making, relating
from archive.packing.relating import Relating
from tests.packing.making import PROJECT, Corpus, codes, expect_sound, packed, records_of, text


def longer(number: int) -> str:
    return text(number, 8)


def changed(said: str) -> str:
    return said.replace("kitchen", "shop")


def rows(bag: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(bag / f"data/tables/{table}.parquet").to_pylist()
    return found


def relations(bag: Path) -> list[tuple[str, str, str]]:
    return [(row["document_id"], row["relation"], row["target"]) for row in rows(bag, "relations")]


def groups(bag: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(bag, "documents"):
        found.setdefault(row["duplicate_group"], set()).add(row["document_id"])
        assert 0 <= row["sample_key"] < 1
    assert len({(row["duplicate_group"], row["sample_key"]) for row in rows(bag, "documents")}) == len(found)
    return found


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Two with the same bytes, a third with the same text, a fourth that is nearly the same, and two others."""
    made = Corpus(tmp_path / "corpus")
    made.write("a.txt", longer(7)).write("b.txt", longer(7))
    made.write("c.txt", longer(7).replace("\n", "\r\n"))
    made.write("d.txt", changed(longer(7)))
    return made.write("e.txt", "Quite another letter, about the price of rice.\n").write("f.txt", "And one on coal.\n")


def test_duplicates_are_found_reported_and_kept(corpus: Corpus, tmp_path: Path):
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    bag = Path(report.bags[0].path)
    assert report.counts["packed"] == 6
    assert relations(bag) == [
        ("a.txt", "same-bytes", "b.txt"),
        ("a.txt", "same-text", "b.txt"),
        ("a.txt", "same-text", "c.txt"),
        ("a.txt", "near-duplicate", "d.txt"),
        ("b.txt", "same-bytes", "a.txt"),
        ("b.txt", "same-text", "a.txt"),
        ("c.txt", "same-text", "a.txt"),
        ("d.txt", "near-duplicate", "a.txt"),
    ]
    assert sorted(map(sorted, groups(bag).values())) == [["a.txt", "b.txt", "c.txt", "d.txt"], ["e.txt"], ["f.txt"]]
    said = [(one.code, one.document, one.severity) for one in report.findings if one.code.startswith("document.")]
    assert said == [
        ("document.duplicate", "b.txt", Severity.NOTICE),
        ("document.duplicate", "c.txt", Severity.NOTICE),
        ("document.near-duplicate", "d.txt", Severity.NOTICE),
    ]
    near = records_of(bag)["d.txt"]["relations"][0]
    assert 0.8 <= float(near["score"]) < 1
    assert near["basis"].startswith("shingles 2, estimated 0.")
    assert {row["score"] for row in rows(bag, "relations") if row["relation"] != "near-duplicate"} == {None}
    expect_sound(bag)


def test_check_says_what_pack_says(corpus: Corpus, tmp_path: Path):
    corpus.sheet("filename,translation_of", "e.txt,gone.txt")
    packed_ = pack(corpus.path, tmp_path / "bags", jobs=1)
    checked = check(corpus.path, jobs=1)
    assert checked.findings == packed_.findings
    assert {"relation.unknown-target", "document.duplicate", "document.near-duplicate"} <= codes(checked)


def test_without_text_only_bytes_are_compared(corpus: Corpus, tmp_path: Path):
    bag = packed(corpus, tmp_path / "bags", recipe="none")
    assert relations(bag) == [("a.txt", "same-bytes", "b.txt"), ("b.txt", "same-bytes", "a.txt")]
    assert len(groups(bag)) == 5


def test_documents_in_one_container_are_told_apart_by_their_own_bytes(tmp_path: Path):
    corpus = Corpus(tmp_path / "corpus")
    corpus.lines("all.jsonl", {"id": "1", "text": "One."}, {"id": "2", "text": "Two."}, {"id": "3", "text": "One."})
    assert relations(packed(corpus, tmp_path / "none", recipe="none")) == []
    assert relations(packed(corpus, tmp_path / "bags")) == [
        ("all.jsonl#1", "same-text", "all.jsonl#3"),
        ("all.jsonl#3", "same-text", "all.jsonl#1"),
    ]


def test_duplicates_of_another_level_are_not_known(corpus: Corpus, tmp_path: Path):
    corpus.sheet("filename,access_level", "a.txt,restricted", "d.txt,restricted")
    whole = pack(corpus.path, tmp_path / "whole", jobs=1)
    bag = next(Path(one.path) for one in whole.bags if not one.path.endswith("restricted"))
    assert relations(bag) == [("b.txt", "same-text", "c.txt"), ("c.txt", "same-text", "b.txt")]
    assert b"a.txt" not in (bag / "data/records/00000.jsonl").read_bytes()


def test_what_the_sheet_states_becomes_a_relation(tmp_path: Path):
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt", "c.txt")
    corpus.sheet(
        "filename,dc.identifier,relation.translation_of,dcterms.isVersionOf,quotes_from,dcterms.isPartOf,dc.source",
        "a.txt,one,,,,Border series,https://example.org/a",
        "b.txt,two,one,,gone,,",
        "c.txt,three,,two,https://example.org/q,one,Print edition",
    )
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    bag = Path(report.bags[0].path)
    assert {name: record["relations"] for name, record in records_of(bag).items()} == {
        "one": [related("derived-from", "https://example.org/a", "uri", "source")],
        "two": [related("translation-of", "one", "document", "translation_of"),
                related("quotes", "gone", "document", "quotes_from")],
        "three": [related("version-of", "two", "document", "version_of"),
                  related("quotes", "https://example.org/q", "uri", "quotes_from"),
                  related("part-of", "one", "document", "is_part_of")],
    }  # fmt: skip
    unknown = [one for one in report.findings if one.code == "relation.unknown-target"]
    assert [(one.document, one.found, one.severity) for one in unknown] == [
        ("two", "quotes_from: gone", Severity.WARNING)
    ]
    used = [row for row in rows(bag, "statements") if row["field"] == "translation_of"]
    assert [(row["document_id"], row["value"], row["locator"]) for row in used] == [("two", "one", "cell=3,3")]
    expect_sound(bag)


def related(relation: str, target: str, kind: str, basis: str) -> dict[str, Any]:
    return {"relation": relation, "target": target, "target_type": kind, "score": None, "basis": basis}


def test_spilling_and_workers_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    corpus = Corpus(tmp_path / "corpus")
    for number in range(40):
        said = longer(number // 4)
        corpus.write(f"{number:02d}.txt", said if number % 4 else changed(said) + "\nOne line more.\n")
    plain = packed(corpus, tmp_path / "plain")
    assert {relation for _, relation, _ in relations(plain)} == {"same-bytes", "same-text", "near-duplicate"}
    many = packed(corpus, tmp_path / "many", jobs=2)
    monkeypatch.setattr(making, "Relating", lambda folder: Relating(folder, most_held=5))
    spilled = packed(corpus, tmp_path / "spilled")
    for bag in (many, spilled):
        assert (bag / "tagmanifest-sha256.txt").read_bytes() == (plain / "tagmanifest-sha256.txt").read_bytes()


def test_a_crowd_of_copies_is_named_up_to_a_number_and_compared_with_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(relating, "MOST_NAMED", 2)
    monkeypatch.setattr(candidates, "MOST_BEFORE", 1)
    corpus = Corpus(tmp_path / "corpus")
    for number in range(5):
        corpus.write(f"same{number}.txt", longer(7))
        corpus.write(
            f"near{number}.txt", longer(7) + f"\nThe end of it was written down by clerk number {number} in June.\n"
        )
    bag = packed(corpus, tmp_path / "bags")
    assert len(groups(bag)) == 1
    found = relations(bag)
    assert len([one for one in found if one[:2] == ("same0.txt", "same-text")]) == 2
    assert len([one for one in found if one[1:] == ("same-text", "same0.txt")]) == 4
    assert len([one for one in found if one[1] == "same-text"]) == 6
    near = {frozenset((one, other)) for one, relation, other in found if relation == "near-duplicate"}
    assert 5 <= len(near) < 15


def test_texts_whose_signatures_agree_by_chance_are_not_called_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(likeness, "band_keys", lambda _: bytes(4 * resemblance.BANDS))
    corpus = Corpus(tmp_path / "corpus")
    half = " ".join(f"word{number}" for number in range(100))
    corpus.write("a.txt", half).write("b.txt", half + " " + " ".join(f"other{number}" for number in range(35)))
    corpus.write("c.txt", "Something else altogether, with nothing of the sort.")
    monkeypatch.setattr(relating, "_LEAST_ESTIMATE", 60)
    assert relations(packed(corpus, tmp_path / "bags")) == []


def test_the_sample_says_which_of_its_records_is_a_translation(tmp_path: Path):
    bag = packed(PROJECT / "corpus", tmp_path / "bags")
    assert ("sample-record-3-ko", "translation-of", "sample-record-3") in relations(bag)
    assert all(len(group) == 1 for group in groups(bag).values())
