"""Bags of metadata alone: sound bags in which nothing of the text, and no way to test a guess of it, can be found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archive.errors import UsageError
from archive.model.depths import Depth
from archive.model.reports import Verdict
from archive.operations.diff import diff
from archive.operations.pack import pack
from archive.operations.show import show
from archive.operations.trace import trace
from archive.operations.validate import validate
from archive.proving.metadata_alone import holds_more
from tests.packing.making import (
    EPOCH,
    OPEN_TOML,
    Corpus,
    bag_json_of,
    expect_sound,
    files_of,
    info_of,
    packed,
    records_of,
    text,
)

CLOSED = OPEN_TOML.replace('"open"', '"restricted"')


@pytest.fixture(autouse=True)
def declared_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def filled(place: Path, toml: str) -> Corpus:
    corpus = (
        Corpus(place / "corpus", toml).texts("a.txt", "100%.txt").write("b.txt", text(0) + "\nAnd one more line.\n")
    )
    page = f'<html><head><title>D</title><meta name="author" content="E. Example"></head><body>{text(5)}</body></html>'
    corpus.write("d.html", page.encode("utf-16")).lines("e.jsonl", {"id": "x", "text": text(6), "title": "X"})
    corpus.json("a.txt.json", {"publisher": "A publisher", "captured_at": "2024-01-01T00:00:00Z"})
    return corpus.sheet("filename,title", "a.txt,First", "100%.txt,Second", "b.txt,Third")


def everything(bag: Path) -> bytes:
    """All bytes of a bag, and what a reader finds in its tables."""
    tables = [repr(pq.read_table(one).to_pylist()).encode() for one in (bag / "data/tables").iterdir()]
    return b"".join([*files_of(bag).values(), *tables])


@pytest.mark.parametrize("toml", [OPEN_TOML, CLOSED])
def test_nothing_of_the_text_is_in_it(tmp_path: Path, toml: str) -> None:
    corpus = filled(tmp_path, toml)
    full, bag = packed(corpus, tmp_path / "bags"), packed(corpus, tmp_path / "bags", holds="metadata")
    expect_sound(bag)
    assert bag.name == full.name + "-metadata"
    assert dict(info_of(bag))["Corpus-Archive-Holds"] == "metadata"
    info = bag_json_of(bag)
    assert (info["holds"], info["counts"]["documents"], info["counts"]["passages"]) == ("metadata", 5, 0)
    assert info["urn"] != bag_json_of(full)["urn"]
    assert not [name for name in files_of(bag) if name.startswith(("data/originals", "data/derived", "data/evidence"))]
    whole, is_open = everything(bag), toml == OPEN_TOML
    for name, record in records_of(full).items():
        alone = records_of(bag)[name]
        assert alone["metadata"] == record["metadata"]
        assert alone["passages"] == []
        titles = record["metadata"].get("title", "")
        assert not [
            one["text"] for one in record["passages"] if one["text"].encode() in whole and one["text"] != titles
        ]
        originals = [one for one in record["files"] if one["role"] != "layer"]
        assert [(one["path"], one["media_type"]) for one in alone["files"]] == [
            (one["path"], one["media_type"]) for one in originals
        ]
        assert all((one["sha256"].encode() in whole) == is_open for one in originals)
        assert (record["text"]["sha256"].encode() in whole) == is_open
        assert (record["duplicate_group"].encode() in whole) == is_open
        assert alone["text"] == (record["text"] if is_open else {"characters": 0, "words": 0, "sha256": None})
    groups = [{name for name, one in records_of(at).items() if one["duplicate_group"] == group}
              for at in (full, bag) for group in [records_of(at)["a.txt"]["duplicate_group"]]]  # fmt: skip
    assert groups[0] == groups[1] > {"a.txt"}


def test_annotations_which_quote_the_text_stay_out(tmp_path: Path) -> None:
    quoted = {"type": "TextQuoteSelector", "exact": "people cross it on foot"}
    note = {"type": "Annotation", "target": {"source": "a.txt", "selector": quoted}, "motivation": "commenting"}
    value = {"type": "TextualBody", "value": "1", "purpose": "tagging"}
    corpus = filled(tmp_path, OPEN_TOML)
    corpus.lines(
        "annotations.jsonl", {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "n1", **note, "body": [value]}
    )
    bag = packed(corpus, tmp_path / "bags", holds="metadata")
    expect_sound(bag)
    assert b"people cross it on foot" not in everything(bag)


def test_its_pages_and_descriptions_say_what_is_so(tmp_path: Path) -> None:
    bag = packed(filled(tmp_path, OPEN_TOML), tmp_path / "bags", holds="metadata")
    page = (bag / "data/README.md").read_text()
    assert "The metadata of 5 documents, without the documents and their text" in page
    assert "rule of derivation" not in page
    assert "`originals/`" not in page
    crate = json.loads((bag / "data/ro-crate-metadata.json").read_bytes())["@graph"]
    packing = next(one for one in crate if one["@id"] == "#packing")
    assert "metadata alone" in packing["description"]
    assert not [one for one in crate if one["@id"].startswith("originals")]
    croissant = json.loads((bag / "data/croissant.json").read_bytes())
    assert "kept neither them nor their text" in str(croissant["rai:dataPreprocessingProtocol"])


def test_the_verbs_answer(tmp_path: Path) -> None:
    corpus = filled(tmp_path, CLOSED)
    full, bag = packed(corpus, tmp_path / "bags"), packed(corpus, tmp_path / "bags", holds="metadata")
    report = validate(bag, depth=Depth.REPRODUCTION, jobs=1)
    assert report.verdict is Verdict.VALID
    assert [one.code for one in report.findings] == ["reproduction.not-here"]
    assert show(bag).holds == "metadata"  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="holds metadata alone"):
        trace(bag, "a.txt")
    found = diff(full, bag)
    assert [(one.field, one.before, one.after) for one in found.corpus] == [("holds", "documents", "metadata")]
    assert found.counts["same"] == 5
    again = pack(corpus.path, tmp_path / "bags", holds="metadata", jobs=1)
    assert [one.code for one in again.findings if one.code == "bag.identical"]


def held(bag: Path, change: Any) -> list[str | None]:
    """What the first record of a bag holds too much, once it was changed."""
    record = next(iter(records_of(bag).values()))
    change(record)
    return [one.where.pointer for one in holds_more(record, bag_json_of(bag)["access_level"])]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda record: record.update(passages=[{}]), "/passages"),
        (lambda record: record.update(annotations=[{}]), "/annotations"),
        (lambda record: record["files"][0].update(bytes=1), "/files/0"),
        (lambda record: record["files"][0].update(sha256="0" * 64), "/files/0"),
        (lambda record: record["files"][0].update(role="layer"), "/files/0"),
        (lambda record: record["text"].update(words=3), "/text"),
    ],
)
def test_a_record_that_holds_more_is_found(tmp_path: Path, change: Any, pointer: str) -> None:
    corpus = Corpus(tmp_path / "corpus", CLOSED).texts("a.txt")
    bag = packed(corpus, tmp_path / "bags", holds="metadata")
    assert held(bag, lambda record: None) == []
    assert held(bag, change) == [pointer]
