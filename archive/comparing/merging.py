"""Compares two sorted runs of records in one pass; what only one of them has waits on disk for its twin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archive.comparing.records import Record, change_of, evidence_of, grave_of, original_sha256
from archive.errors import BagUnreadableError
from archive.model.differences import DocumentChange, DocumentName
from archive.storage.spill import Pair, SortedRuns

HELD = 2000
"""Records without a counterpart that are held in memory before they go to disk."""
_BEFORE, _AFTER = "-", "+"


@dataclass(frozen=True, slots=True)
class Same:
    """A document that is the same in both."""

    document_id: str


@dataclass(frozen=True, slots=True)
class Added:
    """A document that only the newer one has."""

    document: DocumentName


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that only the older one has."""

    document: DocumentName


Outcome = Same | Added | Removed | DocumentChange


def compared(before: Iterable[Record], after: Iterable[Record]) -> Iterator[Outcome]:
    """One outcome for each document of either side.

    First come those that both have, by identifier; then those that only one of them has. Where the two have the same
    original (and, in a container, the same member) under different identifiers, it is a renamed document.

    Args:
        before: the older records, sorted by `document_id`.
        after: the newer ones, likewise.

    Raises:
        BagUnreadableError: records are not sorted, or there are two of one document.
        KeyError, TypeError, AttributeError: a record has not the shape of a record.
        StorageError: a temporary file cannot be written or read.
    """
    alone = _Alone()
    try:
        for older, newer in _pairs(_in_order(before), _in_order(after)):
            if older is not None and newer is not None:
                yield change_of(older, newer) or Same(newer["document_id"])
            elif newer is not None:
                alone.add(newer, _AFTER)
            elif older is not None:
                alone.add(older, _BEFORE)
        yield from alone.outcomes()
    finally:
        alone.close()


def _pairs(before: Iterator[Record], after: Iterator[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    older, newer = next(before, None), next(after, None)
    while older is not None or newer is not None:
        if newer is None or (older is not None and older["document_id"] < newer["document_id"]):
            yield older, None
            older = next(before, None)
        elif older is None or newer["document_id"] < older["document_id"]:
            yield None, newer
            newer = next(after, None)
        else:
            yield older, newer
            older, newer = next(before, None), next(after, None)


def _in_order(records: Iterable[Record]) -> Iterator[Record]:
    last: str | None = None
    for record in records:
        name = record["document_id"]
        if last is not None and not last < name:
            what = f"the records are not sorted: {name!r} follows {last!r}"
            raise BagUnreadableError(what, where=f"document {name}", remedy="Run `archive validate` on the bag")
        last = name
        yield record


class _Alone:
    """Records that only one side has, by their evidence."""

    def __init__(self) -> None:
        self._runs = SortedRuns()
        self._held: list[Pair] = []

    def add(self, record: Record, side: str) -> None:
        written = json.dumps(record, ensure_ascii=True)
        self._held.append((evidence_of(record), f"{side}{json.dumps(record['document_id'])}\n{written}"))
        if len(self._held) >= HELD:
            held, self._held = self._held, []
            self._runs.add(held)

    def outcomes(self) -> Iterator[Outcome]:
        """Those with the same original as pairs, in the order of their identifiers; the others alone."""
        for _, values in self._runs.merged(self._held):
            newer = [_read(value) for value in values if value.startswith(_AFTER)]
            older = [_read(value) for value in values if value.startswith(_BEFORE)]
            for one, other in zip(older, newer, strict=False):
                change = change_of(one, other)
                if change is not None:
                    yield change
            yield from (Added(_name(one)) for one in newer[len(older) :])
            yield from (Removed(_name(one)) for one in older[len(newer) :])

    def close(self) -> None:
        self._runs.close()


def _read(value: str) -> Any:
    return json.loads(value.split("\n", 1)[1])


def _name(record: Record) -> DocumentName:
    return DocumentName(
        record["document_id"], record["metadata"].get("title"), original_sha256(record), grave_of(record)
    )
