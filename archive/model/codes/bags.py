"""Codes of findings about bags (RFC 8493)."""

from __future__ import annotations

from archive.model.codes.table import error

CODES = (
    error(
        "payload.missing",
        "A file that a manifest lists is not in the bag.",
        "Restore the file from another copy of the bag; a bag without it is incomplete.",
        "RFC 8493, 3",
    ),
)
