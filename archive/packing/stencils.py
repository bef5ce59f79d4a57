"""Records of plain texts of which no text is wanted: they differ in little, and what they share is made once.

The documents of a corpus that is packed without being read have records that are the same but for names, a size,
digests, and what people say. One of them is made as every record is (`archive.packing.building`); with holes at those
places it is a stencil, from which the others follow byte for byte. A document of which anything is to be told takes
the long way.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast

from archive.model.records import FileJson, RecordJson
from archive.model.relations import own_group
from archive.packing.building import Builder
from archive.packing.built import Built, is_relating
from archive.packing.forms import Form, hole, may_hold_holes
from archive.packing.likeness import Likeness
from archive.packing.settling import settle
from archive.packing.taking import Took
from archive.packing.tasks import ORIGINALS, DocumentTask
from archive.schema.languages import canonical
from archive.schema.members import are_good
from archive.schema.places import Origins
from archive.schema.quick_json import quick_json
from archive.sources.unread import is_plain_utf8

Document = tuple[Built, RecordJson]
"""What comes of a document, and its record."""
_NAMES = ("document_id", "source_path", "original")
"""The members of a record that are names."""
_SAID = ("metadata", "statements")
"""Those that follow from what people say."""
_HOLES = (*_NAMES, *_SAID, "group", "size", "sha256")


def _with(record: RecordJson, own: Mapping[str, Any], group: str, size: Any, digest: str) -> RecordJson:
    """A record with other names and other words of people, another size, and other digests."""
    file = cast("FileJson", {**record["files"][0], "path": own["original"], "bytes": size, "sha256": digest})
    return cast("RecordJson", {**record, **own, "duplicate_group": group, "files": [file]})


class _Said:
    """What people say of a document, settled.

    Args:
        task: the document.
        origins: what names places in the words of the person who wrote the values.

    Attributes:
        told: the statements and the level.
        is_usual: whether nothing is to be told of it, as an event or as a finding.
        members: of the record.
        values: the same as they are written.
        is_relating: whether it may state a relation to another document.
    """

    def __init__(self, task: DocumentTask, origins: Origins) -> None:
        self.told = (task.statements, task.access_level)
        settled = settle(task.document_id, task.statements, task.access_level, origins)
        self.members = {
            "metadata": settled.metadata,
            "statements": [statement.as_json() for statement in settled.statements],
        }
        is_told = "captured_at" in settled.metadata or settled.findings or not _is_canonical(settled.metadata)
        self.is_usual = not is_told and are_good("record", self.members)
        self.values = {name: quick_json(value) for name, value in self.members.items()} if self.is_usual else {}
        self.is_relating = is_relating(settled.metadata)


class _Stencil:
    """What the records of documents share, whatever people say of them.

    Args:
        record: one of them.
    """

    def __init__(self, record: RecordJson) -> None:
        own = {name: hole(name) for name in (*_NAMES, *_SAID)}
        line = quick_json(_with(record, own, hole("group"), hole("size"), hole("sha256")))
        recipe = b',"recipe":' + quick_json(record["recipe"])
        self._record = record
        self._line, self._content = Form(line, _HOLES), Form(line.replace(recipe, b"", 1), _HOLES)

    def filled(self, task: DocumentTask, said: _Said, size: int, digest: str) -> Document | None:
        """What comes of another document; None where its names are none that a record may have.

        Args:
            task: it.
            said: of it.
            size: of its file.
            digest: the sha256 of it.
        """
        names = dict(zip(_NAMES, (task.document_id, task.source_path, task.files[0].stored), strict=True))
        if not are_good("record", names):
            return None
        group = own_group(None, digest)
        values = {name: quick_json(value) for name, value in names.items()} | said.values
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
            said.is_relating,
        )
        return built, _with(self._record, {**names, **said.members}, group, size, digest)


class Stencils:
    """The stencils that are in use, by the role of the one file; for one process.

    Args:
        builder: what makes records the long way.
    """

    def __init__(self, builder: Builder) -> None:
        self._is_of_use = not builder.limits.text_is_wanted and builder.validator.overlay is None
        self._largest = builder.limits.largest_text
        self._origins = builder.validator.origins
        self._by_role: dict[str, _Stencil] = {}
        self._said: _Said | None = None

    def filled(self, task: DocumentTask, took: Took, data: bytes) -> Document | None:
        """What comes of a document; None where it has to take the long way.

        Args:
            task: it.
            took: what came of its one file.
            data: the beginning of that.
        """
        stencil = self._by_role.get(task.files[0].role)
        if stencil is None or not self._is_usual(task, took, data):
            return None
        said = self._said_of(task)
        return stencil.filled(task, said, took.size, took.digest("sha256")) if said.is_usual else None

    def note(self, task: DocumentTask, took: Took, data: bytes, document: Document) -> None:
        """Learns from a document that took the long way; the arguments are those of `filled`, and what came of it."""
        role, (built, record) = task.files[0].role, document
        is_more = built.findings or built.layers or built.passages or record["events"] or may_hold_holes(built.line)
        if not self._is_of_use or role in self._by_role or is_more or not self._is_usual(task, took, data):
            return
        stencil, said = _Stencil(record), self._said_of(task)
        if said.is_usual and stencil.filled(task, said, took.size, took.digest("sha256")) == document:
            self._by_role[role] = stencil

    def _said_of(self, task: DocumentTask) -> _Said:
        """What people say of a document; often it is what they say of the one before."""
        if self._said is None or self._said.told != (task.statements, task.access_level):
            self._said = _Said(task, self._origins)
        return self._said

    def _is_usual(self, task: DocumentTask, took: Took, data: bytes) -> bool:
        """Whether a document is a single plain text under its own name, and all of it is at hand."""
        is_more = task.member is not None or task.annotations or task.additional or task.known is not None
        if len(task.files) > 1 or is_more or task.files[0].stored != ORIGINALS + task.files[0].path:
            return False
        return len(data) == took.size <= self._largest and is_plain_utf8(task.source_path, data)


def _is_canonical(metadata: Mapping[str, Any]) -> bool:
    """Whether nothing is to be said of the language as it is written."""
    tag = metadata.get("language")
    return not isinstance(tag, str) or canonical(tag) in {None, tag}
