"""Which inputs are not packed and why: documents with errors, lines of containers that are no document.

Two documents that claim one identifier are two inputs. A container is packed whole, so what is wrong with it as a
whole rejects all that is in it, and where none of its documents is left it is left out itself. So is one of whose
documents one hides personal data or asks for a stricter level of access (or may, where it cannot be read), and a letter
that is rejected with all that is attached to it: their bytes are in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from archive.model.findings import Finding, Severity, by_document, error_codes
from archive.packing.bag_record import Rejection
from archive.packing.built import Failed
from archive.packing.hiding import HIDDEN
from archive.packing.taken_in import TakenIn
from archive.packing.tasks import DocumentTask

_OF_THE_WHOLE = frozenset({HIDDEN, "access.stated-inside", "csv.row-length", "jsonl.field-not-usable"})
"""What is wrong with a document of a container and concerns its bytes; the last two are errors for the level alone."""
_MAY_ASK = frozenset({"csv.malformed-row", "jsonl.line-too-long", "jsonl.malformed-line"})
"""What is wrong with a line that cannot be read: an error only where it may ask for a level of access."""
Known = Mapping[str, tuple[Finding, ...]]
"""Findings about the submission that name a document, by its identifier."""


Key = tuple[str, str, bool]
"""Source path, identifier, and whether it lies in a container: what tells documents apart."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier tries to make the same bag left out.

    Attributes:
        rejected: the inputs with errors.
        failed: those whose sources could not be taken in.
        without: identifiers of the documents and of the whole containers that are left out.
    """

    rejected: tuple[Rejection, ...] = ()
    failed: tuple[Rejection, ...] = ()
    without: frozenset[str] = frozenset()


@dataclass(slots=True)
class Judged:
    """The inputs of one level that are not packed, gathered while the others are built.

    Attributes:
        taken: what came of the first way through.
        documents: the documents with errors.
        condemned: containers that may not be packed, by identifier.
        is_spoilt: whether anything was wrong before a document was built.
    """

    taken: TakenIn
    documents: dict[Key, Rejection] = field(default_factory=dict)
    condemned: set[str] = field(default_factory=set)
    is_spoilt: bool = False

    @classmethod
    def of(cls, taken: TakenIn, known: Known) -> Judged:
        """What is known to be wrong before a document is built."""
        judged = cls(taken, is_spoilt=bool(error_codes(taken.all_findings)))
        wrong = by_document([one for one in taken.findings if one.severity is Severity.ERROR])
        wholes = {one: (*known.get(one, ()), *wrong.get(one, ())) for one in taken.containers.values()}
        judged.condemned.update(one for one, said in wholes.items() if error_codes(said))
        for one in taken.lost:
            codes = error_codes(one.findings)
            if one.container is not None and not _MAY_ASK.isdisjoint(codes):
                judged._condemn(one.container, codes)
        if not any(map(error_codes, (*wrong.values(), *known.values()))):
            return judged  # no document needs to be asked for
        for task in taken.tasks:
            name, container = task.document_id, judged.container_of(task)
            whole = wholes[container] if container is not None else ()
            judged.reject(task, (*wrong.get(name, ()), *known.get(name, ()), *whole))
        return judged

    def container_of(self, task: DocumentTask) -> str | None:
        """The identifier of the container that a document lies in, or None."""
        return self.taken.containers[task.files[0].path] if task.member is not None else None

    def reject(self, task: DocumentTask, findings: Sequence[Finding]) -> None:
        """Rejects a document if there is an error among its findings."""
        codes = error_codes(findings)
        if not codes:
            return
        self._reject(task, codes)
        whole = self._file_of(task)
        if whole is not None and (task.member is None or not _OF_THE_WHOLE.isdisjoint(codes)):
            self._condemn(whole, codes)

    def fail(self, one: Failed) -> None:
        """Takes in that the sources of a document could not be, so that nothing more is to be said of it."""
        self.documents.pop((one.source_path, one.document_id, False), None)

    def _condemn(self, whole: str, codes: tuple[str, ...]) -> None:
        """Leaves out a container with all that is in it."""
        if whole in self.condemned:
            return
        self.condemned.add(whole)
        for one in self.taken.tasks:
            if self._file_of(one) == whole:
                self._reject(one, codes)

    def _reject(self, task: DocumentTask, codes: tuple[str, ...]) -> None:
        before = self.documents.get(_key(task))
        merged = codes if before is None else tuple(sorted({*before.codes, *codes}))
        self.documents[_key(task)] = Rejection(task.source_path, task.document_id, merged)

    def _file_of(self, task: DocumentTask) -> str | None:
        """The identifier of the file that holds several documents, this one among them; of a letter also for itself."""
        return self.taken.containers.get(task.files[0].path)

    @property
    def lost(self) -> tuple[Rejection, ...]:
        """The lines of containers that are no document."""
        return _rejections(self.taken, None)

    @property
    def rejected(self) -> tuple[Rejection, ...]:
        """All inputs with errors."""
        return (*self.documents.values(), *self.lost)

    @property
    def failed(self) -> tuple[Rejection, ...]:
        """The documents whose sources could not be taken in."""
        return tuple(
            Rejection(one.source_path, one.document_id, error_codes(one.findings)) for one in self.taken.failed
        )

    def containers_to_leave_out(self) -> frozenset[str]:
        """Containers that are condemned, and those of which nothing is left."""
        if not (self.documents or self.taken.lost):
            return frozenset(self.condemned)
        left = {self._file_of(task) for task in self.taken.tasks if _key(task) not in self.documents}
        touched = {self._file_of(task) for task in self.taken.tasks}
        touched.update(one.container for one in self.taken.lost)
        return frozenset(one for one in (touched - left) | self.condemned if one is not None)

    def after(self, earlier: Earlier) -> Earlier:
        """What the next try leaves out: lines that are lost need not be, where their container stays."""
        containers = self.containers_to_leave_out()
        gone = _rejections(self.taken, containers)
        return Earlier(
            (*earlier.rejected, *self.documents.values(), *gone),
            (*earlier.failed, *self.failed),
            earlier.without | containers | {one.document_id for one in (*self.documents.values(), *self.failed)},
        )


def _key(task: DocumentTask) -> Key:
    return task.source_path, task.document_id, task.member is not None


def _rejections(taken: TakenIn, containers: Collection[str] | None) -> tuple[Rejection, ...]:
    return tuple(
        Rejection(one.source_path, one.document_id, error_codes(one.findings))
        for one in taken.lost
        if containers is None or one.container in containers
    )
