"""The records of a CSV file with the bytes of each (RFC 4180), so that rows can be kept exactly as they were written.

A record is what a spreadsheet shows as a row; it may hold several lines where a cell between quotation marks does.
Records are counted from 1, the header included, and blank lines count, as they do in a spreadsheet and in the
fragments of RFC 7111.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple, Self

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LEAST_AT_A_TIME, _MOST_AT_A_TIME = 64, 64 * 1024
"""Bytes that are divided into lines at a time, up to the end of a line: few at first, since faults begin anew."""


class Record(NamedTuple):
    """One record.

    Attributes:
        cells: its cells; empty for a blank line, and where there is a `fault`.
        start: the offset of its first byte in the file.
        end: the offset after its last byte, the line end included.
        fault: `quotes` or `length`, or an empty string.
    """

    cells: list[str]
    start: int
    end: int
    fault: str = ""


def records_of(data: bytes, delimiter: str = ",") -> Iterator[Record]:
    """The records of a file, in order and without gaps.

    A record whose quotation marks do not add up is given up at the end of its first line and reading goes on after
    it, so that one stray mark costs one row.

    Args:
        data: the whole file; a byte-order mark belongs to the first record, although no cell holds it; bytes that
            are not UTF-8 become surrogates (PEP 383).
        delimiter: the character between cells.
    """
    offset = 0
    while offset < len(data):
        lines = _Lines(data, offset)
        try:
            for cells in csv.reader(lines, delimiter=delimiter, strict=True):
                yield Record(cells, offset, lines.end)
                offset = lines.end
        except csv.Error as problem:
            end = offset + len(next(_lines_from(data, offset)))
            yield Record([], offset, end, "length" if "field limit" in str(problem) else "quotes")
            offset = end


def cells_of(record: bytes, delimiter: str) -> list[str]:
    """The cells of one record that `records_of` gave without fault."""
    return next(csv.reader(_Lines(record), delimiter=delimiter, strict=True), [])


class _Lines:
    """Lines as text for a reader, which takes no more of them than the record that it reads.

    Attributes:
        end: the offset after the last line that was taken.
    """

    __slots__ = ("_lines", "end")

    def __init__(self, data: bytes, start: int = 0) -> None:
        self._lines = _lines_from(data, start)
        self.end = start

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        is_first = self.end == 0
        self.end += len(line)
        text = line.decode("utf-8", "surrogateescape")
        return text.removeprefix("\ufeff") if is_first else text


def _lines_from(data: bytes, start: int) -> Iterator[bytes]:
    """The lines from an offset on, with their ends, without holding all of them at a time."""
    size = _LEAST_AT_A_TIME
    while start < len(data):
        stop = data.find(b"\n", start + size) + 1 or len(data)
        yield from data[start:stop].splitlines(keepends=True)
        start, size = stop, min(2 * size, _MOST_AT_A_TIME)
