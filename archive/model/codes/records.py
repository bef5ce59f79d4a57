"""Codes of findings about records and values: schemas, dates, languages."""

from __future__ import annotations

from archive.model.codes.table import error

CODES = (
    error(
        "record.schema",
        "A record does not meet the record schema.",
        "Correct the value in the sheet or the sidecar that the finding names.",
    ),
)
