"""What a format is: it takes bags in turn, the records of each in order, and writes files into one folder."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from archive.exporting.bags import ExportedBag
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.tables.rows import Record


class Format(Protocol):
    """Writes bags in one format. After an error only `close` is called, and the folder is thrown away."""

    def begin(self, bag: ExportedBag) -> None:
        """Takes the next bag."""
        ...

    def add(self, record: Record) -> None:
        """Takes a record of the bag, in the order of `document_id`."""
        ...

    def end(self) -> None:
        """Takes the end of the bag."""
        ...

    def finish(self) -> list[Finding]:
        """Completes all files, after the last bag, and gives what there is to say."""
        ...

    def close(self) -> None:
        """Lets go of what is open, whatever happened."""
        ...


class Noted:
    """Findings by code and place, each counted instead of repeated."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str | None]] = Counter()
        self._first: dict[tuple[str, str, str | None], str] = {}

    def add(self, code: str, file: str, column: str | None = None, found: str = "") -> None:
        """One more of a kind; what was found first is what is told."""
        key = (code, file, column)
        self._counts[key] += 1
        self._first.setdefault(key, found)

    def findings(self) -> list[Finding]:
        """One finding for each code and place, with how many there were."""
        return [
            finding(code, where=Where(file=file, column=column), found=_told(self._first[code, file, column], number))
            for (code, file, column), number in self._counts.items()
        ]


def _told(first: str, number: int) -> str:
    return first if number == 1 else f"{first}; {number:,} in all" if first else f"{number:,}"
