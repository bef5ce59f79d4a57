"""How much of a bag's tag files is read, before somebody else's bag fills the memory."""

from __future__ import annotations

from collections.abc import Callable

from archive.errors import LimitError
from archive.model.limits import Limits

LINES, BYTES = "lines", "bytes"


class Allowance:
    """What may still be read of the tag files of one bag.

    Most bags list what they hold. So there is room for a fixed number of lines and bytes, and where that is not
    enough, the files are counted, and each gives room for its lines.

    Args:
        limits: the bounds.
        count: counts the files of the bag.
        manifests: how many manifests there are.
    """

    def __init__(self, limits: Limits, count: Callable[[], int], manifests: int) -> None:
        self._limits, self._count, self._manifests = limits, count, manifests
        self._most = {LINES: min(limits.lines, limits.spare_lines), BYTES: min(limits.tag_files, limits.spare_bytes)}
        self._left = dict(self._most)
        self._of_file = {LINES: 0, BYTES: 0}
        self._files: int | None = None

    def know(self, files: int) -> None:
        """Says how many files there are, so that they need not be counted."""
        self._count = lambda: files

    def begin(self) -> None:
        """Begins with a file."""
        self._of_file = {LINES: 0, BYTES: 0}

    def give_back(self) -> None:
        """What was read of the file is not kept."""
        for what, count in self._of_file.items():
            self._left[what] += count
        self.begin()

    def take(self, what: str, count: int) -> None:
        """So many `LINES` or `BYTES` were read.

        Raises:
            LimitError: these were too many.
        """
        self._left[what] -= count
        self._of_file[what] += count
        if self._left[what] < 0 and self._files is None:
            self._make_room()
        if self._left[what] < 0:
            raise LimitError(f"with it more than {self._most[what]} {what} of tag files, for {self._files} files")

    def _make_room(self) -> None:
        self._files = self._count()
        limits, lines = self._limits, self._files * max(1, self._manifests)
        self._grow(LINES, min(limits.lines, limits.spare_lines + lines))
        self._grow(BYTES, min(limits.tag_files, limits.spare_bytes + lines * limits.bytes_a_line))

    def _grow(self, what: str, most: int) -> None:
        self._left[what] += most - self._most[what]
        self._most[what] = most
