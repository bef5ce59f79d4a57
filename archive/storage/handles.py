"""Opening folders and files of the local file system, each relative to the open folder that holds it.

No link is followed (`O_NOFOLLOW`), so that one that is put in place meanwhile leads nowhere; `O_NONBLOCK` keeps a FIFO
from hanging who reads.
"""

from __future__ import annotations

import errno
import os
import sys

from archive.errors import StorageError
from archive.storage.stores import order_of

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
"""How files are opened."""
NAMES_ARE_UTF8 = sys.getfilesystemencoding() == "utf-8"
"""Whether Python gives the names of files as keys have them; in some locales it does not."""


def open_name(folder: int, name: str) -> int:
    """Opens a file of an open folder for reading, without following a link or waiting.

    Raises:
        OSError: it cannot be opened.
        ValueError: the name holds a NUL.
    """
    return os.open(name if NAMES_ARE_UTF8 else order_of(name), FILE, dir_fd=folder)


def size_of_name(folder: int, name: str) -> int:
    """The bytes of a file of an open folder; 0 of what cannot be looked at."""
    try:
        return os.stat(name if NAMES_ARE_UTF8 else order_of(name), dir_fd=folder, follow_symlinks=False).st_size
    except (OSError, ValueError):
        return 0


def open_root(root: str) -> int:
    """Opens the folder that a person named; a link there is followed.

    Raises:
        StorageError: it cannot be opened.
    """
    try:
        return os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise failure(error, root) from error


def open_folder(root: int, folder: str) -> int:
    """A handle of a folder below `root`, taken part by part so that no link is followed on the way."""
    handle = os.open(b".", _FOLDER, dir_fd=root)
    try:
        for part in folder.split("/") if folder else ():
            inner = open_part(handle, part)
            os.close(handle)
            handle = inner
    except (OSError, ValueError):
        os.close(handle)
        raise
    return handle


def open_part(folder: int, part: str) -> int:
    """Opens a folder that stands in an open one.

    Raises:
        OSError: it cannot be opened, or the name leads elsewhere.
        ValueError: the name holds a NUL.
    """
    if part in {"", ".", ".."}:
        raise NotADirectoryError(errno.ENOTDIR, "No such folder")
    return os.open(order_of(part), _FOLDER, dir_fd=folder)


def failure(error: OSError | ValueError, where: str) -> StorageError:
    """What went wrong at a key, in our own words."""
    # The system's own words depend on the locale of some platforms; the name of the error does not.
    match error:
        case FileNotFoundError():
            what = "There is no such file or folder"
        case PermissionError():
            what = "It may not be read"
        case NotADirectoryError():
            what = "It is not a folder"
        case OSError(errno=errno.ELOOP):
            what = "It is a link, and links are not followed"
        case _:
            what = "It cannot be read"
    return StorageError(what, where=where)
