"""The format `premis`: one PREMIS 3.0 document for each bag, from its records alone."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from archive.comparing.records import member_of
from archive.exporting import premis_entities as entities
from archive.exporting import premis_xml as xml
from archive.exporting.bags import ExportedBag
from archive.model.findings import Finding
from archive.storage.spill import Pair, SortedRuns
from archive.storage.trouble import told_in_words
from archive.tables.rows import Record

FILE = "premis.xml"
MOST_HELD = 100_000
"""Documents in containers that are held in memory."""
_OF_AN_ENTITY = ("document_id", "original", "metadata", "events", "relations")


class Premis:
    """The format.

    PREMIS has all objects before all events, those before the agents, and the rights last; so what comes later waits in
    temporary files. So do documents that are said to be related to others, until all that are there are known, and the
    documents of containers, which are named in their containers. Of agents and containers there are few.

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
        self._related: set[str] = set()
        self._containers: dict[str, tuple[Record, str]] = {}
        self._held: list[Pair] = []
        place = self._folder / bag.folder
        with told_in_words(place):
            place.mkdir(exist_ok=True)
            file = (place / FILE).open("w+", encoding="utf-8", newline="\n")
            self._objects: IO[str] = self._opened.enter_context(file)
            self._events = self._waiting()
            self._rights = self._waiting()
            self._documents = self._waiting()
            self._relating = self._waiting()
            self._members = SortedRuns()
            self._opened.callback(self._members.close)
            self._objects.write(xml.head())
            self._objects.write(entities.bag_object(bag.urn, bag.title, bag.version))

    def add(self, record: Record) -> None:
        """See `archive.exporting.protocol.Format`."""
        urn, document = self._bag.urn, record["document_id"]
        with told_in_words(self._folder):
            self._documents.write(json.dumps(document) + "\n")
            related = entities.stated_documents(record)
            if related:
                self._related |= related
                self._relating.write(json.dumps({name: record[name] for name in _OF_AN_ENTITY}) + "\n")
            else:
                self._objects.write(entities.entity_object(urn, record, ()))
            for file in record["files"]:
                self._file(record, file)
            for event in record["events"]:
                self._event(event, entities.document_name(urn, document))
            self._rights.write(entities.rights(urn, record, self._bag.licence_for(record["metadata"])))

    def end(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        with told_in_words(self._folder):
            self._relate()
            for path, documents in self._members.merged(self._held):
                file, source = self._containers[path]
                self._objects.writelines(self._described(file, source, documents))
            for event in self._bag.info["events"]:
                self._event(event, self._bag.urn)
            self._append(self._events)
            for name in sorted(self._agents):
                self._objects.write(entities.agent(name))
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
        self._events.write(entities.event(event, name))

    def _file(self, record: Record, file: Record) -> None:
        """Writes a file, or notes a container with one more document of it."""
        path, document = file["path"], record["document_id"]
        source = record["source_path"] if path == record["original"] else ""
        member = member_of(source, path) if source else ""
        if not member:
            self._objects.writelines(self._described(file, source, [document]))
            return
        self._containers.setdefault(path, (file, source.removesuffix(f"#{member}")))
        self._held.append((path, document))
        if len(self._held) >= MOST_HELD:
            self._members.add(self._held)
            self._held.clear()

    def _described(self, file: Record, source: str, documents: Iterable[str]) -> Iterator[str]:
        return entities.file_object(self._bag.urn, file, source, documents, is_here=self._bag.has_originals)

    def _relate(self) -> None:
        """Writes the documents that are said to be related to others, now that it is known which of those are here."""
        self._documents.seek(0)
        known = self._related.intersection(map(json.loads, self._documents))
        self._relating.seek(0)
        for line in self._relating:
            self._objects.write(entities.entity_object(self._bag.urn, json.loads(line), known))
