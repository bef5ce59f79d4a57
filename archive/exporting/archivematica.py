"""Archivematica's metadata.csv and rights.csv, for a transfer that has the originals under `objects/`.

Sources: Archivematica's documentation, 'Import metadata' and 'Import rights'; the columns of rights.csv and their
allowed values as its importer checks them.
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
from archive.exporting.bags import ExportedBag
from archive.exporting.protocol import Noted
from archive.model.fields import FIELDS
from archive.model.findings import Finding
from archive.storage.trouble import told_in_words
from archive.tables.rows import Record

METADATA = "metadata.csv"
RIGHTS = "rights.csv"
RIGHTS_COLUMNS = (
    "file", "basis", "status", "determination_date", "jurisdiction", "start_date", "end_date", "terms", "citation",
    "note", "grant_act", "grant_restriction", "grant_start_date", "grant_end_date", "grant_note", "doc_id_type",
    "doc_id_value", "doc_id_role",
)  # fmt: skip
_ORIGINALS = "data/originals/"
_ACT = "disseminate"
_RESTRICTION = {"open": "allow", "embargoed": "conditional", "restricted": "disallow"}

Row = list[tuple[str, str]]
"""Column and value; a column may come several times."""


class Sheets:
    """The format `archivematica`.

    Args:
        folder: where the files go, those of each of several bags in a folder of their own.
        bags: which bags there will be.
    """

    def __init__(self, folder: Path, _: tuple[ExportedBag, ...]) -> None:
        self._folder = folder
        self._noted = Noted()
        self._opened = ExitStack()

    def begin(self, bag: ExportedBag) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._place = self._folder / bag.folder
        self._name = bag.folder
        self._licence = bag.corpus.get("licence")
        self._containers: set[str] = set()
        self._repeats: Counter[str] = Counter()
        with told_in_words(self._place):
            self._place.mkdir(exist_ok=True)
            # How often a column is repeated is known at the end, so the rows wait in a file.
            waiting = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - used until `end`
            self._waiting: IO[str] = self._opened.enter_context(waiting)
            rights = self._opened.enter_context(
                (self._place / RIGHTS).open("w", encoding="utf-8", errors="backslashreplace", newline="")
            )
            self._rights: Any = csv.writer(rights, lineterminator="\n")
            self._rights.writerow(RIGHTS_COLUMNS)

    def add(self, record: Record) -> None:
        """See `archive.exporting.protocol.Format`."""
        container = bool(member_of(record["source_path"], record["original"]))
        if container:
            self._noted.add("export.container", f"{self._name}{METADATA}", found=record["original"])
        with told_in_words(self._place):
            for file in record["files"]:
                path = str(file["path"])
                if path in self._containers or not path.startswith(_ORIGINALS):
                    continue
                if container:
                    self._containers.add(path)
                self._add(f"objects/{path.removeprefix(_ORIGINALS)}", record, file, container=container)

    def end(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        columns = [name for name in _columns() for _ in range(self._repeats[name])]
        path = self._place / METADATA
        with told_in_words(path), path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["filename", *columns])
            self._waiting.seek(0)
            for line in self._waiting:
                name, row = json.loads(line)
                writer.writerow([name, *_aligned(row, columns)])
        self._opened.close()

    def finish(self) -> list[Finding]:
        """See `archive.exporting.protocol.Format`."""
        return self._noted.findings()

    def close(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._opened.close()

    def _add(self, name: str, record: Record, file: Record, *, container: bool) -> None:
        row = [] if container else list(dict.fromkeys(_described(record)))
        row += [("dc.format", file["media_type"])]
        self._repeats |= Counter(column for column, _ in row)
        self._waiting.write(json.dumps([name, row]) + "\n")
        rights = dict(_rights(record["metadata"], self._licence))
        self._rights.writerow([name, *(rights.get(column, "") for column in RIGHTS_COLUMNS[1:])])


def _described(record: Record) -> Iterator[tuple[str, str]]:
    metadata = record["metadata"]
    yield "dc.identifier", record["document_id"]
    for field in FIELDS:
        value = metadata.get(field.name)
        values = value if isinstance(value, list) else [] if value is None else [value]
        for one in values:
            yield _COLUMNS[field.name], str(one)


def _first_term(names: tuple[str, ...]) -> str | None:
    terms = [name for name in names if name.startswith("dc.")]
    return next(iter(terms + [name for name in names if name.startswith("dcterms.")]), None)


_COLUMNS = {field.name: _first_term(field.dublin_core) or field.name for field in FIELDS} | {
    "identifiers": "dc.identifier",
    "rights": "dc.rights",
    "rights_uri": "dc.rights",
    "is_part_of": "dcterms.isPartOf",
    "rights_holder": "dcterms.rightsHolder",
    "access_level": "dcterms.accessRights",
}
"""Dublin Core where there is a term, in the convention of Archivematica; else the field's own name."""


def _columns() -> tuple[str, ...]:
    return tuple(dict.fromkeys(("dc.identifier", *_COLUMNS.values(), "dc.format")))


def _aligned(row: Row, columns: list[str]) -> Iterator[str]:
    left = {name: iter([value for column, value in row if column == name]) for name in dict.fromkeys(columns)}
    for name in columns:
        yield next(left[name], "")


def _rights(metadata: Record, licence: str | None) -> Iterator[tuple[str, str]]:
    uri = metadata.get("rights_uri")
    said = [metadata.get(name) for name in ("rights", "rights_holder")]
    note = "; ".join(one for one in said if one)
    if uri and "creativecommons.org" in uri:
        yield from (("basis", "license"), ("terms", uri), ("doc_id_type", "URI"), ("doc_id_value", uri))
    elif licence and not uri and not note:
        yield from (("basis", "license"), ("terms", licence))
    else:
        # The basis 'copyright' asks for a status and a jurisdiction; where nobody states them, none is invented.
        yield "basis", "other"
        if uri:
            yield from (("doc_id_type", "URI"), ("doc_id_value", uri))
    yield "note", note
    level = metadata["access_level"]
    yield from (("grant_act", _ACT), ("grant_restriction", _RESTRICTION.get(level, "disallow")))
    yield "grant_note", f"access level {level}"
    review = metadata.get("review_date")
    if level == "embargoed" and review:
        yield "grant_start_date", review
        yield "grant_end_date", "open"
