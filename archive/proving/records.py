"""What worker processes do: each record is read, held against the schema, and proved by itself.

What needs more than one record (their order, the files of the bag, the counts) goes back in an `Outcome`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, NoReturn

from archive.errors import StorageError
from archive.model.canonical import canonical_json
from archive.model.codes import finding
from archive.model.content import Encoder, written
from archive.model.fault_words import fault_words
from archive.model.findings import Finding, Severity, Where
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.model.records import RECORD_VERSION
from archive.model.tally import Tally
from archive.model.versions import Holds
from archive.proving.annotations import AnnotationProof
from archive.proving.layers import Layers, layers_of, seekable
from archive.proving.metadata import metadata_findings
from archive.proving.metadata_alone import holds_more
from archive.proving.passages import Proof
from archive.proving.relations import relation_findings
from archive.proving.shards import Batch, Line, lines_of
from archive.schema.quick_json import quick_json
from archive.schema.validation import Validator
from archive.storage.handles import failure
from archive.storage.stores import Store

ORIGINALS, DERIVED = "data/originals/", "data/derived/"
_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Task:
    """What all pieces of work share.

    Attributes:
        store: where the bag is.
        damaged: payload paths that are known not to be what they should.
        recipe: the digest of the recipe that bag.json spells out.
        access_level: of the bag.
        limits: the bounds.
        holds: what the bag says that it holds.
    """

    store: Store
    damaged: frozenset[str]
    recipe: str
    access_level: str
    limits: Limits = DEFAULT_LIMITS
    holds: Holds = Holds.DOCUMENTS


class Named(NamedTuple):
    """A file as a record has it."""

    row: int
    document_id: str
    pointer: str
    path: str
    bytes: int
    sha256: str


class Known(NamedTuple):
    """A record that can be counted: its line, its identifier, and the sha256 of its content."""

    row: int
    document_id: str
    content: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one piece of work came to.

    Attributes:
        key: the file of records.
        lines: how many lines were read.
        known: the records that can be counted, in their order.
        files: the files that they name.
        mentions: payload paths that statements and events name, with the first line of each.
        rows: how many rows of each table follow from the records.
        findings: what is wrong with the records by themselves.
        skipped: damaged files that passages needed.
    """

    key: str
    lines: int
    known: tuple[Known, ...]
    files: tuple[Named, ...]
    mentions: Mapping[str, int]
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]
    skipped: frozenset[str]


def check_batch(task: Task, batch: Batch) -> Outcome:
    """Proves some records; a module-level function, so that it can be sent to a worker."""
    checking = _Checking(task, batch.key)
    try:
        with task.store.reader() as reader, seekable(reader, batch.key) as stream, layers_of(reader) as layers:
            for line in lines_of(stream, batch, task.limits.record):
                checking.take(line, layers)
    except (StorageError, OSError) as error:
        failed = error if isinstance(error, StorageError) else failure(error, batch.key)
        checking.found.add(finding("file.unreadable", where=Where(file=batch.key), found=failed.what))
    return checking.outcome()


class MalformedRecordError(ValueError):
    """A line that is no record, with what is wrong in words."""


def parse_record(line: Line, longest: int, fraction: Callable[[str], Any] = float) -> dict[str, Any]:
    """The JSON object on a line.

    Args:
        line: as it was read.
        longest: the most bytes of a line, for the message.
        fraction: what makes a value of a number that is not written as a whole one.

    Raises:
        MalformedRecordError: there is none.
    """
    if line.data is None:
        raise MalformedRecordError(f"more than {longest:,} bytes")
    if not line.data.endswith(b"\n"):
        raise MalformedRecordError("the file ends in the middle of a record")
    try:
        found = json.loads(line.data.decode("utf-8"), parse_constant=_no_json, parse_float=fraction)
    except MalformedRecordError:
        raise
    except (ValueError, RecursionError) as error:
        raise MalformedRecordError(fault_words(error)) from None
    if not isinstance(found, dict):
        raise MalformedRecordError("JSON, but no object")
    return found


def _no_json(name: str) -> NoReturn:
    raise MalformedRecordError(f"{name}, which JSON has not")


