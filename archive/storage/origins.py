"""Where the bytes of a serialised bag lie: one file on this machine, or (`archive.storage.remote`) behind a URL."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from archive.errors import StorageError
from archive.storage.trouble import told_in_words


class Origin(Protocol):
    """One file; a small value that pickles."""

    @property
    def name(self) -> str:
        """What a person calls it: the path or the URL."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether going to another place in it costs nothing."""
        ...

    def open(self) -> BinaryIO:
        """The file, for reading, from its beginning; it can seek.

        Raises:
            StorageError: it cannot be opened, or is no regular file.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file on this machine.

    Attributes:
        name: its path; a link here is followed, since a person named it.
    """

    name: str

    @property
    def is_local(self) -> bool:
        """See `Origin`."""
        return True

    def open(self) -> BinaryIO:
        """See `Origin.open`."""
        with told_in_words(self.name):
            # O_NONBLOCK: a FIFO must not make us wait for a writer.
            handle = os.open(self.name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise StorageError("It is neither a folder nor a file", where=self.name)
        os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")


def size_of(file: BinaryIO) -> int:
    """The bytes of an open file, which is then at its beginning."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size
