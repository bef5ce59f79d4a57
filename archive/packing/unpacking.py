"""From sources that were taken in to the documents that are to be built, those in containers among them.

Containers are looked through in workers, some way ahead of what is made of them here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain

from archive.engine.beside import beside
from archive.model.containers import is_document_too
from archive.model.corpora import PlannedDocument
from archive.model.findings import Finding
from archive.model.progress import Progress
from archive.model.tally import Tally
from archive.packing import listing, tasks
from archive.packing.at_once import of_document
from archive.packing.built import Failed
from archive.packing.gathering import Gathering
from archive.packing.inside import Inside, Lost
from archive.packing.listing import Listed, Lister, Wanted, wanted_of
from archive.packing.member_tasks import MemberTasks
from archive.packing.naming import escapes, strays
from archive.packing.places import place_in
from archive.packing.taken_sources import TakenSources
from archive.packing.taking import Took, shown
from archive.packing.tasks import DocumentTask
from archive.packing.waiting_tasks import WaitingTasks
from archive.sources.containers.runs import Piece, Run

_WORTH_A_DOCUMENT = 64 * 1024
"""Bytes that are, where they are in containers, as much work to look through as another document."""
_Result = tuple[Wanted, Listed]


class Unpacking:
    """Finds the documents of a level; to be used once.

    Args:
        gathering: what is gathered, and how.
        waiting: gets their tasks.
        renamed: as for `archive.packing.tasks.task_of`.

    Attributes:
        failed: the documents whose sources could not be taken in.
        lost: the pieces of containers that are no document.
        containers: the identifiers of the containers, by path.
    """

    def __init__(self, gathering: Gathering, waiting: WaitingTasks, renamed: dict[str, str]) -> None:
        self._gathering = gathering
        self._waiting = waiting
        self._renamed = renamed
        self._about_names, self._about_containers = Tally.of_documents(), Tally.of_documents()
        self._opened: deque[tuple[PlannedDocument, DocumentTask]] = deque()
        self._done = -1
        self.failed: list[Failed] = []
        self.lost: list[Lost] = []
        self.containers: dict[str, str] = {}

    @property
    def findings(self) -> Iterator[Finding]:
        """About names and about containers; in an order that no worker has a part in."""
        return chain(self._about_names, self._about_containers)

    def unpack(self, sources: TakenSources) -> None:
        """Finds them.

        Raises:
            StorageError: a container cannot be read, or the disk is full.
            WorkerError: a worker process died.
        """
        with closing(self._results(self._wanted(sources))) as results:
            for wanted, listed in results:
                if wanted.number > self._done:  # else it is of a container of which no more is taken
                    document, task = self._opened.popleft()
                    self._open(document, task, chain((listed,), () if wanted.is_last else _rest(results)))
                    self._done = wanted.number

    def _results(self, wanted: Iterator[Wanted]) -> Generator[_Result]:
        gathering = self._gathering
        documents = gathering.plan.documents
        total = documents.octets()
        engine, batches = gathering.engine(total // _WORTH_A_DOCUMENT + len(documents), listing.batches(wanted))
        shared = Lister(gathering.staging or gathering.folder, gathering.renames, gathering.limits)
        octets = 0
        for batch, found in beside(engine, listing.list_members, shared, batches):
            for one, listed in zip(batch, found, strict=True):
                yield one, listed
                octets += one.size
            gathering.listener(Progress("opening containers", self._done + 1, None, octets, None))

    def _wanted(self, sources: TakenSources) -> Iterator[Wanted]:
        """The containers, and of large ones the stretches; documents of their own are kept on the way."""
        number = 0
        for document, took in sources.by_document():
            task = self._task(document, {one.wanted.path: one for one in took})
            if task is None:
                continue
            kind = document.files[0].kind
            if not document.is_container:
                self._keep(task)
                if kind is None:
                    continue
            self._opened.append((document, task))
            file = task.files[0]
            for one in wanted_of(number, kind, task.source_path, file.location, file.size):
                if number > self._done:
                    yield one
            number += 1

    def _task(self, document: PlannedDocument, took: dict[str, Took]) -> DocumentTask | None:
        """The task of a document by itself; None where its sources could not be taken in."""
        failures = [one.failure for one in took.values() if one.failure is not None]
        if failures:
            why = of_document(document.document_id, failures)
            self.failed.append(Failed(document.document_id, shown(document.files[0].path), why))
            return None
        task = tasks.task_of(document, took, {path: self._location(one) for path, one in took.items()}, self._renamed)
        self._about_names.extend(escapes(task))
        return task

    def _open(self, document: PlannedDocument, task: DocumentTask, listed: Iterable[Listed]) -> None:
        """What is found in one container."""
        gathering = self._gathering
        inside = Inside(document, task, listed)
        members = MemberTasks(document, task, self._renamed)
        is_simple = members.are_alike and not gathering.without
        for piece in inside.members():
            if not (is_simple and isinstance(piece, Run) and self._waiting.add_run(members.common, piece)):
                self._keep_each(members, piece)
        self._about_containers.extend(inside.findings)
        self._about_containers.extend(strays(document, inside.strays, gathering.validator.origins.columns))
        path = document.files[0].path
        if inside.is_empty:
            if not is_document_too(document.files[0].kind):
                self._keep(task)
            return
        self.containers[path] = document.document_id
        location = place_in(gathering.staging or gathering.folder, task.files[0].location)
        self._about_containers.extend(
            gathering.withheld.in_container(document.document_id, shown(path), location, gathering.plan.level)
        )
        self.lost.extend(inside.lost)

    def _keep_each(self, members: MemberTasks, piece: Piece) -> None:
        for one in piece if isinstance(piece, Run) else (piece,):
            self._keep(members.of(one))

    def _keep(self, task: DocumentTask) -> None:
        if task.document_id not in self._gathering.without:
            self._waiting.add(task)

    def _location(self, took: Took) -> str:
        return took.wanted.path if self._gathering.staging is None else took.wanted.stored


def _rest(results: Iterator[_Result]) -> Iterator[Listed]:
    """What else was found in the container that is open."""
    for wanted, listed in results:
        yield listed
        if wanted.is_last:
            return
