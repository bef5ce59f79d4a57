"""A corpus whose sheet is a workbook: the same documents, the same findings, and no workbook in any bag."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import UsageError
from archive.model.fields import AccessLevel
from archive.operations.check import check
from archive.operations.init import init
from archive.operations.pack import pack
from archive.submission.sheet_files import SHEETS
from tests.packing.making import EPOCH, Corpus, files_of
from tests.submission.making import Folder
from tests.submission.workbooks.making import BOOK, ods, xlsx, xlsx_of

MAKERS = {"metadata.xlsx": xlsx, "metadata.ods": ods}
ROWS = (
    ("filename", "title", "access_level"),
    ("a.txt", "A title", "open"),
    ("b.txt", "A secret", "restricted"),
    ("", "", ""),
    ("c.txt", "Another\ntitle", "open"),
)


@pytest.mark.parametrize("name", MAKERS)
def test_a_workbook_is_a_sheet_like_any_other(folder: Folder, name: str) -> None:
    folder.files("a.txt", "b.txt", "c.txt").write(name, MAKERS[name](*ROWS))
    submission = folder.read()
    assert submission.findings == ()
    (opened, closed) = submission.levels()
    assert [one.document_id for one in opened.documents] == ["a.txt", "c.txt"]
    assert closed.level is AccessLevel.RESTRICTED
    title = next(one for one in opened.documents[1].statements if one.field == "title")
    assert (title.value, title.file, title.locator) == ("Another\ntitle", "data/submission/metadata.csv", "cell=4,2")
    place = submission.partition().where(opened.documents[1], title)
    assert (place.file, place.row, place.column) == (name, 5, "title")
    assert [one.path for one in opened.submission] == ["corpus.toml", "metadata.csv"]


@pytest.mark.parametrize("name", MAKERS)
def test_findings_name_the_workbook(folder: Folder, name: str) -> None:
    folder.files("a.txt").write(
        name, MAKERS[name](("filename", "role", "acess_level"), ("a.txt", "scann", "x"), ("b.txt", "", ""))
    )
    assert {(one.code, one.where.file, one.where.row) for one in folder.read().findings} == {
        ("sheet.unknown-column", name, 1),
        ("sheet.unknown-role", name, 2),
        ("sheet.row-without-file", name, 3),
    }


def test_values_that_a_program_has_rewritten_are_found_in_the_sheet_alone(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt")
    head = '<row><c t="str"><v>filename</v></c><c t="str"><v>date</v></c><c t="str"><v>source_url</v></c></row>'
    row = '<row><c t="str"><v>a.txt</v></c><c s="1"><v>40666</v></c><c t="str"><v>no uri</v></c></row>'
    corpus.write("metadata.xlsx", xlsx_of(head + row))
    report = check(corpus.path / "metadata.xlsx", jobs=1)
    assert [(one.code, str(one.where), one.document) for one in report.findings] == [
        ("sheet.date-rewritten", "metadata.xlsx, row 2, column date", "a.txt"),
        ("uri.malformed", "metadata.xlsx, row 2, column source_url, /metadata/source_url", "a.txt"),
    ]
    assert report.findings[0].found == "2011-05-03"


def test_more_than_one_sheet_stops_everything(folder: Folder) -> None:
    folder.files("a.txt").sheet("filename", "a.txt").write("metadata.xlsx", xlsx(*ROWS)).write("metadata.ods", "x")
    (one,) = folder.read().findings
    assert (one.code, one.document, one.found) == (
        "sheet.several", None, "metadata.csv and metadata.xlsx and metadata.ods",
    )  # fmt: skip


def test_a_workbook_that_cannot_be_read_stops_everything(folder: Folder) -> None:
    folder.files("a.txt").write("metadata.ods", "no workbook")
    (one,) = folder.read().findings
    assert (one.code, one.document, one.where.file) == ("sheet.workbook-unreadable", None, "metadata.ods")


@pytest.mark.parametrize("name", SHEETS)
def test_init_does_not_begin_a_second_sheet(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(UsageError):
        init(tmp_path, jobs=1)


def test_each_doubt_has_its_code(folder: Folder) -> None:
    cells = '<c><f>1+1</f><v>2</v></c><c t="e"><v>#REF!</v></c><c><v>12345678901234567</v></c>'
    head = "".join(f'<c t="str"><v>{name}</v></c>' for name in ("filename", "title", "publisher", "identifier"))
    folder.files("a.txt").write(
        "metadata.xlsx", xlsx_of(f'<row>{head}</row><row><c t="str"><v>a.txt</v></c>{cells}</row>')
    )
    assert [(one.code, one.where.column) for one in folder.read().findings] == [
        ("sheet.digits-lost", "identifier"),
        ("sheet.cell-error", "publisher"),
        ("sheet.cell-computed", "title"),
    ]


@pytest.mark.parametrize("name", MAKERS)
def test_the_bag_of_a_level_is_that_of_the_workbook_with_all_else_removed(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    whole = Corpus(tmp_path / "whole").texts("a.txt", "b.txt", "c.txt").write(name, MAKERS[name](*ROWS))
    part = Corpus(tmp_path / "part").texts("a.txt", "b.txt", "c.txt")
    (part.path / "b.txt").unlink()
    part.write(name, MAKERS[name](*(row for row in ROWS if row[0] != "b.txt")))
    for corpus, to in ((whole, "one"), (part, "other")):
        assert pack(corpus.path, tmp_path / to, access="open", jobs=1).exit_code == 0
    bag = files_of(tmp_path / "one/example-1.0")
    assert bag == files_of(tmp_path / "other/example-1.0")
    assert b"secret" not in b"".join(bag.values())
    assert not [path for path in bag if path.endswith((".xlsx", ".ods"))]


def test_what_is_beside_the_rows_has_its_codes(folder: Folder) -> None:
    merged = '</sheetData><mergeCells><mergeCell ref="B1:C1"/></mergeCells><sheetData>'
    row = '<row><c t="str"><v>filename</v></c><c t="str"><v>title</v></c></row><row><c t="str"><v>a.txt</v></c></row>'
    book = BOOK.replace(' state="hidden"', "")
    folder.files("a.txt").write("metadata.xlsx", xlsx_of(row + merged, book=book))
    assert {(one.code, one.where.column) for one in folder.read().findings} == {
        ("sheet.cell-merged", "title"),
        ("sheet.other-sheets", None),
    }
