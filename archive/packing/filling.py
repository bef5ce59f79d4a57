"""Documents of a batch as they travel: those that follow from a stencil are written out column by column.

A document that takes the long way has a record of its own. Of one that follows from a stencil nothing is made but the
values in which it differs, until the batch is done: then its line, its digests and its rows come of the columns that
these values are together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from archive.model.findings import errors_in
from archive.model.records import RecordJson
from archive.packing.built import DOCUMENTS, OF_ONE, Built, BuiltBatch
from archive.tables.batches import RowBatch, batches_of
from archive.tables.document_columns import UNDETERMINED

TABLES = (*OF_ONE, DOCUMENTS)
"""The tables that have rows of documents as they are built."""
_LEAST_ALIKE = 4
"""Documents in a row whose rows are worth to be made from a stencil."""

Document = tuple[Built, RecordJson]
"""What comes of a document, and its record."""


class Stencil(Protocol):
    """What the records of some documents share."""

    def documents(self, fits: Sequence[Fit]) -> Iterable[Built]:
        """What comes of documents that follow from it."""
        ...

    def records(self, fits: Sequence[Fit]) -> Iterable[RecordJson]:
        """The records of such."""
        ...

    def languages(self, fits: Sequence[Fit]) -> Iterable[str]:
        """Those of their kept passages."""
        ...

    def rows(self, fits: Sequence[Fit]) -> Iterable[RowBatch]:
        """The rows of such, of all of which the same is told; of each table of `TABLES` that has any."""
        ...


class Fit(NamedTuple):
    """A document that follows from a stencil.

    Attributes:
        stencil: it.
        told: what people say of the document; one and the same where the same is said of another.
        values: in what it differs from others of which the same is told.
    """

    stencil: Stencil
    told: Any
    values: tuple[Any, ...]


Made = Document | Fit
"""A document that is made, or as good as made."""


def written_out(made: Sequence[Made]) -> list[Built]:
    """What comes of documents."""
    found: list[Built] = []
    for fits, others in _runs(made, _stencil_of):
        found.extend(fits[0].stencil.documents(fits) if fits else [built for built, _ in others])
    return found


def in_full(one: Made) -> Document:
    """A document with its record."""
    if not isinstance(one, Fit):
        return one
    (built,), (record,) = one.stencil.documents([one]), one.stencil.records([one])
    return built, record


def batched(made: Sequence[Made], documents: Sequence[Built]) -> BuiltBatch:
    """Documents with their rows, unless one of them is rejected.

    Args:
        made: the documents.
        documents: what `written_out` gives of them.

    Raises:
        ArchiveError: a record has not the shape of a record, though nothing is wrong with it.
        LimitError: a value is longer than a cell can be.
    """
    if any(one.findings and errors_in(one.findings) for one in documents):
        return BuiltBatch(tuple(documents))
    rows: list[RowBatch] = []
    languages: list[str] = []
    records: list[RecordJson] = []  # whose rows are still to be made
    for fits, others in _runs(made, _told_of):
        if len(fits) < _LEAST_ALIKE:
            records.extend(fits[0].stencil.records(fits) if fits else [record for _, record in others])
            continue
        languages.extend(_languages(records))
        languages.extend(fits[0].stencil.languages(fits))
        rows.extend((*batches_of(TABLES, records), *fits[0].stencil.rows(fits)))
        records = []
    languages.extend(_languages(records))
    rows.extend(batches_of(TABLES, records))
    found = dict.fromkeys(one for one in languages if one != UNDETERMINED)
    return BuiltBatch(tuple(documents), tuple(rows), tuple(found))


def _languages(records: Iterable[RecordJson]) -> Iterator[str]:
    """The languages of kept passages."""
    return (one["language"] for record in records for one in record["passages"] if one["kept"])


def _runs(made: Iterable[Made], key: Callable[[Made], object]) -> Iterator[tuple[list[Fit], list[Document]]]:
    """Documents that follow one another and have the same key: such as follow from one stencil, or such as do not."""
    for _, some in groupby(made, key):
        alike = list(some)
        fits = [one for one in alike if isinstance(one, Fit)]
        yield fits, [] if fits else [one for one in alike if not isinstance(one, Fit)]


def _stencil_of(one: Made) -> int:
    return id(one.stencil) if isinstance(one, Fit) else 0


def _told_of(one: Made) -> tuple[int, int]:
    return (id(one.stencil), id(one.told)) if isinstance(one, Fit) else (0, 0)
