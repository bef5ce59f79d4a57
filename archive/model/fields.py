"""The metadata fields of a document, defined once: names, shapes, Dublin Core terms, strength of sources.

The names are columns of the documents table, keys of a record's `metadata`, and headers that a sheet may use.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a value stood, strongest first."""

    SHEET = "sheet"
    SIDECAR = "sidecar"
    CORPUS = "corpus"
    EMBEDDED = "embedded"
    EXTRACTED = "extracted"


STRENGTH: dict[Source, int] = {source: rank for rank, source in enumerate(Source)}
"""Rank of each source; the lowest wins."""


class AccessLevel(StrEnum):
    """Who may read a document; strictness grows from left to right."""

    OPEN = "open"
    EMBARGOED = "embargoed"
    RESTRICTED = "restricted"

    @property
    def strictness(self) -> int:
        """0 for open, 2 for restricted."""
        return _STRICTNESS[self.value]


_STRICTNESS = {level.value: rank for rank, level in enumerate(AccessLevel)}


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata field.

    Attributes:
        name: the name everywhere in our own files.
        many: whether it holds a list of values.
        form: `text`, `edtf`, `language`, `uri`, `timestamp`, `date`, `access-level` or `decision`.
        description: one sentence for the data dictionary and the schema.
        example: a value.
        dublin_core: headers of a sheet that mean this field beside its own name, in lower case.
    """

    name: str
    many: bool
    form: str
    description: str
    example: str
    dublin_core: tuple[str, ...] = ()


def _one(name: str, form: str, description: str, example: str, dublin_core: tuple[str, ...] = ()) -> Field:
    return Field(name, many=False, form=form, description=description, example=example, dublin_core=dublin_core)


def _many(name: str, form: str, description: str, example: str, dublin_core: tuple[str, ...] = ()) -> Field:
    return Field(name, many=True, form=form, description=description, example=example, dublin_core=dublin_core)


FIELDS: tuple[Field, ...] = (
    _one("title", "text", "The name given to the document.", "A year on the border", ("dc.title", "dcterms.title")),
    _many("alternative_titles", "text", "Other names of the document.", "Ein Jahr an der Grenze", ("dcterms.alternative",)),
    _many("creators", "text", "Who made the document, one name a value.", "Kim, Example", ("creator", "dc.creator", "dcterms.creator")),
    _many("contributors", "text", "Who else had a part in it, one name a value.", "Example Translators", ("contributor", "dc.contributor", "dcterms.contributor")),
    _one("publisher", "text", "Who made the document available.", "Example Daily", ("dc.publisher", "dcterms.publisher")),
    _one("date_issued", "edtf", "When the document was issued, as EDTF.", "2017-09~", ("date", "dc.date", "dcterms.issued", "dcterms.date")),
    _one("language", "language", "The language of the document, as BCP 47.", "ko", ("dc.language", "dcterms.language")),
    _one("description", "text", "What the document is about.", "A report from the border towns.", ("dc.description", "dcterms.description", "dcterms.abstract")),
    _many("subjects", "text", "Topics of the document.", "stateless children", ("subject", "dc.subject", "dcterms.subject")),
    _many("places", "text", "Places that the document is about.", "Yanbian", ("dc.coverage", "coverage", "dcterms.spatial")),
    _one("temporal_coverage", "edtf", "The time that the document is about, as EDTF.", "2009/2011", ("dcterms.temporal",)),
    _one("document_type", "text", "The nature of the document, preferably a DCMI type.", "Text", ("type", "dc.type", "dcterms.type")),
    _one("genre", "text", "The genre: news report, testimony, remarks.", "testimony"),
    _many("identifiers", "text", "Other identifiers of the document.", "doi:10.5555/12345678", ("dcterms.identifier",)),
    _one("source", "text", "What the document was derived from.", "Print edition of 3 May", ("dc.source", "dcterms.source")),
    _one("is_part_of", "text", "What the document is a part of.", "Border series", ("dcterms.ispartof",)),
    _many("translation_of", "text", "The document, by its identifier or a URI, of which this is a translation.", "captures/border-ko.txt", ("relation.translation_of",)),
    _many("version_of", "text", "The document, by its identifier or a URI, of which this is another version.", "captures/border-2011.txt", ("relation.version_of", "dcterms.isversionof")),
    _many("syndicated_from", "text", "The document, by its identifier or a URI, that this one republishes.", "https://example.org/wire/17", ("relation.syndicated_from",)),
    _many("quotes_from", "text", "The documents, by identifier or URI, that this one quotes.", "https://example.org/report", ("relation.quotes", "relation.quotes_from",)),
    _one("source_url", "uri", "The address that the document was captured from.", "https://example.org/border"),
    _one("captured_at", "timestamp", "When the document was captured, as an RFC 3339 timestamp.", "2024-05-03T10:00:00Z"),
    _one("capture_form", "text", "What was captured: page, screenshot, extracted text.", "extracted text"),
    _one("capture_tool", "text", "What captured it.", "wget 1.21"),
    _one("rights", "text", "The rights, in words.", "In copyright", ("dcterms.rights",)),
    _one("rights_uri", "uri", "A URI that names the rights: a licence or a rightsstatements.org statement.", "http://rightsstatements.org/vocab/InC/1.0/", ("dcterms.license", "dcterms.rights.uri")),
    _one("rights_holder", "text", "Who holds the rights.", "Example Daily", ("dcterms.rightsholder",)),
    _one("access_level", "access-level", "Who may read it: open, embargoed or restricted.", "restricted", ("dcterms.accessrights",)),
    _one("access_reason", "text", "Why the access level is what it is, in words that may be read by all.", "names a person in hiding", ("access.reason",)),
    _one("hidden_personal_data", "decision", "`accepted` where the archivist decided that what the file hides of persons may stay in an open bag.", "accepted", ("hidden.personal.data",)),
    _one("review_date", "date", "When the access level is to be looked at again; the end of an embargo.", "2030-01-01"),
)  # fmt: skip

OCCASIONAL = frozenset(
    {"translation_of", "version_of", "syndicated_from", "quotes_from", "access_reason", "hidden_personal_data"}
)
"""Fields that most documents rightly leave empty, so that nobody counts them as missing."""

FIELD: dict[str, Field] = {field.name: field for field in FIELDS}
