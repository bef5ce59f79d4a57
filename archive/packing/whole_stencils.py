"""Records of texts that are taken whole out of one container: they differ in little, and what they share is made once.

One of them is made as every record is (`archive.packing.building`); with holes where they differ it is a stencil, from
which the others follow byte for byte (as `archive.packing.stencils` has it for texts that are not read). A document of
which anything else is to be said takes the long way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from archive.packing.forms import Form, hole, may_hold_holes
from archive.packing.likeness import Likeness
from archive.packing.opening import OpenContainer
from archive.packing.tasks import DocumentTask, TaskFile
from archive.schema.members import are_good
from archive.schema.quick_json import quick_json
from archive.sources.containers.protocol import Whole

Document = tuple[Built, RecordJson]
"""What comes of a document, and its record."""
Told = tuple[tuple[Statement, ...], AccessLevel, tuple[TaskFile, ...], Mapping[str, Any]]
"""What is told of a document, its level, its file, and what an archive needs of its own."""
_HOLES = (
    "byte_end",
    "byte_start",
    "characters",
    "document_id",
    "group",
    "language",
    "passage_id",
    "sha256",
    "source_path",
    "text",
    "words",
)
"""What differs from record to record."""


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
        line = quick_json(_with(record, {name: hole(name) for name in _HOLES}))
        self._record = record
        self._is_relating = is_relating
        self._languages: set[str] = set()
        self._recipe = b',"recipe":' + quick_json(record["recipe"])
        before, _, behind = line.partition(self._recipe)
        self._before, self._behind = Form(before, _HOLES), Form(behind, _HOLES)

    def filled(self, task: DocumentTask, whole: Whole, text: str, language: str) -> Document | None:
        """What comes of another document; None where a value is none that a record may have.

        Args:
            task: it.
            whole: as it was read.
            text: of its one passage.
            language: of that.
        """
        if not text or not _is_name(task.document_id, task.source_path):
            return None
        digest, own = sha256(text.encode("utf-8")).hexdigest(), sha256(whole.data).hexdigest()
        values: dict[str, Any] = {
            "byte_end": whole.span.end,
            "byte_start": whole.span.start,
            "characters": len(text),
            "document_id": task.document_id,
            "group": own_group(digest, own),
            "language": language,
            "passage_id": passage_id((task.files[0].sha256,), (whole.span,)),
            "sha256": digest,
            "source_path": task.source_path,
            "text": text,
            "words": word_count(text),
        }
        record = _with(self._record, values)
        if language not in self._languages and not are_good("record", {"passages": record["passages"]}):
            return None
        self._languages.add(language)  # of all else in a passage there are but numbers, digests, and a text in Unicode
        written = {name: _written(value) for name, value in values.items()}
        before, behind = self._before.filled(written), self._behind.filled(written)
        covered = sha256(before)
        covered.update(behind)
        built = Built(
            task.document_id,
            task.source_path,
            b"".join((before, self._recipe, behind)),
            covered.hexdigest(),
            (),
            (),
            1,
            Likeness(own, digest, b"", b""),
            self._is_relating,
        )
        return built, record


def _written(value: str | int) -> bytes:
    return quick_json(value) if isinstance(value, str) else b"%d" % value


def _is_name(document_id: str, source_path: str) -> bool:
    return are_good("record", {"document_id": document_id, "source_path": source_path})


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

    def filled(self, task: DocumentTask) -> Document | None:
        """What comes of a document; None where it has to take the long way.

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

    def _of(self, stencil: _Stencil, task: DocumentTask) -> Document | None:
        member = task.member
        whole = None if member is None else self._container_of(task.files[0]).whole(member)
        self._lap("read")
        said = None if whole is None else labelled(whole.text, self._recipe)
        self._lap("identify-languages")
        found = None if whole is None or said is None else stencil.filled(task, whole, *said)
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
            if self._of(stencil, task) == document:
                self._seen.stencil = stencil


def _is_usual(task: DocumentTask) -> bool:
    """Whether a document is the member of a container, and there is nothing else about it."""
    is_more = task.annotations or task.known is not None or task.laid_by
    return task.member is not None and not task.member.findings and len(task.files) == 1 and not is_more


def _is_plain(built: Built, record: RecordJson) -> bool:
    """Whether a record has one passage of one span, and nothing that is made for each document by itself."""
    passages = record["passages"]
    is_more = built.findings or built.layers or record["events"] or record["annotations"] or may_hold_holes(built.line)
    return len(passages) == 1 and passages[0]["kept"] and len(passages[0]["spans"]) == 1 and not is_more


def _told(task: DocumentTask) -> Told:
    return task.statements, task.access_level, task.files, task.additional
