"""Tasks that wait on disk, each until it is its turn to be built."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise

from archive.model.texts import Texts
from archive.packing.tasks import DocumentTask
from archive.sources.containers import Member
from archive.storage.spooled import Spool

_PATTERNS_AT_HAND = 64
"""Containers of whose documents it is remembered what they have in common."""
_Short = tuple[int, str, str, str, str, int, int, int, tuple[str | int, ...], str | None]
"""Of a document in a container: the number of its pattern, its identifier, its source path, and its member."""


class WaitingTasks:
    """Tasks by the thousand: of each its identifier stays in memory, and sixteen bytes.

    What the documents of a container have in common is written once, and read once for many of them, so that they cross
    to a worker together in little more room than one.

    Args:
        folder: where the temporary file is made, or None for the system's folder for temporary files.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._spool = Spool(folder)
        self._patterns = Spool(folder)
        self._last: DocumentTask | None = None
        self._pattern = lru_cache(maxsize=_PATTERNS_AT_HAND)(self._read_pattern)
        self._names = Texts()
        self._order: Sequence[int] = ()
        self.octets = 0

    def add(self, task: DocumentTask) -> None:
        """Takes in one more, in any order.

        Raises:
            StorageError: the disk is full.
        """
        member = task.member
        short = task if member is None or member.findings else self._short(task, member)
        self._spool.add(pickle.dumps(short, pickle.HIGHEST_PROTOCOL))
        self._names.add(task.document_id)
        self.octets += task.size

    def _short(self, task: DocumentTask, member: Member) -> _Short:
        if self._last is None or not _is_alike(self._last, task):
            self._last = task
            self._patterns.add(pickle.dumps(replace(task, member=None), pickle.HIGHEST_PROTOCOL))
        place = member.container, member.name, member.start, member.end, member.row, member.detail, member.parent
        return len(self._patterns) - 1, task.document_id, task.source_path, *place

    def sort(self) -> None:
        """Puts them into the order of their identifiers; to be called once, when all are there."""
        if all(one < other for one, other in pairwise(self._names)):
            self._order = range(len(self._names))
            return
        by_name = sorted(range(len(self._names)), key=self._names.__getitem__)
        order = array("i")
        for _, same in groupby(by_name, key=self._names.__getitem__):
            numbers = list(same)
            order.extend(sorted(numbers, key=self._source_path) if len(numbers) > 1 else numbers)
        self._order = order

    def _source_path(self, number: int) -> str:
        return self._task(self._spool.at(number)).source_path

    def of_one_name(self) -> Iterator[tuple[DocumentTask, DocumentTask]]:
        """Neighbours that have the same identifier."""
        for one, other in pairwise(self._order):
            if self._names[one] == self._names[other]:
                yield self._task(self._spool.at(one)), self._task(self._spool.at(other))

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[DocumentTask]:
        every = self._spool if isinstance(self._order, range) else map(self._spool.at, self._order)
        return map(self._task, every)

    def _task(self, data: bytes) -> DocumentTask:
        found: DocumentTask | _Short = pickle.loads(data)  # noqa: S301 - out of a file without a name that this process has written
        if isinstance(found, DocumentTask):
            return found
        number, document_id, source_path, container, name, start, end, row, detail, parent = found
        pattern = self._pattern(number)
        return DocumentTask(
            document_id,
            source_path,
            pattern.files,
            pattern.access_level,
            pattern.statements,
            pattern.additional,
            Member(container, name, start, end, row, (), detail, parent),
            pattern.annotations,
            pattern.known,
            pattern.laid_by,
        )

    def _read_pattern(self, number: int) -> DocumentTask:
        found: DocumentTask = pickle.loads(self._patterns.at(number))  # noqa: S301 - as above
        return found

    def close(self) -> None:
        """Removes the files."""
        self._spool.close()
        self._patterns.close()


def _is_alike(one: DocumentTask, other: DocumentTask) -> bool:
    """Whether two documents in containers differ in nothing but their identifier, their source path and their place."""
    return (
        one.files is other.files
        and one.statements is other.statements
        and one.additional is other.additional
        and one.annotations is other.annotations
        and (one.access_level, one.known, one.laid_by) == (other.access_level, other.known, other.laid_by)
    )
