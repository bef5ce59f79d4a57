"""What `archive show` has to say of a bag or of one document, as values; nothing in them has been verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list of a bag.

    Attributes:
        document_id: its identifier.
        title: its title, or None.
        date_issued: EDTF, or None.
        language: BCP 47, or None.
        media_type: of its original.
        bytes: of its original.
        characters: code points of its text.
        kept_passages: the passages that make up its text.
        passages: all its passages.
    """

    document_id: str
    title: str | None
    date_issued: str | None
    language: str | None
    media_type: str
    bytes: int
    characters: int
    kept_passages: int
    passages: int


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was left out of the bag, and the codes of the findings that say why."""

    source_path: str
    document_id: str | None
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A bag in figures, as it states them itself.

    Attributes:
        path: the folder.
        ours: whether corpus-archive made it; of others only bag-info.txt, digest, files and bytes are known.
        bag_info: labels and values of bag-info.txt, in order.
        urn: the identifier, or None.
        title: the name of the corpus, or None.
        version: the version of the corpus, or None.
        description: what the corpus is, or an empty string.
        access_level: `open`, `embargoed` or `restricted`, or None.
        root_digest: the sha256 of tagmanifest-sha256.txt, or None where there is none.
        content_digest: as the bag states it, or None.
        payload_files: how many files the payload has (Payload-Oxum where stated, else as they lie there).
        payload_bytes: and their bytes.
        counts: whole numbers by name, as `bag.json` has them, and `characters`, `words`, `files`.
        kinds: passages by kind, most first.
        kept: kept passages by kind.
        languages: documents by language of their kept passages, most first.
        media_types: documents by media type of their original, most first.
        earliest: the first day that any document's date allows, or None.
        latest: the last day, or None.
        undated: documents without any date.
        missing: documents that lack a metadata field, by field, in the order of the fields; only what is lacking.
        rejections: what was left out because of errors.
        ignored: path and reason of what is no document.
        documents: the first documents, by identifier.
        more_documents: how many more there are.
        years: documents by the year in which they were issued at the earliest, in order.
        sizes: documents by the size of their original: the least number of bytes of each band, a power of ten.
        relations: relations by what they are, most first.
        sources: values that records keep, by where they stood, strongest first.
        captures: documents by the form in which they were captured, most first.
        captured: the first and the last moment of capture that is stated, or None.
        packing: how the bag was made: `packed_at`, `software`, `recipe`, `version_before`, as far as they are stated.
        manifests: the manifests and tag manifests, with how many files each lists.
        tombstones: how many documents were withdrawn.
        holds: `documents`, or `metadata` where text was left out.
    """

    path: str
    ours: bool
    bag_info: tuple[tuple[str, str], ...] = ()
    urn: str | None = None
    title: str | None = None
    version: str | None = None
    description: str = ""
    access_level: str | None = None
    root_digest: str | None = None
    content_digest: str | None = None
    payload_files: int = 0
    payload_bytes: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    media_types: Mapping[str, int] = field(default_factory=dict)
    earliest: str | None = None
    latest: str | None = None
    undated: int = 0
    missing: Mapping[str, int] = field(default_factory=dict)
    rejections: tuple[Rejection, ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    more_documents: int = 0
    years: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    relations: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    captures: Mapping[str, int] = field(default_factory=dict)
    captured: tuple[str, str] | None = None
    packing: Mapping[str, str] = field(default_factory=dict)
    manifests: Mapping[str, int] = field(default_factory=dict)
    tombstones: int = 0
    holds: str = "documents"

    @property
    def verified(self) -> bool:
        """Always False: showing reads and does not verify."""
        return False

    def as_json(self) -> dict[str, Any]:
        """All attributes under their names, and `verified`."""
        return {"verified": self.verified, **_plain(asdict(self))}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, as the record keeps it: what was said, by whom, where it stood, whether it was used, else why."""

    value: str
    source: str
    agent: str
    file: str
    locator: str
    used: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A metadata field of a document.

    Attributes:
        field: its name.
        values: what the record keeps; more than one for fields that are lists, none where nothing is kept.
        said: every statement about it.
        in_conflict: whether somebody said what the record does not keep.
    """

    field: str
    values: tuple[str, ...]
    said: tuple[Said, ...]
    in_conflict: bool


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a document, by its payload path."""

    role: str
    path: str
    bytes: int
    sha256: str
    media_type: str
    charset: str | None
    derived_from: str | None


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage of a document with its first words."""

    passage_id: str
    ordinal: int
    kind: str
    kept: bool
    reason: str
    language: str
    locator: str
    characters: int
    beginning: str


@dataclass(frozen=True, slots=True)
class RelationLine:
    """How a document stands to another, as in the record."""

    relation: str
    target: str
    target_type: str
    score: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class AnnotationLine:
    """What somebody says of words in a document, as in the record."""

    annotation_id: str
    quotation: str
    char_start: int
    comment: str | None
    figure: Mapping[str, str | None] | None


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the life of a document, as in the record."""

    type: str
    occurred_at: str
    agent: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document, as its record has it.

    Attributes:
        path: the folder of the bag.
        urn: the identifier of the bag, or None.
        document_id: its identifier.
        source_path: the true name of its source.
        original: the payload path of its original.
        fields: its metadata in the order of the fields, each with its statements.
        files: its files.
        passages: its passages, in order.
        characters: code points of its text.
        words: words of its text.
        text_sha256: of its text, or None where there is none.
        additional: what the archive added of its own.
        relations: how it stands to others.
        annotations: what people say of words in it, in the order of the text.
        events: what happened to it.
        duplicate_group: the same for documents that are alike.
        holds: what the bag holds of its documents; where that is `metadata`, there is no text and no original in it,
            and what has no digest is not told: its size says nothing.
    """

    path: str
    urn: str | None
    document_id: str
    source_path: str
    original: str
    fields: tuple[FieldView, ...] = ()
    files: tuple[FileLine, ...] = ()
    passages: tuple[PassageLine, ...] = ()
    characters: int = 0
    words: int = 0
    text_sha256: str | None = None
    additional: Mapping[str, Any] = field(default_factory=dict)
    relations: tuple[RelationLine, ...] = ()
    annotations: tuple[AnnotationLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    duplicate_group: str = ""
    holds: str = "documents"

    @property
    def conflicts(self) -> tuple[FieldView, ...]:
        """The fields of which somebody said what the record does not keep."""
        return tuple(one for one in self.fields if one.in_conflict)

    @property
    def verified(self) -> bool:
        """Always False: showing reads and does not verify."""
        return False

    def as_json(self) -> dict[str, Any]:
        """All attributes under their names, and `verified`."""
        return {"verified": self.verified, **_plain(asdict(self))}


def _plain(value: Any) -> Any:
    """Tuples as lists, as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
