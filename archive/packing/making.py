"""The bag of one access level, made in staging: payload, records, tables, pages, and last the tag files."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from archive.model.content import DigestList
from archive.packing.before import Before
from archive.packing.built import BuiltBatch
from archive.packing.finishing import Finishing
from archive.packing.first_way import FirstWay
from archive.packing.gathering import Gathering
from archive.packing.payload import Payload
from archive.packing.rejecting import Judged, Known
from archive.packing.relating import Relating
from archive.packing.reusing import build as reuse_or_build
from archive.packing.shards import RecordShards
from archive.packing.so_far import SoFar
from archive.packing.taken_in import TakenIn
from archive.packing.telling import MetadataOfDocuments, Telling, WholeDocuments
from archive.packing.tried import Tried
from archive.packing.without_text import MetadataAlone
from archive.storage.trouble import told_in_words
from archive.tables.schema import Stamp
from archive.tables.writer import TablesWriter, in_folder


@dataclass(frozen=True, slots=True)
class Making:
    """How one bag is made.

    Attributes:
        finishing: what is to be said of it besides its documents.
        known: findings about the submission that name a document, by its identifier.
        stops: whether a single error means that there will be no bag.
        before: the records of the version before, as far as they may be used; None where they may not.
    """

    finishing: Finishing
    known: Known
    stops: bool
    before: Before | None = None

    @property
    def _gathering(self) -> Gathering:
        return self.finishing.gathering

    @property
    def _has_text(self) -> bool:
        return self.finishing.has_text

    def make(self, staging: Path) -> Tried:
        """Makes the bag in a staging folder that is empty, unless there is something that must be left out first.

        Raises:
            StorageError: the disk refused.
            WorkerError: a worker process died.
        """
        with closing(Payload(staging, self._gathering.algorithms)) as payload, closing(self._taken()) as taken:
            return self._made(payload, taken)

    def _made(self, payload: Payload, taken: TakenIn) -> Tried:
        staging, lap = payload.folder, self._gathering.timing.lead.lap
        lap("take")
        for copies in taken.copies if self._has_text else ():
            payload.enter_copies(copies)
        so_far = SoFar.of(taken, self.known, has_text=self._has_text)
        records = DigestList()
        with ExitStack() as open_files:
            shards = open_files.enter_context(RecordShards(payload))
            with told_in_words(staging):
                (staging / "data/tables").mkdir(parents=True)
            stamp = Stamp(self._gathering.urn)
            tables = open_files.enter_context(TablesWriter(in_folder(staging / "data/tables"), stamp))
            telling = open_files.enter_context(closing(self._telling(tables, so_far, staging)))
            together = open_files.enter_context(closing(Relating(str(staging))))
            for batch in open_files.enter_context(closing(self._built(taken, so_far))):
                if self._has_text:
                    payload.enter_copies(batch.copies)
                together.add(batch.documents)
                for built in batch.documents if self._has_text else ():
                    for layer in built.layers:
                        payload.enter(layer.path, layer.size, layer.digests)
                telling.built(batch)  # while workers build; the rest waits until all documents are there
            lap("build")
            if self._is_in_vain(so_far.judged) or so_far.judged.containers_to_leave_out():
                return so_far.left_off(self.finishing.earlier)
            for completed in together.completed():
                told = telling.completed(completed)
                so_far.findings.extend(told.findings)
                shards.add(told.data, told.sizes)
                records.add_all(told.document_ids, told.content_sha256)
            record = self.finishing.record(so_far, shards.shards)
            lap("relate and write records")
            tables.add_bag({"events": [event.as_json() for event in record.events()]})
            rows = tables.rows
        lap("write tables")
        return self.finishing.finish(payload, taken.evidence, so_far, record, rows, records)

    def _telling(self, tables: TablesWriter, so_far: SoFar, staging: Path) -> Telling:
        if self._has_text:
            return WholeDocuments(tables, so_far.described, str(staging))
        return MetadataOfDocuments(tables, so_far.described, MetadataAlone(self._gathering.plan.level))

    def _built(self, taken: TakenIn, so_far: SoFar) -> Generator[BuiltBatch]:
        """The documents, as long as there may be a bag; all of them are built, since every finding is wanted."""
        with closing(self._gathering.build(taken, reuse_or_build, projects=self._has_text)) as building:
            for tasks, batch in building:
                so_far.take(tasks, batch)
                if not self._is_in_vain(so_far.judged):
                    yield batch

    def _taken(self) -> TakenIn:
        taken = FirstWay(self._gathering).take(ahead=self.before is not None)
        return taken if self.before is None else self.before.marked(taken, self._gathering)

    def _is_in_vain(self, judged: Judged) -> bool:
        return bool(judged.documents or judged.taken.failed) or (self.stops and judged.is_spoilt)
