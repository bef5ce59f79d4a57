"""Decompression in a stream, with bounds: on memory, and on how many bytes come out for each that goes in.

Each decoder is asked for no more bytes than are wanted, so that a few bytes in never become gigabytes in memory.
What a decoder raises becomes a `StorageError` in plain words, a bound that is passed a `LimitError`.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import BinaryIO, Protocol

from archive.errors import LimitError, StorageError
from archive.model.limits import Limits

_CHUNK = 1 << 16
_GZIP_WINDOW = 31
DAMAGED = "The compressed data is damaged"
CUT_SHORT = "The compressed data is cut short"


class Compression(StrEnum):
    """How a whole file is compressed, by the extension that tells it."""

    NONE = ""
    GZIP = "gz"
    BZIP2 = "bz2"
    XZ = "xz"
    ZSTD = "zst"


MAGIC_NUMBERS = {
    Compression.GZIP: b"\x1f\x8b",
    Compression.BZIP2: b"BZh",
    Compression.XZ: b"\xfd7zXZ\x00",
    Compression.ZSTD: b"\x28\xb5\x2f\xfd",
}
"""What compressed bytes begin with."""


def compression_of(head: bytes) -> Compression:
    """How a file is compressed, by its first bytes."""
    return next((one for one, magic in MAGIC_NUMBERS.items() if head.startswith(magic)), Compression.NONE)


class Stream(Protocol):
    """Bytes in one direction."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class Decoder(Protocol):
    """What bz2 and lzma offer and is made of zlib here."""

    @property
    def eof(self) -> bool:
        """Whether the compressed stream came to its end."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether more can come out only once more went in."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What followed after the end."""
        ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Takes bytes in and gives at most `max_length` out."""
        ...


class Inflating:
    """zlib's decoder with the interface of the others.

    Args:
        window: as `zlib.decompressobj` takes it: negative for a bare stream, 31 for gzip.
    """

    def __init__(self, window: int) -> None:
        self._inner = zlib.decompressobj(window)
        self._full = False

    @property
    def eof(self) -> bool:
        """See `Decoder`."""
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """See `Decoder`."""
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        """See `Decoder`."""
        return not self._full and not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """See `Decoder`."""
        found = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self._full = len(found) == max_length and not self._inner.eof
        return found


@contextmanager
def decoding() -> Iterator[None]:
    """Raises `StorageError` for whatever a decoder raises."""
    try:
        yield
    except EOFError as error:
        raise StorageError(CUT_SHORT) from error
    except (zlib.error, lzma.LZMAError, OSError, ValueError) as error:
        raise StorageError(DAMAGED) from error
    except MemoryError as error:
        raise LimitError("The compressed data asks for more memory than is allowed") from error


class Expanding:
    """The bytes that come out of a compressed file; several compressed streams in a row are one.

    Args:
        source: the compressed file.
        compression: how it is compressed; not `NONE`.
        limits: the bounds.

    Attributes:
        trailing: whether bytes that are no compressed stream followed the last one.
    """

    def __init__(self, source: BinaryIO, compression: Compression, limits: Limits) -> None:
        self._source = source
        self._magic = MAGIC_NUMBERS[compression]
        self._make = _decoder(compression, limits)
        self._decoder = self._make()
        self._rest = b""
        self._bounds = Bounds(limits)
        self._ended = False
        self.trailing = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, fewer only at the end.

        Raises:
            StorageError: the file is damaged or cut short.
            LimitError: far more comes out than went in.
        """
        found = bytearray()
        while len(found) < size and not self._ended:
            with decoding():
                piece = self._step(size - len(found))
            self._bounds.out(len(piece))
            found += piece
        return bytes(found)

    def _step(self, wanted: int) -> bytes:
        if self._decoder.eof:
            self._next_stream()
            return b""
        data = b""
        if self._decoder.needs_input:
            data = self._rest or self._more()
            self._rest = b""
            if not data:
                raise EOFError
        return self._decoder.decompress(data, wanted)

    def _next_stream(self) -> None:
        rest = self._decoder.unused_data
        # Padding with zeros between streams and at the end is usual on tapes, and xz allows it.
        while not (rest := rest.lstrip(b"\0")) and (more := self._more()):
            rest = more
        while rest and len(rest) < len(self._magic) and (more := self._more()):
            rest += more
        if rest.startswith(self._magic):
            self._decoder, self._rest = self._make(), rest
        else:
            self._ended, self.trailing = True, bool(rest)

    def _more(self) -> bytes:
        data = self._source.read(_CHUNK)
        self._bounds.into(len(data))
        return data


class Bounds:
    """Counts what goes in and comes out, and stops what swells."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._in = 0
        self._out = 0

    def into(self, size: int) -> None:
        """Compressed bytes were read."""
        self._in += size

    def out(self, size: int) -> None:
        """Bytes came out.

        Raises:
            LimitError: too many for what went in.
        """
        self._out += size
        if self._out > self._limits.unquestioned and self._out > self._in * self._limits.ratio:
            raise LimitError(f"More than {self._limits.ratio} bytes come out of it for each that is in it")


def _decoder(compression: Compression, limits: Limits) -> Callable[[], Decoder]:
    if compression is Compression.GZIP:
        return lambda: Inflating(_GZIP_WINDOW)
    if compression is Compression.BZIP2:
        return bz2.BZ2Decompressor
    return lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.dictionary)


class ExpandingZstandard:
    """As `Expanding`, for Zstandard, which the standard library learned only with Python 3.14.

    Arrow's decoder, which asks for at most 128 MiB of memory, does the work; it is loaded only here.
    """

    trailing = False

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        import pyarrow as pa

        self._bounds = Bounds(limits)
        self._counted = _Counted(source, self._bounds)
        self._inner = pa.CompressedInputStream(pa.PythonFile(self._counted, mode="r"), "zstd")

    def read(self, size: int, /) -> bytes:
        """See `Expanding.read`."""
        with decoding():
            found: bytes = self._inner.read(size)
        self._bounds.out(len(found))
        return found


class _Counted(io.RawIOBase):
    """A file that tells how much of it was read."""

    def __init__(self, source: BinaryIO, bounds: Bounds) -> None:
        super().__init__()
        self._source = source
        self._bounds = bounds

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size)
        self._bounds.into(len(data))
        return data


def expanded(source: BinaryIO, compression: Compression, limits: Limits) -> Expanding | ExpandingZstandard:
    """A stream of what a compressed file holds.

    Args:
        source: the file, at its beginning.
        compression: how it is compressed; not `NONE`.
        limits: the bounds.
    """
    if compression is Compression.ZSTD:
        return ExpandingZstandard(source, limits)
    return Expanding(source, compression, limits)
