"""Which row of the sheet speaks of which file."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from archive.submission.files import Files
from archive.submission.row_table import Row, RowTable


class FileRows(Mapping[str, Row]):
    """Path -> the row that speaks of the file; four bytes for each.

    Args:
        files: all files that rows may name.
        rows: all rows.
    """

    __slots__ = ("_files", "_of", "_rows")

    def __init__(self, files: Files, rows: RowTable) -> None:
        self._files = files
        self._rows = rows
        self._of = array("i", bytes(4 * files.most))

    def claim(self, path: str, place: int) -> Row:
        """Gives a file the row at a place in the table, unless it has one; the row that it has now."""
        number = self._files.number(path)
        if number is None:
            raise KeyError(path)
        self._of[number] = self._of[number] or place + 1
        return self._rows[self._of[number] - 1]

    def __getitem__(self, path: str) -> Row:
        number = self._files.number(path)
        if number is None or not self._of[number]:
            raise KeyError(path)
        return self._rows[self._of[number] - 1]

    def __contains__(self, path: object) -> bool:
        number = self._files.number(path) if isinstance(path, str) else None
        return number is not None and self._of[number] > 0

    def __iter__(self) -> Iterator[str]:
        return (path for number, path in self._files.numbered() if self._of[number])

    def __len__(self) -> int:
        return sum(map(bool, self._of))
