"""What worker processes do for `reproduction`: a document is read and labelled again, and held against its record."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive import sources
from archive.engine import parts
from archive.errors import StorageError
from archive.model.assembling import LAYER_ROLE, ReadFile, StoredLayer, passage_entries, statements_of, text_file
from archive.model.blocks import Reading
from archive.model.codes import finding
from archive.model.containers import Renames
from archive.model.fields import Source
from archive.model.findings import Finding, Where
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.model.paths import portable_alone, portable_part
from archive.model.tally import Tally
from archive.normalise.documents import normalise
from archive.normalise.evidence import RepeatedLines
from archive.normalise.recipe import Recipe
from archive.proving.layers import layers_of, seekable
from archive.proving.members import Containers
from archive.proving.records import MalformedRecordError, parse_record
from archive.proving.shards import Batch, lines_of
from archive.sources.containers import Member
from archive.sources.limits import Limits as ReadingLimits
from archive.storage.stores import Store

_COMPARED = ("passage_id", "kind", "kept", "reason", "language", "projection", "char_start", "char_count", "locator")
_ORIGINALS = "data/originals/"
_LONGEST_SHOWN = 120
_MOST_OF_ONE = 20
"""Passages of one document whose labels differ that are told; the first usually explains the others."""

_GIVEN_UP = "not checked: the labels, since reading the document took too much, or broke what reads it"
_LOSS = re.compile(r": document\.reader-(?:crashed|too-slow)\b")


@dataclass(frozen=True, slots=True)
class Task:
    """What all pieces of work share.

    Attributes:
        store: where the bag is; its records were proved.
        damaged: payload paths that are known not to be what they should.
        recipe: what labels.
        evidence: what the whole corpus said about furniture.
        renames: what corpus.toml calls things in containers.
        limits: the bounds.
    """

    store: Store
    damaged: frozenset[str]
    recipe: Recipe
    evidence: RepeatedLines
    renames: Renames
    limits: Limits = DEFAULT_LIMITS


def relabel_batch(task: Task, batch: Batch) -> tuple[Finding, ...]:
    """Labels some documents again; a module-level function, so that it can be sent to a worker."""
    found = Tally()
    with task.store.reader() as reader, seekable(reader, batch.key) as stream, layers_of(reader) as layers:
        wanted = replace(ReadingLimits.of(dict(task.recipe.limits)), lines_are_wanted=task.recipe.divides)
        containers = Containers(reader, layers, task.renames, wanted)
        for part, line in parts(lines_of(stream, batch, task.limits.record)):
            if part.loss is not None:
                where = Where(file=batch.key, row=line.row)
                found.add(finding("stage.skipped", where=where, found=_GIVEN_UP))
                continue
            part.limit(wanted.of_document)
            try:
                record = parse_record(line, task.limits.record)
                for one in _differences(task, record, containers):
                    where = replace(one.where, file=batch.key, row=line.row)
                    found.add(replace(one, where=where, document=record["document_id"]))
            except (MalformedRecordError, StorageError) as error:
                said = error.what if isinstance(error, StorageError) else str(error)
                where = Where(file=batch.key, row=line.row)
                found.add(finding("stage.skipped", where=where, found=f"not checked: the labels ({said})"))
    return tuple(found)


def _differences(task: Task, record: Mapping[str, Any], containers: Containers) -> Iterator[Finding]:
    given = [file for file in record["files"] if file["role"] != LAYER_ROLE]
    lost = [file["path"] for file in given if file["path"] in task.damaged]
    if lost:
        yield finding("stage.skipped", found=f"not checked: the labels, since {lost[0]} is damaged")
        return
    if any(map(_tells_of_loss, record["events"])):
        yield finding("reproduction.not-here", found="it could not be read when it was packed")
        return
    files = []
    for number, file in enumerate(given):
        path = file["path"]
        member = containers.member(record, path) if containers.may_hold(path) else None
        if member is None and containers.is_of_members(path) and containers.holds_any(path):
            yield finding("stage.skipped", found=f"not checked: the labels, since nothing tells a document of {path}")
            return
        name = str(record["source_path"]) if number == 0 and member is None else path.removeprefix(_ORIGINALS)
        files.append(_read(task, file, name, member, containers))
    differing = list(_layers(record, files))
    yield from differing
    if not differing:
        expected, *_ = passage_entries(files, text_file(files))
        yield from _passages(record["passages"], expected)
        yield from _statements(record, files)


def _tells_of_loss(event: Mapping[str, Any]) -> bool:
    """Whether an event tells that a reader took too long or broke down, which another machine may do otherwise."""
    return event["outcome"] == "failure" and _LOSS.search(event["detail"]) is not None


def _read(task: Task, file: Mapping[str, Any], name: str, member: Member | None, containers: Containers) -> ReadFile:
    limits = containers.limits
    layers = containers.layers
    path, size = file["path"], layers.size(file["path"])
    if member is not None:
        reading = containers.reading(path, member)
    else:
        needed = sources.bytes_to_read(name, layers.read(path, 0, min(size, limits.sample)), limits)
        reading = sources.read(name, layers.read(path, 0, min(size, needed)), limits=limits)
    if task.recipe.repairs:
        reading = sources.repaired(reading, name, limits)
    if not task.recipe.steps:
        reading = replace(reading, blocks=())
    labelled = normalise(reading, task.recipe, task.evidence)
    return ReadFile(
        role=file["role"],
        path=path,
        size=size,
        sha256=file["sha256"],
        reading=reading,
        layers=tuple(_stored(reading, file, member)),
        passages=labelled.passages,
        observations=(
            *((Source.EMBEDDED, seen) for seen in (*reading.embedded, *reading.set_aside)),
            *((Source.EXTRACTED, seen) for seen in labelled.observations),
        ),
    )


def _stored(reading: Reading, file: Mapping[str, Any], member: Member | None) -> Iterator[StoredLayer]:
    for layer in reading.layers:
        if layer.name is None:
            yield StoredLayer(file["path"], file["sha256"], layer.charset)
            continue
        part = f"/{portable_alone(member.name)}" if member else ""
        folder = f"data/derived/{file['path'].removeprefix(_ORIGINALS)}{part}"
        sha256 = hashlib.sha256(layer.data).hexdigest()
        yield StoredLayer(f"{folder}/{portable_part(layer.name)}.txt", sha256, layer.charset, layer.data)


def _layers(record: Mapping[str, Any], files: list[ReadFile]) -> Iterator[Finding]:
    """The stored layers that another text would be taken out for; nothing else is told of such a document."""
    stated = {file["path"]: file["sha256"] for file in record["files"] if file["role"] == LAYER_ROLE}
    again = {layer.path: layer.sha256 for file in files for layer in file.layers if layer.data is not None}
    for path in sorted(stated.keys() | again.keys()):
        found, expected = stated.get(path, "no such layer"), again.get(path, "no such layer")
        if found != expected:
            where = Where(pointer="/files")
            yield finding("layer.not-reproduced", where=where, found=f"{path}: {found}", expected=expected)


def _passages(found: list[dict[str, Any]], expected: list[Any]) -> Iterator[Finding]:
    told = 0
    for ordinal, (one, other) in enumerate(zip(found, expected, strict=False)):
        name = next((name for name in _COMPARED if one[name] != other[name]), None)
        if name is None and one["spans"] == other["spans"]:
            continue
        told += 1
        if told <= _MOST_OF_ONE:
            name = name or "spans"
            where = Where(pointer=f"/passages/{ordinal}/{name}")
            shown, wanted = str(one[name])[:_LONGEST_SHOWN], str(other[name])[:_LONGEST_SHOWN]
            yield finding("passage.not-reproduced", where=where, found=shown, expected=wanted)
    if len(found) != len(expected):
        where = Where(pointer="/passages")
        counts = f"{len(found)} passages", f"{len(expected)} passages"
        yield finding("passage.not-reproduced", where=where, found=counts[0], expected=counts[1])


def _statements(record: Mapping[str, Any], files: list[ReadFile]) -> Iterator[Finding]:
    """The extracted statements alone: what the steps read off the text; the order is that of the record's fields."""
    stated = Counter(
        (one["field"], one["value"], one["agent"], one["file"], one["locator"])
        for one in record["statements"]
        if one["source"] == Source.EXTRACTED.value
    )
    again = Counter(
        (one.field, one.value, one.agent, one.file, one.locator)
        for file in files
        for one in statements_of(file, "")
        if one.source is Source.EXTRACTED
    )
    for missing in sorted((again - stated).elements()):
        yield _statement("nothing", ": ".join(missing[:2]))
    for further in sorted((stated - again).elements()):
        yield _statement(": ".join(further[:2]), "nothing")


def _statement(found: str, expected: str) -> Finding:
    where = Where(pointer="/statements")
    shown, wanted = found[:_LONGEST_SHOWN], expected[:_LONGEST_SHOWN]
    return finding("statement.not-reproduced", where=where, found=shown, expected=wanted)
