"""The bytes of one entry of a zip, with the checks that a zip allows: sizes, CRC-32, both headers alike."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from archive.errors import StorageError
from archive.model.limits import Limits
from archive.storage.compression import CUT_SHORT, Decoder, Inflating, decoding
from archive.storage.stores import PIECE
from archive.storage.zips import LOCAL, ZipMember

_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8
_PATCH = 0x20
_FULL = 0xFFFFFFFF
_STORED, _DEFLATED, _BZIP2, _LZMA, _XZ = 0, 8, 12, 14, 95
_RAW_WINDOW = -15
_CHUNK = 1 << 16


def pieces_of(file: BinaryIO, member: ZipMember, limits: Limits) -> Iterator[bytes]:
    """The bytes of an entry, in pieces of at most `PIECE` bytes.

    Raises:
        StorageError: the entry is damaged, encrypted, or of a compression that is not known; what was given before is
            then not to be believed.
        LimitError: its decompression asks for more memory than is allowed.
    """
    if member.flags & (_ENCRYPTED | _PATCH):
        raise StorageError("It is encrypted")
    _to_data(file, member)
    check = size = 0
    for piece in _unchecked(file, member, limits):
        size += len(piece)
        if size > member.size:
            raise StorageError(f"More comes out of it than the {member.size} bytes that the zip says")
        check = zlib.crc32(piece, check)
        yield piece
    if size != member.size:
        raise StorageError(f"{size} bytes come out of it, where the zip says {member.size}")
    if check != member.check:
        raise StorageError("Its bytes do not match the checksum in the zip")


def _to_data(file: BinaryIO, member: ZipMember) -> None:
    file.seek(member.place)
    head = file.read(LOCAL.size)
    if len(head) != LOCAL.size or head[:4] != b"PK\x03\x04":
        raise StorageError("The zip has no such entry where its directory says")
    _, _, flags, method, _, _, _, stored, size, name_length, extra_length = LOCAL.unpack(head)
    if file.read(name_length) != member.raw:
        raise StorageError("The header of the entry has another name than the directory of the zip")
    sizes_differ = any(
        here not in {there, _FULL} for here, there in ((stored, member.stored), (size, member.size))
    ) and not (flags & _SIZES_FOLLOW)
    if method != member.method or sizes_differ:
        raise StorageError("The header of the entry says other things than the directory of the zip")
    file.read(extra_length)


def _unchecked(file: BinaryIO, member: ZipMember, limits: Limits) -> Iterator[bytes]:
    if member.method == _STORED:
        yield from _raw(file, member.stored, PIECE)
        return
    source = _raw(file, member.stored, _CHUNK)
    with decoding():
        decoder, rest = _decoder(member, source, limits)
    # One byte more than is expected, so that a longer one shows.
    wanted = min(PIECE, member.size + 1)
    while not decoder.eof:
        data = b""
        if decoder.needs_input:
            data, rest = rest or next(source, b""), b""
            if not data:
                raise StorageError(CUT_SHORT)
        with decoding():
            piece = decoder.decompress(data, wanted)
        if piece:
            yield piece


def _raw(file: BinaryIO, size: int, most: int) -> Iterator[bytes]:
    while size:
        piece = file.read(min(most, size))
        if not piece:
            raise StorageError("The zip is cut short")
        size -= len(piece)
        yield piece


def _decoder(member: ZipMember, source: Iterator[bytes], limits: Limits) -> tuple[Decoder, bytes]:
    """The decoder, and what of the entry was read already."""
    if member.method == _DEFLATED:
        return Inflating(_RAW_WINDOW), b""
    if member.method == _BZIP2:
        return bz2.BZ2Decompressor(), b""
    if member.method == _XZ:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.dictionary), b""
    if member.method == _LZMA:
        return _lzma(next(source, b""), member, limits)
    raise StorageError(f"It is compressed in a way that is not known here (method {member.method})")


def _lzma(head: bytes, member: ZipMember, limits: Limits) -> tuple[Decoder, bytes]:
    """LZMA in a zip begins with a version and its properties (APPNOTE, 5.8.8)."""
    if len(head) < 9 or head[2:4] != b"\x05\x00" or head[4] >= 225:
        raise StorageError("The entry does not begin as LZMA does in a zip")
    dictionary = int.from_bytes(head[5:9], "little")
    if dictionary > limits.dictionary:
        raise StorageError(f"It asks for a dictionary of {dictionary} bytes, where {limits.dictionary} are allowed")
    rest, literal_context = divmod(head[4], 9)
    position, literal_position = divmod(rest, 5)
    coder = {
        "id": lzma.FILTER_LZMA1,
        "dict_size": max(dictionary, 4096),
        "lc": literal_context,
        "lp": literal_position,
        "pb": position,
    }
    return _Until(lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[coder]), member.size), head[9:]


class _Until:
    """Bare LZMA need not mark its end: it ends with the last byte that is expected.

    Attributes:
        unused_data: nothing.
    """

    unused_data = b""

    def __init__(self, inner: lzma.LZMADecompressor, size: int) -> None:
        self._inner = inner
        self._left = size

    @property
    def eof(self) -> bool:
        return self._inner.eof or self._left <= 0

    @property
    def needs_input(self) -> bool:
        return self._inner.needs_input

    def decompress(self, data: bytes, max_length: int) -> bytes:
        found = self._inner.decompress(data, max_length)
        self._left -= len(found)
        return found
