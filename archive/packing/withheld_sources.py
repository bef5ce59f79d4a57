"""Finds the documents that a list of withheld passages is about: files of a corpus, and documents in containers."""

from __future__ import annotations

from pathlib import Path

from archive import sources
from archive.model.blocks import Reading
from archive.model.containers import is_document_too
from archive.model.corpora import TEXT_ROLES, PlannedDocument
from archive.model.tally import Tally
from archive.packing.opening import Opening
from archive.packing.places import place_in
from archive.packing.taking import shown
from archive.sources.containers import Member
from archive.sources.limits import Limits
from archive.storage.trouble import told_in_words
from archive.submission import Submission


class Sources:
    """The documents of a corpus by their identifiers, and their texts.

    Args:
        submission: the corpus.
        folder: where it lies.
        limits: how much of a document is read.
    """

    def __init__(self, submission: Submission, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._documents = {one.document_id: one for one in submission.documents}
        self._named = {
            member.document_id: (holder, name)
            for holder in self._documents.values()
            for name, member in holder.members.items()
        }
        listed = submission.contents.redactions
        self._wanted = frozenset(entry.document for entry in listed.entries) if listed is not None else frozenset()
        self._members: dict[str, dict[str, Member]] = {}
        self._limits = limits
        self._opening = Opening(submission.corpus.renames, limits)

    def holder(self, document: str) -> PlannedDocument | None:
        """The document of that identifier, or the file that holds one of that identifier with others; None for none."""
        own = self._documents.get(document)
        return self._place(document)[0] if own is None else own

    def holds_many(self, document: str) -> bool:
        """Whether this is the identifier of a file that holds documents and is none itself."""
        own = self._documents.get(document)
        return own is not None and own.is_container and not is_document_too(own.files[0].kind)

    def text(self, document: str) -> str | None:
        """The text of a document, block by block; None where there is no such document.

        Raises:
            StorageError: a file cannot be read.
        """
        own = self._documents.get(document)
        if own is not None:
            return self._of_files(own)
        holder, name = self._place(document)
        return None if holder is None else self._of_member(holder, name)

    def _place(self, document: str) -> tuple[PlannedDocument | None, str]:
        """The file that holds a document with others, and the name of the document there."""
        if document in self._named:
            return self._named[document]
        parts = document.split("#")
        for at in range(len(parts) - 1, 0, -1):
            holder = self._documents.get("#".join(parts[:at]))
            if holder is not None:
                return holder, "#".join(parts[at:])
        return None, ""

    def _of_files(self, document: PlannedDocument) -> str:
        """The text of the first of a document's files that holds any."""
        for role in TEXT_ROLES:
            for file in document.files:
                if file.role != role:
                    continue
                place = place_in(self._folder, file.path)
                with told_in_words(place):
                    reading = sources.read_file(shown(file.path), place, limits=self._limits)
                if reading.blocks:
                    return _text(reading)
        return ""

    def _of_member(self, holder: PlannedDocument, name: str) -> str | None:
        path = holder.files[0].path
        container = self._opening.at(place_in(self._folder, path), shown(path))
        if holder.document_id not in self._members:  # all that are wanted in one pass, since a container may be large
            places = map(self._place, self._wanted)
            names = {each for where, each in places if where is not None and where.document_id == holder.document_id}
            members = (one for one in container.members(Tally()) if one.name in names and not one.findings)
            self._members[holder.document_id] = {one.name: one for one in members}
        member = self._members[holder.document_id].get(name)
        return None if member is None else _text(container.content(member).reading)


def _text(reading: Reading) -> str:
    pieces = [("\n" * (1 + min(block.gap, 1)), block.text) for block in reading.blocks]
    return "".join(f"{gap}{text}" for gap, text in pieces).strip("\n")
