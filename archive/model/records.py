"""The shape of a record: all that the bag says of one document, as one JSON object on one line.

Records are plain JSON values, so that fields that this version does not know travel through it unchanged; the types
here name what this version reads and writes, and `schemas/record.schema.json` is what holds it to that. In
`metadata` a field that nobody states is absent; elsewhere every member is present.
"""

from __future__ import annotations

from typing import Any, TypedDict

RECORD_VERSION = "1.0"
"""Major and minor version of the record; a reader refuses a major version that it does not know."""


class SpanJson(TypedDict):
    """A range of bytes in a payload file."""

    layer: str
    byte_start: int
    byte_end: int


class PassageJson(TypedDict):
    """A passage with its text and spans; `char_start` and `char_count` count code points of the document's text."""

    passage_id: str
    ordinal: int
    kind: str
    kept: bool
    reason: str
    projection: str
    language: str
    char_start: int
    char_count: int
    locator: str
    sha256: str
    text: str
    spans: list[SpanJson]


class FigureJson(TypedDict):
    """A number that a document states: decimals in strings, so that no reader's arithmetic changes them.

    `period` is EDTF, `period_stated` the words that state it.
    """

    value: str | None
    value_low: str | None
    value_high: str | None
    unit: str | None
    population: str | None
    place: str | None
    period: str | None
    period_stated: str | None
    said_by: str | None


class AnnotationPartJson(TypedDict):
    """The part of one passage that an annotation is about.

    `char_start` and `char_count` count code points of the passage's text; `spans` are the bytes of the part alone
    where `narrowed`, else those of the whole passage.
    """

    passage_id: str
    char_start: int
    char_count: int
    narrowed: bool
    spans: list[SpanJson]


class AnnotationJson(TypedDict):
    """An annotation; `char_start` and `char_count` count code points of the document's text.

    `body` is its body as JSON text, and `comment` and `figure` are what is read off it.
    """

    annotation_id: str
    motivation: list[str]
    creators: list[str]
    created: str | None
    quotation: str
    char_start: int
    char_count: int
    parts: list[AnnotationPartJson]
    comment: str | None
    figure: FigureJson | None
    body: str


class FileJson(TypedDict):
    """A file of the document; `role` is `layer` for a derived text layer."""

    role: str
    path: str
    bytes: int
    sha256: str
    media_type: str
    charset: str | None
    puid: str | None
    puid_basis: str
    derived_from: str | None


class TextJson(TypedDict):
    """The text in figures: code points, words, and the sha256 of its UTF-8 (None where there is no text)."""

    characters: int
    words: int
    sha256: str | None


class OwnFormatJson(TypedDict):
    """What a document is that is a file in a container; `files` say what the container is."""

    media_type: str
    puid: str | None
    puid_basis: str


class EveryRecordJson(TypedDict):
    """What all records have.

    `metadata` maps a name of `archive.model.fields` to a string or a list of strings; `date_issued_earliest` and
    `date_issued_latest` stand beside `date_issued`. `statements`, `events` and `relations` are as `as_json` of theirs
    gives.
    """

    record_version: str
    document_id: str
    source_path: str
    original: str
    metadata: dict[str, Any]
    files: list[FileJson]
    text: TextJson
    passages: list[PassageJson]
    statements: list[dict[str, Any]]
    events: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    annotations: list[AnnotationJson]
    duplicate_group: str
    recipe: str
    additional: dict[str, Any]


class RecordJson(EveryRecordJson, total=False):
    """A record."""

    own_format: OwnFormatJson


PARAGRAPH_BREAK = "\n\n"
"""What stands between two kept passages in the text of a document."""


def text_of(record: RecordJson) -> str:
    """The text of a document: its kept passages in order, a blank line between."""
    return PARAGRAPH_BREAK.join(passage["text"] for passage in record["passages"] if passage["kept"])
