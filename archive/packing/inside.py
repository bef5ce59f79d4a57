"""Which documents a container holds, once it was taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.model.codes import finding
from archive.model.containers import is_document_too, kind_of
from archive.model.corpora import PlannedDocument
from archive.model.findings import Finding, Where
from archive.model.tally import Tally
from archive.packing.hiding import DECISION, judged
from archive.packing.opening import Opening
from archive.packing.tasks import DocumentTask
from archive.sources.containers import Member
from archive.storage.trouble import told_in_words

_MARK = b"\xef\xbb\xbf"
_BEGINNING = 4096
"""Bytes by which it shows what a file is meant to be."""
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
        for number, member in enumerate(self._opening.at(self._location, path).members(found)):
            if number == MOST:
                where = Where(file=path, row=member.row)
                found.add(finding("container.bomb", where=where, found=f"more than {MOST:,} documents"))
                break
            if member.findings:
                self.lost.append(_lost(self._task, member))
                if len(self.lost) > max(MOST_BROKEN, self.count):
                    self._give_up(found, member)
                    break
            else:
                self.count += 1
                self.strays.discard(member.name)
                yield member
        self._conclude(found)

    def _give_up(self, found: Tally, last: Member) -> None:
        """Where nearly nothing in a container is whole, one finding says so, not a million."""
        where = Where(file=self._task.source_path, row=last.row)
        seen = f"{len(self.lost):,} broken ones and {self.count:,} whole ones up to here"
        found.add(finding("container.mostly-broken", where=where, found=seen))
        if not self.count:
            self.lost = []

    def _conclude(self, found: Tally) -> None:
        name, path = self._document.document_id, self._task.source_path
        said = [replace(one, document=name) for one in found]
        is_alone = not self.count and not is_document_too(kind_of(path))
        if is_alone and (not self.lost or _holds_no_object(self.lost, self._location)):
            seen = f"{len(self.lost):,} lines, none of them a JSON object" if self.lost else ""
            said.append(finding("container.no-documents", document=name, where=Where(file=path), found=seen))
            self.lost = []
        self.findings = tuple(_weighed(said, self._document))


def _holds_no_object(lost: Sequence[Lost], location: Path) -> bool:
    """Whether only the name of a file says that it is JSON lines.

    Where it begins as an object does its lines are meant to be some, and what is wrong with each is said.
    """
    if not all(one.code == "jsonl.malformed-line" for line in lost for one in line.findings):
        return False
    with told_in_words(location), location.open("rb") as stream:
        return not stream.read(_BEGINNING).removeprefix(_MARK).lstrip().startswith(b"{")


def _lost(task: DocumentTask, member: Member) -> Lost:
    above, sign, _ = member.name.rpartition("#")  # the containers in the container that it lies in
    row = member.detail[3] if sign else member.row
    name = f"{task.source_path}#{above}{sign}line {row}"  # no name of a document, which this is not
    return Lost(task.document_id, name, name, tuple(replace(one, document=name) for one in member.findings))


def _weighed(findings: list[Finding], document: PlannedDocument) -> Iterator[Finding]:
    """What the container hides of persons weighs as much as it does in a document of its own."""
    decided = next((one.value for one in document.statements if one.field == DECISION), None)
    return judged(findings, {DECISION: decided}, document.access_level)
