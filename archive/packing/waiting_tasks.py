"""Tasks that wait, each until it is its turn to be built: on disk, or as columns where they are alike."""

from __future__ import annotations

import pickle
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise

from archive.model.texts import Texts
from archive.packing.member_tasks import AlikeMembers
from archive.packing.task_batches import AlikeTasks, Extent, TaskBatch
from archive.packing.tasks import DocumentTask
from archive.sources.containers import Member
from archive.sources.containers.runs import Run
from archive.storage.spooled import Spool

_PATTERNS_AT_HAND = 64
"""Containers of whose documents it is remembered what they have in common."""
_ON_DISK = 2**32 - 1
"""Stands for the size of a task that waits on disk; `_starts` has its number there."""
_Short = tuple[int, str, str, str, str, int, int, int, tuple[str | int, ...], str | None]
"""Of a document in a container: the number of its pattern, its identifier, its source path, and its member."""


class WaitingTasks:
    """Tasks by the thousand: of each its identifier stays in memory, and some thirty bytes.

    What the documents of a container have in common is written once, and read once for many of them, so that they cross
    to a worker together in little more room than one.

    Args:
        folder: where the temporary file is made, or None for the system's folder for temporary files.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._spool = Spool(folder)
        self._patterns = Spool(folder)
        self._last: tuple[DocumentTask, int] | None = None
        self._last_common: tuple[DocumentTask, int] | None = None
        self._pattern = lru_cache(maxsize=_PATTERNS_AT_HAND)(self._read_pattern)
        self._names = Texts()
        self._order: Sequence[int] = ()
        self._first_run: int | None = None
        self._run_begins, self._run_patterns = array("q"), array("q")
        self._starts, self._sizes, self._rows = array("q"), array("I"), array("I")
        self.octets = 0

    def add(self, task: DocumentTask) -> None:
        """Takes in one more, in any order.

        Raises:
            StorageError: the disk is full.
        """
        member = task.member
        short = task if member is None or member.findings else self._short(task, member)
        if self._first_run is not None:
            self._starts.append(len(self._spool))
            self._sizes.append(_ON_DISK)
            self._rows.append(0)
        self._spool.add(pickle.dumps(short, pickle.HIGHEST_PROTOCOL))
        self._names.add(task.document_id)
        self.octets += task.size

    def add_run(self, common: DocumentTask, run: Run) -> bool:
        """Takes in the documents of a container that follow one another, of which nothing else is told.

        Args:
            common: what they have in common (`archive.packing.member_tasks.MemberTasks`); the same value for each run
                of a container, as far as can be.
            run: they.

        Returns:
            Whether they were taken in; not those that differ in more than their names and places, or are too large.

        Raises:
            StorageError: the disk is full.
        """
        sizes = [end - start for start, end in zip(run.starts, run.ends, strict=True)]
        if run.details or run.container != common.source_path or max(chain(sizes, run.rows)) >= _ON_DISK:
            return False
        if self._last_common is None or self._last_common[0] is not common:
            self._last_common = common, self._added_pattern(common)
        number = len(self._names)
        if self._first_run is None:
            self._first_run = number
        self._run_begins.append(number)
        self._run_patterns.append(self._last_common[1])
        self._starts.extend(run.starts)
        self._sizes.extend(sizes)
        self._rows.extend(run.rows.tolist())
        self._names.extend([f"{common.document_id}#{name}" for name in run.names])
        self.octets += sum(sizes)
        return True

    def _short(self, task: DocumentTask, member: Member) -> _Short:
        place = member.container, member.name, member.start, member.end, member.row, member.detail, member.parent
        return self._pattern_of(task), task.document_id, task.source_path, *place

    def _pattern_of(self, task: DocumentTask) -> int:
        """The number of what a task has in common with others."""
        if self._last is None or not _is_alike(self._last[0], task):
            self._last = task, self._added_pattern(task._replace(member=None))
        return self._last[1]

    def _added_pattern(self, task: DocumentTask) -> int:
        self._patterns.add(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        return len(self._patterns) - 1

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
        return self._task(number).source_path

    def of_one_name(self) -> Iterator[tuple[DocumentTask, DocumentTask]]:
        """Neighbours that have the same identifier."""
        for one, other in pairwise(self._order):
            if self._names[one] == self._names[other]:
                yield self._task(one), self._task(other)

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[DocumentTask]:
        if self._first_run is None and isinstance(self._order, range):
            return map(self._loaded, self._spool)
        return map(self._task, self._order)

    def batches(self) -> Iterator[TaskBatch]:
        """All of them, as `archive.packing.task_batches.batches` divides them."""
        pieces: list[DocumentTask | AlikeTasks] = []
        alike: list[int] = []
        common = -1
        extent = Extent()
        for number, task, pattern in self._told():
            size = self._sizes[self._at(number)] if task is None else task.size
            is_end = extent.is_enough(size)
            if alike and (is_end or pattern != common):
                pieces.append(self._together(common, alike))
                alike = []
            if is_end:
                yield TaskBatch(tuple(pieces), extent.octets)
                pieces = []
                extent.end()
            common = pattern
            if task is None:
                alike.append(number)
            else:
                pieces.append(task)
            extent.add(size)
        if alike:
            pieces.append(self._together(common, alike))
        if extent.count:
            yield TaskBatch(tuple(pieces), extent.octets)

    def _told(self) -> Iterator[tuple[int, DocumentTask | None, int]]:
        """Of each its number, and the task where it waits on disk, else the number of its pattern."""
        if self._first_run is None:
            for number, task in zip(self._order, self, strict=True):
                yield number, task, -1
            return
        for number in self._order:
            pattern = self._pattern_in_run(number)
            yield number, self._task(number) if pattern < 0 else None, pattern

    def _at(self, number: int) -> int:
        """Where the columns have a task; negative where they do not."""
        return -1 if self._first_run is None else number - self._first_run

    def _pattern_in_run(self, number: int) -> int:
        """The number of the pattern of a task in a run; negative for one that waits on disk."""
        at = self._at(number)
        if at < 0 or self._sizes[at] == _ON_DISK:
            return -1
        return self._run_patterns[bisect_right(self._run_begins, number) - 1]

    def _together(self, pattern: int, numbers: Sequence[int]) -> AlikeMembers:
        """Documents of one pattern; there is at least one."""
        common = self._pattern(pattern)
        skipped = len(common.document_id) + 1
        places = [self._at(number) for number in numbers]
        return AlikeMembers(
            common,
            tuple([name[skipped:] for name in self._names.some(numbers)]),
            array("q", [self._starts[at] for at in places]),
            array("I", [self._sizes[at] for at in places]),
            array("I", [self._rows[at] for at in places]),
        )

    def _task(self, number: int) -> DocumentTask:
        pattern = self._pattern_in_run(number)
        if pattern >= 0:
            return next(iter(self._together(pattern, (number,))))
        at = self._at(number)
        return self._loaded(self._spool.at(number if at < 0 else self._starts[at]))

    def _loaded(self, data: bytes) -> DocumentTask:
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
