"""What was withdrawn is told by what it was, under whatever name and in whichever bag it still stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import UsageError
from archive.model.reports import Report
from archive.operations.diff import diff
from archive.operations.graves import Graves, traits_of
from archive.operations.pack import pack
from archive.operations.show import show
from archive.operations.validate import validate
from tests.packing.making import EPOCH, OPEN_TOML, Corpus, bag_json_of, expect_sound, files_of, packed, records_of, text

SECOND = OPEN_TOML.replace('version = "1.0"', 'version = "1.1"') + 'withdrawn = "gone.csv"\n'
THIRD = SECOND.replace('version = "1.1"', 'version = "1.2"')
HEADER = "filename,access_level"


@pytest.fixture(autouse=True)
def declared_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def said(report: Report, prefix: str = "withdrawn.") -> set[tuple[str, str | None, str]]:
    return {
        (one.code.removeprefix(prefix), one.document, Path(one.where.file or "").name)
        for one in report.findings
        if one.code.startswith(prefix)
    }


def without(corpus: Corpus, name: str, *rows: str) -> Corpus:
    (corpus.path / name).unlink()
    corpus.write("gone.csv", f"identifier,reason,date\n{name},safety,2026-11-20\n")
    return corpus.write("corpus.toml", SECOND).sheet(HEADER, *rows)


def test_the_last_document_of_a_level_leaves_its_tombstone_in_a_bag_of_that_level(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt").sheet(HEADER, "a.txt,open", "b.txt,restricted")
    first = [Path(one.path) for one in pack(corpus.path, tmp_path / "bags", jobs=1).bags]
    grave = without(corpus, "b.txt", "a.txt,open")
    report = pack(grave.path, tmp_path / "bags", previous=first, jobs=1)
    second = [Path(one.path) for one in report.bags]
    assert [one.name for one in second] == ["example-1.1", "example-1.1-restricted"]
    assert [len(bag_json_of(one)["tombstones"]) for one in second] == [0, 1]
    assert not records_of(second[1])
    assert said(report) == {("still-held", "b.txt", "example-1.0-restricted")}
    assert report.exit_code == 0
    for one in second:
        expect_sound(one)
    assert validate(second[1], depth="derivation", jobs=1).exit_code == 0
    assert [one.withdrawn for one in diff(first[1], second[1]).removed] == ["safety"]
    assert show(second[1]).as_json()["tombstones"] == 1
    part = Corpus(tmp_path / "part", SECOND).texts("a.txt").sheet(HEADER, "a.txt,open")
    part.write("gone.csv", "identifier,reason,date\n")
    assert files_of(packed(part, tmp_path / "alone", previous=[first[0]])) == files_of(second[0])
    corpus.write("corpus.toml", THIRD)
    third = pack(corpus.path, tmp_path / "bags", previous=second, jobs=1)
    assert bag_json_of(Path(third.bags[1].path))["tombstones"] == bag_json_of(second[1])["tombstones"]


def test_a_corpus_of_which_nothing_is_left_has_a_bag_with_tombstones_alone(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").sheet(HEADER, "a.txt,open")
    bag = packed(corpus, tmp_path / "bags")
    report = pack(without(corpus, "a.txt").path, tmp_path / "bags", previous=[bag], jobs=1)
    second = Path(report.bags[0].path)
    expect_sound(second)
    assert len(bag_json_of(second)["tombstones"]) == 1
    assert b"a.txt" not in b"".join(files_of(second).values())


def test_a_bag_before_without_anything_of_its_level_to_say_is_refused(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt").sheet(HEADER, "a.txt,open", "b.txt,restricted")
    first = [Path(one.path) for one in pack(corpus.path, tmp_path / "bags", jobs=1).bags]
    (corpus.path / "b.txt").unlink()
    corpus.write("corpus.toml", SECOND).sheet(HEADER, "a.txt,open").write("gone.csv", "identifier,reason,date\n")
    with pytest.raises(UsageError, match="nothing restricted is to be packed"):
        pack(corpus.path, tmp_path / "bags", previous=first, jobs=1)


def test_a_bag_that_was_left_out_of_the_ones_before_is_asked_for(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt").sheet(HEADER, "a.txt,open", "b.txt,restricted")
    first = [Path(one.path) for one in pack(corpus.path, tmp_path / "bags", jobs=1).bags]
    report = pack(without(corpus, "b.txt", "a.txt,open").path, tmp_path / "bags", previous=first[:1], jobs=1)
    assert said(report) == {
        ("still-held", "b.txt", "example-1.0-restricted"),
        ("without-previous", None, "gone.csv"),
    }


def test_the_same_bytes_or_text_under_another_name_are_said(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "c.txt")
    same = (corpus.path / "a.txt").read_bytes()
    corpus.write("b.txt", same).write("d.txt", same).write("e.txt", same + b"\n\n")
    rows = ("b.txt,open", "c.txt,open", "d.txt,restricted", "e.txt,open")
    corpus.sheet(HEADER, "a.txt,open", *rows)
    first = [Path(one.path) for one in pack(corpus.path, tmp_path / "bags", jobs=1).bags]
    report = pack(without(corpus, "a.txt", *rows).path, tmp_path / "bags", previous=first, jobs=1)
    assert report.exit_code == 0
    assert said(report) == {
        ("same-content", "b.txt", ""), ("same-content", "d.txt", ""), ("same-content", "e.txt", ""),
        ("still-held", "a.txt", "example-1.0"), ("still-held", "b.txt", "example-1.0"),
        ("still-held", "e.txt", "example-1.0"), ("still-held", "d.txt", "example-1.0-restricted"),
    }  # fmt: skip


def test_what_was_withdrawn_does_not_come_back_in_silence(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt").sheet(HEADER, "a.txt,open", "b.txt,open")
    same = (corpus.path / "b.txt").read_bytes()
    bag = packed(corpus, tmp_path / "bags")
    second = packed(without(corpus, "b.txt", "a.txt,open"), tmp_path / "bags", previous=[bag])
    corpus.write("b.txt", same).write("gone.csv", "identifier,reason,date\n").write("corpus.toml", THIRD)
    report = pack(corpus.path, tmp_path / "bags", previous=[second], jobs=1)
    assert said(report) == {("returned", "b.txt", "")}
    assert report.exit_code == 1
    assert not (tmp_path / "bags/example-1.2").exists()
    corpus.sheet("filename,identifier", "b.txt,again")
    for to, previous, expected in (
        ("bags", [second], {("same-content", "again", "")}),  # the bag that still holds it lies there
        ("elsewhere", [bag, second], {("same-content", "again", "")}),
        ("alone", [second], set[tuple[str, str | None, str]]()),
    ):
        report = pack(corpus.path, tmp_path / to, previous=previous, jobs=1)
        assert (report.exit_code, said(report)) == (0, expected)
        assert bag_json_of(Path(report.bags[0].path))["previous"]["version"] == "1.1"


def test_what_tells_a_document_leaves_out_what_it_shares(tmp_path: Path) -> None:
    lines = ({"id": "x", "text": text(1)}, {"id": "y", "text": text(2)})
    corpus = (
        Corpus(tmp_path / "corpus").lines("m.jsonl", *lines).write("p.png", b"\x89PNG\r\n\x1a\n").write("no.txt", "")
    )
    records = records_of(packed(corpus, tmp_path / "bags"))
    one, other = (traits_of(records[f"m.jsonl#{name}"]) for name in "xy")
    assert one.isdisjoint(other)
    assert traits_of(records["p.png"]) == {records["p.png"]["files"][0]["sha256"]}
    assert not traits_of(records["no.txt"])
    assert not Graves(traits=one).held(tmp_path, ["x"]).names
    assert Graves(frozenset({"a"}), one).known_from([tmp_path]) == Graves(frozenset({"a"}), one)
