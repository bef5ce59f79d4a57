"""Codes of findings about passages and quotations that are traced to their bytes."""

from __future__ import annotations

from archive.model.codes.table import error, notice

CODES = (
    error(
        "quotation.not-found",
        "The quotation stands in no passage, even where white space, quotation marks and dashes are forgiven.",
        "Compare it with the nearest passages that are listed, and give a shorter piece of it.",
    ),
    notice(
        "quotation.forgiven",
        "The quotation is not letter for letter what stands there.",
        "Quote the text as it stands there, or say what you changed.",
    ),
)
