"""The body of an HTTP message without what it was wrapped in: chunks (RFC 9112, 7.1) and compression (RFC 9110, 8.4).

Crawlers often keep the fields and unwrap the body themselves, so a body that does not look wrapped is taken as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from archive.errors import LimitError, StorageError
from archive.model.limits import Limits
from archive.sources.characters.charsets import detect
from archive.sources.webarchives.fields import Head
from archive.storage.compression import Bounds, Decoder, Inflating, decoding

_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,32})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")
_GZIP = frozenset({"gzip", "x-gzip"})
_STREAMED: dict[str, Literal["brotli", "zstd"]] = {"br": "brotli", "zstd": "zstd"}
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
_MOST_CODINGS = 8
"""Codings of one body that are taken off; each is a pass over all of it, and servers use one, seldom two."""
_SAMPLE = 8192
_RAW, _ZLIB, _GZIP_WINDOW = -15, 15, 31
_LIMITS = Limits(unquestioned=64 << 20)


@dataclass(frozen=True, slots=True)
class Body:
    """A body.

    Attributes:
        data: the bytes.
        is_plain: whether they stand so in the record.
        fault: why they are not all, in words, or an empty string.
    """

    data: bytes
    is_plain: bool = True
    fault: str = ""


def body_of(payload: bytes, head: Head | None, most: int) -> Body:
    """The body of a message as its reader would see it.

    Args:
        payload: what follows the head.
        head: of the HTTP message, or None where there is none.
        most: how many bytes are wanted; one more shows that there are more.
    """
    body = Body(payload)
    if head is None:
        return body
    if "chunked" in head.first("transfer-encoding").lower():
        body = dechunked(payload)
    stated = [one.strip().lower() for value in head.all("content-encoding") for one in value.split(",")]
    codings = [one for one in stated if one and one != "identity"]
    if len(codings) > _MOST_CODINGS:
        return Body(b"", is_plain=False, fault=f"it says that it has {len(codings):,} content codings")
    for coding in reversed(codings):
        body = _decoded(body, coding, most)
    return body


def dechunked(data: bytes) -> Body:
    r"""The data of chunks, put together; as it is where it does not begin with a chunk.

    >>> dechunked(b"3\r\nabc\r\n0\r\n\r\n").data, dechunked(b"abc").is_plain
    (b'abc', True)
    """
    if _CHUNK.match(data) is None:
        return Body(data)
    found = bytearray()
    place = 0
    while True:
        chunk = _CHUNK.match(data, place)
        if chunk is None:
            return Body(bytes(found), is_plain=False, fault=f"no chunk begins at byte {place:,} of the body")
        size = int(chunk[1], 16)
        if size == 0:
            return Body(bytes(found), is_plain=False)
        found += data[chunk.end() : chunk.end() + size]
        if chunk.end() + size > len(data):
            return Body(bytes(found), is_plain=False, fault="its last chunk is cut short")
        place = chunk.end() + size
        place += 2 if data.startswith(b"\r\n", place) else data.startswith(b"\n", place)


def _decoded(body: Body, coding: str, most: int) -> Body:
    """One coding taken off; as it is where the bytes show that it is not there."""
    data = body.data
    try:
        if coding in _GZIP:
            return _expanded(body, most, Inflating(_GZIP_WINDOW)) if data.startswith(b"\x1f\x8b") else body
        if coding == "deflate":
            return _deflated(body, most)
        if coding in _STREAMED:
            return _streamed(body, most, _STREAMED[coding])
    except LimitError as error:
        return Body(b"", is_plain=False, fault=error.what)
    return Body(b"", is_plain=False, fault=f"its content coding {coding[:40]!r} is not known here")


def _deflated(body: Body, most: int) -> Body:
    """What is called deflate is zlib's form, or often the bare one."""
    for window in (_ZLIB, _RAW):
        found = _expanded(body, most, Inflating(window))
        if found.data or not found.fault:
            return found
    return body


def _expanded(body: Body, most: int, decoder: Decoder) -> Body:
    found = bytearray()
    bounds = Bounds(_LIMITS)
    bounds.into(len(body.data))
    data = body.data
    fault = body.fault
    try:
        while len(found) <= most and not decoder.eof:
            with decoding():
                piece = decoder.decompress(data, most + 1 - len(found))
            data = b""
            if not piece and decoder.needs_input and not decoder.eof:
                fault = fault or "its compressed data is cut short"
                break
            bounds.out(len(piece))
            found += piece
    except StorageError as error:
        fault = fault or error.what
    return Body(bytes(found), is_plain=False, fault=fault)


def _streamed(body: Body, most: int, codec: Literal["brotli", "zstd"]) -> Body:
    """Brotli and Zstandard, by Arrow's decoders; brotli has no mark by which a body that is not wrapped would show."""
    if codec == "zstd" and not body.data.startswith(_ZSTANDARD):
        return body
    import pyarrow as pa

    found = bytearray()
    fault = body.fault
    try:
        with decoding(), pa.CompressedInputStream(pa.BufferReader(body.data), codec) as stream:
            while len(found) <= most and (piece := stream.read(min(1 << 16, most + 1 - len(found)))):
                found += piece
    except StorageError as error:
        fault = fault or error.what
    if not found and codec == "brotli" and detect(body.data[:_SAMPLE]) is not None:
        return body  # text, which compressed data never looks like
    return Body(bytes(found), is_plain=False, fault=fault)
