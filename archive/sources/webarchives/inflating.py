"""One gzip member at a place in a file (RFC 1952), inflated in bounded pieces; it knows where it ends."""

from __future__ import annotations

from typing import IO

from archive.errors import StorageError
from archive.model.limits import Limits
from archive.sources.webarchives.fields import end_of_head
from archive.storage.compression import CUT_SHORT, Bounds, Inflating, decoding

GZIP_MAGIC = b"\x1f\x8b\x08"
_GZIP_WINDOW = 31
_CHUNK = 1 << 15
_LIMITS = Limits(unquestioned=256 << 20, ratio=100)


class Inflated:
    """What comes out of a gzip member.

    Args:
        stream: the file; it is sought in before each reading, so that several may share it.
        place: where the member begins.

    Attributes:
        consumed: the byte after the last that was looked at.
        is_cut: whether the file ended before the member did.
    """

    def __init__(self, stream: IO[bytes], place: int) -> None:
        self._stream = stream
        self._start = place
        self._inner = Inflating(_GZIP_WINDOW)
        self._bounds = Bounds(_LIMITS)
        self._failure: StorageError | None = None
        self.consumed = place
        self.is_cut = False

    @property
    def resume(self) -> int:
        """From where the next member is looked for, once this one turned out to be damaged."""
        return max(self._start + 1, self.consumed - _CHUNK)

    @property
    def end(self) -> int:
        """The byte after the member, once it is read to its end."""
        return self.consumed - len(self._inner.unused_data)

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, fewer only at the end of the member and before damage.

        Raises:
            StorageError: the member is damaged or cut short here.
            LimitError: far more comes out than went in.
        """
        if self._failure is not None:
            raise self._failure
        found = bytearray()
        while len(found) < size and not self._inner.eof:
            try:
                with decoding():
                    piece = self._inner.decompress(self._more(), size - len(found))
            except StorageError as error:
                self._failure = error
                if not found:
                    raise
                break
            self._bounds.out(len(piece))
            found += piece
        return bytes(found)

    def head(self, most: int) -> bytes:
        """What comes out until a blank line was among it, and a little more; at most about `most` bytes.

        Raises:
            StorageError: the member is damaged or cut short.
            LimitError: far more comes out than went in.
        """
        found = b""
        while len(found) < most and end_of_head(found) < 0:
            piece = self.read(4096)
            if not piece:
                break
            found += piece
        return found

    def _more(self) -> bytes:
        if not self._inner.needs_input:
            return b""
        self._stream.seek(self.consumed)
        data = self._stream.read(_CHUNK)
        if not data:
            self.is_cut = True
            raise EOFError(CUT_SHORT)
        self.consumed += len(data)
        self._bounds.into(len(data))
        return data
