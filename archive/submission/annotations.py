"""The lines of `annotations.jsonl`: each kept with its own bytes, and each with the documents that it goes with.

A line belongs to the document that it is about, and so to the bag of that document's access level and to no other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from archive.model.annotations import FILE, Annotation
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.submission.annotation_lines import LineError, read_line
from archive.submission.draft_table import Draft
from archive.submission.identifiers import shown
from archive.submission.limits import LIMITS

MEMBER = "#"
"""Stands between the name of a container and that of a document in it."""
_LONGEST_SEARCH = 20_000
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
"""RFC 3987, as far as a glance can tell: a scheme, and nothing that may stand in no IRI."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Which part of a corpus a document's identifier belongs to.

    Attributes:
        names: identifier of a document, members of containers that a row names included -> identifier of its draft.
        files: path of a file -> identifier of its document.
        containers: identifiers of the files that hold many documents, not all of which are known yet.
    """

    names: Mapping[str, str]
    files: Mapping[str, str]
    containers: frozenset[str]

    @classmethod
    def of(cls, drafts: Iterable[Draft]) -> Owners:
        """Those of some documents."""
        names: dict[str, str] = {}
        files: dict[str, str] = {}
        containers: set[str] = set()
        for draft in drafts:
            names.update((member.document_id, draft.document_id) for member in draft.members)
            files.update((shown(file.path), draft.document_id) for file in draft.files)
            names[draft.document_id] = draft.document_id  # a container in which nothing is found is a document itself
            if draft.is_container or any(file.kind is not None for file in draft.files):
                containers.add(draft.document_id)
        return cls(names, files, frozenset(containers))

    def owner(self, document: str) -> str | None:
        """The draft that a document belongs to, or None."""
        if document in self.names:
            return self.names[document]
        container, sign, _ = document.rpartition(MEMBER)
        while sign:
            if container in self.containers:
                return container
            container, sign, _ = container.rpartition(MEMBER)
        return None

    def meant(self, document: str) -> str:
        """What somebody who wrote an unknown identifier perhaps meant, in words."""
        known = sorted(self.names)[:_LONGEST_SEARCH]
        near = [self.files[document]] if document in self.files else get_close_matches(document, known, n=1)
        return f"perhaps {near[0]}" if near else "the identifier of a document"


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        data: its bytes, the line end included.
        annotation: what it says; None where it is blank or cannot be used.
        owner: the identifier of the draft that it belongs to.
    """

    data: bytes
    annotation: Annotation | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Annotations:
    """The lines of annotations.jsonl, or some of them."""

    lines: tuple[Line, ...] = ()

    def of(self, drafts: Collection[str], without: Collection[str] = ()) -> Annotations:
        """The lines of some documents and the blank ones; none at all where no annotation is left.

        Args:
            drafts: identifiers of drafts.
            without: identifiers of documents that are left out.
        """
        kept = tuple(
            line
            for line in self.lines
            if line.annotation is None or (line.owner in drafts and line.annotation.document_id not in without)
        )
        return Annotations(kept if any(line.annotation for line in kept) else ())

    @property
    def data(self) -> bytes:
        """The bytes of all lines."""
        return b"".join(line.data for line in self.lines)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The annotations, in order."""
        return tuple(line.annotation for line in self.lines if line.annotation is not None)


def read_annotations(data: bytes, owners: Owners) -> tuple[Annotations, list[Finding]]:
    """Reads the file.

    Args:
        data: all of it; one byte more than the limit means that it is too large.
        owners: the documents of the corpus.

    Returns:
        The lines, and a finding for each that cannot be used. Such a finding names no document, since nobody knows
        which bag the line would belong to: nothing may be packed until it is gone.
    """
    if len(data) > LIMITS.annotations:
        found = f"more than {LIMITS.annotations:,} bytes"
        return Annotations(), [finding("annotation.too-large", where=Where(file=FILE), found=found)]
    lines: list[Line] = []
    findings: list[Finding] = []
    rows: dict[str, int] = {}
    for row, line in enumerate(_lines(data), start=1):
        try:
            annotation = read_line(line, row)
        except LineError as fault:
            where = Where(file=FILE, row=row, pointer=fault.pointer)
            findings.append(finding(fault.code, where=where, found=fault.found, expected=fault.expected))
            annotation = None
        if annotation is None:
            lines.append(Line(line))
            continue
        owner = owners.owner(annotation.document_id)
        lines.append(Line(line, annotation, owner))
        if owner is None:
            findings.append(_unknown(annotation, owners))
        if not _IRI.fullmatch(annotation.annotation_id):
            findings.append(_no_iri(annotation))
        first = rows.setdefault(annotation.annotation_id, row)
        if first != row:
            findings.append(_twice(annotation, first))
    return Annotations(tuple(lines)), findings


def _lines(data: bytes) -> list[bytes]:
    """Lines end with LF alone: a carriage return within one is white space of JSON."""
    *ended, last = data.split(b"\n")
    return [*(line + b"\n" for line in ended), *([last] if last else [])]


def _unknown(one: Annotation, owners: Owners) -> Finding:
    where = Where(file=FILE, row=one.row, pointer="/target/source")
    found, expected = one.document_id[:200], owners.meant(one.document_id)
    return finding("annotation.unknown-document", where=where, found=found, expected=expected)


def _no_iri(one: Annotation) -> Finding:
    where = Where(file=FILE, row=one.row, pointer="/id")
    return finding("annotation.id-no-iri", document=one.document_id, where=where, found=one.annotation_id[:200])


def _twice(one: Annotation, first: int) -> Finding:
    where = Where(file=FILE, row=one.row, pointer="/id")
    found = f"{one.annotation_id}, as in line {first}"
    return finding("annotation.duplicate-id", document=one.document_id, where=where, found=found)
