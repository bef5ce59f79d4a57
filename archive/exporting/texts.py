"""One text file for each document, and a list that says which is which."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

from archive.exporting.bags import ExportedBag
from archive.exporting.protocol import Noted
from archive.model.findings import Finding
from archive.model.paths import portable_part
from archive.model.records import RecordJson, text_of
from archive.storage.trouble import told_in_words
from archive.tables.rows import Record

IN_A_FOLDER = 1000
"""Text files in one folder."""
LIST = "documents.csv"
_LONGEST_NAME = 60

_HEADER = ("file", "bag_urn", "access_level", "document_id", "title", "date_issued", "language", "text_sha256")


class Texts:
    """The format `text`: UTF-8, the kept passages with a blank line between, as the digest of the record has it.

    Args:
        folder: where the files go.
        bags: which bags there will be.
    """

    def __init__(self, folder: Path, bags: tuple[ExportedBag, ...]) -> None:
        self._folder = folder
        self._noted = Noted()
        self._number = 0
        self._opened = ExitStack()
        self._urn = bags[0].urn
        with told_in_words(folder):
            file = (folder / LIST).open("w", encoding="utf-8", errors="backslashreplace", newline="")
            self._opened.enter_context(file)
            self._list: Any = csv.writer(file)
            self._list.writerow(_HEADER)

    def begin(self, bag: ExportedBag) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._urn = bag.urn

    def add(self, record: Record) -> None:
        """See `archive.exporting.protocol.Format`."""
        metadata = record["metadata"]
        named = ("title", "date_issued", "language")
        with told_in_words(self._folder):
            self._list.writerow(
                (
                    self._written(record),
                    self._urn,
                    metadata["access_level"],
                    record["document_id"],
                    *(metadata.get(name) or "" for name in named),
                    record["text"]["sha256"] or "",
                )
            )

    def end(self) -> None:
        """See `archive.exporting.protocol.Format`."""

    def finish(self) -> list[Finding]:
        """See `archive.exporting.protocol.Format`."""
        with told_in_words(self._folder):
            self._opened.close()
        return self._noted.findings()

    def close(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._opened.close()

    def _written(self, record: Record) -> str:
        self._number += 1
        text = text_of(cast("RecordJson", record))
        if not text:
            self._noted.add("export.no-text", LIST, found=record["document_id"])
            return ""
        stem = portable_part(record["document_id"].replace("/", "_")[:_LONGEST_NAME])
        name = f"texts/{(self._number - 1) // IN_A_FOLDER:04}/{self._number:07}-{stem}.txt"
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
        return name
