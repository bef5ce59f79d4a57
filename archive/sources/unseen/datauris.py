"""Files that are written into a page, as `data:` URIs (RFC 2397): pictures, mostly."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote_to_bytes

_URI = re.compile(
    rb"data:(?P<type>(?:image|application)/[A-Za-z0-9.+-]{1,80})(?:;[A-Za-z0-9=._-]{1,80}){0,4}?;base64,"
    rb"(?P<data>[A-Za-z0-9+/=_\s%-]{16,})",
    re.IGNORECASE,
)
_MOST = 2000
_NO_FILES = frozenset({b"image/gif", b"image/svg+xml", b"image/x-icon", b"application/json", b"application/javascript"})
"""Types that nothing is looked for in."""
_ALPHABET = re.compile(rb"[^A-Za-z0-9+/]+")


def files_in(data: bytes) -> Iterator[bytes]:
    """The bytes of files that are written into a page; of very many the first.

    Args:
        data: the page, in an encoding whose letters are those of ASCII.
    """
    if b";base64," not in data:
        return
    for found in islice(_URI.finditer(data), _MOST):
        if found["type"].lower() not in _NO_FILES:
            yield _decoded(found["data"])


def _decoded(written: bytes) -> bytes:
    plain = unquote_to_bytes(written) if b"%" in written else written
    plain = _ALPHABET.sub(b"", plain.replace(b"-", b"+").replace(b"_", b"/"))
    return binascii.a2b_base64(plain[: len(plain) // 4 * 4])
