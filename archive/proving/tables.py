"""Compares the tables with the records that they follow from, each table for itself, in parallel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from archive.engine import engine_for
from archive.errors import ArchiveError, StorageError
from archive.model.codes import finding
from archive.model.columns import TABLES
from archive.model.findings import Finding, Where
from archive.model.progress import Progress
from archive.proving.layers import seekable
from archive.proving.records import MalformedRecordError, parse_record
from archive.proving.shards import Batch, Line, lines_of
from archive.proving.subject import Subject, skipped
from archive.storage.stores import Reader, Store

STAGE = "comparing tables"
_SERIAL_BELOW = 8 << 20
"""Bytes of records from which starting processes pays."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the comparisons of all tables share.

    Attributes:
        store: where the bag is.
        shards: the files of records with their sizes, in order; every record in them was checked.
        bag: bag.json.
        longest: bytes of one record.
    """

    store: Store
    shards: tuple[tuple[str, int], ...]
    bag: Mapping[str, Any]
    longest: int


def compare_tables(subject: Subject, info: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings `table.differs` and `table.unreadable`; a table that is damaged is skipped, which is a finding too."""
    shards = tuple((one["path"], subject.bag.payload[one["path"]]) for one in info["records"])
    task = Task(subject.store, shards, {"events": info["events"]}, subject.limits.record)
    wanted = []
    for table in TABLES:
        path = f"data/tables/{table.name}.parquet"
        if path in subject.damaged or path not in subject.bag.payload:
            yield skipped(path, "whether the table says what the records say")
        else:
            wanted.append((table.name, path))
    few = sum(size for _, size in shards) < _SERIAL_BELOW
    engine = engine_for(1 if few and subject.jobs is None else subject.jobs, len(wanted))
    for done, found in enumerate(engine.map(compare_table, task, wanted), start=1):
        yield from found
        subject.listener(Progress(STAGE, done, len(wanted)))


def compare_table(task: Task, named: tuple[str, str]) -> list[Finding]:
    """Compares one table; a module-level function, so that it can be sent to a worker."""
    from archive.tables.comparison import Comparison

    name, path = named
    try:
        with task.store.reader() as reader, seekable(reader, path) as source:
            comparison = Comparison({name: source})
            for record in _records(reader, task):
                comparison.add(record)
            comparison.add_bag(task.bag)
            return comparison.findings()
    except StorageError as error:
        return [finding("table.unreadable", where=Where(file=path), found=error.what)]
    except (ArchiveError, MalformedRecordError, OSError) as error:
        what = error.what if isinstance(error, ArchiveError) else str(error)
        return [skipped(path, f"whether the table says what the records say ({what})")]


def _records(reader: Reader, task: Task) -> Iterator[dict[str, Any]]:
    for key, size in task.shards:
        with seekable(reader, key) as stream:
            for line in lines_of(stream, Batch(key, 0, size, 1), task.longest):
                yield _parsed(line, task.longest)


def _parsed(line: Line, longest: int) -> dict[str, Any]:
    """A record on its way to one of many tables: the quick way is enough for one that was checked."""
    try:
        found = orjson.loads(line.data or b"")
    except orjson.JSONDecodeError:
        return parse_record(line, longest)
    return found if isinstance(found, dict) else parse_record(line, longest)
