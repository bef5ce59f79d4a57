"""Codes of findings about the starter files that `init` writes."""

from __future__ import annotations

from archive.model.codes.table import notice, warning

CODES = (
    notice(
        "starter.written",
        "A file to begin with was written; nothing else in the folder was touched.",
        "Fill it in. Accept those of the sheet's suggested.* columns that are right by deleting `suggested.` from the "
        "header; until then packing ignores them.",
    ),
    notice(
        "starter.suggestions-cut",
        "More values were found than the sheet has suggested.* columns for.",
        "Nothing; packing finds all values again, and keeps each with its place.",
    ),
    warning(
        "starter.name-unfit",
        "A name cannot stand in the sheet: however it is written it names another file, or it is too long for an "
        "identifier. So what it names has no row.",
        "Nothing, it is packed all the same; or rename the file in your own copy, and add a row.",
    ),
    notice(
        "starter.identifiers-given",
        "Some paths cannot be identifiers (two are one in Unicode, or one is too long), so the sheet gives others.",
        "Write identifiers of your own in their place if you like; they should then stay the same.",
    ),
    warning(
        "starter.sidecar-as-document",
        "A file is named like the sidecar of another but cannot be read as one, so the sheet lists it as a document.",
        "Nothing, if it is one. If it is to describe the other file, correct it and remove its row.",
    ),
    notice(
        "starter.many-inside",
        "A file holds more documents than the sheet has rows for (200 of one file, 10,000 in all), so it has one row.",
        "Nothing; packing takes the values of each document from that document. To say something of one of them "
        "yourself, add a row with FILE#NAME in the column filename: the name is its id or number in JSON lines, a "
        "table, a mailbox or a web archive, and its path in a zip or tar. That of the first one is shown.",
    ),
    warning(
        "starter.unread",
        "A document could not be read, so nothing is suggested for it or for documents in it.",
        "Give yourself leave to read the file; packing needs that too.",
    ),
)
