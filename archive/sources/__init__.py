"""One reader per format: bytes in; layers, blocks with spans, and embedded metadata out."""

from __future__ import annotations

from archive.sources.limits import Limits
from archive.sources.reading import bytes_to_read, read, read_plainly, read_stream, texts_plainly
from archive.sources.repairing import repaired

__all__ = ["Limits", "bytes_to_read", "read", "read_plainly", "read_stream", "repaired", "texts_plainly"]