class _Checking:
    """The state of checking one piece."""

    def __init__(self, task: Task, key: str) -> None:
        self.task = task
        self.key = key
        self.found = Tally()
        self.lines = 0
        self.known: list[Known] = []
        self.files: list[Named] = []
        self.mentions: dict[str, int] = {}
        self.rows: Counter[str] = Counter()
        self.skipped: set[str] = set()
        self.validator = Validator("record")
        self.encode: Encoder = quick_json

    def outcome(self) -> Outcome:
        return Outcome(
            key=self.key,
            lines=self.lines,
            known=tuple(self.known),
            files=tuple(self.files),
            mentions=self.mentions,
            rows=dict(self.rows),
            findings=tuple(self.found),
            skipped=frozenset(self.skipped),
        )

    def take(self, line: Line, layers: Layers) -> None:
        self.lines += 1
        try:
            self.encode = quick_json
            record = parse_record(line, self.task.limits.record, self._fraction)
            self._record(record, line, layers)
        except MalformedRecordError as error:
            self._say(finding("record.malformed", found=str(error)), line.row)
        except RecursionError as error:
            self._say(finding("record.malformed", found=fault_words(error)), line.row)

    def _fraction(self, number: str) -> float:
        """A float, which the quick way of writing would let pass."""
        self.encode = canonical_json
        return float(number)

    def _record(self, record: dict[str, Any], line: Line, layers: Layers) -> None:
        wrong, content = [*self._against_schema(record)], ""
        if not any(one.severity is Severity.ERROR for one in wrong):
            content, others = self._content(record, line.data or b"")
            wrong.extend(others)
        document = record.get("document_id")
        for one in wrong:
            self._say(one, line.row, document)
        if any(one.severity is Severity.ERROR for one in wrong):
            return
        identifier = record["document_id"]
        self.known.append(Known(line.row, identifier, content))
        self._count(record)
        self._note(record, line.row)
        for one in (*self._of_whole(record), *metadata_findings(record), *relation_findings(record)):
            self._say(one, line.row, identifier)
        for one in self._of_text(record, layers):
            self._say(one, line.row, identifier)

    def _of_text(self, record: Mapping[str, Any], layers: Layers) -> Iterator[Finding]:
        if self.task.holds is Holds.METADATA:
            yield from holds_more(record, self.task.access_level)
            return
        yield from Proof(record, layers, self.task.damaged, self.task.limits, self.skipped).findings()
        yield from AnnotationProof(record, layers, self.task.damaged, self.skipped).findings()

    def _say(self, one: Finding, row: int, document: object = None) -> None:
        where = Where(file=self.key, row=row, pointer=one.where.pointer)
        named = document if isinstance(document, str) else None
        self.found.add(replace(one, where=where, document=named))

    def _against_schema(self, record: dict[str, Any]) -> Iterator[Finding]:
        newer = is_newer_minor(record.get("record_version"), RECORD_VERSION)
        for one in self.validator.check(record):
            # A later minor version may have more fields, which a reader keeps.
            yield replace(one, severity=Severity.NOTICE) if newer and one.code == "record.unknown-field" else one

    def _content(self, record: dict[str, Any], data: bytes) -> tuple[str, list[Finding]]:
        """The sha256 of the record's content, and what is wrong with how the record is written."""
        try:
            own = written(record, self.encode)
        except ValueError as error:
            return "", [finding("record.not-canonical", found=str(error)[: 2 * _LONGEST_SHOWN])]
        if own.line == data[:-1]:
            return own.content_sha256, []
        both = enumerate(zip(data, own.line, strict=False))
        place = next((at for at, (one, other) in both if one != other), 0)
        return own.content_sha256, [finding("record.not-canonical", found=f"another byte at {place} of the line")]

    def _of_whole(self, record: Mapping[str, Any]) -> Iterator[Finding]:
        if record["recipe"] != self.task.recipe:
            yield _at("record.recipe", "/recipe", record["recipe"], self.task.recipe)
        level = record["metadata"].get("access_level")
        if level != self.task.access_level:
            yield _at("record.access-level", "/metadata/access_level", str(level), self.task.access_level)
        paths = [file["path"] for file in record["files"]]
        if record["original"] not in paths:
            yield _at("record.file-differs", "/original", record["original"], "one of the files of the record")
        for number, file in enumerate(record["files"]):
            yield from _file_findings(file, paths, number)

    def _count(self, record: Mapping[str, Any]) -> None:
        passages = record["passages"]
        self.rows["documents"] += 1
        self.rows["passages"] += len(passages)
        self.rows["spans"] += sum(len(passage["spans"]) for passage in passages)
        for name in ("statements", "files", "events", "relations", "annotations"):
            self.rows[name] += len(record[name])
        self.rows["annotation_spans"] += sum(
            len(part["spans"]) for one in record["annotations"] for part in one["parts"]
        )

    def _note(self, record: Mapping[str, Any], row: int) -> None:
        identifier = record["document_id"]
        for number, file in enumerate(record["files"]):
            self.files.append(Named(row, identifier, f"/files/{number}", file["path"], file["bytes"], file["sha256"]))
        for said in (*record["statements"], *record["events"]):
            if said["file"]:
                self.mentions.setdefault(said["file"], row)


def _file_findings(file: Mapping[str, Any], paths: list[str], number: int) -> Iterator[Finding]:
    path = file["path"]
    is_layer = file["role"] == "layer"
    folder = DERIVED if is_layer else ORIGINALS
    if not path.startswith(folder):
        yield _at("record.file-differs", f"/files/{number}/path", path, f"a path under {folder}")
    if paths.index(path) != number:
        yield _at("record.file-differs", f"/files/{number}/path", path, "each file once")
    source = file["derived_from"]
    if is_layer and source not in paths:
        yield _at("record.file-differs", f"/files/{number}/derived_from", str(source), "a file of the record")


def is_newer_minor(version: object, known: str) -> bool:
    """Whether a version has the same major number and a higher minor one.

    >>> is_newer_minor("1.7", "1.0"), is_newer_minor("1.0", "1.0"), is_newer_minor("2.0", "1.0")
    (True, False, False)
    """
    if not isinstance(version, str):
        return False
    (major, _, minor), (same, _, least) = version.partition("."), known.partition(".")
    return major == same and minor.isdecimal() and len(minor) < 5 and int(minor) > int(least)


def _at(code: str, pointer: str, found: str, expected: str) -> Finding:
    return finding(code, where=Where(pointer=pointer), found=found[: 2 * _LONGEST_SHOWN], expected=expected)
