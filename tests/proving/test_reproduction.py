"""The depth `reproduction`: labels made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.model.findings import Severity
from archive.model.reports import Report, Verdict
from archive.operations.validate import validate
from archive.proving import reproduction
from tests.packing.making import OPEN_TOML, Corpus, bag_json_of, packed, records_of
from tests.proving.making import Forgery
from tests.sources.opaque import docx, word


def again(bag: Path, to: Path, change: Callable[[Forgery], None]) -> Report:
    forgery = Forgery(bag, to)
    change(forgery)
    forgery.records_again()
    forgery.bag_json_again()
    forgery.seal()
    assert validate(forgery.path, depth="derivation", jobs=1).verdict is Verdict.VALID
    return validate(forgery.path, depth="reproduction", jobs=1)


def said(report: Report) -> set[str]:
    return {one.code for one in report.findings}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_labels_of_a_bag_of_ours_are_made_again(whole_bag: Path, jobs: int) -> None:
    report = validate(whole_bag, depth="reproduction", jobs=jobs)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def test_several_files_of_one_document(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus")
    corpus.texts("a.txt", "a-read.txt", "b%.txt", "b-read%.txt")
    corpus.sheet(
        "filename,identifier,role", "a.txt,a,page", "a-read.txt,a,ocr", "b%.txt,b,transcript", "b-read%.txt,b,ocr"
    )
    bag = packed(corpus, tmp_path / "bags")
    report = validate(bag, depth="reproduction", jobs=1)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def test_a_bag_that_was_not_labelled(tmp_path: Path) -> None:
    corpus = (
        Corpus(tmp_path / "corpus").texts("a.txt").lines("b#.jsonl", {"text": "No label."}, {"id": "q#1", "text": ""})
    )
    bag = packed(corpus, tmp_path / "bags", recipe="none")
    report = validate(bag, depth="reproduction", jobs=1)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def test_lines_without_anything_that_names_their_bytes(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").lines(
        "b.jsonl", *({"id": one, "text": ""} for one in (1, "2#1")), {"text": ""}
    )
    report = validate(packed(corpus, tmp_path / "bags"), depth="reproduction", jobs=1)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def kind(forgery: Forgery) -> None:
    forgery.record("a/one.txt")["passages"][1]["kind"] = "quotation"


def language(forgery: Forgery) -> None:
    forgery.record("lines/all.jsonl#x")["passages"][0]["language"] = "fr"


def reason(forgery: Forgery) -> None:
    forgery.record("page.html")["passages"][0]["reason"] = "somebody said so"


@pytest.mark.parametrize(
    ("change", "document", "pointer"),
    [
        (kind, "a/one.txt", "/passages/1/kind"),
        (language, "lines/all.jsonl#x", "/passages/0/language"),
        (reason, "page.html", "/passages/0/reason"),
    ],
)
def test_a_changed_label(
    whole_bag: Path, tmp_path: Path, change: Callable[[Forgery], None], document: str, pointer: str
) -> None:
    report = again(whole_bag, tmp_path / "bag", change)
    assert [(one.code, one.document, one.where.pointer) for one in report.findings] == [
        ("passage.not-reproduced", document, pointer)
    ]
    assert report.verdict is Verdict.INVALID


def test_a_lost_last_passage(whole_bag: Path, tmp_path: Path) -> None:
    def lost(forgery: Forgery) -> None:
        record = forgery.record("weird:name%.txt")
        gone = record["passages"].pop()
        before = record["passages"][-1]
        assert gone["kept"]
        assert before["kept"]
        text = before["text"]
        record["text"] = {"characters": len(text), "words": len(text.split()), "sha256": before["sha256"]}
        record["duplicate_group"] = "g" + before["sha256"][:24]

    report = again(whole_bag, tmp_path / "bag", lost)
    assert said(report) == {"passage.not-reproduced"}


def test_a_changed_extracted_statement(whole_bag: Path, tmp_path: Path) -> None:
    def changed(forgery: Forgery) -> None:
        record = forgery.record("old/korean.txt")
        record["metadata"]["language"] = "en"
        next(one for one in record["statements"] if one["field"] == "language")["value"] = "en"

    report = again(whole_bag, tmp_path / "bag", changed)
    assert [(one.found, one.expected) for one in report.findings] == [
        ("language: en", "nothing"),
        ("nothing", "language: ko"),
    ]
    assert said(report) == {"statement.not-reproduced"}


def test_another_installation_leaves_the_verdict_alone(whole_bag: Path, tmp_path: Path) -> None:
    def elsewhere(forgery: Forgery) -> None:
        kind(forgery)
        next(one for one in forgery.info["software"] if one["name"] == "resiliparse")["version"] = "0.0.1"

    report = again(whole_bag, tmp_path / "bag", elsewhere)
    assert report.verdict is Verdict.VALID
    assert [(one.code, one.severity) for one in report.findings] == [("reproduction.not-here", Severity.NOTICE)]
    assert "resiliparse" in report.findings[0].found


def test_another_recipe(whole_bag: Path, tmp_path: Path) -> None:
    def other(forgery: Forgery) -> None:
        from archive.model.canonical import canonical_json
        from archive.model.digests import digests_of

        recipe = {name: value for name, value in forgery.info["recipe"].items() if name != "digest"}
        recipe["name"] = "tomorrow"
        digest = digests_of(canonical_json(recipe))["sha256"]
        forgery.info["recipe"] = {**recipe, "digest": digest}
        for record in forgery.records:
            record["recipe"] = digest

    report = again(whole_bag, tmp_path / "bag", other)
    assert (report.verdict, said(report)) == (Verdict.VALID, {"reproduction.not-here"})


def test_documents_are_read_within_the_same_limits(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + "[limits]\ntext_mib = 1\nblocks = 1000\n")
    corpus.write("many.txt", "A line.\n\n" * 1001).write("large.txt", "word " * 300_000).texts("a.txt")
    bag = packed(corpus, tmp_path / "bags", limits={"blocks": 2000})
    assert bag_json_of(bag)["recipe"]["limits"] == {"blocks": 2000, "text_mib": 1}
    assert [len(one["passages"]) for one in records_of(bag).values()] == [4, 0, 1001]
    report = validate(bag, depth="reproduction", jobs=1)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


@pytest.mark.parametrize("limits", [{"seconds": 10**9}, {"minutes": 3}, {"nesting": True}])
def test_limits_that_are_not_known_here(limits: dict[str, object]) -> None:
    assert reproduction._recipe({"name": "text", "limits": limits}) is None


def test_nothing_is_labelled_where_derivation_fails(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    forgery.write("data/bag.json", b"{}")
    report = validate(forgery.path, depth="reproduction", jobs=1)
    assert report.verdict is Verdict.INVALID
    assert any("the labels" in one.found for one in report.findings)


def test_a_layer_that_would_not_be_taken_out_again(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("letter.docx", docx(word("Words that were in the letter.")))
    bag = packed(corpus, tmp_path / "bags")

    def exchange(forgery: Forgery) -> None:
        other = docx(word("Other words."))
        forgery.write("data/originals/letter.docx", other)
        file = forgery.record("letter.docx")["files"][0]
        file["bytes"], file["sha256"] = len(other), hashlib.sha256(other).hexdigest()

    report = again(bag, tmp_path / "forged", exchange)
    assert said(report) == {"layer.not-reproduced"}
    assert report.findings[0].found.startswith("data/derived/letter.docx/text.txt: ")
    assert report.verdict is Verdict.INVALID
