"""Codes of findings about what is inside documents: formats, characters, text layers, embedded metadata."""

from __future__ import annotations

from archive.model.codes.table import Code

CODES: tuple[Code, ...] = ()
