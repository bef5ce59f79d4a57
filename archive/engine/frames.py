"""Numbered bytes on a pipe, each behind its length."""

from __future__ import annotations

import struct
from typing import BinaryIO

_HEAD = struct.Struct(">QQ")


class ClosedError(EOFError):
    """The other side closed the pipe."""


def send(pipe: BinaryIO, number: int, data: bytes) -> None:
    """Writes one frame and flushes.

    Raises:
        BrokenPipeError: the other side is gone.
    """
    pipe.write(_HEAD.pack(number, len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[int, bytes]:
    """Reads one frame: its number and its bytes.

    Raises:
        ClosedError: the pipe ended, between frames or within one.
    """
    number, length = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    return number, _exactly(pipe, length)


def _exactly(pipe: BinaryIO, count: int) -> bytes:
    pieces = []
    while count:
        piece = pipe.read(count)
        if not piece:
            raise ClosedError
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
