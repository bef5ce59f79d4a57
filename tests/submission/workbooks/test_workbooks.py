from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.submission.workbooks import parts, read_workbook, reading
from tests.submission.workbooks.making import BOOK, LINKS, STYLES, ods, ods_of, xlsx, xlsx_of, zipped

XLSX, ODS = "metadata.xlsx", "metadata.ods"
OTHERS = "sheet.other-sheets"
HEADER = '<row r="1"><c r="A1" t="str"><v>filename</v></c><c r="B1" t="str"><v>date</v></c></row>'
TOP = "<table:table-row><table:table-cell><text:p>filename</text:p></table:table-cell></table:table-row>"


def cells(name: str, data: bytes) -> list[list[str]]:
    """What the sheet holds, as any reader of CSV sees it."""
    written, _ = read_workbook(name, data)
    assert written is not None
    return list(csv.reader(io.StringIO(written.decode("utf-8"), newline="")))


def said(name: str, data: bytes) -> list[tuple[str, int | None, str | None, str]]:
    _, found = read_workbook(name, data)
    return [(one.code, one.where.row, one.where.column, one.found) for one in found]


def cell(inside: str, **attributes: str) -> bytes:
    """An XLSX sheet with one cell under `date`."""
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return xlsx_of(f'{HEADER}<row r="2"><c r="B2"{written}>{inside}</c></row>', strings="<si><t>x</t></si>")


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).filter(
    lambda one: one.strip() and "_x" not in one
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_TEXT, min_size=2, max_size=2), min_size=1, max_size=4))
def test_texts_come_out_as_they_went_in(rows: list[list[str]]) -> None:
    assert cells(XLSX, xlsx(*rows)) == rows
    assert cells(ODS, ods(*rows)) == rows
    assert said(XLSX, xlsx(*rows)) == said(ODS, ods(*rows)) == []


@pytest.mark.parametrize(
    ("data", "text", "code"),
    [
        (cell("<v>40666</v>", s="1"), "2011-05-03", "sheet.date-rewritten"),
        (cell("<v>40666.5</v>", s="2"), "2011-05-03T12:00:00", "sheet.date-rewritten"),
        (cell("<v>0.25</v>", s="2"), "06:00:00", "sheet.date-rewritten"),
        (cell("<v>59</v>", s="1"), "1900-02-28", "sheet.date-rewritten"),
        (cell("<v>61</v>", s="1"), "1900-03-01", "sheet.date-rewritten"),
        (cell("<v>2011-05-03T00:00:00</v>", t="d"), "2011-05-03", "sheet.date-rewritten"),
        (cell("<v>99999999999</v>", s="1"), "99999999999", None),
        (cell("<v>soon</v>", s="1"), "soon", None),
        (cell("<v>40666</v>", s="3"), "40666", None),
        (cell("<v>40666</v>", s="4"), "40666", None),
        (cell("<v>40666</v>", s="99"), "40666", None),
        (cell("<v>2017</v>"), "2017", None),
        (cell("<v>0.10000000000000001</v>"), "0.1", None),
        (cell("<v>1.2345678901234568E+19</v>"), "12345678901234567168", "sheet.digits-lost"),
        (cell("<v>1e999</v>"), "1e999", "sheet.digits-lost"),
        (cell("<v>1</v>", t="b"), "TRUE", None),
        (cell("<v>0</v>", t="b"), "FALSE", None),
        (cell("<v>#REF!</v>", t="e"), "#REF!", "sheet.cell-error"),
        (cell("<f>1+1</f><v>2</v>"), "2", "sheet.cell-computed"),
        (cell("<f>A1</f>", t="str"), "", "sheet.cell-computed"),
        (cell("<f>1/0</f><v>#DIV/0!</v>", t="e"), "#DIV/0!", "sheet.cell-error"),
        (cell("<v>0</v>", t="s"), "x", None),
        (cell("<v>a_x000D_b_xD800__x0000_</v>", t="str"), "a\rb_xD800__x0000_", None),
        (cell("<is><r><t>a</t></r><r><t>b</t></r><rPh><t>aloud</t></rPh></is>", t="inlineStr"), "ab", None),
    ],
)  # fmt: skip
def test_a_cell_of_xlsx_is_text_and_its_doubt_is_said(data: bytes, text: str, code: str | None) -> None:
    assert cells(XLSX, data)[1][1] == text
    assert said(XLSX, data) == ([(code, 2, "date", text or "no value")] if code else [])


