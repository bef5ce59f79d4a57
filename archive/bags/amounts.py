"""How much there is to check, and from where on it is worth several workers."""

from __future__ import annotations

FEW_FILES = 12_000
FEW_BYTES = 256 << 20


class Amount:
    """So many files with so many bytes."""

    __slots__ = ("bytes", "files")

    def __init__(self, files: int = 0, size: int = 0) -> None:
        self.files = files
        self.bytes = size

    def add(self, files: int, size: int) -> None:
        """Adds so much."""
        self.files += files
        self.bytes += size

    @property
    def is_much(self) -> bool:
        """Whether several workers are worth their start."""
        return self.files > FEW_FILES or self.bytes > FEW_BYTES
