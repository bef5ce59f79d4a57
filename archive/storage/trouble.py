"""Turns what the operating system says into words that a person can use."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike

from archive.errors import StorageError

_WORDS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another --to"),
    errno.EDQUOT: ("the disk quota is used up", "Free some space, or choose another --to"),
    errno.EFBIG: ("the file would become larger than is allowed here", "Raise the limit on file sizes"),
    errno.EACCES: ("permission denied", "Change the permissions, or run as a user who may do this"),
    errno.EPERM: ("not permitted", "Change the permissions, or run as a user who may do this"),
    errno.EROFS: ("the file system is read-only", "Choose another --to"),
    errno.EIO: ("the disk reported an error", "Check the disk, and use another copy"),
    errno.ENAMETOOLONG: ("the name is too long for this file system", "Choose a shorter --name or another --to"),
    errno.ELOOP: ("it is a link, and links are not followed", "Put the file or folder itself in its place"),
    errno.EMFILE: ("too many open files", "Raise the limit on open files (ulimit -n)"),
}


def explained(error: OSError, where: str | PathLike[str] | None = None) -> StorageError:
    """The error as one of ours, with the place and what to do."""
    what, remedy = _WORDS.get(error.errno or 0, (_words(error), None))
    return StorageError(what, where=_place(error.filename if where is None else where), remedy=remedy)


def _words(error: OSError) -> str:
    """What the system says, which Arrow repeats behind words of its own (`... Detail: [errno 28] ...`)."""
    if error.errno and "[errno " in str(error.strerror):
        return os.strerror(error.errno)
    return error.strerror or str(error) or type(error).__name__


@contextmanager
def told_in_words(where: str | PathLike[str] | None = None) -> Iterator[None]:
    """Raises `StorageError` for any `OSError` within."""
    try:
        yield
    except OSError as error:
        raise explained(error, where) from error


def _place(named: object) -> str | None:
    """A path as text; None for the descriptor that stands where some calls know no path."""
    return os.fsdecode(named) if isinstance(named, str | bytes | os.PathLike) else None