def test_the_first_sheet_that_is_shown_is_read() -> None:
    shown = BOOK.replace(' state="hidden"', "")
    book = shown.replace('name="one"', 'name="one" state="hidden"')
    assert cells(XLSX, xlsx_of(HEADER, book=book)) == cells(ODS, ods_of(TOP, "one")) == [["secret"]]
    both = BOOK.replace('name="one"', 'name="one" state="veryHidden"')
    assert cells(XLSX, xlsx_of(HEADER, book=both)) == [["filename", "date"]]
    for name, data in ((XLSX, xlsx_of(HEADER, book=shown)), (ODS, ods_of(TOP, "none"))):
        assert [(one.code, one.found) for one in read_workbook(name, data)[1]] == [(OTHERS, "1 sheet more")]


def test_merged_cells_are_said() -> None:
    after = '</sheetData><mergeCells><mergeCell ref="B1:B2"/><mergeCell ref="nowhere"/></mergeCells><sheetData>'
    assert said(XLSX, xlsx_of(HEADER + after)) == [("sheet.cell-merged", 1, "date", "")]
    spanned = TOP.replace("<table:table-cell>", '<table:table-cell table:number-rows-spanned="2">')
    assert said(ODS, ods_of(spanned)) == [("sheet.cell-merged", 1, "filename", "")]


@pytest.mark.parametrize(
    ("format_code", "days", "text"),
    [
        ("mmm\\-yy", 40575, "2011-02"),
        ("mmmm yyyy", 40575, "2011-02"),
        ("MMM YY", 40591, "2011-02-17"),
        ("yyyy", 40544, "2011"),
        ("yyyy", 40575, "2011-02"),
        ("ggge&quot;年&quot;m&quot;月&quot;", 40575, "2011-02"),
        ("mm:ss", 40575, "2011-02-01"),
        ("d mmm", 40575, "2011-02-01"),
    ],
)
def test_a_cell_that_shows_a_month_has_no_day(format_code: str, days: int, text: str) -> None:
    styles = STYLES.replace("yyyy\\-mm\\-dd", format_code)
    row = f'{HEADER}<row r="2"><c r="B2" s="2"><v>{days}</v></c></row>'
    assert cells(XLSX, xlsx_of(row, styles=styles))[1] == ["", text]


def test_a_cell_of_a_built_in_format_that_shows_a_month_has_no_day() -> None:
    styles = STYLES.replace('<xf numFmtId="14"/><xf numFmtId="164"/>', '<xf numFmtId="17"/><xf numFmtId="164"/>')
    row = f'{HEADER}<row r="2"><c r="B2" s="1"><v>40575</v></c><c r="C2" s="1" t="d"><v>2011-02-01</v></c></row>'
    data = xlsx_of(row, styles=styles)
    assert cells(XLSX, data)[1] == ["", "2011-02", "2011-02"]
    assert {code for code, *_ in said(XLSX, data)} == {"sheet.date-rewritten"}


def test_a_part_in_an_unknown_encoding_is_said() -> None:
    written, (one,) = read_workbook(ODS, zipped({"content.xml": '<?xml version="1.0" encoding="klingon"?><a/>'}))
    assert written is None
    assert one.found.startswith("its part content.xml cannot be read")


def test_days_may_be_counted_from_1904() -> None:
    book = BOOK.replace("<workbookPr/>", '<workbookPr date1904="1"/>')
    data = xlsx_of(
        f'{HEADER}<row r="2"><c r="B2" s="1"><v>0</v></c></row><row><c s="1"><v>366</v></c></row>', book=book
    )
    assert cells(XLSX, data)[1:] == [["", "00:00:00"], ["1905-01-01", ""]]


@pytest.mark.parametrize(
    ("written", "text", "code"),
    [
        ('office:value-type="date" office:date-value="2011-05-03"><text:p>x</text:p>', "2011-05-03", "date-rewritten"),
        ('office:value-type="date" office:date-value="2011-05-01"><text:p>5.11</text:p>', "2011-05", "date-rewritten"),
        ('office:value-type="date" office:date-value="May"><text:p>May</text:p>', "May", "date-rewritten"),
        ('office:value-type="time" office:time-value="PT3H"><text:p>03:00</text:p>', "03:00", "date-rewritten"),
        ('office:value-type="float" office:value="7"><text:p>7,00</text:p>', "7", ""),
        ('office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>', "0.5", ""),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p>', "TRUE", ""),
        ('office:value-type="float" office:value="3" table:formula="of:=1+2"><text:p>3</text:p>', "3", "cell-computed"),
        ('table:formula="of:=X" office:value-type="string"><text:p>#NAME?</text:p>', "#NAME?", "cell-error"),
        ('table:formula="of:=X">', "", "cell-computed"),
        ("><text:p>a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d</text:p><text:p/>", "a  b\tc\nd\n", ""),
        ("><office:annotation><text:p>hidden</text:p></office:annotation><text:p>shown</text:p>", "shown", ""),
    ],
)  # fmt: skip
def test_a_cell_of_ods_is_text_and_its_doubt_is_said(written: str, text: str, code: str) -> None:
    data = ods_of(f"{TOP}<table:table-row><table:table-cell {written}</table:table-cell></table:table-row>")
    assert [row[0] for row in cells(ODS, data)[1:]] == ([text] if text or code else [])
    assert said(ODS, data) == ([(f"sheet.{code}", 2, "filename", text or "no value")] if code else [])


