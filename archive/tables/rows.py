"""The projection of records to tables: one function for each table, and nothing but records goes in.

A function gives a table's columns (`archive.model.columns`) for any number of records at once. Rows follow the
records: passages by ordinal, statements, files and events as they stand, so that the tables can be rebuilt at any
time and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from archive.errors import ArchiveError
from archive.model.annotations import NUMBERS, WORDS
from archive.model.columns import TABLE
from archive.model.fault_words import shape_words
from archive.tables.document_columns import document_columns
from archive.tables.moments import instant_of, timestamp_of

Record = Mapping[str, Any]
"""A record as `archive.model.records` shapes it, or one of a later minor version."""
Row = tuple[Any, ...]
"""Values in the order of a table's columns."""
Columns = tuple[Sequence[Any], ...]
"""The columns of a table, all of one length."""

_PASSAGE = itemgetter(
    "passage_id", "ordinal", "kind", "kept", "reason", "projection", "language", "char_start", "char_count", "locator",
    "sha256", "text",
)  # fmt: skip
_SPAN = itemgetter("layer", "byte_start", "byte_end")
_OF_SPAN = tuple(map(itemgetter, ("layer", "byte_start", "byte_end")))
_STATEMENT = itemgetter("field", "value", "source", "agent", "file", "locator", "used", "reason")
_FILE = itemgetter("role", "path", "bytes", "sha256", "media_type", "charset", "puid", "puid_basis", "derived_from")
_EVENT = itemgetter(
    "event_id", "document_id", "type", "type_uri", "occurred_at", "agent", "outcome", "detail", "file"
)  # fmt: skip
_OCCURRED_AT = 4
_RELATION = itemgetter("relation", "target", "target_type")
_ANNOTATION = itemgetter("quotation", "char_start", "char_count")


def _passage_columns(records: Sequence[Record]) -> Columns:
    """A row for each passage, kept or not."""
    passages = chain.from_iterable(record["passages"] for record in records)
    first, *others = _columns(map(_PASSAGE, passages), "passages", less=1)
    return first, _beside(records, "passages"), *others


def _span_columns(records: Sequence[Record]) -> Columns:
    """A row for each span of each passage."""
    passages = list(chain.from_iterable([record["passages"] for record in records]))
    documents, ordinals = _beside(records, "passages"), [passage["ordinal"] for passage in passages]
    spans = [passage["spans"] for passage in passages]
    counts = list(map(len, spans))
    flat = list(chain.from_iterable(spans))
    columns = [list(map(value_of, flat)) for value_of in _OF_SPAN]
    if counts.count(1) == len(counts):  # as in most documents
        return documents, ordinals, [0] * len(counts), *columns
    beside = [list(chain.from_iterable(map(repeat, values, counts))) for values in (documents, ordinals)]
    return *beside, list(chain.from_iterable(map(range, counts))), *columns


def _statement_columns(records: Sequence[Record]) -> Columns:
    """A row for each statement."""
    statements = chain.from_iterable(record["statements"] for record in records)
    return _beside(records, "statements"), *_columns(map(_STATEMENT, statements), "statements", less=1)


def _file_columns(records: Sequence[Record]) -> Columns:
    """A row for each file of each document."""
    files = chain.from_iterable(record["files"] for record in records)
    return _beside(records, "files"), *_columns(map(_FILE, files), "files", less=1)


def _event_columns(records: Sequence[Record]) -> Columns:
    """A row for each event of each document; also for each of the bag, where a record is `bag.json`.

    An event of the bag has a `document_id` of None, and `bag.json` keeps its events in a member of the same name.
    """
    events = chain.from_iterable(record["events"] for record in records)
    columns = list(_columns(map(_EVENT, events), "events"))
    columns[_OCCURRED_AT] = list(map(instant_of, columns[_OCCURRED_AT]))
    return tuple(columns)


