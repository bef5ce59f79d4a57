"""What comes of documents that were built, as it travels from a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from archive.model.columns import TABLES
from archive.model.crossing import Crossing
from archive.model.findings import Finding
from archive.model.relations import STATED
from archive.packing.copies import NO_COPIES, Copies
from archive.packing.likeness import Likeness
from archive.packing.tasks import DocumentTask
from archive.tables.batches import RowBatch

OF_ALL = ("documents", "relations")
"""Tables whose rows about a document depend on the other documents."""
OF_ONE = tuple(table.name for table in TABLES if table.name not in OF_ALL)
DOCUMENTS = "documents"
"""The table whose rows wait until the groups of all documents are known."""


@dataclass(frozen=True, slots=True)
class WrittenLayer(Crossing):
    """A derived layer that now stands in the bag: its payload path, its size, and its digests by algorithm."""

    path: str
    size: int
    digests: tuple[tuple[str, str], ...]


class Built(NamedTuple):
    """What came of one document; a tuple, since each document has one.

    Attributes:
        document_id: its identifier.
        source_path: the true name.
        line: the record in the form of RFC 8785, without a line end.
        content_sha256: of the record's content (see `archive.model.content`).
        layers: the derived layers that were written.
        findings: all of them; an error among them means that the document is rejected.
        passages: how many passages it has.
        likeness: by what its duplicates are found; the record does not know of them yet.
        is_relating: whether its metadata may state a relation to another document.
        is_reused: whether it was taken from the version before.
    """

    document_id: str
    source_path: str
    line: bytes
    content_sha256: str
    layers: tuple[WrittenLayer, ...]
    findings: tuple[Finding, ...]
    passages: int
    likeness: Likeness
    is_relating: bool = False
    is_reused: bool = False


@dataclass(frozen=True, slots=True)
class Failed(Crossing):
    """A document whose sources could not be taken in."""

    document_id: str
    source_path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BuiltBatch(Crossing):
    """What came of some documents.

    Attributes:
        documents: each of them, in their order.
        rows: their rows in the tables of `OF_ONE` and in `DOCUMENTS`, each document in a group of its own; of one table
            in the order of the documents. None where nobody asked, or where a document is rejected.
        languages: of their kept passages, as they come.
        copies: of their sources, where these were taken in just before.
        failed: those whose sources could not be; they are not among `documents`.
        seconds: by step, where somebody measures.
    """

    documents: tuple[Built, ...]
    rows: tuple[RowBatch, ...] = ()
    languages: tuple[str, ...] = ()
    copies: Copies = NO_COPIES
    failed: tuple[Failed, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """What pickling keeps of it: of documents the columns, in a sixth of the time that each by itself takes."""
        _, (documents, *others) = Crossing.__reduce__(self)
        columns = list(zip(*documents, strict=True))
        if columns:
            columns[_LIKENESS] = tuple(zip(*columns[_LIKENESS], strict=True))
        return _of_columns, (columns, *others)

    def beside(self, tasks: Iterable[DocumentTask]) -> Iterator[tuple[DocumentTask, Built]]:
        """Each document with its task, out of those of this batch."""
        gone = {one.document_id for one in self.failed}
        return zip((one for one in tasks if one.document_id not in gone), self.documents, strict=True)


_LIKENESS = Built._fields.index("likeness")


def _of_columns(columns: list[Any], *others: Any) -> BuiltBatch:
    if columns:
        columns[_LIKENESS] = map(Likeness._make, zip(*columns[_LIKENESS], strict=True))
    return BuiltBatch(tuple(map(Built._make, zip(*columns, strict=True))), *others)


def is_relating(metadata: Mapping[str, Any]) -> bool:
    """Whether metadata has a value that may be a relation."""
    return not STATED.keys().isdisjoint(metadata)
