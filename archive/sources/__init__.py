"""One reader per format: bytes in; layers, blocks with spans, and embedded metadata out.

What is here is imported when it is first asked for: who only knows how much is read needs no reader.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.sources.files import bytes_to_read as bytes_to_read
    from archive.sources.files import read_file as read_file
    from archive.sources.giving_up import given_up as given_up
    from archive.sources.giving_up import given_up_inside as given_up_inside
    from archive.sources.limits import Limits as Limits
    from archive.sources.reading import read as read
    from archive.sources.reading import read_plainly as read_plainly
    from archive.sources.repairing import repaired as repaired

_HOMES = MappingProxyType(
    {
        "given_up": "archive.sources.giving_up",
        "given_up_inside": "archive.sources.giving_up",
        "Limits": "archive.sources.limits",
        "bytes_to_read": "archive.sources.files",
        "read": "archive.sources.reading",
        "read_plainly": "archive.sources.reading",
        "read_file": "archive.sources.files",
        "repaired": "archive.sources.repairing",
    }
)

__all__ = ["Limits", "bytes_to_read", "given_up", "given_up_inside", "read", "read_file", "read_plainly", "repaired"]


def __getattr__(name: str) -> Any:
    """What `name` stands for, imported now."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found
