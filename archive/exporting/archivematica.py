"""Archivematica's metadata.csv and rights.csv, for a transfer that has the originals under `objects/`.

Archivematica describes files. Of two rows for one file it keeps the last, so the documents of a container cannot have a
row each there: the container's row says what all of them say, and `members.csv`, which Archivematica keeps beside the
others without reading it, has a row for each.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from archive.comparing.records import member_of
from archive.exporting.archivematica_rows import RIGHTS_COLUMNS, Row, Shared, columns, described, rights_of
from archive.exporting.bags import ExportedBag
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.tally import Tally
from archive.storage.trouble import told_in_words
from archive.tables.rows import Record

METADATA = "metadata.csv"
RIGHTS = "rights.csv"
MEMBERS = "members.csv"
_ORIGINALS = "data/originals/"


class Sheets:
    """The format `archivematica`.

    Args:
        folder: where the files go, those of each of several bags in a folder of their own.
        bags: which bags there will be.
    """

    def __init__(self, folder: Path, _: tuple[ExportedBag, ...]) -> None:
        self._folder = folder
        self._findings = Tally()
        self._opened = ExitStack()

    def begin(self, bag: ExportedBag) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._place = self._folder / bag.folder
        self._name = bag.folder
        self._bag = bag
        self._containers: dict[str, Shared] = {}
        with told_in_words(self._place):
            self._place.mkdir(exist_ok=True)
            self._files = self._opened.enter_context(_Sheet())
            self._members = self._opened.enter_context(_Sheet())
            rights = self._opened.enter_context(
                (self._place / RIGHTS).open("w", encoding="utf-8", errors="backslashreplace", newline="")
            )
            self._rights: Any = csv.writer(rights, lineterminator="\n")
            self._rights.writerow(RIGHTS_COLUMNS)

    def add(self, record: Record) -> None:
        """See `archive.exporting.protocol.Format`."""
        row = list(dict.fromkeys(described(record)))
        licence = self._bag.licence_for(record["metadata"])
        rights = {name: said for name, said in rights_of(record["metadata"], licence) if said}
        container = record["original"]
        member = member_of(record["source_path"], container)
        with told_in_words(self._place):
            if member:
                self._members.add(f"{_in_transfer(container)}#{member}", row)
            for file in record["files"]:
                path = str(file["path"])
                if path == container and member:
                    known = self._containers.get(path)
                    mine = Shared(path, file["media_type"], row, rights)
                    self._containers[path] = mine if known is None else known.and_also(row, rights)
                elif path.startswith(_ORIGINALS):
                    self._add(path, [*row, ("dc.format", file["media_type"])], rights)

    def end(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        with told_in_words(self._place):
            for path, shared in self._containers.items():
                self._add(path, [*shared.row, ("dc.format", shared.format)], shared.rights)
                found = f"{path}, {shared.documents:,} documents"
                self._findings.add(finding("export.container", where=Where(file=self._name + METADATA), found=found))
            self._files.write(self._place / METADATA)
            if self._containers:
                self._members.write(self._place / MEMBERS)
        self._opened.close()

    def finish(self) -> list[Finding]:
        """See `archive.exporting.protocol.Format`."""
        return list(self._findings)

    def close(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._opened.close()

    def _add(self, path: str, row: Row, rights: dict[str, str]) -> None:
        name = _in_transfer(path)
        self._files.add(name, row)
        self._rights.writerow([name, *(rights.get(column, "") for column in RIGHTS_COLUMNS[1:])])


class _Sheet:
    """Rows that wait in a file, since only the end shows how often a column is repeated; a context manager."""

    def __enter__(self) -> _Sheet:
        self._repeats: Counter[str] = Counter()
        self._waiting: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.close()

    def add(self, name: str, row: Row) -> None:
        """Takes a row."""
        self._repeats |= Counter(column for column, _ in row)
        self._waiting.write(json.dumps([name, row]) + "\n")

    def write(self, path: Path) -> None:
        """Writes all rows under a header that has room for each."""
        header = [name for name in columns() for _ in range(self._repeats[name])]
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["filename", *header])
            self._waiting.seek(0)
            for line in self._waiting:
                name, row = json.loads(line)
                writer.writerow([name, *_aligned(row, header)])


def _in_transfer(path: str) -> str:
    return f"objects/{path.removeprefix(_ORIGINALS)}"


def _aligned(row: Row, columns: list[str]) -> Iterator[str]:
    left = {name: iter([value for column, value in row if column == name]) for name in dict.fromkeys(columns)}
    for name in columns:
        yield next(left[name], "")