def test_gaps_and_repeats_keep_the_numbers_of_rows_and_columns() -> None:
    data = xlsx_of(f'{HEADER}<row r="4"><c r="C4" t="str"><v>x</v></c></row><row><c t="str"><v>y</v></c></row>')
    assert cells(XLSX, data) == [["filename", "date"], [], [], ["", "", "x"], ["y", ""]]
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    far = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>'
        '<table:covered-table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="99999999999"><table:table-cell/></table:table-row>'
    )
    assert cells(ODS, ods_of(TOP + blank + far)) == [["filename"], [], [], ["", "", "x", "x"], ["", "", "x", "x"]]


def test_a_sheet_without_a_row_is_empty() -> None:
    assert read_workbook(XLSX, xlsx_of("")) == read_workbook(ODS, ods_of("")) == (b"", [])


_MANY = '<table:table-cell table:number-columns-repeated="9000"><text:p>x</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        (XLSX, b"", "no workbook"),
        (XLSX, b"PK\3\4 and nothing else", "no workbook"),
        (XLSX, zipped({"a": ""}), "no part xl/workbook.xml"),
        (ODS, zipped({"a": ""}), "no part content.xml"),
        (ODS, zipped({"content.xml": "<a>"}), "it is empty, or an element does not end"),
        (ODS, zipped({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "document type"),
        (XLSX, xlsx_of("", book=BOOK.replace("sheet ", "other ")), "names no sheet"),
        (XLSX, xlsx_of("", links=LINKS.replace("rId1", "rId7")), "names no sheet"),
        (XLSX, xlsx_of("", links=LINKS.replace("sheet1", "../../../etc/passwd")), "no part"),
        (XLSX, cell("<v>5</v>", t="s"), "names a string"),
        (XLSX, cell("<v>-1</v>", t="s"), "names a string"),
        (XLSX, xlsx_of('<row r="1048577"/>'), "rows"),
        (XLSX, xlsx_of('<row><c r="XFE1" t="str"><v>x</v></c></row>'), "columns"),
        (XLSX, xlsx_of('<row><c r="B1" t="str"><v>x</v></c><c r="A1" t="str"><v>x</v></c></row>'), "stands twice"),
        (XLSX, xlsx_of(f"{HEADER}{HEADER}"), "stands twice"),
        (ODS, ods_of(f"<table:table-row>{_MANY}{_MANY}</table:table-row>"), "columns"),
        (ODS, ods_of(f'<table:table-row table:number-rows-repeated="2000000">{_MANY}</table:table-row>'), "rows"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, why: str) -> None:
    written, (one,) = read_workbook(name, data)
    assert written is None
    assert one.code == "sheet.workbook-unreadable"
    assert why in one.found


def test_what_is_said_once_and_repeated_for_ever_is_not_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_CELLS", 50_000)
    data = ods_of(f'<table:table-row table:number-rows-repeated="9000">{_MANY}</table:table-row>')
    assert "more text" in read_workbook(ODS, data)[1][0].found


def test_locked_damaged_and_swollen_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    good = xlsx(["filename"], ["x" * 5000])
    at = good.index(b"PK\1\2")
    locked = bytearray(good)
    for start in range(at, len(good)):
        if good.startswith(b"PK\1\2", start):
            locked[start + 8] |= 1
    assert "password" in read_workbook(XLSX, bytes(locked))[1][0].found
    broken = bytearray(good)
    broken[60:70] = b"\xff" * 10
    assert read_workbook(XLSX, bytes(broken))[0] is None
    monkeypatch.setattr(parts, "LIMITS", replace(parts.LIMITS, workbook_part=1000))
    assert "unpacks to more" in read_workbook(XLSX, good)[1][0].found
    monkeypatch.setattr(reading, "LIMITS", replace(reading.LIMITS, workbook=100))
    assert read_workbook(XLSX, good)[1][0].code == "sheet.too-large"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_bytes_raise(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([XLSX, ODS]))
    whole = xlsx(["filename", "title"], ["a", "b"]) if name == XLSX else ods(["filename", "title"], ["a", "b"])
    at = data.draw(st.integers(0, len(whole)))
    changed = whole[:at] + data.draw(st.binary(max_size=6)) + whole[at + data.draw(st.integers(0, 6)) :]
    read_workbook(name, changed)
