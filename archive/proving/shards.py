"""Files of records, cut at line ends into pieces of work that need not be read by whoever hands them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from archive.storage.stores import Reader

BATCH_BYTES = 1 << 20
"""Bytes of records in one piece of work, unless one record alone is longer."""
_SKIPPED = 1 << 20


class Batch(NamedTuple):
    """Whole lines of one file of records.

    Attributes:
        key: the payload path of the file.
        start: the first byte.
        end: the byte after the last.
        row: the number of the first line, from 1.
    """

    key: str
    start: int
    end: int
    row: int


class Line(NamedTuple):
    """One line: its number, and its bytes with the line end, or None where it is longer than allowed."""

    row: int
    data: bytes | None


def batches(reader: Reader, key: str, at_least: int = BATCH_BYTES) -> Iterator[Batch]:
    """A file of records in pieces, in order.

    Args:
        reader: where it is read.
        key: its payload path.
        at_least: bytes of a piece, but for the last.

    Raises:
        StorageError: the file cannot be read.
    """
    start, row, place, lines = 0, 1, 0, 0
    for piece in reader.pieces(key):
        cut = piece.rfind(b"\n") + 1
        if cut and place + cut - start >= at_least:
            yield Batch(key, start, place + cut, row)
            row += lines + piece.count(b"\n", 0, cut)
            start, lines = place + cut, piece.count(b"\n", cut)
        else:
            lines += piece.count(b"\n")
        place += len(piece)
    if place > start:
        yield Batch(key, start, place, row)


def lines_of(stream: BinaryIO, batch: Batch, longest: int) -> Iterator[Line]:
    """The lines of a piece.

    Args:
        stream: over the file, able to seek.
        batch: the piece.
        longest: bytes of a line, its end included; more are passed over and never held.
    """
    stream.seek(batch.start)
    place, row = batch.start, batch.row
    while place < batch.end:
        data = stream.readline(min(longest + 1, batch.end - place))
        if not data:
            return  # the file was cut short after it was measured; whoever counts records notices
        place += len(data)
        if len(data) > longest:
            while not data.endswith(b"\n") and place < batch.end and (data := stream.readline(_SKIPPED)):
                place += len(data)
            yield Line(row, None)
        else:
            yield Line(row, data)
        row += 1
