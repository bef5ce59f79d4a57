"""Codes of findings about packing itself: names, staging, publication, the second opinion."""

from __future__ import annotations

from archive.model.codes.table import notice

CODES = (
    notice(
        "path.escaped",
        "A name is not portable, so it is stored under an escaped name.",
        "Nothing; the record's source_path keeps the true name.",
    ),
)
