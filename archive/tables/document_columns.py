"""The columns of the documents table, from the records of some documents."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from archive.model.columns import DOCUMENTS, Type
from archive.model.records import PARAGRAPH_BREAK
from archive.tables.moments import day_of, timestamp_of

LONGEST_TEXT = 16 * 1024 * 1024
"""Bytes of UTF-8 in the `text` of a document; a longer one is null in the table."""

UNDETERMINED = "und"
"""The BCP 47 tag for 'nobody can say' (ISO 639-2), which is no language and so not among a document's languages."""

_OF_RECORD = {
    "document_id": "document_id",
    "original_path": "original",
    "source_path": "source_path",
    "duplicate_group": "duplicate_group",
    "recipe": "recipe",
}
_OF_METADATA = {
    "captured_at": timestamp_of,
    "date_issued_earliest": day_of,
    "date_issued_latest": day_of,
    "review_date": day_of,
}
_OF_ORIGINAL = {
    "original_bytes": "bytes",
    "original_sha256": "sha256",
    "charset": "charset",
}
_OF_ITSELF = ("media_type", "puid")
"""What a document in a container may have of its own, beside what its original is."""
_OF_TEXT = {"character_count": "characters", "word_count": "words", "text_sha256": "sha256"}
_NOTHING: list[str] = []


def document_columns(records: Sequence[Mapping[str, Any]]) -> tuple[Sequence[Any], ...]:
    """The columns of the documents table, a value for each record.

    Raises:
        KeyError, TypeError, ValueError, AttributeError, OverflowError: a record has not the shape of a record.
    """
    metadata = [record["metadata"] for record in records]
    originals = list(map(_original, records))
    figures = [record["text"] for record in records]
    kept = [[passage for passage in record["passages"] if passage["kept"]] for record in records]
    found: dict[str, Sequence[Any]] = {
        "languages": list(map(_languages, kept)),
        "access_level": [one["access_level"] for one in metadata],
        "passage_count": [len(record["passages"]) for record in records],
        "kept_passage_count": list(map(len, kept)),
        "sample_key": [sample_key(record["duplicate_group"]) for record in records],
        "text": list(map(_text, kept)),
    }
    for name, member in _OF_RECORD.items():
        found[name] = [record[member] for record in records]
    for name, value_of in _OF_METADATA.items():
        found[name] = [value_of(one.get(name)) for one in metadata]
    for name, member in _OF_ORIGINAL.items():
        found[name] = [one[member] for one in originals]
    themselves = [record.get("own_format", one) for record, one in zip(records, originals, strict=True)]
    for name in _OF_ITSELF:
        found[name] = [one[name] for one in themselves]
    for name, member in _OF_TEXT.items():
        found[name] = [one[member] for one in figures]
    return tuple(
        found[name] if name in found else [one.get(name, absent) for one in metadata] for name, absent in _COLUMNS
    )


def sample_key(group: str) -> float:
    """A number in [0, 1) that depends on `group` alone: 53 bits of its sha256, as many as a double keeps exactly.

    >>> 0 <= sample_key("g000000000000000000000000") < 1
    True
    """
    return (int.from_bytes(hashlib.sha256(group.encode("utf-8")).digest()[:8]) >> 11) / 2**53


_COLUMNS = tuple((column.name, _NOTHING if column.type is Type.STRINGS else None) for column in DOCUMENTS.columns)
"""The columns of the documents table with what stands for a field that nobody states."""


def _original(record: Mapping[str, Any]) -> Mapping[str, Any]:
    path = record["original"]
    for file in record["files"]:
        if file["path"] == path:
            found: Mapping[str, Any] = file
            return found
    msg = f"no file of the record has the path of its original, {path}"
    raise ValueError(msg)


_LANGUAGE = itemgetter("language")


def _languages(kept: Iterable[Mapping[str, Any]]) -> list[str]:
    found = set(map(_LANGUAGE, kept)) - {UNDETERMINED}
    if len(found) < 2:  # then there is nothing to count
        return list(found)
    characters: Counter[str] = Counter()
    for passage in kept:
        characters[passage["language"]] += passage["char_count"]
    return sorted(found, key=lambda tag: (-characters[tag], tag))


def _text(kept: list[Mapping[str, Any]]) -> str | None:
    if not kept:
        return None
    text = PARAGRAPH_BREAK.join([passage["text"] for passage in kept])
    if len(text) > LONGEST_TEXT or (len(text) * 4 > LONGEST_TEXT and len(text.encode("utf-8")) > LONGEST_TEXT):
        return None
    return text
