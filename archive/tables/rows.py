"""The projection of records to rows: one function for each table, and nothing but the record goes in.

A row is a tuple in the order of the table's columns (`archive.model.columns`). Rows follow the record: passages by
ordinal, statements, files and events as they stand, so that the tables can be rebuilt at any time and compared.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any

from archive.errors import ArchiveError
from archive.model.annotations import NUMBERS, WORDS
from archive.model.columns import DOCUMENTS, Type
from archive.model.records import PARAGRAPH_BREAK

Record = Mapping[str, Any]
"""A record as `archive.model.records` shapes it, or one of a later minor version."""
Row = tuple[Any, ...]
"""Values in the order of a table's columns."""

LONGEST_TEXT = 16 * 1024 * 1024
"""Bytes of UTF-8 in the `text` of a document; a longer one is null in the table."""

UNDETERMINED = "und"
"""The BCP 47 tag for 'nobody can say' (ISO 639-2), which is no language and so not among a document's languages."""

_PASSAGE_HEAD = itemgetter("ordinal", "kind", "kept", "reason", "projection", "language", "char_start", "char_count")
_PASSAGE_TAIL = itemgetter("locator", "sha256", "text")
_SPAN = itemgetter("layer", "byte_start", "byte_end")
_STATEMENT = itemgetter("field", "value", "source", "agent", "file", "locator", "used")
_FILE = itemgetter("role", "path", "bytes", "sha256", "media_type", "charset", "puid", "puid_basis", "derived_from")
_RELATION = itemgetter("relation", "target", "target_type")
_ANNOTATION = itemgetter("quotation", "char_start", "char_count")
_EVENT_HEAD = itemgetter("event_id", "document_id", "type", "type_uri")
_EVENT_TAIL = itemgetter("agent", "outcome", "detail", "file")

_ISO_DATE = re.compile(r"(-?[0-9]{4,})-[0-9]{2}-[0-9]{2}")


def document_rows(record: Record) -> list[Row]:
    """The one row of the documents table."""
    metadata = record["metadata"]
    original = _original(record)
    passages = record["passages"]
    kept = [passage for passage in passages if passage["kept"]]
    figures = record["text"]
    group = record["duplicate_group"]
    derived = {
        "document_id": record["document_id"],
        "languages": _languages(kept),
        "captured_at": _timestamp(metadata.get("captured_at")),
        "date_issued_earliest": _date(metadata.get("date_issued_earliest")),
        "date_issued_latest": _date(metadata.get("date_issued_latest")),
        "review_date": _date(metadata.get("review_date")),
        "access_level": metadata["access_level"],
        "original_path": record["original"],
        "source_path": record["source_path"],
        "original_bytes": original["bytes"],
        "original_sha256": original["sha256"],
        "media_type": original["media_type"],
        "puid": original["puid"],
        "charset": original["charset"],
        "character_count": figures["characters"],
        "word_count": figures["words"],
        "passage_count": len(passages),
        "kept_passage_count": len(kept),
        "duplicate_group": group,
        "sample_key": sample_key(group),
        "recipe": record["recipe"],
        "text_sha256": figures["sha256"],
        "text": _text(kept),
    }
    return [tuple(derived[name] if name in derived else metadata.get(name, absent) for name, absent in _DOCUMENT)]


def passage_rows(record: Record) -> list[Row]:
    """A row for each passage, kept or not."""
    document = record["document_id"]
    return [
        (passage["passage_id"], document, *_PASSAGE_HEAD(passage), *_PASSAGE_TAIL(passage))
        for passage in record["passages"]
    ]


def span_rows(record: Record) -> list[Row]:
    """A row for each span of each passage."""
    document = record["document_id"]
    return [
        (document, passage["ordinal"], part, *_SPAN(span))
        for passage in record["passages"]
        for part, span in enumerate(passage["spans"])
    ]


def statement_rows(record: Record) -> list[Row]:
    """A row for each statement."""
    document = record["document_id"]
    return [(document, *_STATEMENT(statement)) for statement in record["statements"]]


def file_rows(record: Record) -> list[Row]:
    """A row for each file of the document."""
    document = record["document_id"]
    return [(document, *_FILE(file)) for file in record["files"]]


def event_rows(record: Record) -> list[Row]:
    """A row for each event of the document; also for each of the bag, where `record` is `bag.json`.

    An event of the bag has a `document_id` of None, and `bag.json` keeps its events in a member of the same name.
    """
    return [(*_EVENT_HEAD(event), _instant(event["occurred_at"]), *_EVENT_TAIL(event)) for event in record["events"]]


