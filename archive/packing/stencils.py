"""Records of plain texts of which no text is wanted: they differ in little, and what they share is made once.

The documents of a corpus that is packed without being read have records that are the same but for names, a size and
digests. One of them is made as every record is (`archive.packing.building`); with holes at those places it is a
stencil, from which the others follow byte for byte. A document of which anything else is to be said takes the long way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from archive.model.fields import AccessLevel
from archive.model.records import FileJson, RecordJson
from archive.model.relations import own_group
from archive.model.statements import Statement
from archive.packing.building import Builder
from archive.packing.built import Built
from archive.packing.forms import Form, hole
from archive.packing.likeness import Likeness
from archive.packing.taking import Took
from archive.packing.tasks import ORIGINALS, DocumentTask
from archive.schema.members import are_good
from archive.schema.quick_json import quick_json
from archive.sources.unread import is_plain_utf8

Told = tuple[tuple[Statement, ...], AccessLevel, str]
"""What was said of a document, its level, and the role of its one file."""
_NAMES = ("document_id", "source_path", "original")
"""The members of a record that are names."""
_HOLES = (*_NAMES, "group", "size", "sha256")


def _with(record: RecordJson, names: Mapping[str, str], group: str, size: Any, digest: str) -> RecordJson:
    """A record with other names, another size, and other digests."""
    file = cast("FileJson", {**record["files"][0], "path": names["original"], "bytes": size, "sha256": digest})
    return cast("RecordJson", {**record, **names, "duplicate_group": group, "files": [file]})


class _Stencil:
    """What the records of some documents share.

    Args:
        record: one of them.
        is_relating: whether they may state a relation to another document.
    """

    def __init__(self, record: RecordJson, *, is_relating: bool) -> None:
        names = {name: hole(name) for name in _NAMES}
        line = quick_json(_with(record, names, hole("group"), hole("size"), hole("sha256")))
        recipe = b',"recipe":' + quick_json(record["recipe"])
        self._record = record
        self._is_relating = is_relating
        self._line, self._content = Form(line, _HOLES), Form(line.replace(recipe, b"", 1), _HOLES)

    def filled(self, task: DocumentTask, size: int, digest: str) -> tuple[Built, RecordJson] | None:
        """What comes of another document; None where its names are none that a record may have.

        Args:
            task: it.
            size: of its file.
            digest: the sha256 of it.
        """
        names = dict(zip(_NAMES, (task.document_id, task.source_path, task.files[0].stored), strict=True))
        if not are_good("record", names):
            return None
        group = own_group(None, digest)
        values = {name: quick_json(value) for name, value in names.items()}
        values |= {"group": b'"%b"' % group.encode(), "size": b"%d" % size, "sha256": b'"%b"' % digest.encode()}
        built = Built(
            task.document_id,
            task.source_path,
            self._line.filled(values),
            sha256(self._content.filled(values)).hexdigest(),
            (),
            (),
            0,
            Likeness(digest, None, b"", b""),
            self._is_relating,
        )
        return built, _with(self._record, names, group, size, digest)


@dataclass(slots=True)
class _Seen:
    """What was last told of a document, and the stencil of those of which the same is told."""

    told: Told | None = None
    stencil: _Stencil | None = None


class Stencils:
    """The stencil that is in use; for one process.

    Args:
        builder: what makes records the long way.
    """

    def __init__(self, builder: Builder) -> None:
        self._is_of_use = not builder.limits.text_is_wanted and builder.validator.overlay is None
        self._largest = builder.limits.largest_text
        self._seen = _Seen()

    def filled(self, task: DocumentTask, took: Took, data: bytes) -> tuple[Built, RecordJson] | None:
        """What comes of a document; None where it has to take the long way.

        Args:
            task: it.
            took: what came of its one file.
            data: the beginning of that.
        """
        stencil = self._seen.stencil
        if stencil is None or self._seen.told != _told(task) or not self._is_usual(task, took, data):
            return None
        return stencil.filled(task, took.size, took.digest("sha256"))

    def note(self, task: DocumentTask, took: Took, data: bytes, document: tuple[Built, RecordJson]) -> None:
        """Learns from a document that took the long way; the arguments are those of `filled`, and what came of it.

        A stencil is worth its while where the same was told of two documents that follow one another.
        """
        if not self._is_of_use or not self._is_usual(task, took, data):
            return
        told, (built, record) = _told(task), document
        if self._seen.told != told:
            self._seen = _Seen(told)
        elif not (built.findings or built.layers or built.passages or record["events"]):
            stencil = _Stencil(record, is_relating=built.is_relating)
            if stencil.filled(task, took.size, took.digest("sha256")) == document:
                self._seen.stencil = stencil

    def _is_usual(self, task: DocumentTask, took: Took, data: bytes) -> bool:
        """Whether a document is a single plain text under its own name, and all of it is at hand."""
        is_more = task.member is not None or task.annotations or task.additional or task.known is not None
        if len(task.files) > 1 or is_more or task.files[0].stored != ORIGINALS + task.files[0].path:
            return False
        return len(data) == took.size <= self._largest and is_plain_utf8(task.source_path, data)


def _told(task: DocumentTask) -> Told:
    return task.statements, task.access_level, task.files[0].role
