"""Which documents a container holds, once it was taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archive.model.codes import finding
from archive.model.containers import is_document_too, kind_of
from archive.model.corpora import PlannedDocument
from archive.model.findings import Finding, Where, errors_in
from archive.model.tally import Tally
from archive.packing.hiding import DECISION, judged
from archive.packing.opening import Opening
from archive.packing.tasks import DocumentTask
from archive.sources.containers import Member
from archive.sources.containers.naming import line_name

_MOST_SAID = 3
"""Members that cannot be read of which the findings are told where no other is there."""
MOST = 2_000_000
"""Documents of one container that are packed."""
MOST_BROKEN = 10_000
"""Broken documents that a container may hold beside fewer whole ones: it is not what its name says, then."""


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
    """What a container holds, found in one pass; of its documents none is kept.

    Args:
        document: the container, as planned.
        task: the task of the container as a whole.
        location: where it can be read.
        opening: opens it.

    Attributes:
        count: how many documents were given.
        lost: what should have been one; complete once all documents were given, like the findings.
        findings: about the container as a whole.
        strays: names of documents that rows speak of and that were not given.

    Of what cannot be read there is a document as well, so that a record tells of it; but where nothing in a container
    can be read the container is one itself.
    """

    def __init__(self, document: PlannedDocument, task: DocumentTask, location: Path, opening: Opening) -> None:
        self._document = document
        self._task = task
        self._location = location
        self._opening = opening
        self.count = 0
        self.lost: list[Lost] = []
        self.findings: tuple[Finding, ...] = ()
        self.strays = set(document.members)

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing, so that the file is one document itself."""
        return not self.count and not self.lost

    def members(self) -> Iterator[Member]:
        """The documents, in their order; to be read to its end, once.

        Raises:
            StorageError: it cannot be read.
        """
        found = Tally()
        path = self._task.source_path
        unread: list[Member] = []
        whole = broken = 0
        for number, member in enumerate(self._opening.at(self._location, path).members(found)):
            if number == MOST:
                where = Where(file=path, row=member.row)
                found.add(finding("container.bomb", where=where, found=f"more than {MOST:,} documents"))
                break
            if not member.findings:
                yield from self._given(unread)
                unread = []
                whole += 1
                self.count += 1
                self.strays.discard(member.name)
                yield member
                continue
            broken += 1
            if errors_in(member.findings):
                self.lost.append(_lost(self._task, member))
            elif self.count:
                yield from self._given([member])
            else:
                unread.append(member)
            if broken > max(MOST_BROKEN, whole):
                where = Where(file=path, row=member.row)
                seen = f"{broken:,} broken ones and {whole:,} whole ones up to here"
                found.add(finding("container.mostly-broken", where=where, found=seen))
                self.lost = self.lost if whole else []
                break
        if self.lost or is_document_too(kind_of(path)):
            yield from self._given(unread)
        self._conclude(found, unread)

    def _given(self, unread: list[Member]) -> Iterator[Member]:
        """Members that cannot be read, as documents."""
        for one in unread:
            self.count += 1
            yield replace(one, name=line_name(one))

    def _conclude(self, found: Tally, unread: list[Member]) -> None:
        name, path = self._document.document_id, self._task.source_path
        said = list(found)
        is_alone = not self.count and not self.lost and not is_document_too(kind_of(path))
        if is_alone:
            said.extend(one for member in unread[:_MOST_SAID] for one in member.findings)
            seen = f"{len(unread):,} that cannot be read" if unread else ""
            said.append(finding("container.no-documents", where=Where(file=path), found=seen))
        self.findings = tuple(_weighed([replace(one, document=name) for one in said], self._document))


def _lost(task: DocumentTask, member: Member) -> Lost:
    name = f"{task.source_path}#{line_name(member)}"
    return Lost(task.document_id, name, name, tuple(replace(one, document=name) for one in member.findings))


def _weighed(findings: list[Finding], document: PlannedDocument) -> Iterator[Finding]:
    """What the container hides of persons weighs as much as it does in a document of its own."""
    decided = next((one.value for one in document.statements if one.field == DECISION), None)
    return judged(findings, {DECISION: decided}, document.access_level)
