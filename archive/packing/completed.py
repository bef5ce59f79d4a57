"""Records with their relations, some at a time, side by side as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from archive.model.content import Written
from archive.model.findings import Finding

_DIGEST = 32
Some = tuple[bytes, list[int]]
"""Values side by side, and where each begins and ends (`archive.storage.spooled.Spool.some`)."""


class Completed(NamedTuple):
    """Documents that were added together, in their order.

    Attributes:
        document_ids: of each.
        data: their records in the form of RFC 8785, each with a line end.
        sizes: the bytes of each record, its line end included.
        content_sha256: of each record's content.
        groups: the duplicate group of each; None where all have the one that they came with.
        related: those that have relations, each with the relations as the record has them.
        findings: duplicates before a document, and relations that lead nowhere.
    """

    document_ids: Sequence[str]
    data: bytes
    sizes: Sequence[int]
    content_sha256: Sequence[str]
    groups: Sequence[str] | None = None
    related: Sequence[tuple[str, Sequence[Mapping[str, Any]]]] = ()
    findings: tuple[Finding, ...] = ()

    def lines(self) -> Iterator[bytes]:
        """Each record, with its line end."""
        return (self.data[start:end] for start, end in pairwise(accumulate(self.sizes, initial=0)))


def named(document_id: str, content_sha256: str) -> bytes:
    """What is spooled of a document beside its record."""
    return bytes.fromhex(content_sha256) + document_id.encode("utf-8", "surrogatepass")


def name_in(value: bytes) -> str:
    """The identifier of a document in what `named` gave."""
    return value[_DIGEST:].decode("utf-8", "surrogatepass")


class Completing:
    """Documents that were added together, while relations are given to some of them.

    Args:
        beside: what `named` gave for each.
        records: of each, with a line end.
    """

    def __init__(self, beside: Some, records: Some) -> None:
        values = [beside[0][start:end] for start, end in pairwise(beside[1])]
        self._names = list(map(name_in, values))
        self._digests = [value[:_DIGEST].hex() for value in values]
        self._data, self._bounds = records
        self._changed: dict[int, bytes] = {}
        self._related: list[tuple[str, Sequence[Mapping[str, Any]]]] = []
        self.findings: list[Finding] = []
        """What is to be said of them."""

    def line(self, place: int) -> bytes:
        """The record of one of them, with its line end."""
        return self._data[self._bounds[place] : self._bounds[place + 1]]

    def change(self, place: int, own: Written, relations: Sequence[Mapping[str, Any]]) -> None:
        """Puts another record in the place of one.

        Args:
            place: which of them it is.
            own: the record.
            relations: which it has.
        """
        self._changed[place], self._digests[place] = own.line + b"\n", own.content_sha256
        self._related.append((self._names[place], relations))

    def done(self, groups: Sequence[str] | None) -> Completed:
        """All of them.

        Args:
            groups: of each; None where all have the one that they came with.
        """
        data, sizes = self._data, [end - start for start, end in pairwise(self._bounds)]
        if self._changed:
            lines = [self._changed.get(place) or self.line(place) for place in range(len(sizes))]
            data, sizes = b"".join(lines), list(map(len, lines))
        return Completed(self._names, data, sizes, self._digests, groups, self._related, tuple(self.findings))
