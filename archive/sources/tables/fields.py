"""The known fields of a document in a row of a table: under which header they stand, and what is taken."""

from __future__ import annotations

from collections.abc import Mapping

from archive.model.fields import FIELD, FIELDS
from archive.sources.dates import stated_edtf

_ALIASES = {alias: one.name for one in FIELDS for alias in (one.name, *one.dublin_core)}


def field_of(key: str, renames: Mapping[str, str]) -> str | None:
    """The field that a header means, or None.

    Args:
        key: as it is written.
        renames: header -> field, as corpus.toml has them.
    """
    name = renames.get(key) or _ALIASES.get(key.lower(), "")
    return name if name in FIELD else None


def stated(name: str, written: str) -> str | None:
    """The value that a cell states for a field, empty where it states none; None where it cannot be taken."""
    text = written.strip()
    return stated_edtf(text) if text and FIELD[name].form == "edtf" else text
