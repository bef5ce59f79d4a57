"""The bag of one access level, made in staging: payload, records, tables, pages, and last the tag files."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from archive.describe.facts import BagFacts
from archive.describe.front_matter import front_matter
from archive.describe.readme import bag_readme, payload_readme
from archive.model.content import COVERED, DigestList, content_digest
from archive.model.derivation_rule import RULE_TEXT
from archive.model.findings import Finding
from archive.model.reports import BagSummary
from archive.model.tally import Tally
from archive.model.versions import Holds, Predecessor, Tombstone, standing_lines
from archive.packing.bag_record import BagRecord, Rejection
from archive.packing.before import Before
from archive.packing.built import BuiltBatch
from archive.packing.describing import Gathered, package_facts, write_descriptions
from archive.packing.first_way import FirstWay
from archive.packing.gathering import Gathering
from archive.packing.instant import Instant
from archive.packing.keeping import QUOTING, Keeping
from archive.packing.payload import Payload
from archive.packing.rejecting import Earlier, Judged, Known
from archive.packing.relating import Relating
from archive.packing.reusing import build as reuse_or_build
from archive.packing.shards import RecordShards, Shard
from archive.packing.tag_files import bag_info, write_tag_files
from archive.packing.taken_in import TakenIn
from archive.packing.tasks import DocumentTask
from archive.packing.telling import MetadataOfDocuments, Telling, WholeDocuments
from archive.packing.without_text import MetadataAlone
from archive.schema import shipped
from archive.storage.trouble import told_in_words
from archive.tables.schema import Stamp
from archive.tables.writer import TablesWriter, in_folder


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one try to make a bag.

    Attributes:
        findings: all of them.
        rejected: the inputs with errors.
        failed: the documents whose sources could not be taken in.
        documents: how many are in the bag, or would be if it had been finished.
        passages: how many they have.
        content: the content digest; empty where no bag was finished.
        root: the root digest; empty where no bag was finished.
        files: how many files there are in the bag.
        octets: how many bytes.
        reused: how many documents were taken from the version before.
        next: what another try would leave out, with what was left out before.
    """

    findings: tuple[Finding, ...]
    rejected: tuple[Rejection, ...] = ()
    failed: tuple[Rejection, ...] = ()
    documents: int = 0
    passages: int = 0
    content: str = ""
    root: str = ""
    files: int = 0
    octets: int = 0
    reused: int = 0
    next: Earlier = field(default=Earlier())

    @property
    def is_finished(self) -> bool:
        """Whether there is a bag."""
        return bool(self.root)

    def summary(self, path: Path, urn: str) -> BagSummary:
        """What names the bag."""
        return BagSummary(str(path), urn, self.root, f"sha256:{self.content}")


@dataclass(slots=True)
class _Tally:
    """What is counted while records come."""

    judged: Judged
    findings: Tally
    has_text: bool
    documents: int = 0
    passages: int = 0
    reused: int = 0
    described: Gathered = field(default_factory=Gathered)

    def take(self, tasks: Iterable[DocumentTask], batch: BuiltBatch) -> None:
        self.documents += len(batch.documents)
        self.reused += sum([built.is_reused for built in batch.documents])
        self.passages += sum([built.passages for built in batch.documents]) if self.has_text else 0
        for task, built in batch.beside(tasks) if any(built.findings for built in batch.documents) else ():
            self.findings.extend(built.findings)
            self.judged.reject(task, built.findings)


