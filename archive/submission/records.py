"""The records of a CSV file with the bytes of each (RFC 4180), so that rows can be kept exactly as they were written.

A record is what a spreadsheet shows as a row; it may hold several lines where a cell between quotation marks does.
Records are counted from 1, the header included, and blank lines count, as they do in a spreadsheet and in the
fragments of RFC 7111.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import _csv

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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
    lines = data.splitlines(keepends=True)
    offset = taken = 0
    while taken < len(lines):
        reader = _reader(lines, taken, delimiter)
        begun = taken
        try:
            for cells in reader:
                last = begun + reader.line_num
                end = offset + sum(map(len, lines[taken:last]))
                yield Record(cells, offset, end)
                offset, taken = end, last
        except csv.Error as problem:
            end = offset + len(lines[taken])
            yield Record([], offset, end, "length" if "field limit" in str(problem) else "quotes")
            offset, taken = end, taken + 1


def cells_of(record: bytes, delimiter: str) -> list[str]:
    """The cells of one record that `records_of` gave without fault."""
    return next(_reader(record.splitlines(keepends=True), 0, delimiter), [])


def _reader(lines: list[bytes], first: int, delimiter: str) -> _csv.Reader:
    # By index, since islice would walk over all lines before the first one again after every fault.
    rest = map(lines.__getitem__, range(first, len(lines)))
    texts: Iterator[str] = map(str, rest, repeat("utf-8"), repeat("surrogateescape"))
    if first == 0 and lines and lines[0].startswith(BYTE_ORDER_MARK):
        texts = _without_mark(texts)
    return csv.reader(texts, delimiter=delimiter, strict=True)


def _without_mark(texts: Iterator[str]) -> Iterator[str]:
    yield next(texts).removeprefix("\ufeff")
    yield from texts
