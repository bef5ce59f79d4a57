"""Codes of findings about labelling: what the text says that it should not, or says twice."""

from __future__ import annotations

from archive.model.codes.table import Code

CODES: tuple[Code, ...] = ()
