"""Numbered bytes on a pipe, each behind its length."""

from __future__ import annotations

import struct
from typing import BinaryIO

SET_UP = 2**64 - 1
"""The number of a frame that says what is to be done with the items behind it."""
PREPARE = SET_UP - 1
"""The number of a frame that names what may be made ready meanwhile, and that gets no answer."""
AGAIN = SET_UP - 2
"""The number of a frame that says that the item behind it is done again, and which parts of it are given up."""
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


def receive(pipe: BinaryIO) -> tuple[int, bytearray]:
    """Reads one frame: its number and its bytes.

    Raises:
        ClosedError: the pipe ended, between frames or within one.
    """
    number, length = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    return number, _exactly(pipe, length)


def _exactly(pipe: BinaryIO, count: int) -> bytearray:
    found = bytearray(count)
    rest = memoryview(found)
    while rest:
        read = pipe.readinto(rest)  # type: ignore[attr-defined]  # files of bytes have it, all of ours
        if not read:
            raise ClosedError
        rest = rest[read:]
    return found
