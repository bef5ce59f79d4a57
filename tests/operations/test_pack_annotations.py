"""Annotations on their way through check, pack, validate and the tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archive.model.reports import Verdict
from archive.operations.check import check
from archive.operations.pack import pack
from archive.operations.validate import validate
from tests.packing.making import (
    EPOCH,
    SENTENCES,
    Corpus,
    annotation,
    errors,
    expect_sound,
    files_of,
    packed,
    records_of,
)
from tests.proving.making import Forgery

FIGURE = {"type": "Figure", "value": 3, "unit": "hours", "said_by": "the report", "period_stated": "that day"}


@pytest.fixture(autouse=True)
def declared_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def annotated(path: Path, *annotations: Any) -> Corpus:
    corpus = Corpus(path).texts("a.txt", "b.txt").lines("c.jsonl", {"id": "x", "text": f"{SENTENCES[7]}\nAnd more."})
    return corpus.lines("annotations.jsonl", *annotations)


def rows(bag: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(bag / f"data/tables/{table}.parquet").to_pylist()
    return found


def test_annotations_go_into_records_tables_and_the_submission(tmp_path: Path) -> None:
    corpus = annotated(
        tmp_path / "corpus",
        annotation("c.jsonl#x", "three hours", "1", body=FIGURE),
        annotation("a.txt", SENTENCES[1], "2", bodyValue="A remark."),
    )
    bag = packed(corpus, tmp_path / "bags")
    expect_sound(bag)
    assert [len(one["annotations"]) for one in records_of(bag).values()] == [1, 0, 1]
    assert (bag / "data/submission/annotations.jsonl").read_bytes() == (corpus.path / "annotations.jsonl").read_bytes()
    one, two = rows(bag, "annotations")
    assert (one["document_id"], one["comment"], one["value"]) == ("a.txt", "A remark.", None)
    assert (two["document_id"], two["quotation"], two["value"]) == ("c.jsonl#x", "three hours", 3.0)
    spans = rows(bag, "annotation_spans")
    assert [(one["annotation_id"], one["part"], one["narrowed"]) for one in spans] == [
        ("urn:example:2", 0, True), ("urn:example:1", 0, True),
    ]  # fmt: skip
    for span, quotation in zip(spans, (SENTENCES[1], "three hours"), strict=True):
        data = (bag / span["layer"]).read_bytes()[span["byte_start"] : span["byte_end"]]
        assert data.decode() == quotation


def test_check_finds_what_pack_finds(tmp_path: Path) -> None:
    corpus = annotated(
        tmp_path / "corpus",
        annotation("a.txt", "words that stand nowhere", "1"),
        annotation("c.jsonl#y", "three hours", "2"),
    )
    found = check(corpus.path, jobs=1)
    said = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(found) == errors(said) == ["annotation.not-found", "annotation.unknown-document"]
    assert [(one.where.row, one.document) for one in found.findings] == [(1, "a.txt"), (2, "c.jsonl#y")]
    assert said.verdict is Verdict.INVALID


def test_a_document_that_is_rejected_takes_its_annotations_with_it(tmp_path: Path) -> None:
    wrong = annotation("a.txt", "words that stand nowhere", "1")
    right = annotation("b.txt", SENTENCES[2], "2")
    corpus = annotated(tmp_path / "corpus", wrong, right)
    report = pack(corpus.path, tmp_path / "one", rejected="allow", jobs=1)
    assert errors(report) == ["annotation.not-found"]
    one = Path(report.bags[0].path)
    (corpus.path / "a.txt").unlink()
    corpus.lines("annotations.jsonl", right)
    other = packed(corpus, tmp_path / "other")
    named = {"data/bag.json", "bag-info.txt"}  # which count and name what was rejected
    assert files_of(one)["data/submission/annotations.jsonl"] == (json.dumps(right) + "\n").encode()
    for path, data in files_of(other).items():
        if path not in named and not path.startswith(("manifest", "tagmanifest", "data/ro-crate")):
            assert files_of(one)[path] == data, path


def test_a_malformed_line_stops_every_bag(tmp_path: Path) -> None:
    corpus = annotated(tmp_path / "corpus", {"id": "x"})
    report = pack(corpus.path, tmp_path / "bags", jobs=1, rejected="allow")
    assert (report.verdict, errors(report)) == (Verdict.INVALID, ["annotation.shape"])


def test_an_open_bag_knows_of_no_annotation_of_another_level(tmp_path: Path) -> None:
    opened, closed = annotation("b.txt", SENTENCES[2], "1"), annotation("a.txt", SENTENCES[1], "secret")
    one = annotated(tmp_path / "one", closed, opened).sheet(
        "filename,access_level", "b.txt,", "c.jsonl,", "a.txt,restricted"
    )
    other = annotated(tmp_path / "other", opened).sheet("filename,access_level", "b.txt,", "c.jsonl,")
    (other.path / "a.txt").unlink()
    bag = packed(one, tmp_path / "bags", access="open")
    assert files_of(bag) == files_of(packed(other, tmp_path / "more"))
    assert b"secret" not in b"".join(files_of(bag).values())
    restricted = packed(one, tmp_path / "closed", access="restricted")
    assert [one["annotation_id"] for one in rows(restricted, "annotations")] == ["urn:example:secret"]


def test_a_bag_without_text_quotes_none(tmp_path: Path) -> None:
    corpus = annotated(tmp_path / "corpus", annotation("a.txt", SENTENCES[1], "1"))
    bag = packed(corpus, tmp_path / "bags", holds="metadata")
    assert rows(bag, "annotations") == rows(bag, "annotation_spans") == []
    assert SENTENCES[1].encode() not in b"".join(files_of(bag).values())
    assert validate(bag, jobs=1)


def test_a_forged_annotation_is_found_at_derivation(tmp_path: Path) -> None:
    corpus = annotated(tmp_path / "corpus", annotation("a.txt", SENTENCES[1], "1", body=FIGURE))
    forgery = Forgery(packed(corpus, tmp_path / "bags"), tmp_path / "forged")
    said = forgery.record("a.txt")["annotations"][0]
    said["figure"]["value"] = "4"
    forgery.records_again()
    forgery.bag_json_again()
    forgery.seal()
    assert validate(forgery.path, jobs=1, depth="fixity")
    report = validate(forgery.path, jobs=1, depth="derivation")
    assert errors(report) == ["annotation.differs"]
    assert report.findings[0].where.pointer == "/annotations/0/figure"
