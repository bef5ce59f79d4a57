"""From an annotation to its bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.cli.program import program
from archive.errors import UsageError
from archive.operations.trace import trace
from tests.packing.making import SENTENCES, Corpus, annotation, packed

FIGURE = {"type": "Figure", "value": 3, "unit": "hours", "said_by": "the report", "period_stated": "that day"}


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("annotated")
    corpus = Corpus(place / "corpus").texts("a.txt").write("b.txt", f"{SENTENCES[7]}\n\nThree hours are long.\n")
    corpus.lines(
        "annotations.jsonl",
        annotation("a.txt", SENTENCES[1], "x/first", motivation="describing", bodyValue="A remark."),
        annotation("b.txt", "three hours.\n\nThree hours", "y/first", body=FIGURE, creator="A reader"),
        annotation("b.txt", "are long", "y/second"),
    )
    return packed(corpus, place / "bags")


def test_an_annotation_leads_to_its_bytes(bag: Path):
    found = trace(bag, annotation="urn:example:y/first")
    assert found
    (place,) = found.places
    assert place.annotation is not None
    assert (place.annotation.creators, place.annotation.comment) == (("A reader",), None)
    assert place.annotation.figure is not None
    assert place.annotation.figure["value"] == "3"
    texts = [one.part.text for one in place.passages if one.part is not None]
    assert texts == ["three hours.", "Three hours"]
    data = (bag / place.original).read_bytes()
    assert all(one.part is not None and one.part.narrowed for one in place.passages)
    spans = [span for one in place.passages if one.part is not None for span in one.part.spans]
    assert [data[one.byte_start : one.byte_end].decode() for one in spans] == texts
    assert all(one.holds for one in found.files)


def test_the_end_of_an_identifier_is_enough_where_it_is_the_only_one(bag: Path):
    assert trace(bag, annotation="second").places[0].document_id == "b.txt"
    assert trace(bag, "a.txt", annotation="first").places[0].document_id == "a.txt"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"annotation": "first"}, "2 annotations"),
        ({"annotation": "secund"}, "no annotation"),
        ({"annotation": "?"}, "no annotation"),
        ({"annotation": "first", "quote": "three"}, "its own words"),
        ({"annotation": "first", "document": "a.txt", "passage": 0}, "its own words"),
    ],
)
def test_what_names_no_annotation_is_said(bag: Path, given: dict[str, Any], said: str):
    with pytest.raises(UsageError, match=said) as caught:
        trace(bag, **given)
    assert caught.value.remedy


def test_a_bag_without_annotations_says_so(tmp_path: Path):
    with pytest.raises(UsageError, match="there are no annotations"):
        trace(packed(Corpus(tmp_path / "corpus").texts("a.txt"), tmp_path / "bags"), annotation="x")


def test_words_that_are_not_those_of_the_annotation_are_a_finding(bag: Path, tmp_path: Path):
    import shutil

    copy = Path(shutil.copytree(bag, tmp_path / "copy"))
    shard = copy / "data/records/00000.jsonl"
    shard.write_text(shard.read_text("utf-8").replace('"quotation":"are long"', '"quotation":"are short"'), "utf-8")
    found = trace(copy, annotation="second")
    assert {"annotation.differs", "digest.mismatch"} == {one.code for one in found.findings}
    assert found.exit_code == 1


def test_it_is_shown_to_people_and_to_programs(bag: Path):
    run = CliRunner().invoke(program, ["trace", str(bag), "--annotation", "y/first"])
    assert run.exit_code == 0
    for said in ("Annotation urn:example:y/first", "  unit           hours", "three hours.", "holds"):
        assert said in run.output
    run = CliRunner().invoke(program, ["trace", str(bag), "--annotation", "x/first", "--cite"])
    assert "passage p" in run.output
    run = CliRunner().invoke(program, ["trace", str(bag), "--annotation", "x/first", "--json"])
    said = json.loads(run.output)["result"]["places"][0]["annotation"]
    assert (said["comment"], said["motivation"]) == ("A remark.", ["describing"])
