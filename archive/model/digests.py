"""Checksum algorithms under their normalised names (RFC 8493, 2.4).

All are hashlib's but BLAKE3, which a package of its own provides; that one is loaded only where it is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Protocol


class Hasher(Protocol):
    """What hashlib's objects offer and this package uses."""

    def update(self, data: bytes | memoryview, /) -> object:
        """Takes more bytes in."""
        ...

    def hexdigest(self) -> str:
        """The digest in lower-case hex."""
        ...

    def digest(self) -> bytes:
        """The digest in binary."""
        ...


def normalised(name: str) -> str:
    """The name as it stands in a manifest's file name: lower case, letters and digits only (RFC 8493, 2.4).

    >>> normalised("SHA-256"), normalised("sha3_256")
    ('sha256', 'sha3256')
    """
    return "".join(character for character in name.lower() if character.isalnum())


def _fixed_length() -> dict[str, str]:
    found = {}
    for name in sorted(hashlib.algorithms_guaranteed):
        if not name.startswith("shake"):
            found[normalised(name)] = name
    return found


HASHLIB_NAME: dict[str, str] = _fixed_length()
"""Normalised name to hashlib's name, for every fixed-length algorithm that every Python has."""

BLAKE3 = "blake3"
ALGORITHMS: tuple[str, ...] = tuple(sorted((*HASHLIB_NAME, BLAKE3)))
"""The normalised names of all algorithms that can be checked."""

DEFAULT_ALGORITHMS = ("sha256", "sha512")
WEAK_ALGORITHMS = frozenset({"md5", "sha1"})


def hasher(algorithm: str) -> Hasher:
    """A fresh hasher.

    Args:
        algorithm: a normalised name.

    Raises:
        KeyError: the algorithm is unknown.
    """
    return maker(algorithm)(b"")


def maker(algorithm: str) -> Callable[[bytes], Hasher]:
    """What makes a hasher that has taken in its first bytes: the quickest way where there are many small files.

    Args:
        algorithm: a normalised name.

    Raises:
        KeyError: the algorithm is unknown.
    """
    if algorithm == BLAKE3:
        from blake3 import blake3

        return blake3
    return partial(getattr(hashlib, HASHLIB_NAME[algorithm]), usedforsecurity=False)


@cache
def quick_maker(algorithm: str) -> Callable[[bytes], Hasher]:
    """The same, called without words: some tenths quicker for small files, where a digest may be meant for security.

    Args:
        algorithm: a normalised name.

    Raises:
        KeyError: the algorithm is unknown.
    """
    if algorithm == BLAKE3 or algorithm in WEAK_ALGORITHMS:
        return maker(algorithm)  # a system in FIPS mode has md5 and sha1 for other purposes alone
    found: Callable[[bytes], Hasher] = getattr(hashlib, HASHLIB_NAME[algorithm])
    return found


def hex_length(algorithm: str) -> int:
    """The number of hex digits of the algorithm's digest."""
    return len(hasher(algorithm).hexdigest())


def digests_of(data: bytes, algorithms: Sequence[str] = DEFAULT_ALGORITHMS) -> dict[str, str]:
    """Lower-case hex digests of `data` by algorithm."""
    found = {}
    for algorithm in algorithms:
        one = hasher(algorithm)
        one.update(data)
        found[algorithm] = one.hexdigest()
    return found
