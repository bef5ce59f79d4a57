"""Whether a record of the version before follows from the bytes at hand, by the published rule of derivation.

A bag whose manifests agree with it may still hold a text that somebody wrote into it. So nothing of its text is taken
over that the rule does not give again (`archive.model.derivation`): each passage from the original that is being
packed, or from a stored layer that has the digest which the record states. What the rule says nothing of is not seen
here: what a passage is called, which are left out, whether a stored layer is what a reader takes out of the original.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from archive.model.assembling import LAYER_ROLE
from archive.model.derivation import project
from archive.model.passages import passage_id
from archive.model.records import PARAGRAPH_BREAK
from archive.model.spans import Span
from archive.packing.layers import folder_of
from archive.packing.places import place_in
from archive.packing.tasks import DocumentTask
from archive.storage.copying import measure
from archive.storage.trouble import told_in_words

_HELD = 4 << 20
"""Bytes of a file that is read as a whole; of a longer one, and of one with many documents, what is asked for."""
_SPARE = 1 << 20
"""Bytes that the passages of a small document may name more often than once."""


class NotDerivedError(ValueError):
    """A record that does not follow from the bytes, with what differs in words."""


def expect_derived(record: Mapping[str, Any], task: DocumentTask, folder: Path) -> None:
    """Carries out the rule of derivation for all passages of a record.

    Args:
        record: of the version before; its files, but for stored layers, are those of the task.
        task: the document, with the place of that record.
        folder: where the files of the task are read.

    Raises:
        NotDerivedError: a passage, or what is counted of the text, is not what follows.
        KeyError, TypeError, AttributeError, ValueError: it has not the shape of a record.
        ArchiveError: a file cannot be read.
    """
    places = {one.stored: place_in(folder, one.location) for one in task.files}
    entries = {one["path"]: one for one in record["files"]}
    for path, place in _layers(record, task):
        places[path] = place
        if measure(place, ("sha256",)).digests["sha256"] != entries[path]["sha256"]:
            raise NotDerivedError(f"{path} is not what the record says")
    with ExitStack() as open_files:
        reading = _Reading(open_files, places, is_whole=task.member is None)
        _expect_passages(record, entries, reading)


def _layers(record: Mapping[str, Any], task: DocumentTask) -> Iterator[tuple[str, Path]]:
    """The stored layers, and where the bag before has them; each must stand where a pack would put it."""
    folders = {one.stored: folder_of(task, one) for one in task.files}
    for one in record["files"]:
        if one["role"] != LAYER_ROLE or task.known is None:
            continue
        if one["path"].rpartition("/")[0] != folders.get(one["derived_from"]):
            raise NotDerivedError(f"{one['path']} is no layer of this document")
        yield one["path"], place_in(task.known.folder, one["path"])


@dataclass(slots=True)
class _Reading:
    """Gives ranges of bytes of the files of one document."""

    open_files: ExitStack
    places: Mapping[str, Path]
    is_whole: bool
    held: dict[str, bytes] = field(default_factory=dict)
    streams: dict[str, BinaryIO] = field(default_factory=dict)

    def read(self, path: str, start: int, end: int) -> bytes:
        if path not in self.held and path not in self.streams:
            self._open(path)
        if path in self.held:
            found = self.held[path][start:end]
        else:
            with told_in_words(self.places[path]):
                self.streams[path].seek(start)
                found = self.streams[path].read(end - start)
        if len(found) != end - start:
            raise NotDerivedError(f"{path} has no bytes {start}-{end}")
        return found

    def _open(self, path: str) -> None:
        place = self.places[path]
        with told_in_words(place):
            stream = self.open_files.enter_context(place.open("rb"))
            data = stream.read(_HELD + 1) if self.is_whole else None
        if data is not None and len(data) <= _HELD:
            self.held[path] = data
        else:
            self.streams[path] = stream


def _expect_passages(record: Mapping[str, Any], entries: Mapping[str, Any], reading: _Reading) -> None:
    left = 2 * sum(one["bytes"] for one in entries.values()) + _SPARE
    kept: list[str] = []
    position = 0
    for ordinal, passage in enumerate(record["passages"]):
        spans = [(one["layer"], Span(0, one["byte_start"], one["byte_end"])) for one in passage["spans"]]
        left -= sum(span.end - span.start for _, span in spans)
        if left < 0:
            raise NotDerivedError("its passages name more bytes than the document has, twice over")
        text = _derived(spans, passage["projection"], entries, reading)
        is_kept = passage["kept"]
        expected = {
            "text": text,
            "char_count": len(text) if is_kept else 0,
            "char_start": position if is_kept else -1,
            "ordinal": ordinal,
            "passage_id": passage_id(
                [entries[layer]["sha256"] for layer, _ in spans],
                [Span(at, span.start, span.end) for at, (_, span) in enumerate(spans)],
            ),
            "sha256": _sha256(text),
        }
        _expect_equal(passage, expected, f"passage {ordinal}")
        if is_kept:
            kept.append(text)
            position += len(text) + len(PARAGRAPH_BREAK)
    text = PARAGRAPH_BREAK.join(kept)
    figures = {"characters": len(text), "words": len(text.split()), "sha256": _sha256(text) if kept else None}
    _expect_equal(record["text"], figures, "the text as a whole")


def _derived(spans: list[tuple[str, Span]], projection: str, entries: Mapping[str, Any], reading: _Reading) -> str:
    pieces = [(reading.read(layer, span.start, span.end), entries[layer]["charset"] or "") for layer, span in spans]
    return project(pieces, projection)


def _expect_equal(found: Mapping[str, Any], expected: Mapping[str, Any], name: str) -> None:
    for key, value in expected.items():
        if found[key] != value:
            raise NotDerivedError(f"{name}: another {key} follows from the bytes")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
