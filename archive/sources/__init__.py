"""One reader per format: bytes in; layers, blocks with spans, and embedded metadata out."""

from __future__ import annotations

from archive.sources.limits import Limits
from archive.sources.reading import read

__all__ = ["Limits", "read"]
