"""Records of texts that are taken whole out of one container: they differ in little, and what they share is made once.

One of them is made as every record is (`archive.packing.builder`); with holes where they differ it is a stencil, from
which the others follow byte for byte (as `archive.packing.stencils` has it for texts that are not read). A document of
which anything else is to be said takes the long way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from archive.engine import weigh
from archive.model.assembling import word_count
from archive.model.fields import AccessLevel
from archive.model.passages import passage_id
from archive.model.records import RecordJson
from archive.model.relations import own_group
from archive.model.statements import Statement
from archive.normalise.recipe import Recipe
from archive.normalise.whole import labelled
from archive.packing.built import Built
from archive.packing.filling import TABLES, Document, Fit, in_full
from archive.packing.forms import RecordForm, hole, may_hold_holes
from archive.packing.likeness import Likeness
from archive.packing.opening import OpenContainer
from archive.packing.tasks import DocumentTask, TaskFile
from archive.schema.members import are_good
from archive.schema.quick_json import quick_json, quick_strings
from archive.sources.containers.protocol import Whole
from archive.tables.alike import AlikeRows
from archive.tables.batches import RowBatch
from archive.tables.document_columns import LONGEST_TEXT, UNDETERMINED, sample_key

_LONGEST_SAMPLE = 256 * 1024
"""Bytes of a record of which a stencil is made, since what it shares is written out for all of a batch together."""
_LONGEST = LONGEST_TEXT // 4
"""Characters of a text that is never too long for a cell of the documents table."""
Told = tuple[tuple[Statement, ...], AccessLevel, tuple[TaskFile, ...], Mapping[str, Any]]
"""What is told of a document, its level, its file, and what an archive needs of its own."""
_TEXTS = ("document_id", "group", "language", "passage_id", "sha256", "source_path", "text")
"""What differs from record to record, and is a string."""
_NUMBERS = ("byte_end", "byte_start", "characters", "words")
"""What differs, and is a number."""
_OWN = (*_TEXTS, *_NUMBERS)
_MARKS = {hole(name): name for name in _OWN} | {
    (hole("language"),): "languages",
    sample_key(hole("group")): "sample_key",
}
"""What stands in a row in their place."""


def _with(record: RecordJson, values: Mapping[str, Any]) -> RecordJson:
    """A record with other values where records differ."""
    passage = record["passages"][0]
    span = {**passage["spans"][0], "byte_start": values["byte_start"], "byte_end": values["byte_end"]}
    own = {
        **passage,
        "char_count": values["characters"],
        "language": values["language"],
        "passage_id": values["passage_id"],
        "sha256": values["sha256"],
        "spans": [span],
        "text": values["text"],
    }
    figures = {"characters": values["characters"], "words": values["words"], "sha256": values["sha256"]}
    found = {
        **record,
        "document_id": values["document_id"],
        "source_path": values["source_path"],
        "duplicate_group": values["group"],
        "passages": [own],
        "text": figures,
    }
    return cast("RecordJson", found)


class _Stencil:
    """What the records of some documents share.

    Args:
        record: one of them; it has one passage of one span, and no events.
        is_relating: whether they may state a relation to another document.
    """

    def __init__(self, record: RecordJson, *, is_relating: bool) -> None:
        with_holes = _with(record, {name: hole(name) for name in _OWN})
        self._record = record
        self._is_relating = is_relating
        self._languages: set[str] = set()
        self._form = RecordForm(with_holes, _NUMBERS, _TEXTS)
        self._alike = AlikeRows(TABLES, with_holes, _MARKS)

    def fit(self, task: DocumentTask, whole: Whole, text: str, language: str) -> Fit | None:
        """Another document; None where a value is none that a record may have.

        Args:
            task: it.
            whole: as it was read.
            text: of its one passage.
            language: of that.
        """
        names = {"document_id": task.document_id, "source_path": task.source_path}
        if not text or len(text) > _LONGEST or not are_good("record", names):
            return None
        digest, own = sha256(text.encode("utf-8")).hexdigest(), sha256(whole.data).hexdigest()
        values = {
            **names,
            "group": own_group(digest, own),
            "language": language,
            "passage_id": passage_id((task.files[0].sha256,), (whole.span,)),
            "sha256": digest,
            "text": text,
            "byte_end": whole.span.end,
            "byte_start": whole.span.start,
            "characters": len(text),
            "words": word_count(text),
        }
        if language not in self._languages:
            if not are_good("record", {"passages": _with(self._record, values)["passages"]}):
                return None
            self._languages.add(language)  # of all else in a passage there are but numbers, digests, a text in Unicode
        return Fit(self, self, (own, values))

    def documents(self, fits: Sequence[Fit]) -> list[Built]:
        """What comes of documents."""
        columns = _columns(fits)
        written = {name: quick_strings(columns[name]) for name in _TEXTS if name != "text"}
        written["text"] = [quick_json(text)[1:-1] for text in columns["text"]]  # too long to be looked through for ends
        written |= {name: [b"%d" % number for number in columns[name]] for name in _NUMBERS}
        return [
            Built(
                values["document_id"],
                values["source_path"],
                line,
                content,
                (),
                (),
                1,
                Likeness(own, values["sha256"], b"", b""),
                self._is_relating,
            )
            for (_, _, (own, values)), line, content in zip(fits, *self._form.filled(written), strict=True)
        ]

    def records(self, fits: Sequence[Fit]) -> list[RecordJson]:
        """Their records."""
        return [_with(self._record, values) for _, _, (_, values) in fits]

    def languages(self, fits: Sequence[Fit]) -> list[str]:
        """Those of their passages."""
        return [values["language"] for _, _, (_, values) in fits]

    def rows(self, fits: Sequence[Fit]) -> tuple[RowBatch, ...]:
        """Their rows."""
        columns = _columns(fits)
        columns["languages"] = [[] if one == UNDETERMINED else [one] for one in columns["language"]]
        columns["sample_key"] = list(map(sample_key, columns["group"]))
        return self._alike.batches(columns, len(fits))


def _columns(fits: Sequence[Fit]) -> dict[str, list[Any]]:
    every = [values for _, _, (_, values) in fits]
    return {name: [values[name] for values in every] for name in _OWN}


@dataclass(slots=True)
class _Seen:
    """What was last told of a document, and the stencil of those of which the same is told."""

    told: Told | None = None
    stencil: _Stencil | None = None


class WholeStencils:
    """The stencil that is in use; for one process.

    Args:
        recipe: what labels.
        container_of: what opens the container that a file is.
        lap: hears the name of each step that was taken.
        is_of_use: whether records are held to nothing but the shipped schema.
    """

    def __init__(
        self,
        recipe: Recipe,
        container_of: Callable[[TaskFile], OpenContainer],
        lap: Callable[[str], None],
        *,
        is_of_use: bool,
    ) -> None:
        self._recipe = recipe
        self._container_of = container_of
        self._lap = lap
        self._is_of_use = is_of_use and not (recipe.divides or recipe.compares or recipe.repairs)
        self._seen = _Seen()

    def fit(self, task: DocumentTask) -> Fit | None:
        """A document that follows from the stencil; None where it has to take the long way.

        Raises:
            HeavyError: it is too heavy for the process that leads.
            StorageError: its container cannot be read.
        """
        stencil = self._seen.stencil
        if stencil is None or not _is_usual(task) or self._seen.told != (told := _told(task)):
            return None
        self._seen.told = told  # which, coming with those that follow, is told to be the same at a glance
        weigh(task.size)
        return self._of(stencil, task)

    def _of(self, stencil: _Stencil, task: DocumentTask) -> Fit | None:
        member = task.member
        whole = None if member is None else self._container_of(task.files[0]).whole(member)
        self._lap("read")
        said = None if whole is None else labelled(whole.text, self._recipe)
        self._lap("identify-languages")
        found = None if whole is None or said is None else stencil.fit(task, whole, *said)
        self._lap("fill stencils")
        return found

    def note(self, task: DocumentTask, document: Document) -> None:
        """Learns from a document that took the long way.

        A stencil is worth its while where the same was told of two documents that follow one another.
        """
        if not self._is_of_use or not _is_usual(task):
            return
        told, (built, record) = _told(task), document
        if self._seen.told != told:
            self._seen = _Seen(told)
        elif self._seen.stencil is None and _is_plain(built, record):
            stencil = _Stencil(record, is_relating=built.is_relating)
            found = self._of(stencil, task)
            if found is not None and in_full(found) == document:
                self._seen.stencil = stencil


def _is_usual(task: DocumentTask) -> bool:
    """Whether a document is the member of a container, and there is nothing else about it."""
    is_more = task.annotations or task.known is not None or task.laid_by
    return task.member is not None and not task.member.findings and len(task.files) == 1 and not is_more


def _is_plain(built: Built, record: RecordJson) -> bool:
    """Whether a record has one passage of one span, and nothing that is made for each document by itself."""
    passages = record["passages"]
    is_more = built.findings or built.layers or record["events"] or record["annotations"] or may_hold_holes(built.line)
    is_one = len(passages) == 1 and passages[0]["kept"] and len(passages[0]["spans"]) == 1
    return is_one and not is_more and len(built.line) <= _LONGEST_SAMPLE


def _told(task: DocumentTask) -> Told:
    return task.statements, task.access_level, task.files, task.additional