def _relation_columns(records: Sequence[Record]) -> Columns:
    """A row for each relation; a score becomes the nearest number that a double can hold."""
    relations = chain.from_iterable(record["relations"] for record in records)
    rows = ((*_RELATION(one), None if one["score"] is None else float(one["score"]), one["basis"]) for one in relations)
    return _beside(records, "relations"), *_columns(rows, "relations", less=1)


def _annotation_columns(records: Sequence[Record]) -> Columns:
    """A row for each annotation; its numbers become the nearest ones that a double can hold."""
    rows = (
        (
            one["annotation_id"],
            record["document_id"],
            one["motivation"],
            one["creators"],
            timestamp_of(one["created"]),
            *_ANNOTATION(one),
            one["parts"][0]["passage_id"],
            len(one["parts"]),
            one["comment"],
            *_figure(one["figure"]),
            one["body"],
        )
        for record in records
        for one in record["annotations"]
    )
    return _columns(rows, "annotations")


def _figure(figure: Mapping[str, Any] | None) -> tuple[Any, ...]:
    if figure is None:
        return (None,) * (len(NUMBERS) + len(WORDS))
    numbers = (None if figure[name] is None else float(figure[name]) for name in NUMBERS)
    return (*numbers, *(figure[name] for name in WORDS))


def _annotation_span_columns(records: Sequence[Record]) -> Columns:
    """A row for each range of bytes of each annotation."""
    rows = (
        (one["annotation_id"], record["document_id"], place, part["passage_id"], *_SPAN(span), part["narrowed"])
        for record in records
        for one in record["annotations"]
        for place, (part, span) in enumerate((part, span) for part in one["parts"] for span in part["spans"])
    )
    return _columns(rows, "annotation_spans")


def _beside(records: Sequence[Record], member: str) -> list[str]:
    """The document of each entry of a member, in the order of the entries."""
    return list(chain.from_iterable(repeat(record["document_id"], len(record[member])) for record in records))


def _columns(rows: Iterable[Row], table: str, less: int = 0) -> Columns:
    """The columns that some rows make up; `less` of the table's stand beside them."""
    return tuple(zip(*rows, strict=True)) or ((),) * (len(TABLE[table].columns) - less)


PROJECTIONS: dict[str, Callable[[Sequence[Record]], Columns]] = {
    "documents": document_columns,
    "passages": _passage_columns,
    "spans": _span_columns,
    "statements": _statement_columns,
    "files": _file_columns,
    "events": _event_columns,
    "relations": _relation_columns,
    "annotations": _annotation_columns,
    "annotation_spans": _annotation_span_columns,
}
"""The function that makes the columns of each table, by the table's name."""


def columns_of(table: str, records: Sequence[Record]) -> Columns:
    """The columns of the rows that some records add to `table`.

    Args:
        table: the name of a table of `archive.model.columns`.
        records: records, or `bag.json` for the events of the whole bag.

    Raises:
        ArchiveError: a record has not the shape of a record, so nobody can say what its rows are.
    """
    try:
        return PROJECTIONS[table](records)
    except _MISSHAPEN as error:
        at_fault = next(one for one in records if not _fits(table, one))
        name = at_fault.get("document_id") if isinstance(at_fault, Mapping) else None
        what = f"the record has not the shape that the table '{table}' needs ({shape_words(error)})"
        remedy = "Check the record against the record schema; a record that passes has this shape"
        raise ArchiveError(what, where=None if name is None else f"document {name}", remedy=remedy) from error


_MISSHAPEN = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def _fits(table: str, record: Record) -> bool:
    try:
        PROJECTIONS[table]([record])
    except _MISSHAPEN:
        return False
    return True


def rows_of(table: str, record: Record) -> list[Row]:
    """The rows that `record` adds to `table`.

    Raises:
        ArchiveError: as `columns_of`.
    """
    return list(zip(*columns_of(table, [record]), strict=True))
