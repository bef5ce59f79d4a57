"""Rows of the starter sheet for documents in containers."""

from __future__ import annotations

import csv
import io
import json
import pickle
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from archive.engine import Loss
from archive.model.findings import Finding
from archive.model.reports import Report
from archive.operations import guesses, starter_members
from archive.operations.init import init
from archive.operations.starter_members import Inside
from archive.packing import sieve
from archive.packing.listing import Listed, Wanted
from archive.sources.containers import Member
from archive.submission.plan import read_submission
from tests.packing.making import codes, packed, records_of

PAGE = "<html><head><title>Winter {0}</title></head><body><p>The river froze early in year {0}.</p></body></html>"


def lines(*values: object) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "The ferry"
    message["Date"], message["Message-ID"] = "Tue, 05 Apr 2011 10:00:00 +0000", "<1@example.org>"
    message.set_content("See what is attached.\n")
    message.add_attachment(PAGE.format(9).encode(), maintype="text", subtype="html", filename="no 1#2.html")
    return message.as_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "letters"
    place.mkdir()
    (place / "a.jsonl").write_text(lines({"id": "é \\x41", "title": "Ice", "text": "Cold days."}, {"text": "Warm."}))
    with zipfile.ZipFile(place / "b.zip", "w") as archive:
        archive.writestr("pages/1.html", PAGE.format(1))
        archive.writestr("2.html", PAGE.format(2))
        archive.writestr("empty", "")
    (place / "c.eml").write_bytes(letter())
    (place / "d.txt").write_text("A note in a few words.\n")
    return place


def rows(place: Path) -> list[dict[str, str]]:
    text = (place / "metadata.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def said(report: Report, code: str) -> list[tuple[str | None, str]]:
    return [(one.where.file, one.found) for one in report.findings if one.code == code]


def test_documents_in_containers_have_rows_with_what_they_state(folder: Path) -> None:
    report = init(folder, jobs=1)
    assert [(one["filename"], one["suggested.title"]) for one in rows(folder)] == [
        ("a.jsonl", ""),
        ("a.jsonl#é \\x41", "Ice"),
        ("a.jsonl#2", ""),
        ("b.zip", ""),
        ("b.zip#pages/1.html", "Winter 1"),
        ("b.zip#2.html", "Winter 2"),
        ("b.zip#empty", ""),
        ("c.eml", "The ferry"),
        ("c.eml#2/no 1#2.html", "Winter 9"),
        ("d.txt", ""),
    ]
    assert report.counts == {"documents": 4, "inside": 6, "rows": 10, "ignored": 0, "written": 2}


def test_rows_that_only_suggest_change_no_record(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    init(folder, jobs=1)
    with_rows = packed(folder, tmp_path / "with")
    sheet = (folder / "metadata.csv").read_text("utf-8-sig").splitlines(keepends=True)
    (folder / "metadata.csv").write_text("".join(one for one in sheet if "#" not in one), "utf-8-sig")
    assert "".join(sheet) != (folder / "metadata.csv").read_text("utf-8-sig")
    without = packed(folder, tmp_path / "without")
    assert len(records_of(with_rows)) == 8
    assert records_of(with_rows) == records_of(without)
    assert {path.name: path.read_bytes() for path in (with_rows / "data/tables").iterdir()} == {
        path.name: path.read_bytes() for path in (without / "data/tables").iterdir()
    }


def test_a_container_of_many_has_one_row_and_it_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter_members, "MOST_OF_ONE", 1)
    report = init(folder, jobs=1)
    assert [one["filename"] for one in rows(folder)] == ["a.jsonl", "b.zip", "c.eml", "c.eml#2/no 1#2.html", "d.txt"]
    assert said(report, "starter.many-inside") == [
        ("a.jsonl", "2 documents, the first of them a.jsonl#é \\x41"),
        ("b.zip", "3 documents, the first of them b.zip#pages/1.html"),
    ]
    assert report.counts["inside"] == 6


def test_there_is_a_bound_on_all_of_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter_members, "MOST_ROWS", 3)
    report = init(folder, jobs=1)
    assert [one for one, _ in said(report, "starter.many-inside")] == ["b.zip"]
    assert report.counts["rows"] == 7


