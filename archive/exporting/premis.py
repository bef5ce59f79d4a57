"""The format `premis`: one PREMIS 3.0 document for each bag, from its records alone."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from archive.exporting import premis_xml as xml
from archive.exporting.bags import ExportedBag
from archive.model.findings import Finding
from archive.storage.trouble import told_in_words
from archive.tables.rows import Record

FILE = "premis.xml"


class Premis:
    """The format.

    PREMIS has all objects before all events, those before the agents, and the rights last; so what comes later waits in
    temporary files. Of agents there are few.

    Args:
        folder: where the files go, those of each of several bags in a folder of their own.
        bags: which bags there will be.
    """

    def __init__(self, folder: Path, _: tuple[ExportedBag, ...]) -> None:
        self._folder = folder
        self._opened = ExitStack()

    def begin(self, bag: ExportedBag) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._bag = bag
        self._agents: set[str] = set()
        self._shared: set[str] = set()
        place = self._folder / bag.folder
        with told_in_words(place):
            place.mkdir(exist_ok=True)
            file = (place / FILE).open("w+", encoding="utf-8", newline="\n")
            self._objects: IO[str] = self._opened.enter_context(file)
            self._events = self._waiting()
            self._rights = self._waiting()
            self._objects.write(xml.head())
            self._objects.write(xml.bag_object(bag.urn, bag.title, bag.version))

    def add(self, record: Record) -> None:
        """See `archive.exporting.protocol.Format`."""
        urn = self._bag.urn
        with told_in_words(self._folder):
            self._objects.write(xml.entity_object(urn, record))
            for file in record["files"]:
                if self._is_new(record, file):
                    self._objects.write(xml.file_object(urn, record, file))
            for event in record["events"]:
                self._event(event, xml.document_name(urn, record["document_id"]))
            self._rights.write(xml.rights(urn, record))

    def end(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        with told_in_words(self._folder):
            for event in self._bag.info["events"]:
                self._event(event, self._bag.urn)
            self._append(self._events)
            for name in sorted(self._agents):
                self._objects.write(xml.agent(name))
            self._append(self._rights)
            self._objects.write(xml.foot())
            self._opened.close()

    def finish(self) -> list[Finding]:
        """See `archive.exporting.protocol.Format`."""
        return []

    def close(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._opened.close()

    def _waiting(self) -> IO[str]:
        return self._opened.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))

    def _append(self, waiting: IO[str]) -> None:
        waiting.seek(0)
        shutil.copyfileobj(waiting, self._objects)

    def _event(self, event: Record, name: str) -> None:
        self._agents.add(event["agent"])
        self._events.write(xml.event(event, name))

    def _is_new(self, record: Record, file: Record) -> bool:
        """Whether the file was not written before: a container belongs to many documents."""
        path = file["path"]
        if not xml.is_shared(record, path):
            return True
        if path in self._shared:
            return False
        self._shared.add(path)
        return True
