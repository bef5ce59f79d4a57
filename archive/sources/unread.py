"""The plainest of texts, told at a glance: for whoever wants to know what a document is, and not what stands in it."""

from __future__ import annotations

from functools import lru_cache

from archive.model.beginnings import beginning_of
from archive.sources import formats
from archive.sources.characters.charsets import has_mark_or_escapes
from archive.sources.characters.damage import may_hold_controls
from archive.sources.signatures import by_signature


def is_plain_utf8(path: str, data: bytes) -> bool:
    """Whether `archive.sources.read` would call a document plain text in UTF-8 and find nothing wrong with its bytes.

    A yes is sure and takes a tenth of the time; a no says nothing. Where text is not wanted (`Limits.text_is_wanted`)
    a yes is all that there is to be said of a document that is no larger than is read.

    Args:
        path: its name.
        data: all of its bytes.
    """
    return (
        _promises_nothing_else(formats.ending_of(path))
        and (data.isascii() or _is_utf8(data))
        and not may_hold_controls(data, "us-ascii" if data.isascii() else "utf-8")
        and not has_mark_or_escapes(data)
        and not data.lstrip().startswith(b"<")
        and by_signature(data) is None
        and beginning_of(data) is None
    )


@lru_cache(maxsize=64)
def _promises_nothing_else(ending: str) -> bool:
    name = f"a{ending}"
    return formats.of_text(name, b"", 1) is formats.PLAIN and not formats.disagreement(name, formats.PLAIN)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
