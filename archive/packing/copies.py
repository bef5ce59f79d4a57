"""Files that were copied into a bag in the making, many together: their names, their sizes and their digests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.model.crossing import Crossing

SIZE = 8
"""Bytes of a size."""
Copy = tuple[str, int, bytes]
"""The payload path of a copy, its size, and its digests in binary, in the order of the bag's algorithms."""
_BETWEEN = b"\0"
"""Between names; no path holds it."""


@dataclass(frozen=True, slots=True)
class Copies(Crossing):
    """Copies in one folder of the bag, as they travel.

    Attributes:
        joined: their payload paths, a NUL between them.
        values: of each the size and the digests, all of one width.
        octets: how many bytes they have together.
    """

    joined: bytes = b""
    values: bytes = b""
    octets: int = 0

    @classmethod
    def of(cls, copies: Iterable[Copy]) -> Copies:
        """Copies together."""
        paths, sizes, values = [], [], []
        for path, size, digests in copies:
            paths.append(path)
            sizes.append(size)
            values.append(size.to_bytes(SIZE, "big") + digests)
        return cls("\0".join(paths).encode("utf-8", "surrogateescape"), b"".join(values), sum(sizes))

    @property
    def names(self) -> list[bytes]:
        """Their payload paths."""
        return self.joined.split(_BETWEEN) if self.joined else []


NO_COPIES = Copies()
