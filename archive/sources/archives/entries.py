"""What the entries of archives are: documents, or what is only counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive.model.codes import finding
from archive.model.findings import Where
from archive.model.tally import Tally
from archive.sources.containers.nested import Nesting, Piece
from archive.sources.containers.protocol import Given, Member, Opened, Others, not_documents
from archive.sources.containers.telling import what_it_is
from archive.sources.unseen.searching import Collected

_OF_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_SHOWN, _NAMED = 160, 80


@dataclass(slots=True)
class Entries:
    """The entries that were seen, and what is to be said of them.

    Attributes:
        given: the archive.
        found: gets the findings.
        unseen: what those that are no documents hide of persons.
    """

    given: Given
    found: Tally
    unseen: Collected = field(init=False)
    _others: Others = field(default_factory=Others)

    def __post_init__(self) -> None:
        self.unseen = Collected(Where(file=self.given.path), self.given.limits)

    def say(self, code: str, row: int, what: str) -> None:
        """A finding about an entry, or (row 0) about the archive.

        Args:
            code: of the finding.
            row: the entry's number from 1.
            what: the name of the entry, or what is wrong.
        """
        where = Where(file=self.given.path, row=row or None)
        self.found.add(finding(code, where=where, found=_shown(what)))

    def count(self, what: str, name: str = "") -> None:
        """One more that is no document.

        Args:
            what: it is, in words.
            name: of the entry, where that tells more.
        """
        self._others.add(what, _shown(name)[:_NAMED])

    def documents(self, nesting: Nesting, opened: Opened, piece: Piece, head: bytes) -> Iterator[Member]:
        """The documents of one entry: those in it where it is a container, else itself; of a letter both.

        Args:
            nesting: opens containers.
            opened: the archive.
            piece: the entry.
            head: its first bytes.
        """
        if self._is_of_system(piece.path):
            return
        told = what_it_is(nesting, self.given, opened, piece, head, self.found)
        if told.other:
            self.count(told.other, piece.path)
        if told.is_document:
            member = piece.member(self.given)
            yield member if head else replace(member, is_empty=True)
        elif told.is_neither:
            self.unseen.add(piece.path, piece.pieces(), head)
        is_empty = True
        for one in told.inner or ():
            is_empty = False
            yield one
        if told.inner is not None and is_empty and not told.may_be_document:
            self.count("containers that hold no document, or are not opened", piece.path)

    def _is_of_system(self, name: str) -> bool:
        last = name.rpartition("/")[2].lower()
        is_one = last in _OF_SYSTEMS or last.startswith("._") or name.startswith("__MACOSX/")
        if is_one:
            self.count("files of operating systems")
        return is_one

    def sum_up(self) -> None:
        """What is to be said once all entries were seen."""
        if self._others.counts:
            self.found.add(not_documents(self.given, self._others))
        self.found.extend(self.unseen.findings())


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")[:_SHOWN]
