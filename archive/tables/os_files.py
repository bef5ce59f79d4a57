"""Opens files for Arrow, by their names as bytes: text that is not UTF-8 is no name for it.

Arrow reads with threads of its own. Where they read a file of Python's, one may still be at it when Python ends, and
then the whole process is aborted ('terminate called without an active exception'), whatever it had done; so files of
the system are given to Arrow as such.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import BinaryIO, Literal, cast

import pyarrow as pa


def os_file(path: Path, mode: Literal["rb", "wb"]) -> pa.OSFile:
    """An open file.

    Args:
        path: where it is.
        mode: `rb` or `wb`.

    Raises:
        OSError: it cannot be opened.
    """
    return pa.OSFile(cast("str", os.fsencode(path)), mode)  # pyarrow's stubs know names in text alone


def own_file(file: BinaryIO) -> pa.NativeFile | BinaryIO:
    """An open file as one of Arrow's own; what is no file of the system stays what it is.

    Args:
        file: open for reading; nothing waits in it to be written. It may be closed before what is given back is.
    """
    raw = getattr(file, "raw", file)
    if not isinstance(raw, io.FileIO):
        return file
    descriptor = os.dup(raw.fileno())
    try:
        return pa.OSFile(cast("str", descriptor), "rb")
    except TypeError:  # an older pyarrow takes names alone
        os.close(descriptor)
        return file
