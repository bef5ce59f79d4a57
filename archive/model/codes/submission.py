"""Codes of findings about a corpus folder: corpus.toml, the sheet, the sidecars, the files."""

from __future__ import annotations

from archive.model.codes.table import error

CODES = (
    error(
        "sheet.row-without-file",
        "A row of the sheet names a file that is not in the folder.",
        "Correct the filename in that row, or remove the row.",
    ),
)
