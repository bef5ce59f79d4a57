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
        "A file's name cannot stand in a sheet, so the file has no row.",
        "Nothing, the file is packed all the same; or rename it in your own copy, and add a row.",
    ),
    warning(
        "starter.unread",
        "A document could not be read, so nothing is suggested for it.",
        "Give yourself leave to read the file; packing needs that too.",
    ),
)
