"""What comes out of a container that is compressed as a whole, in a file that can be sought in."""

from __future__ import annotations

import contextlib
import tempfile
import weakref
from typing import IO, BinaryIO, cast

from archive.errors import LimitError, StorageError
from archive.model.limits import Limits
from archive.sources.containers.protocol import Opened
from archive.sources.signatures import Format
from archive.storage.compression import Compression, expanded

_BOUNDS = Limits(unquestioned=1 << 30, ratio=100)
_IN_MEMORY = 8 << 20
"""Bytes before they go to disk."""
_PIECE = 1 << 20


def opened_copy(stream: IO[bytes], compression: Compression, form: Format) -> Opened:
    """What comes out of a file; of one that is damaged, cut short or a bomb what came out until then.

    Args:
        stream: the file.
        compression: how it is compressed.
        form: the format of the container.

    Returns:
        A container on a file without a name, which is closed when nobody holds the container any more.
    """
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it is closed with the one who holds it
    opened = Opened(cast("IO[bytes]", copy), is_original=False, form=form)
    weakref.finalize(opened, copy.close)
    stream.seek(0)
    out = expanded(cast("BinaryIO", stream), compression, _BOUNDS)
    with contextlib.suppress(StorageError, LimitError):
        while piece := out.read(_PIECE):
            copy.write(piece)
    return opened
