"""Documents that did not change since the version before are taken from its records instead of being read again.

Reading and labelling follow from the bytes of a document, its name, the recipe, the software, and from which of its
lines are repeated over the corpus. Where all of them are as they were, and nobody says anything else of the document,
its passages are as they were too. The evidence as a whole changes with every document that comes or goes; what counts
is whether a line that has become repeated, or is so no longer, can stand in the document.

What depends on the new bag (places in its sheet, identifiers of events, the instant) is made anew, and the record is
checked like any other. The bag before is no more to be trusted than any other: its text is derived again
(`archive.packing.rederiving`), and a record that does not follow is not used, which is said. A full pack gives the same
bytes, as long as the bag before is as this program made it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

from archive.engine import parts_together
from archive.errors import ArchiveError
from archive.model.assembling import LAYER_ROLE
from archive.model.codes import finding
from archive.model.content import OWN_AGENT
from archive.model.fields import Source
from archive.model.findings import errors_in
from archive.model.records import RECORD_VERSION, RecordJson, text_of
from archive.model.statements import FOR_PEOPLE, MALFORMED, OVERRULED, Statement
from archive.normalise.evidence import line_key
from archive.packing.builder import Builder
from archive.packing.building import batch_of
from archive.packing.built import BuiltBatch, WrittenLayer
from archive.packing.filling import Document, Made
from archive.packing.identity import event_id
from archive.packing.likeness import likeness_of
from archive.packing.places import place_in
from archive.packing.rederiving import NotDerivedError, expect_derived
from archive.packing.settling import Settled, settle
from archive.packing.tasks import DocumentTask
from archive.storage.copying import copy
from archive.storage.trouble import told_in_words

_SETTLED = frozenset({FOR_PEOPLE, MALFORMED, OVERRULED})
"""Reasons that follow from what else is said."""
_BY_PROGRAM = frozenset({Source.EMBEDDED.value, Source.EXTRACTED.value})
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_JOINING = re.compile(r"[\s\-\u2010\u2011]+")
_JOINED = re.compile(
    r"[\-\u2010\u2011]$|[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\ud7ff\uf900-\uffef\U00020000-\U0003ffff]"
)
"""Lines that may be joined with others without a space between."""
_MEMBERS, _OPTIONAL = RecordJson.__required_keys__, RecordJson.__optional_keys__


def build(shared: Builder, batch: Iterable[DocumentTask]) -> BuiltBatch:
    """The task for an engine: each document as it was, else read and labelled."""
    shared.watch.start()
    made: list[Made] = []
    for part, tasks in parts_together(batch, shared.share):
        shared.begin(part, tasks[0])
        is_known = part.loss is None and tasks[0].known is not None
        made.extend((_made(shared, tasks[0]),) if is_known else shared.build_all(tasks, part.loss))
    return batch_of(shared, made)


def _made(builder: Builder, task: DocumentTask) -> Made:
    try:
        return again(builder, task) or builder.build(task)
    except NotDerivedError as error:
        built, record = builder.at_length(task)
        said = finding("version.record-not-used", document=task.document_id, found=str(error))
        return built._replace(findings=(*built.findings, said)), record


def again(builder: Builder, task: DocumentTask) -> Document | None:
    """A document as it was in the version before; None where anything changed, so that it is to be read.

    Args:
        builder: what all documents share.
        task: one with the place of a record.

    Raises:
        NotDerivedError: nothing changed, and its record, or a layer stored with it, is not what it should be.
    """
    try:
        return _again(builder, task)
    except NotDerivedError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        what = "what the bag calls a record has not the shape of one"
        raise NotDerivedError(what) from error


def _again(builder: Builder, task: DocumentTask) -> Document | None:
    old = _old(task)
    if old is None or not _is_same(old, task):
        return None
    settled = _settled(builder, task, old)
    if settled is None:
        return None
    events = _events(builder, task, old)
    record = cast("RecordJson", {**old, "events": events, "relations": []})  # it met the record schema before
    record["statements"] = [one.as_json() for one in settled.statements]
    sha256 = task.files[0].sha256 if task.member is None else builder.files.reading(task, task.files[0])[1]
    text = text_of(record) if builder.recipe.compares else ""
    likeness = likeness_of(sha256, record["text"]["sha256"], text)
    record["duplicate_group"] = likeness.group
    wrong = tuple(builder.validator.check(record, document=task.document_id))
    if errors_in(wrong):
        raise NotDerivedError("the record does not meet its schema")
    layers = _layers(builder, task, old)
    findings = (*settled.findings, *wrong)
    return builder.built(task, record, layers, findings, likeness)._replace(is_reused=True), record


def _old(task: DocumentTask) -> dict[str, Any] | None:
    """The record that a task names, if it is still the one that was seen."""
    known = task.known
    if known is None:
        return None
    place = place_in(known.folder, known.key)
    with told_in_words(place), place.open("rb") as file:
        file.seek(known.start)
        line = file.read(known.size)
    if hashlib.sha256(line).hexdigest() != known.sha256:
        return None
    found: dict[str, Any] = json.loads(line, parse_float=_no_float)
    if found.keys() - _OPTIONAL != _MEMBERS:
        raise NotDerivedError("it has not the members of a record")
    return found


def _no_float(number: str) -> NoReturn:
    msg = f"{number} has no place in a record"
    raise ValueError(msg)


def _is_same(old: Mapping[str, Any], task: DocumentTask) -> bool:
    files = [
        (one["role"], one["path"], one["bytes"], one["sha256"]) for one in old["files"] if one["role"] != LAYER_ROLE
    ]
    return (
        (old["record_version"], old["source_path"]) == (RECORD_VERSION, task.source_path)
        and files == [(one.role, one.stored, one.size, one.sha256) for one in task.files]
        and old["additional"] == dict(task.additional)
        and not (old["annotations"] or task.annotations)  # their places are looked for in the bytes
        and not _holds_any(old, task.known.turned if task.known is not None else ())
    )


def _holds_any(old: Mapping[str, Any], turned: Sequence[str]) -> bool:
    """Whether one of some bare lines can stand in the document; every piece of its text is in one of its passages."""
    if not turned:
        return False
    whole = _plain(" ".join(passage["text"] for passage in old["passages"]))
    spaced, bare = f" {whole} ", _JOINING.sub("", whole)
    return any(
        _JOINING.sub("", line) in bare if _JOINED.search(line) else f" {line} " in spaced
        for line in map(_plain, turned)
    )


def _plain(text: str) -> str:
    """A text as evidence counts lines, and as the rule of derivation writes it."""
    return line_key(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))


def _settled(builder: Builder, task: DocumentTask, old: Mapping[str, Any]) -> Settled | None:
    """What is known of the document, with its places in the new submission; None where anything else is said now."""
    read = [
        Statement(
            *(one["field"], one["value"], Source(one["source"]), one["agent"], one["file"], one["locator"]),
            reason="" if (reason := one["reason"]) in _SETTLED else reason,
        )
        for one in old["statements"]
        if one["source"] in _BY_PROGRAM
    ]
    settled = settle(task.document_id, (*task.statements, *read), task.access_level, builder.validator.origins)
    now = [(one.field, one.value, one.source.value, one.agent, one.used) for one in settled.statements]
    then = [(one["field"], one["value"], one["source"], one["agent"], one["used"]) for one in old["statements"]]
    return settled if now == then and settled.metadata == old["metadata"] else None


def _layers(builder: Builder, task: DocumentTask, old: Mapping[str, Any]) -> tuple[WrittenLayer, ...]:
    """The stored layers, copied from the bag before once all passages were found to follow.

    Raises:
        NotDerivedError: one is missing or not what it should be, or a passage does not follow.
    """
    known, staging = task.known, builder.staging
    if known is None or staging is None:
        return ()
    try:
        expect_derived(old, task, builder.folder)
        return tuple(
            _copied(place_in(known.folder, one["path"]), place_in(staging, one["path"]), one, builder.algorithms)
            for one in old["files"]
            if one["role"] == LAYER_ROLE
        )
    except ArchiveError as error:
        raise NotDerivedError(error.what) from error


def _copied(source: Path, target: Path, entry: Mapping[str, Any], algorithms: Sequence[str]) -> WrittenLayer:
    with told_in_words(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # the document may have been begun before
    taken = copy(source, target, algorithms)
    if taken.digests["sha256"] != entry["sha256"]:
        target.unlink()
        raise NotDerivedError(f"{entry['path']} is not what the record says")
    return WrittenLayer(entry["path"], taken.size, tuple(taken.digests.items()))


def _events(builder: Builder, task: DocumentTask, old: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The events as they are in the new bag; each must have the identifier that follows from its kind."""
    known = task.known
    found: list[dict[str, Any]] = []
    for one in old["events"] if known is not None else ():
        named = [one["type"], f"{one['type']}\n{one['file']}"]
        urn = known.urn if known is not None else ""
        kind = next((name for name in named if event_id(urn, name, task.document_id) == one["event_id"]), None)
        if kind is None:
            raise NotDerivedError("an event has not the identifier that it should have")
        event = {**one, "event_id": event_id(builder.urn, kind, task.document_id)}
        if one["agent"].startswith(OWN_AGENT):
            event |= {"agent": builder.agent, "occurred_at": builder.packed_at}
        found.append(event)
    return found
