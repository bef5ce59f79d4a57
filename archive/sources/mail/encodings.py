"""The bytes of a part of a message without its transfer encoding (RFC 2045, 6)."""

from __future__ import annotations

import binascii
import re

UNENCODED = frozenset({"", "7bit", "8bit", "binary"})
"""Transfer encodings in which the bytes of a part stand as they are."""
_UUENCODED = frozenset({"uue", "uuencode", "x-uue", "x-uuencode"})
_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)
_BASE64_NOISE = re.compile(rb"[^A-Za-z0-9+/]+")


def decoded(raw: bytes, encoding: str) -> tuple[bytes, bool]:
    """The bytes of a part, and whether all of it was encoded as it says.

    Args:
        raw: as they stand in the message; given back as they are where they are not encoded.
        encoding: as the part states it, in lower case.
    """
    if encoding in UNENCODED:
        return raw, True
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw), True
    if encoding in _UUENCODED:
        return _uudecoded(raw)
    if encoding == "base64":
        bare = _BASE64_NOISE.sub(b"", raw)
        is_whole = len(bare) % 4 != 1
        return binascii.a2b_base64(bare[: len(bare) - len(bare) % 4] + _last_group(bare)), is_whole
    return raw, False


def _last_group(bare: bytes) -> bytes:
    left = len(bare) % 4
    return bare[-left:] + b"=" * (4 - left) if left > 1 else b""


def _uudecoded(raw: bytes) -> tuple[bytes, bool]:
    """What stands between `begin` and `end` (POSIX, uuencode); the bytes as they are where nothing begins."""
    begin = _BEGIN.search(raw)
    if begin is None:
        return raw, False
    found = bytearray()
    for line in raw[begin.end() :].splitlines():
        if line.strip() == b"end":
            return bytes(found), True
        if not line:
            continue
        size = (((line[0] - 32) & 63) * 4 + 5) // 3  # programs put signs of their own behind
        try:
            found += binascii.a2b_uu(line[:size])
        except binascii.Error:
            break
    return bytes(found), False
