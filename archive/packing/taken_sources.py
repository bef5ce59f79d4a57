"""What came of each source that was taken in, on disk: a million of them do not fit into memory beside all else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from archive.model.corpora import PlannedDocument
from archive.model.digests import hex_length
from archive.model.findings import Finding
from archive.packing.copies import SIZE, Copies
from archive.packing.taking import Took, Wanted
from archive.packing.tasks import ORIGINALS
from archive.storage.spooled import Spool

_TOGETHER = 256
"""Copies that are told together."""


class Planned(Protocol):
    """Documents as planned, in order; see `archive.model.corpora.PlannedDocuments`."""

    def __iter__(self) -> Iterator[PlannedDocument]: ...

    def paths(self) -> Iterator[str]:
        """The paths of their files, in the same order."""
        ...


class TakenSources:
    """What came of sources, in the order of the documents whose files they are.

    Args:
        documents: as planned; a plan is made anew each time that it is asked for, so that it is asked for seldom.
        stored: what files are called in the bag, by their paths, where it is another name.
        algorithms: of the digests.
        folder: where the temporary file is made, or None for the system's folder for temporary files.
    """

    def __init__(
        self, documents: Planned, stored: Mapping[str, str], algorithms: Sequence[str], folder: str | None = None
    ) -> None:
        self._documents = documents
        self._stored = stored
        self._algorithms = [(algorithm, hex_length(algorithm) // 2) for algorithm in algorithms]
        self._end = SIZE + sum(length for _, length in self._algorithms)
        self._spool = Spool(folder)
        self._failures: dict[int, Finding] = {}

    def add(self, took: Took) -> None:
        """Takes in what came of the next one.

        Raises:
            StorageError: the disk is full.
        """
        if took.failure is not None:
            self._failures[len(self._spool)] = took.failure
            self._spool.add(b"")
            return
        laid_by = took.laid_by.encode("ascii")
        by_name = dict(took.digests)
        digests = bytes.fromhex("".join([by_name[algorithm] for algorithm, _ in self._algorithms]))
        self._spool.add(took.size.to_bytes(SIZE, "big") + digests + laid_by)

    def wanted(self, document: PlannedDocument, *, is_counted: bool = False) -> list[Wanted]:
        """The files of a document as they are asked for."""
        return [Wanted(file.path, self._name(file.path), file.size, is_counted) for file in document.files]

    def _name(self, path: str) -> str:
        return ORIGINALS + self._stored.get(path, path)

    def by_document(self) -> Iterator[tuple[PlannedDocument, list[Took]]]:
        """Each document with what came of its files.

        Raises:
            StorageError: it cannot be read back.
        """
        values = enumerate(self._spool)
        for document in self._documents:
            wanted = self.wanted(document)
            yield document, [self._took(one, *next(values)) for one in wanted]

    def _took(self, wanted: Wanted, number: int, value: bytes) -> Took:
        failure = self._failures.get(number)
        if failure is not None:
            return Took(wanted, failure=failure)
        return Took(wanted, int.from_bytes(value[:SIZE], "big"), self._digests(value), None, self._place(value))

    def copies(self) -> Iterator[Copies]:
        """The copies of those that could be taken in.

        Raises:
            StorageError: it cannot be read back.
        """
        every = enumerate(zip(self._documents.paths(), self._spool, strict=True))
        taken = (
            (self._name(path), int.from_bytes(value[:SIZE], "big"), value[SIZE : self._end])
            for number, (path, value) in every
            if number not in self._failures
        )
        while some := list(islice(taken, _TOGETHER)):
            yield Copies.of(some)

    def _digests(self, value: bytes) -> tuple[tuple[str, str], ...]:
        found, at = [], SIZE
        for algorithm, length in self._algorithms:
            found.append((algorithm, value[at : at + length].hex()))
            at += length
        return tuple(found)

    def _place(self, value: bytes) -> str:
        return value[self._end :].decode("ascii")

    def close(self) -> None:
        """Removes the file."""
        self._spool.close()
