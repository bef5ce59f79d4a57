"""Files that hold many documents: how their members are found, and how each is read from its own bytes."""

from __future__ import annotations

from archive.sources.containers.protocol import Member

__all__ = ["Member"]
