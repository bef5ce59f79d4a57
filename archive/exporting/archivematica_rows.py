"""What rows of Archivematica's metadata.csv and rights.csv say of a document, or of a file that holds many.

Sources: Archivematica's documentation, 'Import metadata' and 'Import rights'; the columns of rights.csv and their
allowed values as its importer checks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from archive.describe.licences import licence_uri
from archive.model.fields import FIELDS
from archive.tables.rows import Record

RIGHTS_COLUMNS = (
    "file", "basis", "status", "determination_date", "jurisdiction", "start_date", "end_date", "terms", "citation",
    "note", "grant_act", "grant_restriction", "grant_start_date", "grant_end_date", "grant_note", "doc_id_type",
    "doc_id_value", "doc_id_role",
)  # fmt: skip
_GRANT = "grant_"
_ACT = "disseminate"
_RESTRICTION = {"open": "allow", "embargoed": "conditional", "restricted": "disallow"}

Row = list[tuple[str, str]]
"""Column and value; a column may come several times."""

OF_THEIR_OWN = "The documents in this file state rights of their own; members.csv names the documents."


@dataclass(frozen=True, slots=True)
class Shared:
    """What all documents of a container say alike.

    Attributes:
        original: its payload path.
        format: its media type.
        row: values that each of its documents has.
        rights: what each states; where they differ, who may read them, and a word that they differ.
        documents: how many there are.
    """

    original: str
    format: str
    row: Row
    rights: dict[str, str]
    documents: int = 1

    def and_also(self, row: Row, rights: dict[str, str]) -> Self:
        """The same with one more document."""
        kept = [pair for pair in self.row if pair in row]
        if rights != self.rights:
            granted = {name: said for name, said in rights.items() if _GRANT in name and self.rights.get(name) == said}
            rights = {"basis": "other", "note": OF_THEIR_OWN, **granted}
        return type(self)(self.original, self.format, kept, rights, self.documents + 1)


def described(record: Record) -> Iterator[tuple[str, str]]:
    """The cells of a document in metadata.csv, without the file."""
    metadata = record["metadata"]
    yield "dc.identifier", record["document_id"]
    for field in FIELDS:
        value = metadata.get(field.name)
        values = value if isinstance(value, list) else [] if value is None else [value]
        for one in values:
            yield _COLUMNS[field.name], str(one)


def _first_term(names: tuple[str, ...]) -> str | None:
    terms = [name for name in names if name.startswith("dc.")]
    return next(iter(terms + [name for name in names if name.startswith("dcterms.")]), None)


_COLUMNS = {field.name: _first_term(field.dublin_core) or field.name for field in FIELDS} | {
    "identifiers": "dc.identifier",
    "rights": "dc.rights",
    "rights_uri": "dc.rights",
    "is_part_of": "dcterms.isPartOf",
    "rights_holder": "dcterms.rightsHolder",
    "access_level": "dcterms.accessRights",
}
"""Dublin Core where there is a term, in the convention of Archivematica; else the field's own name."""


def columns() -> tuple[str, ...]:
    """The columns that metadata.csv may have, in their order."""
    return tuple(dict.fromkeys(("dc.identifier", *_COLUMNS.values(), "dc.format")))


def rights_of(metadata: Record, licence: str) -> Iterator[tuple[str, str]]:
    """The cells of a row of rights.csv that are not empty, without the file.

    Args:
        metadata: of a document.
        licence: that of the corpus, where it holds for the document; else empty.
    """
    uri = metadata.get("rights_uri")
    said = [metadata.get(name) for name in ("rights", "rights_holder")]
    note = "; ".join(one for one in said if one)
    if uri and "creativecommons.org" in uri:
        yield from (("basis", "license"), ("terms", uri), ("doc_id_type", "URI"), ("doc_id_value", uri))
    elif licence:
        yield from (("basis", "license"), ("terms", licence))
        uri = licence_uri(licence)
        if uri:
            yield from (("doc_id_type", "URI"), ("doc_id_value", uri))
    else:
        # The basis 'copyright' asks for a status and a jurisdiction; where nobody states them, none is invented.
        yield "basis", "other"
        if uri:
            yield from (("doc_id_type", "URI"), ("doc_id_value", uri))
    yield "note", note
    level = metadata["access_level"]
    yield from (("grant_act", _ACT), ("grant_restriction", _RESTRICTION.get(level, "disallow")))
    yield "grant_note", f"access level {level}"
    review = metadata.get("review_date")
    if level == "embargoed" and review:
        yield "grant_start_date", review
        yield "grant_end_date", "open"
