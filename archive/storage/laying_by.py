"""Values of bytes that some processes of a run lay by and others fetch.

Each process writes to a file of its own in a folder that they share, and says where a value lies; so nobody waits for
anybody. To lay something by saves work and no more: where the disk has no room a value is not kept, and whoever asks
for one that is gone does its work again.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path

MOST_OF_ROOM = 8
"""What one process has laid by must fit on the disk so many times more, since the bag needs more room than that."""
LOOK_EVERY = 8 * 1024 * 1024
"""Bytes after which it is asked how much room there is."""


@dataclass(slots=True)
class _Files:
    """The file that a process writes, and those that it reads, by their names."""

    own: int | None = None
    name: str = ""
    written: int = 0
    looked: int = 0
    is_full: bool = False
    read: dict[str, int] = field(default_factory=dict)

    def close(self) -> None:
        for one in (*self.read.values(), *(() if self.own is None else (self.own,))):
            os.close(one)


class LayingBy:
    """What one process lays by and fetches; it crosses to another process as its folder alone.

    Args:
        folder: where the files are, which nobody else may write to; whoever made it removes it.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._files = _Files()
        weakref.finalize(self, self._files.close)

    def __reduce__(self) -> tuple[type[LayingBy], tuple[str]]:
        """What crosses of it."""
        return LayingBy, (self.folder,)

    def lay(self, value: bytes) -> str:
        """Keeps a value.

        Returns:
            The place where it lies; an empty string where there is no room for it.
        """
        files = self._files
        if files.is_full:
            return ""
        try:
            return self._written(value)
        except OSError:
            files.is_full = True
            if files.own is not None:  # what is needed more shall have the room
                with contextlib.suppress(OSError):
                    os.ftruncate(files.own, 0)
            return ""

    def _written(self, value: bytes) -> str:
        files = self._files
        if files.own is None:
            files.own, path = tempfile.mkstemp(dir=self.folder)
            files.name = Path(path).name
        start, end = files.written, files.written + len(value)
        if end - files.looked > LOOK_EVERY:
            there = os.fstatvfs(files.own)
            files.looked = end
            if there.f_bavail * there.f_frsize < MOST_OF_ROOM * end:
                files.is_full = True  # what was laid by so far stays
                return ""
        rest = memoryview(value)
        while rest:
            rest = rest[os.write(files.own, rest) :]
        files.written = end
        return f"{files.name}/{start}/{len(value)}"

    def fetch(self, place: str) -> bytes | None:
        """A value that this process or another laid by; None where it is gone."""
        name, start, size = place.split("/")
        try:
            value = os.pread(self._opened(name), int(size), int(start))
        except OSError:
            return None
        return value if len(value) == int(size) else None

    def _opened(self, name: str) -> int:
        read = self._files.read
        if name not in read:
            read[name] = os.open(Path(self.folder) / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            if os.fstat(read[name]).st_uid != os.geteuid():
                raise PermissionError
        return read[name]