def relation_rows(record: Record) -> list[Row]:
    """A row for each relation; a score becomes the nearest number that a double can hold."""
    document = record["document_id"]
    return [
        (
            document,
            *_RELATION(relation),
            None if relation["score"] is None else float(relation["score"]),
            relation["basis"],
        )
        for relation in record["relations"]
    ]


def annotation_rows(record: Record) -> list[Row]:
    """A row for each annotation; its numbers become the nearest ones that a double can hold."""
    document = record["document_id"]
    return [
        (
            one["annotation_id"],
            document,
            one["motivation"],
            one["creators"],
            _timestamp(one["created"]),
            *_ANNOTATION(one),
            one["parts"][0]["passage_id"],
            len(one["parts"]),
            one["comment"],
            *_figure(one["figure"]),
            one["body"],
        )
        for one in record["annotations"]
    ]


def _figure(figure: Mapping[str, Any] | None) -> tuple[Any, ...]:
    if figure is None:
        return (None,) * (len(NUMBERS) + len(WORDS))
    numbers = (None if figure[name] is None else float(figure[name]) for name in NUMBERS)
    return (*numbers, *(figure[name] for name in WORDS))


def annotation_span_rows(record: Record) -> list[Row]:
    """A row for each range of bytes of each annotation."""
    document = record["document_id"]
    return [
        (one["annotation_id"], document, place, part["passage_id"], *_SPAN(span), part["narrowed"])
        for one in record["annotations"]
        for place, (part, span) in enumerate((part, span) for part in one["parts"] for span in part["spans"])
    ]


PROJECTIONS: dict[str, Callable[[Record], list[Row]]] = {
    "documents": document_rows,
    "passages": passage_rows,
    "spans": span_rows,
    "statements": statement_rows,
    "files": file_rows,
    "events": event_rows,
    "relations": relation_rows,
    "annotations": annotation_rows,
    "annotation_spans": annotation_span_rows,
}
"""The function that makes the rows of each table, by the table's name."""


def rows_of(table: str, record: Record) -> list[Row]:
    """The rows that `record` adds to `table`.

    Args:
        table: the name of a table of `archive.model.columns`.
        record: a record, or `bag.json` for the events of the whole bag.

    Raises:
        ArchiveError: the record has not the shape of a record, so nobody can say what its rows are.
    """
    try:
        return PROJECTIONS[table](record)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        name = record.get("document_id") if isinstance(record, Mapping) else None
        what = f"the record has not the shape that the table '{table}' needs ({type(error).__name__}: {error})"
        remedy = "Check the record against the record schema; a record that passes has this shape"
        raise ArchiveError(what, where=None if name is None else f"document {name}", remedy=remedy) from error


def sample_key(group: str) -> float:
    """A number in [0, 1) that depends on `group` alone: 53 bits of its sha256, as many as a double keeps exactly.

    >>> 0 <= sample_key("g000000000000000000000000") < 1
    True
    """
    return (int.from_bytes(hashlib.sha256(group.encode("utf-8")).digest()[:8]) >> 11) / 2**53


_NOTHING: list[str] = []
_DOCUMENT = tuple((column.name, _NOTHING if column.type is Type.STRINGS else None) for column in DOCUMENTS.columns)
"""The columns of the documents table with what stands for a field that nobody states."""


def _original(record: Record) -> Mapping[str, Any]:
    path = record["original"]
    for file in record["files"]:
        if file["path"] == path:
            found: Mapping[str, Any] = file
            return found
    msg = f"no file of the record has the path of its original, {path}"
    raise ValueError(msg)


def _languages(kept: Iterable[Mapping[str, Any]]) -> list[str]:
    characters: Counter[str] = Counter()
    for passage in kept:
        characters[passage["language"]] += passage["char_count"]
    del characters[UNDETERMINED]
    return sorted(characters, key=lambda tag: (-characters[tag], tag))


def _text(kept: list[Mapping[str, Any]]) -> str | None:
    if not kept:
        return None
    text = PARAGRAPH_BREAK.join(passage["text"] for passage in kept)
    if len(text) > LONGEST_TEXT or (len(text) * 4 > LONGEST_TEXT and len(text.encode("utf-8")) > LONGEST_TEXT):
        return None
    return text


def _date(value: str | None) -> date | None:
    """A day; null for one outside the years 1 to 9999, which readers turn into other days or refuse."""
    if value is None:
        return None
    match = _ISO_DATE.fullmatch(value)
    if match and not 1 <= int(match[1]) <= 9999:
        return None
    return date.fromisoformat(value)


def _timestamp(value: str | None) -> datetime | None:
    return None if value is None else _instant(value)


def _instant(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        msg = f"a timestamp without an offset from UTC: {value}"
        raise ValueError(msg)
    return found.astimezone(UTC)
