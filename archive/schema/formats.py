"""The formats that our schemas name, under one name and with one meaning in both engines.

No other format is ever checked: an engine's own idea of one would make the two disagree.
"""

from __future__ import annotations

from collections.abc import Callable

from archive.schema.dates import is_edtf
from archive.schema.languages import is_language_tag
from archive.schema.timestamps import is_day, is_timestamp
from archive.schema.uris import is_uri

FORMATS: dict[str, Callable[[str], bool]] = {
    "date": is_day,
    "date-time": is_timestamp,
    "edtf": is_edtf,
    "language-tag": is_language_tag,
    "uri": is_uri,
}
"""Name of a format in a schema -> whether a text has it."""
