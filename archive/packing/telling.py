"""What of the documents goes into the tables and the descriptions: their rows, as they come and when all are there."""

from __future__ import annotations

import json
from array import array
from typing import Protocol

from archive.packing.built import DOCUMENTS, OF_ALL, OF_ONE, BuiltBatch
from archive.packing.completed import Completed
from archive.packing.describing import Gathered
from archive.packing.without_text import MetadataAlone
from archive.schema.quick_json import read_json
from archive.storage.spooled import Spool
from archive.tables.batches import RowBatch
from archive.tables.document_columns import sample_key
from archive.tables.writer import TablesWriter


class Telling(Protocol):
    """What is done with documents while they come."""

    def built(self, batch: BuiltBatch) -> None:
        """Takes in documents that were built, in the order of their identifiers."""
        ...

    def completed(self, some: Completed) -> Completed:
        """Takes in the documents of a batch, whose relations are known, and gives them as they are published."""
        ...

    def close(self) -> None:
        """Removes what was put on disk."""
        ...


class WholeDocuments:
    """Rows as workers made them; those that wait for all documents wait on disk.

    Args:
        tables: where rows go.
        described: what the descriptions say.
        folder: where the temporary file is made.

    Raises:
        StorageError: the folder cannot be written.
    """

    def __init__(self, tables: TablesWriter, described: Gathered, folder: str) -> None:
        self._tables = tables
        self._described = described
        self._waiting = Spool(folder)
        self._counts, self._sizes = array("q"), array("q")
        self._at = 0

    def built(self, batch: BuiltBatch) -> None:
        """See `Telling`."""
        for rows in batch.rows:
            if rows.table != DOCUMENTS:
                self._tables.add_batch(rows)
                continue
            self._counts.append(rows.count)
            self._sizes.append(rows.size)
            self._waiting.add(rows.data)
        self._described.add_languages(batch.languages)
        for one in batch.documents:
            if self._described.is_listing:
                self._described.add(read_json(one.line))

    def completed(self, some: Completed) -> Completed:
        """See `Telling`."""
        for document_id, relations in some.related:
            self._tables.add({"document_id": document_id, "relations": relations}, ("relations",))
        taken = 0
        while taken < len(some.document_ids):
            rows = RowBatch(DOCUMENTS, self._counts[self._at], self._sizes[self._at], self._waiting.at(self._at))
            self._at += 1
            if some.groups is not None:
                groups = some.groups[taken : taken + rows.count]
                rows = rows.with_texts({"duplicate_group": groups, "sample_key": list(map(sample_key, groups))})
            self._tables.add_batch(rows)
            taken += rows.count
        return some

    def close(self) -> None:
        """Removes the temporary file."""
        self._waiting.close()


class MetadataOfDocuments:
    """Rows of records without their text.

    Args:
        tables: where rows go.
        described: what the descriptions say.
        alone: what takes the text out.
    """

    def __init__(self, tables: TablesWriter, described: Gathered, alone: MetadataAlone) -> None:
        self._tables = tables
        self._described = described
        self._alone = alone

    def built(self, batch: BuiltBatch) -> None:
        """See `Telling`."""
        for one in batch.documents:
            said = self._alone.of(json.loads(one.line))
            self._tables.add(said, OF_ONE)
            self._described.add(said)

    def completed(self, some: Completed) -> Completed:
        """See `Telling`."""
        records = [self._alone.completed(read_json(line)) for line in some.lines()]
        for record in records:
            self._tables.add(record, OF_ALL)
        return self._alone.written(some, records)

    def close(self) -> None:
        """There is nothing to remove."""
