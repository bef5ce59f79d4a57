"""Labelled digests, `algorithm:value`, as WARC records state them (ISO 28500:2017, 5.8): base32 or hexadecimal."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

_ALGORITHMS = {
    "sha1": "sha1",
    "sha-1": "sha1",
    "sha256": "sha256",
    "sha-256": "sha256",
    "sha512": "sha512",
    "sha-512": "sha512",
    "sha384": "sha384",
    "md5": "md5",
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A digest that can be checked.

    Attributes:
        algorithm: as hashlib names it.
        value: its bytes.
        written: as it stands in the record.
    """

    algorithm: str
    value: bytes
    written: str

    def matches(self, data: bytes) -> bool:
        """Whether it is that of `data`."""
        return hashlib.new(self.algorithm, data, usedforsecurity=False).digest() == self.value


def labelled(written: str) -> Labelled | None:
    """A digest as a record states it, or None where its algorithm or its form is not known here.

    >>> labelled("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ").value.hex()
    'da39a3ee5e6b4b0d3255bfef95601890afd80709'
    >>> labelled("crc:1") is None
    True
    """
    label, colon, value = written.strip().partition(":")
    algorithm = _ALGORITHMS.get(label.strip().lower())
    if not colon or algorithm is None:
        return None
    size = hashlib.new(algorithm, usedforsecurity=False).digest_size
    found = _of_hex(value.strip()) if len(value.strip()) == 2 * size else _of_base32(value.strip())
    return Labelled(algorithm, found, written) if found is not None and len(found) == size else None


def _of_hex(value: str) -> bytes | None:
    try:
        return bytes.fromhex(value)
    except ValueError:
        return None


def _of_base32(value: str) -> bytes | None:
    bare = value.rstrip("=").upper()
    try:
        return base64.b32decode(bare + "=" * (-len(bare) % 8))
    except (binascii.Error, ValueError):
        return None


def written_like(stated: Labelled, digest: bytes) -> str:
    """Another digest in the form of one that was stated, for showing."""
    label, _, value = stated.written.strip().partition(":")
    is_hex = len(value.strip()) == 2 * len(digest)
    return f"{label}:{digest.hex() if is_hex else base64.b32encode(digest).decode('ascii').rstrip('=')}"
