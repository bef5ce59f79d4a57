"""Tasks that wait on disk, each until it is its turn to be built."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from archive.model.texts import Texts
from archive.packing.tasks import DocumentTask
from archive.storage.spooled import Spool


class WaitingTasks:
    """Tasks by the thousand: of each its identifier stays in memory, and sixteen bytes.

    Args:
        folder: where the temporary file is made, or None for the system's folder for temporary files.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._spool = Spool(folder)
        self._names = Texts()
        self._order: Sequence[int] = ()
        self.octets = 0

    def add(self, task: DocumentTask) -> None:
        """Takes in one more, in any order.

        Raises:
            StorageError: the disk is full.
        """
        self._spool.add(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        self._names.add(task.document_id)
        self.octets += task.size

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
        task: DocumentTask = pickle.loads(data)  # noqa: S301 - out of a file without a name that this process has written
        return task

    def close(self) -> None:
        """Removes the file."""
        self._spool.close()
