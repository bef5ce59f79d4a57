"""Which documents a container holds, once it was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archive.engine import Loss
from archive.model.codes import finding
from archive.model.containers import CSV, JSON_LINES, is_document_too
from archive.model.corpora import PlannedDocument
from archive.model.findings import Finding, Severity, Where, errors_in
from archive.model.tally import Tally
from archive.packing.hiding import DECISION, judged
from archive.packing.listing import Listed, pieces_of
from archive.packing.sieve import MOSTLY_BROKEN, Sieve
from archive.packing.tasks import DocumentTask
from archive.sources.containers import Member
from archive.sources.containers.naming import line_name
from archive.sources.containers.runs import Piece, Run

_MOST_SAID = 3
"""Members that cannot be read of which the findings are told where no other is there."""
_DISAGREES = "format.name-disagrees"
_ASKING = frozenset({JSON_LINES, CSV})
"""Containers whose rows may ask for a level of access: what nobody can read must not pass for asking none."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece of a container that is no document.

    Attributes:
        container: the identifier of the container.
        source_path: its name.
        document_id: the same name; what is no document has no identifier of its own.
        findings: what is wrong with it.
    """

    container: str
    source_path: str
    document_id: str
    findings: tuple[Finding, ...]


class Inside:
    """What a container holds, as it was listed; of its documents none is kept.

    Args:
        document: the container, as planned.
        task: the task of the container as a whole.
        listed: what was found in it, stretch by stretch.

    Attributes:
        count: how many documents were given.
        lost: what should have been one; complete once all documents were given, like the findings.
        findings: about the container as a whole.
        strays: names of documents that rows speak of and that were not given.

    Of what cannot be read there is a document as well, so that a record tells of it; but where nothing in a container
    can be read the container is one itself.
    """

    def __init__(self, document: PlannedDocument, task: DocumentTask, listed: Iterable[Listed]) -> None:
        self._document = document
        self._kind = document.files[0].kind
        self._task = task
        self._listed = listed
        self._found = Tally()
        self._held: list[Member] = []
        self.count = 0
        self.lost: list[Lost] = []
        self.findings: tuple[Finding, ...] = ()
        self.strays = set(document.members)

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing, so that the file is one document itself."""
        return not self.count and not self.lost

    def members(self) -> Iterator[Piece]:
        """The documents, in their order; to be read to its end, once.

        Raises:
            StorageError: it cannot be read.
        """
        sieve = Sieve()
        for piece in sieve.taken(pieces_of(self._stretches())):
            if isinstance(piece, Run) or not (piece.findings or piece.is_empty):
                yield from self._given()
                yield self._noted(piece)
            elif errors_in(piece.findings):
                self.lost.append(_lost(self._task, piece))
            else:
                self._held.append(piece)
                if self.count:
                    yield from self._given()
        stop = sieve.stop
        if stop is not None:
            self._found.add(finding(stop.code, where=Where(file=self._task.source_path, row=stop.row), found=stop.seen))
        is_broken = stop is not None and stop.code == MOSTLY_BROKEN
        if is_broken and not sieve.whole:
            self.lost = []
        is_any_empty = any(not one.findings for one in self._held)
        if self.lost or is_document_too(self._kind) or (is_any_empty and not is_broken):
            yield from self._given()
        self._conclude()

    def _stretches(self) -> Iterator[Listed]:
        """What was found, up to where a worker was lost."""
        for listed in self._listed:
            self._found.extend(listed.findings)
            if listed.loss is not None:
                self._found.add(self._not_listed(listed.loss))
                return
            yield listed

    def _not_listed(self, loss: Loss) -> Finding:
        """What is to be said where a worker was lost over a container: of one whose rows may ask it is an error."""
        path = self._task.source_path
        weight = Severity.ERROR if self._kind in _ASKING else None
        seen = "more time than it may take" if loss.is_late else loss.how
        return finding("container.not-listed", where=Where(file=path), found=seen, severity=weight)

    def _noted(self, piece: Piece) -> Piece:
        """A piece that is given."""
        self.count += len(piece) if isinstance(piece, Run) else 1
        if self.strays:
            self.strays.difference_update(piece.names if isinstance(piece, Run) else (piece.name,))
        return piece

    def _given(self) -> Iterator[Member]:
        """What was held back: what cannot be read is a document under the number of its line, which no row names."""
        held, self._held = self._held, []
        for one in held:
            if one.findings:
                self.count += 1
                yield replace(one, name=line_name(one))
            else:
                self._noted(one)
                yield one

    def _conclude(self) -> None:
        name, path = self._document.document_id, self._task.source_path
        said = list(self._found)
        is_alone = not self.count and not self.lost and not is_document_too(self._kind)
        if is_alone:
            said = [one for one in said if one.code != _DISAGREES]  # which the document says itself
            said.extend(one for member in self._held[:_MOST_SAID] for one in member.findings)
            what = "are empty or cannot be read" if any(one.is_empty for one in self._held) else "cannot be read"
            seen = f"{len(self._held):,} that {what}" if self._held else ""
            said.append(finding("container.no-documents", where=Where(file=path), found=seen))
        self.findings = tuple(_weighed([replace(one, document=name) for one in said], self._document))


def _lost(task: DocumentTask, member: Member) -> Lost:
    name = f"{task.source_path}#{line_name(member)}"
    return Lost(task.document_id, name, name, tuple(replace(one, document=name) for one in member.findings))


def _weighed(findings: list[Finding], document: PlannedDocument) -> Iterator[Finding]:
    """What the container hides of persons weighs as much as it does in a document of its own."""
    decided = next((one.value for one in document.statements if one.field == DECISION), None)
    return judged(findings, {DECISION: decided}, document.access_level)
