"""A file of a store that can be gone to at any place, whatever the store."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, cast

from archive.storage.stores import Reader
from archive.storage.trouble import told_in_words


@contextmanager
def seekable(reader: Reader, key: str) -> Iterator[BinaryIO]:
    """The file itself, or a copy of it without a name where it can be read only from its beginning, as in a zip.

    Args:
        reader: of the store; stays open for as long.
        key: of the file.

    Raises:
        StorageError: there is no such file, it cannot be read, or there is no room for the copy.
    """
    with ExitStack() as stack:
        file = stack.enter_context(reader.open(key))
        if not file.seekable():
            with told_in_words():
                copy = stack.enter_context(tempfile.TemporaryFile())
                shutil.copyfileobj(file, copy)
                copy.seek(0)
            file = cast("BinaryIO", copy)
        yield file
