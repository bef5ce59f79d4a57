"""Formats that are tables: rows of every table, each keyed by the bag that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from archive.exporting.bags import ExportedBag
from archive.model.columns import TABLES, Column, Table, Type
from archive.model.findings import Finding
from archive.tables.rows import Record, Row, rows_of

BAG_URN = Column("bag_urn", Type.STRING, nullable=False, description="The identifier of the bag that the row is from.")

BAGS = Table(
    "bags",
    "one bag",
    ("bag_urn",),
    (
        BAG_URN,
        Column("identifier", Type.STRING, nullable=False, description="The identifier of the corpus."),
        Column("title", Type.STRING, nullable=False, description="The title of the corpus."),
        Column("version", Type.STRING, nullable=False, description="The version of the corpus."),
        Column("access_level", Type.STRING, nullable=False, description="Who may read the bag."),
        Column("licence", Type.STRING, nullable=True, description="The licence of the texts."),
        Column("packed_at", Type.TIMESTAMP, nullable=False, description="When the bag was packed."),
        Column("root_digest", Type.STRING, nullable=True, description="The sha256 of its tagmanifest-sha256.txt."),
        Column("content_digest", Type.STRING, nullable=True, description="Its content digest, as it states it."),
    ),
)
"""The table that names the bags of an export."""


def keyed(table: Table) -> Table:
    """The table with the bag in its key: identifiers of documents are unique in one bag only."""
    return Table(table.name, table.row, (BAG_URN.name, *table.key), (BAG_URN, *table.columns))


def exported_tables() -> tuple[Table, ...]:
    """All tables of an export, the bags first."""
    return (BAGS, *map(keyed, TABLES))


class RowSink(Protocol):
    """Takes the rows of the tables of `exported_tables`."""

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """Takes some rows of a table, in order."""
        ...

    def finish(self) -> list[Finding]:
        """Completes all files."""
        ...

    def close(self) -> None:
        """Lets go of what is open, whatever happened."""
        ...


class RowFormat:
    """A format that writes rows.

    Args:
        sink: where they go.
    """

    def __init__(self, sink: RowSink) -> None:
        self._sink = sink
        self._tables = {table.name: keyed(table) for table in TABLES}
        self._bag: ExportedBag | None = None

    def begin(self, bag: ExportedBag) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._bag = bag
        self._sink.write(BAGS, [_bag_row(bag)])

    def add(self, record: Record) -> None:
        """See `archive.exporting.protocol.Format`."""
        for table in TABLES:
            self._write(table.name, record)

    def end(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        if self._bag is not None:
            self._write("events", self._bag.info)

    def finish(self) -> list[Finding]:
        """See `archive.exporting.protocol.Format`."""
        return self._sink.finish()

    def close(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._sink.close()

    def _write(self, table: str, record: Record) -> None:
        urn = "" if self._bag is None else self._bag.urn
        self._sink.write(self._tables[table], [(urn, *row) for row in rows_of(table, record)])


def _bag_row(bag: ExportedBag) -> Row:
    return (
        bag.urn,
        bag.corpus["identifier"],
        bag.title,
        bag.version,
        bag.access_level,
        bag.corpus.get("licence"),
        datetime.fromisoformat(bag.info["packed_at"]),
        bag.root_digest,
        bag.content_digest,
    )
