"""The rows of a CSV file (RFC 4180) with the bytes of their cells, read as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_QUOTE = b'"'
_CHUNK = 1 << 16


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
            return self._skipped()
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
                more = self._stream.readline(_CHUNK)
                self._data += more
                if len(self._data) > self._longest:
                    return Cell(start, start, is_quoted=True), _TOO_LONG
                if not more:
                    return Cell(start, start, is_quoted=True), "a cell has no closing quotation mark"
                continue
            if self._data[quote + 1 : quote + 2] != _QUOTE:
                return Cell(start, quote, is_quoted=True), ""
            place = quote + 2

    def _skipped(self) -> Row:
        """What is left of a row that is too long: up to the end of its line, since nobody can say where it ends."""
        length = len(self._data)
        last = bytes(self._data[-1:])
        while last != b"\n" and (more := self._stream.readline(_CHUNK)):
            length += len(more)
            last = more[-1:]
        return Row(0, 0, bytes(self._data[:80]), (), length, _TOO_LONG)


_MOST_CELLS = 10_000
_TOO_LONG = "more bytes than rows are read"
