"""The depth `derivation`: everything that a bag of ours says of its documents follows from the bytes that it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.engine import engine_for
from archive.errors import StorageError
from archive.model.codes import finding
from archive.model.content import DigestList, content_digest, covered_files
from archive.model.findings import Finding, Where
from archive.model.progress import Progress
from archive.model.versions import Holds, holds_of
from archive.proving import listing
from archive.proving.evidence import read_evidence
from archive.proving.records import DERIVED, ORIGINALS, Named, Outcome, Task, check_batch
from archive.proving.shards import BATCH_BYTES, Batch, batches
from archive.proving.subject import BlockedError, Subject, skipped
from archive.proving.tables import compare_tables
from archive.storage.stores import order_of

STAGE = "proving records"
_SERIAL_BELOW = 4 << 20
"""Bytes of records from which starting processes pays."""


def prove(subject: Subject) -> Iterator[Finding]:
    """What does not follow, in a bag whose digests were checked before.

    It never raises for what a bag holds; a bag that is not ours gives `stage.not-applicable`, and what cannot be
    checked because of damage `stage.skipped`: neither is ever valid.

    Raises:
        WorkerError: a worker process died.
    """
    try:
        subject.require_ours()
        info, findings = subject.bag_json()
    except BlockedError as error:
        yield from error.findings
        return
    yield from findings
    yield from listing.of_itself(info, subject.bag)
    yield from listing.of_files(info, subject)
    yield from _evidence(info, subject)
    proving = _Proving(subject, info)
    yield from proving.records()
    yield from proving.bag()


@dataclass
class _Proving:
    """The state of proving one bag."""

    subject: Subject
    info: Mapping[str, Any]
    is_whole: bool = True
    rows: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    contents: DigestList = field(default_factory=DigestList)
    last: bytes = b""
    skipped: set[str] = field(default_factory=set)
    holds: Holds = Holds.DOCUMENTS

    def __post_init__(self) -> None:
        self.holds = holds_of(self.info)
        self.left = {key for key in self.subject.bag.payload if key.startswith((ORIGINALS, DERIVED))}

    def records(self) -> Iterator[Finding]:
        """Every record for itself, their order, and the files that they name."""
        shards = [path for path in self._shards() if path in self.subject.bag.payload]
        for path in shards:
            if path in self.subject.damaged:
                self.is_whole = False
                yield skipped(path, "the records in this file")
        sound = [path for path in shards if path not in self.subject.damaged]
        self.is_whole = self.is_whole and len(shards) == len(self.info["records"])
        total = sum(self.subject.bag.payload[path] for path in sound)
        task = Task(
            store=self.subject.store,
            damaged=frozenset(one for one in self.subject.damaged if one.startswith((ORIGINALS, DERIVED))),
            recipe=self.info["recipe"]["digest"],
            access_level=self.info["access_level"],
            holds=self.holds,
            limits=self.subject.limits,
        )
        jobs = 1 if self.subject.jobs is None and total < _SERIAL_BELOW else self.subject.jobs
        work = _Work(self.subject, sound)
        for outcome in engine_for(jobs, 1 + total // BATCH_BYTES).map(check_batch, task, work.batches()):
            yield from outcome.findings
            yield from self._take(outcome)
            self.subject.listener(Progress(STAGE, self.rows["documents"], None, work.bytes, total))
        yield from work.found
        self.is_whole = self.is_whole and not work.found

    def bag(self) -> Iterator[Finding]:
        """What can be said once all records were seen."""
        for path in sorted(self.skipped - {""}):
            yield skipped(path, "passages whose text is in this file")
        if not self.is_whole:
            yield skipped("data/records", "the counts, the tables, the content digest, and files without a record")
            return
        for path in sorted(self.left):
            yield finding("file.without-record", where=Where(file=path))
        yield from listing.of_counts(self.info, self.rows, self.documents)
        yield from compare_tables(self.subject, self.info)
        if not self.subject.sha256:
            yield skipped("manifest-sha256.txt", "the content digest")
            return
        stated = self.subject.sha256
        # As the manifest lists them, so that damage to a file, which was found before, is not found again here.
        files = ((path, stated[path]) for path in sorted(stated, key=order_of))
        yield from listing.of_content(self.info, self.subject.bag, content_digest(covered_files(files), self.contents))

    def _shards(self) -> Sequence[str]:
        return list(dict.fromkeys(one["path"] for one in self.info["records"]))

    def _take(self, outcome: Outcome) -> Iterator[Finding]:
        self.rows.update(outcome.rows)
        self.documents[outcome.key] += outcome.lines
        self.skipped |= outcome.skipped
        self.is_whole = self.is_whole and len(outcome.known) == outcome.lines
        for one in outcome.known:
            self.contents.add(one.document_id, one.content)
            name = one.document_id.encode("utf-8")
            if name <= self.last:
                where = Where(file=outcome.key, row=one.row, pointer="/document_id")
                before = self.last.decode("utf-8")
                yield finding("record.out-of-order", document=one.document_id, where=where, found=f"after {before!r}")
            self.last = name
        for named in outcome.files if self.holds is Holds.DOCUMENTS else ():
            yield from self._file(outcome.key, named)
        for path, row in outcome.mentions.items():
            if path not in self.subject.bag.payload and path not in self.subject.damaged:
                where = Where(file=outcome.key, row=row)
                yield finding("record.file-differs", where=where, found=path[:160], expected="a file of the payload")

    def _file(self, key: str, named: Named) -> Iterator[Finding]:
        self.left.discard(named.path)
        size, sha256 = self.subject.bag.payload.get(named.path), self.subject.sha256.get(named.path)
        for member, found, expected in (
            ("path", named.path, named.path if size is not None else "a file of the payload"),
            ("bytes", named.bytes, named.bytes if size is None else size),
            ("sha256", named.sha256, named.sha256 if sha256 is None else sha256),
        ):
            if found != expected and named.path not in self.subject.damaged:
                where = Where(file=key, row=named.row, pointer=f"{named.pointer}/{member}")
                yield finding(
                    "record.file-differs",
                    document=named.document_id,
                    where=where,
                    found=f"{found} for {named.path}"[:240],
                    expected=str(expected),
                )


class _Work:
    """The pieces of work, and what came up when the files were cut."""

    def __init__(self, subject: Subject, shards: Sequence[str]) -> None:
        self._subject = subject
        self._shards = shards
        self.found: list[Finding] = []
        self.bytes = 0

    def batches(self) -> Iterator[Batch]:
        with self._subject.store.reader() as reader:
            for key in self._shards:
                try:
                    for batch in batches(reader, key, self._subject.batch_bytes):
                        yield batch
                        self.bytes += batch.end - batch.start
                except StorageError as error:
                    self.found.append(finding("file.unreadable", where=Where(file=key), found=error.what))
                    self.found.append(skipped(key, "the records in this file"))


def _evidence(info: Mapping[str, Any], subject: Subject) -> Iterator[Finding]:
    """The evidence can be read where the recipe has steps that need it and the bag has text."""
    if not info["recipe"]["steps"] or holds_of(info) is Holds.METADATA:
        return
    try:
        read_evidence(subject)
    except BlockedError as error:
        yield from error.findings
