"""The columns of all tables, each defined once.

From here come the Parquet schemas, the field descriptions in them, the data dictionary and later the descriptions.
Types are those that every reader opens; a column of whole numbers or booleans is never null.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """A column's type, in words that are the same for every reader."""

    STRING = "string"
    INTEGER = "int64"
    DOUBLE = "double"
    BOOLEAN = "bool"
    DATE = "date32"
    TIMESTAMP = "timestamp[us, UTC]"
    STRINGS = "list<string>"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type, whether it may be null, and one sentence of description."""

    name: str
    type: Type
    nullable: bool
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what a row is, its key, and its columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _required(name: str, type_: Type, description: str) -> Column:
    return Column(name, type_, nullable=False, description=description)


def _optional(name: str, type_: Type, description: str) -> Column:
    return Column(name, type_, nullable=True, description=description)


_S, _I, _F, _B, _D, _T, _L = Type
_DOCUMENT = _required("document_id", _S, "The document, as in the documents table.")

DOCUMENTS = Table(
    "documents",
    "one document",
    ("document_id",),
    (
        _required(
            "document_id", _S, "The identifier given in the sheet, else the source path in NFC; unique in the bag."
        ),
        _optional("title", _S, "The name given to the document."),
        _required("alternative_titles", _L, "Other names of the document."),
        _required("creators", _L, "Who made the document, one name a value."),
        _required("contributors", _L, "Who else had a part in it, one name a value."),
        _optional("publisher", _S, "Who made the document available."),
        _optional("date_issued", _S, "When the document was issued, as EDTF, with the doubt that its source leaves."),
        _optional("date_issued_earliest", _D, "The first day that date_issued allows; doubt never widens it."),
        _optional("date_issued_latest", _D, "The last day that date_issued allows; null where the end is open."),
        _optional("language", _S, "The language of the document, as BCP 47."),
        _required(
            "languages", _L, "The languages of its kept passages, as BCP 47, most characters first; without und."
        ),
        _optional("description", _S, "What the document is about."),
        _required("subjects", _L, "Topics of the document."),
        _required("places", _L, "Places that the document is about."),
        _optional("temporal_coverage", _S, "The time that the document is about, as EDTF."),
        _optional("document_type", _S, "The nature of the document, preferably a DCMI type."),
        _optional("genre", _S, "The genre: news report, testimony, remarks."),
        _required("identifiers", _L, "Other identifiers of the document."),
        _optional("source", _S, "What the document was derived from."),
        _optional("is_part_of", _S, "What the document is a part of."),
        _required("translation_of", _L, "Documents of which this is a translation, by identifier or URI."),
        _required("version_of", _L, "Documents of which this is another version, by identifier or URI."),
        _required("syndicated_from", _L, "Documents that this one republishes, by identifier or URI."),
        _required("quotes_from", _L, "Documents that this one quotes, by identifier or URI."),
        _optional("source_url", _S, "The address that the document was captured from."),
        _optional("captured_at", _T, "When the document was captured."),
        _optional("capture_form", _S, "What was captured: page, screenshot, extracted text."),
        _optional("capture_tool", _S, "What captured it."),
        _optional("rights", _S, "The rights, in words."),
        _optional("rights_uri", _S, "A URI that names the rights."),
        _optional("rights_holder", _S, "Who holds the rights."),
        _required("access_level", _S, "Who may read it: open, embargoed or restricted."),
        _optional("access_reason", _S, "Why the access level is what it is, in words that may be read by all."),
        _optional(
            "hidden_personal_data", _S, "`accepted` where the archivist decided that what the file hides may stay."
        ),
        _optional("review_date", _D, "When the access level is to be looked at again; the end of an embargo."),
        _required(
            "original_path",
            _S,
            "The payload path of the original, as in the manifests; a bag of metadata alone does not hold it.",
        ),
        _required("source_path", _S, "The true name of the source, before escaping; a container's member follows `#`."),
        _required(
            "original_bytes", _I, "The size of the original in bytes; 0 where a bag of metadata alone does not tell it."
        ),
        _required(
            "original_sha256",
            _S,
            "The sha256 of the original, lower-case hex; empty where a bag of metadata alone does not tell it.",
        ),
        _required("media_type", _S, "The IANA media type of the document, as its content shows."),
        _optional("puid", _S, "The PRONOM identifier of the document's format."),
        _optional("charset", _S, "The character encoding of the original, by its WHATWG name."),
        _required("character_count", _I, "Code points in the text; 0 where there is none."),
        _required("word_count", _I, "Words of the text, as white space divides it; 0 where there is none."),
        _required("passage_count", _I, "All passages, kept or not."),
        _required("kept_passage_count", _I, "The passages that make up the text."),
        _required(
            "duplicate_group",
            _S,
            "The same for documents that are duplicates or near-duplicates, directly or in a chain.",
        ),
        _required(
            "sample_key", _F, "A stable number in [0, 1), the same within a duplicate_group, to draw samples by."
        ),
        _required("recipe", _S, "The sha256 of the recipe that made text and passages; bag.json spells it out."),
        _optional("text_sha256", _S, "The sha256 of the text in UTF-8; null where there is no text."),
        _optional("text", _S, "The kept passages in order, a blank line between; null where no text was read or kept."),
    ),
)

PASSAGES = Table(
    "passages",
    "one passage of a document, kept or not",
    ("document_id", "passage_id"),
    (
        _required(
            "passage_id", _S, "An identifier from the digest of the layer and the spans; the key with document_id."
        ),
        _DOCUMENT,
        _required("ordinal", _I, "The place among the document's passages, from 0."),
        _required(
            "kind", _S, "title, dateline, byline, caption, heading, body, quotation, list-item, table or furniture."
        ),
        _required(
            "kept",
            _B,
            "Whether it is the document's own text; furniture is not, nor a title said twice, nor a caption beside a page's text,"
            " nor what no browser shows.",
        ),
        _required("reason", _S, "Why it has its kind, in a few words."),
        _required("projection", _S, "The published rule that makes the text from the bytes of the spans."),
        _required("language", _S, "The language as BCP 47; und where unsure."),
        _required("char_start", _I, "Where it begins in the document's text, in code points; -1 where not kept."),
        _required("char_count", _I, "Code points in the document's text; 0 where not kept."),
        _required("locator", _S, "The place in the format's own terms (page=3, part=word/document.xml), or empty."),
        _required("sha256", _S, "The sha256 of the passage's text in UTF-8, lower-case hex."),
        _required("text", _S, "The text of the passage."),
    ),
)

SPANS = Table(
    "spans",
    "one range of bytes of a passage",
    ("document_id", "ordinal", "part"),
    (
        _DOCUMENT,
        _required("ordinal", _I, "The passage's place in its document, from 0."),
        _required("part", _I, "The place of the span in the passage, from 0."),
        _required("layer", _S, "The payload path of the bytes: the original or a derived layer."),
        _required("byte_start", _I, "The first byte, from 0."),
        _required("byte_end", _I, "The byte after the last."),
    ),
)

STATEMENTS = Table(
    "statements",
    "one value found for one field of a document",
    ("document_id", "field", "source", "file", "locator", "value"),
    (
        _DOCUMENT,
        _required("field", _S, "The metadata field."),
        _required("value", _S, "The value as text; a list is one row for each value."),
        _required("source", _S, "sheet, sidecar, corpus, embedded or extracted."),
        _required("agent", _S, "Who or what said so: a role, or the name and version of a program's step."),
        _required("file", _S, "The payload path of the file in which it stood."),
        _required(
            "locator",
            _S,
            "The place in it: cell=4,2 (RFC 7111), a JSON pointer, bytes=120-164, page=3, part=docProps/core.xml;property=dc:title.",
        ),
        _required("used", _B, "Whether the record keeps this value."),
        _required("reason", _S, "Why it does not, in a few words; empty where it does."),
    ),
)

FILES = Table(
    "files",
    "one file of a document",
    ("document_id", "path"),
    (
        _DOCUMENT,
        _required("role", _S, "page, screenshot, scan, ocr, translation, transcript, or layer for a derived one."),
        _required("path", _S, "The payload path, as in the manifests."),
        _required("bytes", _I, "The size in bytes; 0 where a bag of metadata alone does not tell it."),
        _required(
            "sha256",
            _S,
            "The sha256 in lower-case hex, as in manifest-sha256.txt; empty where a bag of metadata alone does not tell it.",
        ),
        _required("media_type", _S, "The IANA media type, as the content shows."),
        _optional("charset", _S, "The character encoding, by its WHATWG name."),
        _optional("puid", _S, "The PRONOM identifier."),
        _required("puid_basis", _S, "How the identifier was found, or empty."),
        _optional("derived_from", _S, "The payload path of the file that it was derived from."),
    ),
)

EVENTS = Table(
    "events",
    "one event in the life of a document or of the bag",
    ("event_id",),
    (
        _required("event_id", _S, "An identifier, unique in the bag."),
        _optional("document_id", _S, "The document; null for the whole bag."),
        _required("type", _S, "The event type by its PREMIS label."),
        _required("type_uri", _S, "The event type as a URI of the Library of Congress."),
        _required("occurred_at", _T, "When it happened."),
        _required("agent", _S, "Who or what did it."),
        _required("outcome", _S, "success, warning or failure."),
        _required("detail", _S, "One sentence."),
        _required("file", _S, "The payload path that it is about, or empty."),
    ),
)

RELATIONS = Table(
    "relations",
    "one way in which a document stands to another, or to something outside the bag",
    ("document_id", "relation", "target"),
    (
        _DOCUMENT,
        _required(
            "relation",
            _S,
            "What this document is to the target: same-bytes, same-text, near-duplicate, translation-of, version-of, "
            "syndicated-from, quotes, part-of or derived-from.",
        ),
        _required("target", _S, "The identifier of the other document as it is stated, or a URI."),
        _required("target_type", _S, "document or uri; a document that a person names need not be in this bag."),
        _optional(
            "score", _F, "How alike the two texts are, from 0 to 1 (shared shingles); null where a person states it."
        ),
        _required("basis", _S, "How it is known: the field that states it, or the method with its version."),
    ),
)

_ANNOTATION = _required("annotation_id", _S, "The identifier that its maker gave it; unique in the bag.")

ANNOTATIONS = Table(
    "annotations",
    "one annotation: what somebody says of words that stand in a document",
    ("annotation_id",),
    (
        _ANNOTATION,
        _DOCUMENT,
        _required("motivation", _L, "Why it was made, as the Web Annotation Data Model names reasons: describing..."),
        _required("creators", _L, "Who made the annotation, one name a value."),
        _optional("created", _T, "When it was made, as its maker says."),
        _required("quotation", _S, "The words that it is about, letter for letter as they stand in the text."),
        _required("char_start", _I, "Where they begin in the document's text, in code points."),
        _required("char_count", _I, "How many code points they have; a blank line stands between two passages."),
        _required("passage_id", _S, "The passage in which they begin."),
        _required("passage_count", _I, "How many passages they run through."),
        _optional("comment", _S, "What the textual bodies of the annotation say."),
        _optional("value", _F, "The number that the words state; null where they state none, or a range alone."),
        _optional("value_low", _F, "The least number of a range."),
        _optional("value_high", _F, "The greatest number of a range."),
        _optional("unit", _S, "What is counted or measured: people, cases, percent."),
        _optional("population", _S, "Whom or what the number counts."),
        _optional("place", _S, "Where that is or was."),
        _optional("period", _S, "When that is or was, as EDTF."),
        _optional("period_stated", _S, "The words that state the time, where there are any."),
        _optional("said_by", _S, "Who states the number, as the document says."),
        _required("body", _S, "The whole body of the annotation as JSON text, or empty."),
    ),
)

ANNOTATION_SPANS = Table(
    "annotation_spans",
    "one range of bytes that the words of an annotation follow from",
    ("annotation_id", "part"),
    (
        _required("annotation_id", _S, "The annotation, as in the annotations table."),
        _DOCUMENT,
        _required("part", _I, "The place of the range among those of the annotation, from 0."),
        _required("passage_id", _S, "The passage that the bytes belong to."),
        _required("layer", _S, "The payload path of the bytes: the original or a derived layer."),
        _required("byte_start", _I, "The first byte, from 0."),
        _required("byte_end", _I, "The byte after the last."),
        _required("narrowed", _B, "Whether these are the bytes of the words alone; else of their whole passage."),
    ),
)

TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    PASSAGES,
    SPANS,
    STATEMENTS,
    FILES,
    EVENTS,
    RELATIONS,
    ANNOTATIONS,
    ANNOTATION_SPANS,
)
TABLE: dict[str, Table] = {table.name: table for table in TABLES}
