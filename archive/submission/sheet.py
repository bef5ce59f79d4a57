"""Reads metadata.csv: one row for each file, folder or member of a container.

The sheet keeps its bytes and where each row stands in them, so that the rows of one bag can be
written exactly as they were given; the cells are read again when a document's plan is made, which costs less than
keeping them all.
"""

from __future__ import annotations

import codecs
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.codes import finding
from archive.model.corpora import Corpus
from archive.model.findings import Finding, Severity, Where
from archive.submission.columns import (
    Column,
    Layout,
    Value,
    additional_of,
    columns_of,
    layout_of,
    values_of,
)
from archive.submission.headers import Kind, nearest
from archive.submission.limits import LIMITS
from archive.submission.records import Record, cells_of, records_of
from archive.submission.row_table import RowTable
from archive.submission.rows import SHEET, Rows

_AT_A_TIME = 1 << 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that could be read.

    Attributes:
        data: its bytes; of a workbook those of the CSV file that it stands for.
        delimiter: what separates its cells.
        layout: its columns.
        starts: the offset of each row in `data`, and the end of the last; row `n` begins at `starts[n - 1]`.
        rows: the rows that name something; none once the documents are put together.
        blank: the numbers of the rows without any text, which belong to nobody and are kept in every bag.
        name: of the file that the person knows.
    """

    data: bytes
    delimiter: str
    layout: Layout
    starts: array[int]
    rows: RowTable
    blank: frozenset[int]
    name: str = SHEET

    def bytes_of(self, number: int) -> bytes:
        """The bytes of a row with its line end."""
        return self.data[self.starts[number - 1] : self.starts[number]]

    @property
    def structural(self) -> dict[str, str]:
        """The names, as written, of the first columns that say how documents are put together and who may read them."""
        columns = self.layout.columns
        places = {
            "identifier": self.layout.of_kind[Kind.IDENTIFIER],
            "role": self.layout.of_kind[Kind.ROLE],
            "access_level": self.layout.access_level,
            "review_date": self.layout.review_date,
        }
        return {about: columns[indexes[0]].name for about, indexes in places.items() if indexes}

    def values(self, number: int) -> Iterator[Value]:
        """What a row says of the fields."""
        return values_of(self.layout, cells_of(self.bytes_of(number), self.delimiter))

    def additional(self, number: int) -> dict[str, str | list[str]]:
        """What a row says under the person's own columns."""
        if not self.layout.of_kind[Kind.ADDITIONAL]:
            return {}
        return additional_of(self.layout, cells_of(self.bytes_of(number), self.delimiter))


def read_sheet(data: bytes, corpus: Corpus) -> tuple[Sheet | None, list[Finding]]:
    """Reads a sheet.

    Args:
        data: the bytes of metadata.csv.
        corpus: for its lists and the person's own columns.

    Returns:
        the sheet, or None where nothing in it can be relied on, and what is wrong with it.
    """
    broken = _unreadable(data)
    if broken is not None:
        return None, [broken]
    header, delimiter = _header_of(data)
    if header is None or header.fault or not any(cell.strip() for cell in header.cells):
        code = "sheet.quotes" if header is not None and header.fault else "sheet.no-header"
        return None, [finding(code, where=Where(file=SHEET, row=1))]
    columns = columns_of(header.cells, corpus.additional_columns, corpus.lists)
    findings = list(_check_columns(columns))
    if delimiter != ",":
        found = f"the header is separated by {_WORDS[delimiter]}"
        findings.append(finding("sheet.separator", where=Where(file=SHEET, row=1), found=found, expected="commas"))
    if any(one.code == "sheet.filename-column" for one in findings):
        return None, findings
    reading = Rows(layout_of(columns), findings)
    for number, record in enumerate(records_of(data, delimiter), start=1):
        reading.take(number, record)
    sheet = Sheet(data, delimiter, reading.layout, reading.starts, reading.rows, frozenset(reading.blank))
    return sheet, findings


_WORDS = {";": "semicolons", "\t": "tabs"}


def _unreadable(data: bytes) -> Finding | None:
    """Why the bytes cannot be a sheet at all."""
    if len(data) > LIMITS.sheet:
        return finding("sheet.too-large", where=Where(file=SHEET), found=f"{len(data)} bytes")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return finding("sheet.encoding", where=Where(file=SHEET, row=1, bytes="0-2"), found="UTF-16", expected="UTF-8")
    if (at := data.find(0)) >= 0:
        return finding("sheet.nul", where=_place_of(data, at), found="a NUL byte")
    if (wrong := _undecodable(data)) is not None:
        found = f"the byte 0x{data[wrong]:02X}, which begins no character there"
        return finding("sheet.encoding", where=_place_of(data, wrong), found=found, expected="UTF-8")
    return None


def _undecodable(data: bytes) -> int | None:
    """Where the first byte stands that is no UTF-8, or None; the text is never held as a whole."""
    start, view = 0, memoryview(data)
    while start < len(data):
        stop = start + _AT_A_TIME
        try:
            _, taken = codecs.utf_8_decode(view[start:stop], "strict", stop >= len(data))
        except UnicodeDecodeError as problem:
            return start + problem.start
        start += taken
    return None


def _place_of(data: bytes, offset: int) -> Where:
    """The row and the bytes of an offset, and the column where the cells can be told apart."""
    header, delimiter = _header_of(data)
    names = header.cells if header else []
    for number, record in enumerate(records_of(data, delimiter), start=1):
        if offset < record.end:
            column = next((name for name, cell in zip(names, record.cells, strict=False) if _is_odd(cell)), None)
            return Where(file=SHEET, row=number, column=column if number > 1 else None, bytes=f"{offset}-{offset + 1}")
    return Where(file=SHEET, bytes=f"{offset}-{offset + 1}")


def _is_odd(cell: str) -> bool:
    return any(character == "\0" or "\udc80" <= character <= "\udcff" for character in cell)


def _header_of(data: bytes) -> tuple[Record | None, str]:
    """The first record and the separator that it shows: a comma, unless it is one cell with other separators in it."""
    header = next(records_of(data), None)
    if header is None or len(header.cells) != 1:
        return header, ","
    cell = header.cells[0]
    delimiter = max((",", ";", "\t"), key=cell.count)
    return (header, ",") if delimiter == "," else (next(records_of(data, delimiter)), delimiter)


def _check_columns(columns: tuple[Column, ...]) -> Iterator[Finding]:
    top = Where(file=SHEET, row=1)
    filenames = [column.name for column in columns if column.meaning.kind is Kind.FILENAME]
    if len(filenames) != 1:
        found = "no such column" if not filenames else f"{len(filenames)} such columns"
        close = next((column.name for column in columns if nearest(column.name) == "filename"), None)
        found += f"; did you mean the column {close}?" if close and not filenames else ""
        yield finding("sheet.filename-column", where=top, found=found, expected="one column called filename")
    for column in columns:
        if column.meaning.kind is Kind.UNKNOWN:
            yield _unknown_column(column)
    suggested = [column.name for column in columns if column.meaning.kind is Kind.SUGGESTED]
    if suggested:
        yield finding("sheet.suggestions", where=top, found=", ".join(suggested))


def _unknown_column(column: Column) -> Finding:
    """A name that is nearly one of ours is an error: a mistyped access level must not pass unread."""
    meant = nearest(column.name)
    return finding(
        "sheet.unknown-column",
        where=Where(file=SHEET, row=1, column=column.name),
        found=column.name,
        expected=f"perhaps {meant}" if meant else "a field's name, a Dublin Core name, or a declared column",
        severity=Severity.ERROR if meant else None,
    )
