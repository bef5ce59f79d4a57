"""Pickled values on a pipe, each behind its length, and the programs that speak so."""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")


class ClosedError(EOFError):
    """The other side closed the pipe."""


def send(pipe: BinaryIO, value: Any) -> None:
    """Writes one value and flushes.

    Raises:
        BrokenPipeError: the other side is gone.
        Exception: what pickling raised; nothing was written then.
    """
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """Reads one value.

    Raises:
        ClosedError: the pipe ended, between values or within one.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return pickle.loads(_exactly(pipe, length))  # noqa: S301 - both ends are this package


def _exactly(pipe: BinaryIO, count: int) -> bytes:
    pieces = []
    while count:
        piece = pipe.read(count)
        if not piece:
            raise ClosedError
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
