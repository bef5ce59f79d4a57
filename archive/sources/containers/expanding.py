"""What comes out of a container that is compressed as a whole, in a file that can be sought in."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable, Iterator
from typing import IO, Any, BinaryIO, cast

from archive.engine import weigh
from archive.errors import LimitError, StorageError
from archive.model.limits import Limits
from archive.sources.containers.protocol import Opened
from archive.sources.signatures import Format
from archive.storage.compression import Compression, Stream, expanded

_IN_MEMORY = 8 << 20
"""Bytes before they go to disk."""
_PIECE = 1 << 16


def opened_copy(stream: IO[bytes], compression: Compression, form: Format, bounds: Limits) -> Opened:
    """What comes out of a file; of one that is damaged, cut short or a bomb what came out until then.

    Args:
        stream: the file.
        compression: how it is compressed.
        form: the format of the container.
        bounds: what it may make this program do.

    Returns:
        A container on a file without a name, which is closed when nobody holds the container any more. `held` has what
        was wrong as `fault`, with its `code`; both are empty where nothing was.
    """
    stream.seek(0)
    out = expanded(cast("BinaryIO", stream), compression, bounds)
    said: dict[object, Any] = {"fault": "", "code": ""}
    opened = copied(_until_damage(out, said))
    opened.form = form
    opened.held.update(said)
    return opened


def copied(pieces: Iterable[bytes]) -> Opened:
    """A file without a name that holds some bytes, closed when nobody holds it any more.

    Args:
        pieces: the bytes; what they raise is raised again.

    Raises:
        HeavyError: they are too many for the process that leads.
    """
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it is closed with the one who holds it
    opened = Opened(cast("IO[bytes]", copy), is_original=False, form=Format("application/octet-stream"))
    weakref.finalize(opened, copy.close)
    size = 0
    for piece in pieces:
        size += len(piece)
        weigh(size)
        copy.write(piece)
    return opened


def _until_damage(out: Stream, said: dict[object, Any]) -> Iterator[bytes]:
    try:
        while piece := out.read(_PIECE):
            yield piece
    except StorageError as error:
        said.update(fault=error.what, code="container.damaged")
    except LimitError as error:
        said.update(fault=error.what, code="container.bomb")
