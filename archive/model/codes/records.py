"""Codes of findings about records and values: schemas, dates, languages."""

from __future__ import annotations

from archive.model.codes.table import error, warning

CODES = (
    error(
        "record.schema",
        "A record does not meet the record schema.",
        "Correct the value in the sheet or the sidecar that the finding names.",
        "JSON Schema 2020-12",
    ),
    error(
        "record.missing-field",
        "A record lacks a field that it must have.",
        "State the field in the sheet, in a sidecar, or under [defaults] in corpus.toml.",
    ),
    error(
        "record.unknown-field",
        "A record has a field that the record schema does not know.",
        "Correct the name of the field; what an archive needs of its own stands under additional.",
    ),
    error(
        "record.wrong-type",
        "A value in a record is of the wrong kind: text, number, list, or true and false.",
        "Write the value in the kind that the finding asks for.",
    ),
    error(
        "record.version",
        "A record says that it has a version that this program does not know.",
        "Read the bag with a newer version of this program.",
    ),
    error(
        "record.own-schema",
        "A record does not meet the schema of the archive's own that corpus.toml names.",
        "Correct the value in the sheet or the sidecar that the finding names, or the schema.",
    ),
    error(
        "record.more-errors",
        "A record has so many errors that the rest of them is not told.",
        "Correct those that are told and check again.",
    ),
    error(
        "bag-json.schema",
        "The bag's own record, bag.json, does not meet the bag schema.",
        "Restore bag.json from another copy of the bag, or ask those who made it.",
    ),
    error(
        "value.empty",
        "A value is empty or nothing but white space.",
        "Write the value, or remove the field: what nobody states stays absent.",
    ),
    error(
        "value.control-character",
        "A value holds a control character, often the trace of a wrong character encoding.",
        "Type the value again; if the whole file is so, save it again as UTF-8.",
    ),
    error(
        "value.not-unicode",
        "A value holds bytes that are no text in UTF-8.",
        "Save the file that the value stands in as UTF-8.",
    ),
    error(
        "value.not-in-list",
        "A value is none of those that are allowed.",
        "Write one of the values that the finding lists.",
    ),
    error(
        "date.not-edtf",
        "A date is not written in EDTF, or the calendar has no such day.",
        "Correct the date as the finding proposes.",
        "ISO 8601-2:2019",
    ),
    error(
        "date.not-a-day",
        "A value that must be one day is not written as year, month and day.",
        "Write the day as in 2030-01-01.",
        "RFC 3339, 5.6",
    ),
    error(
        "timestamp.malformed",
        "A moment is not written as an RFC 3339 timestamp.",
        "Write the moment as in 2024-05-03T10:00:00Z.",
        "RFC 3339, 5.6",
    ),
    error(
        "language.not-bcp47",
        "A language is not named by a valid BCP 47 tag.",
        "Write the tag of the language, such as en, ko or zh-Hant; und where nobody knows.",
        "RFC 5646, 2.2.9",
    ),
    warning(
        "language.not-canonical",
        "A language tag is valid, but not in its canonical form.",
        "Write the form that the finding proposes, so that equal languages compare as equal.",
        "RFC 5646, 4.5",
    ),
    error(
        "uri.malformed",
        "A value that must be a URI is none.",
        "Write the whole address with its scheme, other characters percent-encoded.",
        "RFC 3986",
    ),
    error(
        "own-schema.malformed",
        "The schema of the archive's own is not a JSON Schema.",
        "Correct the place that the finding names.",
        "JSON Schema 2020-12",
    ),
    error(
        "own-schema.outside-reference",
        "The schema of the archive's own refers to something outside itself.",
        "Copy what it refers to under $defs of the same file; nothing is ever fetched.",
    ),
    error(
        "own-schema.pattern",
        "A pattern in the schema of the archive's own cannot be used.",
        "Write the pattern in the regular expressions of ECMA-262, without what the finding names.",
        "JSON Schema 2020-12, 6.4",
    ),
    error(
        "own-schema.endless",
        "The schema of the archive's own refers to itself without end.",
        "Take out the reference that leads back to itself.",
    ),
)