def test_large_json_lines_are_counted_over_their_stretches(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(*({"text": f"Cold days, {number}."} for number in range(2_000))))
    report = init(tmp_path, jobs=1)
    assert said(report, "starter.many-inside") == [("a.jsonl", "2,000 documents, the first of them a.jsonl#1")]


def test_lines_that_are_no_documents_have_no_rows(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "One."}\n{\n{"id": "x", "text": "Two."}\n{"text": "3"}\n')
    init(tmp_path, jobs=1)
    assert [one["filename"] for one in rows(tmp_path)] == ["a.jsonl", "a.jsonl#x", "a.jsonl#4"]


def test_names_that_a_row_cannot_give_have_none(tmp_path: Path) -> None:
    place = tmp_path / ("d" * 200) / ("e" * 100)
    place.mkdir(parents=True)
    (place / "a.jsonl").write_text(lines({"id": "x" * 290, "text": "One."}, {"id": "y", "text": "Two."}))
    (tmp_path / "b.jsonl").write_text(lines({"id": "x", "text": "One."}, {"id": "y", "text": "Two."}))
    (tmp_path / "b.jsonl#x").write_text("A file of that name.")
    report = init(tmp_path, jobs=1)
    assert [one.removeprefix(f"{'d' * 200}/{'e' * 100}/")[:9] for one, _ in said(report, "starter.name-unfit")] == [
        "b.jsonl#x", "a.jsonl#x",
    ]  # fmt: skip
    assert report.counts["rows"] == 5
    assert not [
        one.code for one in read_submission(tmp_path).findings if one.code.startswith(("sheet.row", "document"))
    ]


def test_bytes_that_no_cell_keeps_name_the_container(tmp_path: Path) -> None:
    (tmp_path / "a\\b.jsonl").write_text(lines({"id": "\\x41", "text": "One."}))
    (tmp_path / "=c.jsonl").write_text(lines({"text": "One."}))
    init(tmp_path, jobs=1)
    assert [one["filename"] for one in rows(tmp_path)] == [
        "objects/=c.jsonl", "objects/=c.jsonl#1", "a\\b.jsonl", "a\\b.jsonl#\\x41",
    ]  # fmt: skip
    assert set(read_submission(tmp_path).contents.drafts.members()) == {
        ("1", "=c.jsonl#1", 3),
        ("\\x41", "a\\b.jsonl#\\x41", 5),
    }


@pytest.mark.parametrize(
    ("loss", "words"),
    [(Loss("it crashed"), "it crashed"), (Loss("", is_late=True), "it took more time than it may take")],
)
def test_a_container_that_is_given_up_has_no_rows(loss: Loss, words: str) -> None:
    inside, found = Inside(), starter_members.Contained()
    inside.take([(Wanted(0, "a.zip", "a.zip", 0, 5), Listed(loss=loss))])
    assert found.add("a.zip", inside, 9) == 0
    (one,) = found.findings
    assert isinstance(one, Finding)
    assert (one.code, one.found) == ("starter.unread", words)


def test_a_document_that_vanishes_from_its_container_is_a_problem_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "place_in", lambda place, _: place / "gone")
    report = init(folder, jobs=1)
    assert len(said(report, "starter.unread")) == 6
    assert report.counts["rows"] == 10


def test_workers_find_the_same(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter_members, "_WORTH_A_PROCESS", 1)
    init(folder, out=tmp_path / "one", jobs=1)
    report = init(folder, out=tmp_path / "two", jobs=2)
    assert (tmp_path / "one/metadata.csv").read_bytes() == (tmp_path / "two/metadata.csv").read_bytes()
    assert "starter.unread" not in codes(report)


def test_a_container_in_which_hardly_anything_is_whole_is_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "MOST_BROKEN", 1)
    empty = [Member("a.zip", name, 0, 0, row, is_empty=True) for row, name in enumerate("bcd", 1)]
    inside = Inside()
    inside.take([(Wanted(0, "a.zip", "a.zip", 0, 5), Listed((zlib.compress(pickle.dumps(empty)),)))])
    assert (inside.members, inside.count) == ([], 0)
