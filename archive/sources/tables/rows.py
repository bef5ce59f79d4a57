"""The rows of a CSV file (RFC 4180) with the bytes of their cells, read as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from os import SEEK_CUR
from typing import IO

_QUOTE = b'"'
_DOUBLED = b'""'
_CHUNK = 1 << 16
_WITHIN = re.compile(rb'(?:[^"]++|"")*+')
"""What stands within a quoted cell: anything, with quotation marks doubled."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        start: its first byte in the row, within the quotation marks.
        end: the byte after its last.
        is_quoted: whether it stands in quotation marks, so that doubled ones in it mean one.
    """

    start: int
    end: int
    is_quoted: bool


@dataclass(slots=True)
class Row:
    """A row.

    Attributes:
        number: from 1, the header counted (RFC 7111).
        start: its first byte in the file.
        data: its bytes, its line break included; of one that is too long only the beginning.
        cells: its cells; none of one that is blank or wrong.
        length: its bytes.
        fault: what is wrong with it, in words, or an empty string.
    """

    number: int
    start: int
    data: bytes
    cells: tuple[Cell, ...] = ()
    length: int = 0
    fault: str = ""


def rows(stream: IO[bytes], start: int, delimiter: bytes, longest: int) -> Iterator[Row]:
    """The rows of a file that are not blank.

    Args:
        stream: the file.
        start: where the text begins, behind a byte-order mark.
        delimiter: one byte.
        longest: bytes of a row that are read.
    """
    stream.seek(start)
    number, place = 0, start
    while True:
        row = _Reading(stream, delimiter, longest).row()
        if not row.length:
            return
        number += 1
        row.number, row.start = number, place
        place += row.length
        if row.fault or row.data.strip(b"\r\n \t"):
            yield row


class _Reading:
    """Reads one row."""

    def __init__(self, stream: IO[bytes], delimiter: bytes, longest: int) -> None:
        self._stream = stream
        self._delimiter = delimiter
        self._longest = longest
        self._end_of_cell = re.compile(re.escape(delimiter) + rb"|\r?\n|\Z")
        self._data = bytearray()

    def row(self) -> Row:
        self._data += self._stream.readline(self._longest + 1)
        if len(self._data) > self._longest:
            return self._skipped()
        cells: list[Cell] = []
        place = 0
        fault = ""
        while not fault and self._data:
            cell, fault = (
                self._quoted(place + 1) if self._data[place : place + 1] == _QUOTE else (self._bare(place), "")
            )
            cells.append(cell)
            place = cell.end + cell.is_quoted
            if self._data[place : place + 1] != self._delimiter:
                break
            if len(cells) == _MOST_CELLS:
                fault = f"more than {_MOST_CELLS:,} cells"
            place += 1
        if fault == _TOO_LONG:
            return self._skipped(within=cells[-1].start)
        if not fault and self._data[place:].strip(b"\r\n"):
            fault = "something follows the closing quotation mark of a cell"
        return Row(0, 0, bytes(self._data), () if fault else tuple(cells), len(self._data), fault)

    def _bare(self, place: int) -> Cell:
        found = self._end_of_cell.search(self._data, place)
        return Cell(place, found.start() if found else len(self._data), is_quoted=False)

    def _quoted(self, start: int) -> tuple[Cell, str]:
        place = start
        while True:
            quote = self._data.find(_QUOTE, place)
            if quote < 0:
                place = len(self._data)
                more = self._stream.readline(self._longest + 1 - len(self._data))  # whole lines, as rows end with them
                self._data += more
                if len(self._data) > self._longest:
                    return Cell(start, start, is_quoted=True), _TOO_LONG
                if not more:
                    return Cell(start, start, is_quoted=True), _NOT_CLOSED
                continue
            if self._data[quote + 1 : quote + 2] != _QUOTE:
                return Cell(start, quote, is_quoted=True), ""
            place = quote + 2

    def _skipped(self, within: int | None = None) -> Row:
        """What is left of a row that is too long: up to the end of the line in which it ends as far as can be told.

        Args:
            within: the first byte of the quoted cell that is open. Its row goes on to the closing quotation mark, and
                where there is none to the end of the file: what stands in between are no rows.
        """
        length = len(self._data)
        last = bytes(self._data[-1:])
        fault = _TOO_LONG
        if within is not None:
            beside, last = self._closed(bytes(self._data[within:]))
            length += beside
            fault = _TOO_LONG if last else _NOT_CLOSED
        while last != b"\n" and (more := self._stream.readline(_CHUNK)):
            length += len(more)
            last = more[-1:]
        return Row(0, 0, bytes(self._data[:80]), (), length, fault)

    def _closed(self, data: bytes) -> tuple[int, bytes]:
        """Goes on to the closing quotation mark of a cell.

        Args:
            data: what was read of the cell, without its opening mark.

        Returns:
            How many bytes were read, and the mark; nothing where there is none.
        """
        length = 0
        while True:
            found = _WITHIN.match(data)
            rest = data[found.end() :] if found else data
            more = b"" if len(rest) > 1 else self._stream.read(_CHUNK)
            length += len(more)
            if rest and not (rest + more).startswith(_DOUBLED):
                unread = len(rest + more) - 1
                self._stream.seek(-unread, SEEK_CUR)
                return length - unread, _QUOTE
            if not more:
                return length, b""
            data = rest + more


_MOST_CELLS = 10_000
_NOT_CLOSED = "a cell has no closing quotation mark"
_TOO_LONG = "more bytes than rows are read"
