"""What cannot be packed: by default nothing is published, or the rest is, as if the others had never been there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.model.reports import Report, Verdict
from archive.operations.check import check
from archive.operations.pack import pack
from tests.packing.making import (
    EPOCH,
    OPEN_TOML,
    TOML,
    Corpus,
    bag_json_of,
    codes,
    errors,
    expect_balance,
    expect_sound,
    files_of,
    leftovers,
    packed,
    records_of,
    text,
)

LINE = {"id": "one", "text": "There is enough text in this line that it counts as a paragraph of its own."}


@pytest.fixture(autouse=True)
def declared_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def allowed(corpus: Corpus, to: Path, **options: Any) -> Report:
    report = pack(corpus.path, to, rejected="allow", jobs=1, **options)
    expect_balance(report)
    return report


def same_but_for_counts(one: Path, other: Path) -> None:
    """Two bags that say the same but for what was rejected."""
    left, right = files_of(one), files_of(other)
    assert set(left) == set(right)
    differing = {path for path in left if left[path] != right[path]}
    # the crate names bag.json and the README under their digests
    allowed_to = {"data/bag.json", "data/README.md", "README.md", "bag-info.txt", "data/ro-crate-metadata.json"}
    assert {path for path in differing if "manifest-" not in path} <= allowed_to
    ours, theirs = bag_json_of(one), bag_json_of(other)
    for value in (ours, theirs):
        for name in ("counts", "rejections"):
            value.pop(name)
    assert ours == theirs


def wrong_date(path: Path) -> Corpus:
    corpus = Corpus(path).texts("a.txt", "b.txt", "c.txt", "d.txt")
    return corpus.sheet("filename,dc.date", "a.txt,2017", "b.txt,once upon a time", "c.txt,2018", "d.txt,2017-02-30")


def test_one_rejected_document_stops_everything_and_all_findings_are_told(tmp_path: Path) -> None:
    report = pack(wrong_date(tmp_path / "corpus").path, tmp_path / "bags", jobs=1)
    assert report.verdict is Verdict.INVALID
    assert report.exit_code == 1
    assert errors(report) == ["date.not-edtf", "date.not-edtf"]
    assert [
        (one.where.file, one.where.row, one.where.column) for one in report.findings if one.code == "date.not-edtf"
    ] == [
        ("metadata.csv", 3, "dc.date"),
        ("metadata.csv", 5, "dc.date"),
    ]
    assert report.bags == ()
    assert (report.counts["inputs"], report.counts["packed"], report.counts["rejected"]) == (4, 0, 2)
    assert leftovers(tmp_path / "bags") == []


def test_the_rest_is_packed_as_if_the_rejected_had_never_been_there(tmp_path: Path) -> None:
    corpus = wrong_date(tmp_path / "corpus")
    report = allowed(corpus, tmp_path / "bags")
    assert report.verdict is Verdict.INVALID, "of the corpus: there are errors"
    assert report.exit_code == 1
    bag = Path(report.bags[0].path)
    expect_sound(bag)
    assert set(records_of(bag)) == {"a.txt", "c.txt"}
    said = bag_json_of(bag)
    assert said["rejections"] == [
        {"source_path": "b.txt", "document_id": "b.txt", "codes": ["date.not-edtf"]},
        {"source_path": "d.txt", "document_id": "d.txt", "codes": ["date.not-edtf"]},
    ]
    assert (said["counts"]["inputs"], said["counts"]["packed"], said["counts"]["rejected"]) == (4, 2, 2)
    without = Corpus(tmp_path / "without").write("a.txt", text(0)).write("c.txt", text(2))
    without.sheet("filename,dc.date", "a.txt,2017", "c.txt,2018")
    same_but_for_counts(bag, packed(without, tmp_path / "others"))
    assert b"once upon" not in b"".join(files_of(bag).values())


def test_errors_of_the_corpus_itself_stop_even_what_may_be_rejected(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").write("metadata.csv", "filename\na.txt\n\xff".encode("latin-1"))
    report = pack(corpus.path, tmp_path / "bags", rejected="allow", jobs=1)
    assert report.verdict is Verdict.INVALID
    assert "sheet.encoding" in errors(report)
    assert leftovers(tmp_path / "bags") == []


def test_a_level_of_which_all_is_rejected_does_not_hold_the_others_back(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt")
    corpus.sheet("filename,access_level,date_issued", "a.txt,open,2017", "b.txt,restricted,nonsense")
    report = allowed(corpus, tmp_path / "bags")
    assert [Path(bag.path).name for bag in report.bags] == ["example-1.0"]
    assert (report.counts["packed"], report.counts["rejected"]) == (1, 1)
    assert leftovers(tmp_path / "bags") == ["example-1.0"]


def test_where_all_are_rejected_nothing_is_published(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").sheet("filename,date_issued", "a.txt,nonsense")
    report = allowed(corpus, tmp_path / "bags")
    assert report.verdict is Verdict.INVALID
    assert (report.counts["inputs"], report.counts["rejected"]) == (1, 1)
    assert leftovers(tmp_path / "bags") == []


def test_lines_of_a_container_are_rejected_one_by_one(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus")
    lines = [json.dumps(LINE), "not json", json.dumps({**LINE, "id": "two"}), json.dumps(LINE), '{"id": "three"}']
    corpus.write("c.jsonl", "\n".join(lines) + "\n")
    stopped = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert sorted(errors(stopped)) == ["jsonl.duplicate-member", "jsonl.text-missing"]
    assert (stopped.counts["inputs"], stopped.counts["rejected"]) == (5, 2)
    looked = check(corpus.path, jobs=1)
    assert (looked.counts["inputs"], looked.counts["rejected"], looked.counts["fit"]) == (5, 2, 3)
    report = allowed(corpus, tmp_path / "bags")
    bag = Path(report.bags[0].path)
    assert list(records_of(bag)) == ["c.jsonl#line 2", "c.jsonl#one", "c.jsonl#two"]
    assert (report.counts["inputs"], report.counts["packed"], report.counts["rejected"]) == (5, 3, 2)
    expect_sound(bag)


def test_a_container_with_nothing_left_is_left_out_whole(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").write("c.jsonl", '{"id": []}\n{"id": {}}\n')
    report = allowed(corpus, tmp_path / "bags")
    bag = Path(report.bags[0].path)
    assert "data/originals/c.jsonl" not in files_of(bag)
    assert (report.counts["inputs"], report.counts["packed"], report.counts["rejected"]) == (3, 1, 2)


def test_a_container_that_hides_a_stricter_member_is_never_packed(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").lines("c.jsonl", LINE, {**LINE, "id": "secret"})
    corpus.sheet("filename,access_level", "a.txt,open", "c.jsonl#secret,restricted")
    stopped = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(stopped) == ["access.mixed-container"]
    assert (stopped.counts["inputs"], stopped.counts["rejected"]) == (3, 2)
    looked = check(corpus.path, jobs=1)
    assert (looked.counts["inputs"], looked.counts["rejected"], looked.counts["fit"]) == (3, 2, 1)
    report = allowed(corpus, tmp_path / "bags")
    bag = Path(report.bags[0].path)
    assert list(records_of(bag)) == ["a.txt"]
    assert "data/originals/c.jsonl" not in files_of(bag)
    assert not any(b"secret" in data for path, data in files_of(bag).items() if path.startswith("data/submission"))


def test_documents_that_share_an_identifier_are_all_counted(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt", "c.txt")
    corpus.sheet("filename,identifier", "a.txt,", "b.txt,a.txt", "c.txt,c")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert set(errors(report)) == {"document.identifier-clash"}
    assert (report.counts["inputs"], report.counts["rejected"]) == (3, 2)
    looked = check(corpus.path, jobs=1)
    assert (looked.counts["inputs"], looked.counts["rejected"], looked.counts["fit"]) == (3, 2, 1)
    rest = allowed(corpus, tmp_path / "bags")
    assert list(records_of(Path(rest.bags[0].path))) == ["c"]
    assert rest.counts["rejected"] == 2


def test_a_member_that_shares_an_identifier_with_a_file_is_told(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "c.jsonl#one").lines("c.jsonl", LINE, {**LINE, "id": "two"})
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(report) == ["document.identifier-clash"]
    assert (report.counts["inputs"], report.counts["rejected"]) == (4, 2)
    rest = allowed(corpus, tmp_path / "bags")
    assert list(records_of(Path(rest.bags[0].path))) == ["a.txt", "c.jsonl#two"]


def test_a_row_for_a_member_that_is_not_there_is_told_with_its_row_and_is_no_input(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").lines("c.jsonl", LINE)
    corpus.sheet("filename,title", "c.jsonl#one,One", "c.jsonl#nine,Nine")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(report) == ["sheet.row-without-member"]
    told = next(one for one in report.findings if one.code == "sheet.row-without-member")
    assert (told.where.file, told.where.row, told.where.column) == ("metadata.csv", 3, "filename")
    assert leftovers(tmp_path / "bags") == []
    assert (report.counts["inputs"], report.counts["rejected"]) == (1, 0)
    looked = check(corpus.path, jobs=1)
    assert (looked.counts["inputs"], looked.counts["rejected"], looked.exit_code) == (1, 0, 1)
    rest = allowed(corpus, tmp_path / "bags")
    assert list(records_of(Path(rest.bags[0].path))) == ["c.jsonl#one"]
    assert rest.exit_code == 1


def test_a_row_without_a_file_stops_and_is_no_input(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").sheet("filename", "a.txt", "quite-another.pdf")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(report) == ["sheet.row-without-file"]
    assert (report.counts["inputs"], report.counts["rejected"]) == (1, 0)
    assert report.exit_code == 1
    assert allowed(corpus, tmp_path / "bags").counts["packed"] == 1


def test_an_embargo_without_a_review_date_is_rejected(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt")
    corpus.sheet("filename,access_level,review_date", "a.txt,embargoed,", "b.txt,embargoed,2030-01-01")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert "access.embargo-without-date" in errors(report)
    rest = allowed(corpus, tmp_path / "bags")
    bag = Path(rest.bags[0].path)
    assert bag.name == "example-1.0-embargoed"
    assert records_of(bag)["b.txt"]["metadata"]["review_date"] == "2030-01-01"


def test_a_failed_document_is_counted_apart_and_the_rest_may_be_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt")
    from archive.packing import taking
    from archive.storage import copying

    real = copying.copy

    def copy(source: str, *more: Any, **options: Any) -> Any:
        if source.endswith("/b.txt"):
            raise taking.SourceChangedError("the file changed while it was read", where=source)
        return real(source, *more, **options)

    monkeypatch.setattr(copying, "copy", copy)
    stopped = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(stopped) == ["source.changed"]
    assert (stopped.counts["inputs"], stopped.counts["failed"], stopped.counts["rejected"]) == (2, 1, 0)
    report = allowed(corpus, tmp_path / "bags")
    assert (report.counts["packed"], report.counts["failed"]) == (1, 1)
    bag = Path(report.bags[0].path)
    assert bag_json_of(bag)["rejections"] == [
        {"source_path": "b.txt", "document_id": "b.txt", "codes": ["source.changed"]}
    ]
    expect_sound(bag)


def test_a_schema_of_the_persons_own_narrows(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + 'schema = "mine.schema.json"\n').texts("a.txt", "b.txt")
    corpus.json(
        "mine.schema.json",
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "properties": {"metadata": {"properties": {"title": {"pattern": "^A"}}, "required": ["title"]}},
        },
    )
    corpus.sheet("filename,title", "a.txt,A title", "b.txt,Not so")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(report) == ["record.own-schema"]
    told = next(one for one in report.findings if one.code == "record.own-schema")
    assert (told.where.file, told.where.row, told.where.column) == ("metadata.csv", 3, "title")
    rest = allowed(corpus, tmp_path / "bags")
    bag = Path(rest.bags[0].path)
    assert "data/submission/mine.schema.json" in files_of(bag)
    assert "data/originals/mine.schema.json" not in files_of(bag)


def test_a_schema_that_is_none_stops(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + 'schema = "mine.json"\n').texts("a.txt").write("mine.json", "[]")
    assert pack(corpus.path, tmp_path / "bags", rejected="allow", jobs=1).exit_code == 1
    missing = Corpus(tmp_path / "other", OPEN_TOML + 'schema = "mine.json"\n').texts("a.txt")
    assert errors(pack(missing.path, tmp_path / "bags", jobs=1)) == ["corpus.schema-missing"]


def test_each_level_is_rejected_by_itself(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", TOML).texts("a.txt", "b.txt", "c.txt")
    corpus.sheet(
        "filename,access_level,language", "a.txt,open,en", "b.txt,restricted,xx-nonsense-", "c.txt,restricted,ko"
    )
    stopped = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert stopped.bags == ()
    report = allowed(corpus, tmp_path / "bags")
    names = [Path(bag.path).name for bag in report.bags]
    assert names == ["example-1.0", "example-1.0-restricted"]
    assert bag_json_of(tmp_path / "bags/example-1.0")["rejections"] == []
    assert bag_json_of(tmp_path / "bags/example-1.0")["counts"]["rejected"] == 0
    assert len(bag_json_of(tmp_path / "bags/example-1.0-restricted")["rejections"]) == 1
    assert "language.not-bcp47" in codes(report)


@pytest.mark.parametrize("toml", ["identifier = ", 'title = ""', "title = 5", ""])
def test_a_corpus_toml_that_says_nothing_is_a_finding_beside_those_of_the_documents(tmp_path: Path, toml: str) -> None:
    corpus = Corpus(tmp_path / "corpus", toml=toml).write("a.txt", text(1))
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert report.verdict is Verdict.INVALID
    assert errors(report) == errors(check(corpus.path, jobs=1))
    assert allowed(corpus, tmp_path / "bags").bags == ()
    assert leftovers(tmp_path / "bags") == []
