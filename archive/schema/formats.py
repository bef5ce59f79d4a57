"""The formats that our schemas name, under one name and with one meaning in both engines.

No other format is ever checked: an engine's own idea of one would make the two disagree.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from archive.model.fields import AccessLevel
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

_VISIBLE = re.compile("[^ \\t\\n\\r\u00a0\u2000-\u200b\u3000\ufeff]")
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]")


def is_text(text: str) -> bool:
    r"""Whether `text` may stand in a record: something to see, no control characters, nothing undecodable.

    The record schema says the same under `$defs/text`.

    >>> is_text("A year on the border"), is_text(" "), is_text("a\x00b")
    (True, False, False)
    """
    return _VISIBLE.search(text) is not None and _CONTROL.search(text) is None


FORMS: dict[str, Callable[[str], bool]] = {
    "text": is_text,
    "edtf": is_edtf,
    "language": is_language_tag,
    "uri": is_uri,
    "timestamp": is_timestamp,
    "date": is_day,
    "access-level": frozenset(AccessLevel).__contains__,
    "decision": frozenset({"accepted"}).__contains__,
}
"""Form of a field (`archive.model.fields.Field.form`) -> whether a value of one may stand in a record."""