@dataclass(frozen=True, slots=True)
class Making:
    """How one bag is made.

    Attributes:
        gathering: where its documents come from.
        instant: the one instant.
        known: findings about the submission that name a document, by its identifier.
        ignored: how many files of the folder are no documents.
        earlier: what earlier tries left out, by reason.
        stops: whether a single error means that there will be no bag.
        holds: what the bag is to hold.
        previous: the bag of the version before, or None.
        tombstones: of what was withdrawn, sorted.
        before: the records of the version before, as far as they may be used; None where they may not.
    """

    gathering: Gathering
    instant: Instant
    known: Known
    ignored: int
    earlier: Earlier
    stops: bool
    holds: Holds = Holds.DOCUMENTS
    previous: Predecessor | None = None
    tombstones: tuple[Tombstone, ...] = ()
    before: Before | None = None

    @property
    def _has_text(self) -> bool:
        return self.holds is Holds.DOCUMENTS

    def make(self, staging: Path) -> Made:
        """Makes the bag in a staging folder that is empty, unless there is something that must be left out first.

        Raises:
            StorageError: the disk refused.
            WorkerError: a worker process died.
        """
        with closing(Payload(staging, self.gathering.algorithms)) as payload, closing(self._taken()) as taken:
            return self._made(payload, taken)

    def _made(self, payload: Payload, taken: TakenIn) -> Made:
        staging, lap = payload.folder, self.gathering.timing.lead.lap
        lap("take")
        for copies in taken.copies if self._has_text else ():
            payload.enter_copies(copies)
        tally = _Tally(Judged.of(taken, self.known), Tally.of_documents(taken.all_findings), self._has_text)
        records = DigestList()
        with ExitStack() as open_files:
            shards = open_files.enter_context(RecordShards(payload))
            with told_in_words(staging):
                (staging / "data/tables").mkdir(parents=True)
            tables = open_files.enter_context(
                TablesWriter(in_folder(staging / "data/tables"), Stamp(self.gathering.urn))
            )
            telling = open_files.enter_context(closing(self._telling(tables, tally, staging)))
            together = open_files.enter_context(Relating(str(staging)))
            for batch in open_files.enter_context(closing(self._built(taken, tally))):
                if self._has_text:
                    payload.enter_copies(batch.copies)
                together.add(batch.documents)
                for built in batch.documents if self._has_text else ():
                    for layer in built.layers:
                        payload.enter(layer.path, layer.size, layer.digests)
                telling.built(batch)  # while workers build; the rest waits until all documents are there
            lap("build")
            if self._is_in_vain(tally.judged) or tally.judged.containers_to_leave_out():
                return self._unfinished(tally)
            for completed in together.completed():
                told = telling.completed(completed)
                tally.findings.extend(told.findings)
                shards.add(told.data, told.sizes)
                records.add_all(told.document_ids, told.content_sha256)
            record = self._record(tally, shards.shards)
            lap("relate and write records")
            tables.add_bag({"events": [event.as_json() for event in record.events()]})
            rows = tables.rows
        lap("write tables")
        return self._finish(payload, taken, tally, record, rows, records)

    def _telling(self, tables: TablesWriter, tally: _Tally, staging: Path) -> Telling:
        if self._has_text:
            return WholeDocuments(tables, tally.described, str(staging))
        return MetadataOfDocuments(tables, tally.described, MetadataAlone(self.gathering.plan.level))

    def _built(self, taken: TakenIn, tally: _Tally) -> Generator[BuiltBatch]:
        """The documents, as long as there may be a bag; all of them are built, since every finding is wanted."""
        with closing(self.gathering.build(taken, reuse_or_build, projects=self._has_text)) as building:
            for tasks, batch in building:
                for one in batch.failed:
                    tally.findings.extend(one.findings)
                    tally.judged.fail(one)
                tally.take(tasks, batch)
                if not self._is_in_vain(tally.judged):
                    yield batch

    @property
    def _quoting(self) -> frozenset[str]:
        """What was submitted and quotes the text: annotations, and the list of what is withheld."""
        withheld = self.gathering.corpus.redactions
        return QUOTING if withheld is None else QUOTING | {withheld}

    def _taken(self) -> TakenIn:
        taken = FirstWay(self.gathering).take(ahead=self.before is not None)
        return taken if self.before is None else self.before.marked(taken, self.gathering)

    def _is_in_vain(self, judged: Judged) -> bool:
        return bool(judged.documents or judged.taken.failed) or (self.stops and judged.is_spoilt)

    def _unfinished(self, tally: _Tally) -> Made:
        judged = tally.judged
        return Made(
            findings=tuple(tally.findings),
            rejected=judged.rejected,
            failed=judged.failed,
            documents=tally.documents - len(judged.documents),
            passages=tally.passages,
            next=judged.after(self.earlier),
        )

    def _record(self, tally: _Tally, shards: Sequence[Shard]) -> BagRecord:
        rejected = (*self.earlier.rejected, *tally.judged.lost)
        counts = {
            "inputs": tally.documents + len(rejected) + len(self.earlier.failed) + self.ignored,
            "packed": tally.documents,
            "rejected": len(rejected),
            "failed": len(self.earlier.failed),
            "ignored": self.ignored,
            "documents": tally.documents,
            "passages": tally.passages,
        }
        return BagRecord(
            urn=self.gathering.urn,
            corpus=self.gathering.corpus,
            level=self.gathering.plan.level,
            instant=self.instant,
            recipe=self.gathering.recipe,
            counts=counts,
            rejections=sorted((*rejected, *self.earlier.failed), key=_by_path),
            shards=shards,
            holds=self.holds,
            previous=self.previous,
            tombstones=self.tombstones,
        )

    def _finish(
        self,
        payload: Payload,
        taken: TakenIn,
        tally: _Tally,
        record: BagRecord,
        rows: dict[str, int],
        records: DigestList,
    ) -> Made:
        lap = self.gathering.timing.lead.lap
        keeping = Keeping(self.gathering, payload)
        self._keep(keeping, taken, rows)
        covered = DigestList()
        for listed in payload.listing("sha256", COVERED):
            covered.add_files(listed.names, listed.digests)
        content = content_digest(covered, records)
        bag_json = json.dumps(record.as_json(payload, rows, content), ensure_ascii=False, indent=1, sort_keys=False)
        payload.write("data/bag.json", bag_json.encode("utf-8") + b"\n")
        lap("digest")
        self._describe(payload, tally, rows)
        lap("describe")
        keeping.tag_files()
        said = standing_lines(self.holds, self.previous)
        info = bag_info(self.gathering.corpus, self.instant, self.gathering.urn, content, payload, said)
        write_tag_files(payload, info)
        files, octets = payload.extent()
        lap("write manifests")
        return Made(
            findings=tuple(tally.findings),
            rejected=tally.judged.lost,
            documents=tally.documents,
            passages=tally.passages,
            content=content,
            root=payload.sha256("tagmanifest-sha256.txt"),
            files=files,
            octets=octets,
            reused=tally.reused,
        )

    def _keep(self, keeping: Keeping, taken: TakenIn, tables: Iterable[str]) -> None:
        """Enters what was written or submitted beside the documents."""
        payload = keeping.payload
        if self._has_text:
            keeping.evidence(taken.evidence)
        else:
            keeping.no_sources()
        for name in tables:
            payload.enter_written(f"data/tables/{name}.parquet")
        keeping.submission(leaving_out=frozenset() if self._has_text else self._quoting)
        for name, data in (*shipped.schema_files().items(), *self.gathering.profiles):
            payload.write(f"data/schemas/{name}", data)

    def _describe(self, payload: Payload, tally: _Tally, rows: dict[str, int]) -> None:
        """Writes the pages for people, and the descriptions for machines."""
        facts = self._facts(tally)
        payload.write("data/README.md", payload_readme(facts, RULE_TEXT))
        package = package_facts(facts, self.gathering, self.instant, tally.described, payload, rows)
        write_descriptions(payload, package, tally.described)
        payload.write("README.md", front_matter(package) + bag_readme(facts))

    def _facts(self, tally: _Tally) -> BagFacts:
        corpus = self.gathering.corpus
        return BagFacts(
            urn=self.gathering.urn,
            title=corpus.title,
            version=corpus.version,
            access_level=self.gathering.plan.level.value,
            documents=tally.documents,
            passages=tally.passages,
            description=corpus.description,
            creator=corpus.creator,
            licence=corpus.licence,
            metadata_licence=corpus.metadata_licence,
            contact=tuple(corpus.contact.items()),
            datasheet=tuple((key, value) for key, value in corpus.datasheet.items() if isinstance(value, str)),
            algorithms=self.gathering.algorithms,
            holds=self.holds,
            previous=self.previous,
            tombstones=len(self.tombstones),
        )


def _by_path(rejection: Rejection) -> tuple[str, str]:
    return rejection.source_path, rejection.document_id
