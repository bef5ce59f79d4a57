"""The Parquet tables, made again from the records: of one bag as they stand in it, of a selection with `bag_urn`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from archive.errors import StorageError
from archive.exporting.bags import ExportedBag
from archive.exporting.rows import RowFormat, exported_tables
from archive.model.codes import finding
from archive.model.columns import TABLES, Table
from archive.model.findings import Finding, Where
from archive.storage.seekable import seekable
from archive.tables.comparison import Comparison
from archive.tables.rows import Record, Row
from archive.tables.schema import Stamp
from archive.tables.writer import TablesWriter, TableWriter, in_folder

_IN_BAG = "data/tables"


class RebuiltTables:
    """The tables of one whole bag, compared with those that it holds.

    Args:
        folder: where the files go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = ExitStack()
        self._findings: list[Finding] = []

    def begin(self, bag: ExportedBag) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._bag = bag
        self._writer = TablesWriter(in_folder(self._folder), Stamp(bag.urn))
        self._comparison = self._compared(bag)

    def add(self, record: Record) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._writer.add(record)
        if self._comparison is not None:
            self._comparison.add(record)

    def end(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._writer.add_bag(self._bag.info)
        if self._comparison is not None:
            self._comparison.add_bag(self._bag.info)
            self._findings += self._comparison.findings()
        self._writer.close()

    def finish(self) -> list[Finding]:
        """See `archive.exporting.protocol.Format`."""
        return self._findings

    def close(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._opened.close()

    def _compared(self, bag: ExportedBag) -> Comparison | None:
        reader = self._opened.enter_context(bag.store.reader())
        sources = {}
        for table in TABLES:
            key = f"{_IN_BAG}/{table.name}.parquet"
            try:
                sources[table.name] = self._opened.enter_context(seekable(reader, key))
            except StorageError as error:
                self._findings.append(finding("table.unreadable", where=Where(file=key), found=error.what))
        return Comparison(sources) if len(sources) == len(TABLES) else None


class KeyedTables:
    """Tables of a selection or of several bags, where the bag is a part of every key.

    Args:
        folder: where the files go.
        bags: which bags there will be.
    """

    def __init__(self, folder: Path, bags: tuple[ExportedBag, ...]) -> None:
        stamp = Stamp(" ".join(bag.urn for bag in bags))
        with ExitStack() as opened:
            self._writers = {
                table.name: opened.enter_context(TableWriter(table, folder / f"{table.name}.parquet", stamp))
                for table in exported_tables()
            }
            self._opened = opened.pop_all()

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """See `archive.exporting.rows.RowSink`."""
        self._writers[table.name].add(rows)

    def finish(self) -> list[Finding]:
        """See `archive.exporting.rows.RowSink`."""
        self._opened.close()
        return []

    def close(self) -> None:
        """See `archive.exporting.rows.RowSink`."""
        for writer in self._writers.values():
            writer.abandon()


def keyed_format(folder: Path, bags: tuple[ExportedBag, ...]) -> RowFormat:
    """The format of several bags or of a selection."""
    return RowFormat(KeyedTables(folder, bags))
