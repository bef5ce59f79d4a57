"""Records of plain texts of which no text is wanted: they differ in little, and what they share is made once.

The documents of a corpus that is packed without being read have records that are the same but for names, a size,
digests, and what people say. One of them is made as every record is (`archive.packing.builder`); with holes at those
places it is a stencil, from which the others follow byte for byte. A document of which anything is to be told takes
the long way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from archive.model.records import FileJson, RecordJson
from archive.model.relations import own_group
from archive.packing.builder import Builder
from archive.packing.built import Built, is_relating
from archive.packing.filling import TABLES, Document, Fit, in_full
from archive.packing.forms import RecordForm, hole, may_hold_holes
from archive.packing.likeness import Likeness
from archive.packing.settling import settle
from archive.packing.taking import Took
from archive.packing.tasks import ORIGINALS, DocumentTask
from archive.schema.languages import canonical
from archive.schema.members import are_good
from archive.schema.places import Origins
from archive.schema.quick_json import quick_json, quick_strings
from archive.sources.unread import is_plain_utf8
from archive.tables.alike import AlikeRows
from archive.tables.batches import RowBatch
from archive.tables.document_columns import sample_key

_NAMES = ("document_id", "source_path", "original")
"""The members of a record that are names."""
_SAID = ("metadata", "statements")
"""Those that follow from what people say."""
_OWN = (*_NAMES, "group", "size", "sha256")
"""What differs from record to record, whatever people say."""
_TEXTS = tuple(name for name in _OWN if name != "size")
"""Those of them that are strings."""
_LONGEST_SAID = 256 * 1024
"""Bytes of what people say of each of many documents, since it is written out for all of a batch together."""
_MARKS = {hole(name): name for name in _OWN} | {sample_key(hole("group")): "sample_key"}
"""What stands in a row in their place."""


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
        is_good = not is_told and are_good("record", self.members)
        self.values = {name: quick_json(value) for name, value in self.members.items()} if is_good else {}
        holds_holes = any(map(may_hold_holes, self.values.values()))  # into which a row would get what is not said
        self.is_usual = is_good and not holds_holes and sum(map(len, self.values.values())) <= _LONGEST_SAID
        self.is_relating = is_relating(settled.metadata)


class _Stencil:
    """What the records of documents share, whatever people say of them.

    Args:
        record: one of them.
    """

    def __init__(self, record: RecordJson) -> None:
        self._record = record
        self._form = RecordForm(self._with_holes({name: hole(name) for name in _SAID}), (*_SAID, "size"), _TEXTS)
        self._alike: tuple[_Said, AlikeRows] | None = None

    def _with_holes(self, said: Mapping[str, Any]) -> RecordJson:
        own = {name: hole(name) for name in _NAMES}
        return _with(self._record, {**own, **said}, hole("group"), hole("size"), hole("sha256"))

    def fit(self, task: DocumentTask, said: _Said, size: int, digest: str) -> Fit | None:
        """Another document; None where its names are none that a record may have.

        Args:
            task: it.
            said: of it.
            size: of its file.
            digest: the sha256 of it.
        """
        names = (task.document_id, task.source_path, task.files[0].stored)
        is_good = said.is_usual and are_good("record", dict(zip(_NAMES, names, strict=True)))
        return Fit(self, said, (*names, own_group(None, digest), size, digest)) if is_good else None

    def documents(self, fits: Sequence[Fit]) -> list[Built]:
        """What comes of documents."""
        columns = _columns(fits)
        written = {name: quick_strings(columns[name]) for name in _TEXTS}
        written |= {name: [fit.told.values[name] for fit in fits] for name in _SAID}
        written["size"] = [b"%d" % size for size in columns["size"]]
        return [
            Built(
                document_id,
                source_path,
                line,
                content,
                (),
                (),
                0,
                Likeness(digest, None, b"", b""),
                fit.told.is_relating,
            )
            for fit, document_id, source_path, digest, line, content in zip(
                fits,
                *map(columns.__getitem__, ("document_id", "source_path", "sha256")),
                *self._form.filled(written),
                strict=True,
            )
        ]

    def records(self, fits: Sequence[Fit]) -> list[RecordJson]:
        """Their records."""
        return [self._of(fit.told, *fit.values) for fit in fits]

    def _of(self, said: _Said, document_id: str, source_path: str, original: str, *others: Any) -> RecordJson:
        names = zip(_NAMES, (document_id, source_path, original), strict=True)
        return _with(self._record, {**dict(names), **said.members}, *others)

    def languages(self, _: Sequence[Fit]) -> tuple[str, ...]:
        """Those of their passages, of which there are none."""
        return ()

    def rows(self, fits: Sequence[Fit]) -> tuple[RowBatch, ...]:
        """Their rows, where the same is said of all of them."""
        said: _Said = fits[0].told
        if self._alike is None or self._alike[0] is not said:
            self._alike = said, AlikeRows(TABLES, self._with_holes(said.members), _MARKS)
        columns = _columns(fits)
        return self._alike[1].batches({**columns, "sample_key": list(map(sample_key, columns["group"]))}, len(fits))


def _columns(fits: Sequence[Fit]) -> dict[str, tuple[Any, ...]]:
    return dict(zip(_OWN, zip(*[fit.values for fit in fits], strict=True), strict=True))


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

    def fit(self, task: DocumentTask, took: Took, data: bytes) -> Fit | None:
        """A document that follows from a stencil; None where it has to take the long way.

        Args:
            task: it.
            took: what came of its one file.
            data: the beginning of that.
        """
        stencil = self._by_role.get(task.files[0].role)
        if stencil is None or not self._is_usual(task, took, data):
            return None
        return stencil.fit(task, self._said_of(task), took.size, took.digest("sha256"))

    def note(self, task: DocumentTask, took: Took, data: bytes, document: Document) -> None:
        """Learns from a document that took the long way; the arguments are those of `fit`, and what came of it."""
        role, (built, record) = task.files[0].role, document
        is_more = built.findings or built.layers or built.passages or record["events"] or may_hold_holes(built.line)
        if not self._is_of_use or role in self._by_role or is_more or not self._is_usual(task, took, data):
            return
        stencil = _Stencil(record)
        found = stencil.fit(task, self._said_of(task), took.size, took.digest("sha256"))
        if found is not None and in_full(found) == document:
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
