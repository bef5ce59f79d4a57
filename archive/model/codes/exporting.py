"""Codes of findings about exports: what a format cannot hold as it is, and what was left out."""

from __future__ import annotations

from archive.model.codes.table import error, notice, warning

CODES = (
    error(
        "export.nothing-selected",
        "No document fits the selection, so nothing was written.",
        "Look at the values that there are with `archive show`, and widen the selection.",
    ),
    notice(
        "export.undated",
        "A document has no date, so a range of dates leaves it out.",
        "Export the undated documents by another selection where they matter.",
    ),
    notice(
        "export.neutralised",
        "A cell begins like a formula, or with an apostrophe, so an apostrophe was put before it.",
        "Nothing; take the first apostrophe away to have the text as it is, in every cell that begins with one.",
    ),
    warning(
        "export.long-cell",
        "A cell has more characters than a spreadsheet holds (32,767), so it stands in a file of its own.",
        "Read the file that the cell names; other formats have no such bound.",
    ),
    warning(
        "export.too-many-rows",
        "A table has more rows than a spreadsheet opens (1,048,576); the file has them all.",
        "Export a selection, or use the format sqlite.",
    ),
    notice(
        "export.no-text",
        "A document has no text, so there is no file for it; the list of documents names it all the same.",
        "Nothing; its original is in the bag.",
    ),
    notice(
        "export.metadata-alone",
        "The bag holds metadata alone: the files and texts that are described are not in it.",
        "Nothing; where the files are wanted, export the bag that holds the documents.",
    ),
    warning(
        "export.container",
        "A file holds many documents, and the format describes files: the file's row says what all of them say alike.",
        "Look into members.csv, which has a row for each document; Archivematica keeps it and does not read it.",
    ),
    warning(
        "export.not-stated",
        "The format asks for something that nobody states, so the format's own word for that was written.",
        "State it in the sheet, pack a new version, and export that.",
    ),
)
