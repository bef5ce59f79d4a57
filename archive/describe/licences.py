"""Licences as people write them, an SPDX identifier or a URI, and as links."""

from __future__ import annotations

import re
from urllib.parse import quote

_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-sa|-nd)?)/([1-4]\.[05])|publicdomain/zero/1\.0)"
    r"(?:/(?:deed(?:\.[a-zA-Z_-]+)?|legalcode(?:\.[a-zA-Z_-]+)?)?)?",
    re.IGNORECASE,
)
"""The licences of Creative Commons that are not adapted to a country, and CC0."""
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def licence_uri(licence: str) -> str | None:
    """The address of a licence, or None where it is only described in words.

    Args:
        licence: as corpus.toml has it.

    >>> licence_uri("CC-BY-4.0")
    'https://spdx.org/licenses/CC-BY-4.0'
    >>> licence_uri("ask the archive") is None
    True
    """
    stated = licence.strip()
    if _WEB.fullmatch(stated):
        return stated
    return f"https://spdx.org/licenses/{quote(stated)}" if is_identifier(stated) else None


def is_identifier(licence: str) -> bool:
    """Whether it has the form of an SPDX identifier (SPDX 3.0, annex B) that names a version or is a known word.

    >>> is_identifier("CC0-1.0"), is_identifier("MIT"), is_identifier("restricted")
    (True, True, False)
    """
    stated = licence.strip()
    return _SPDX.fullmatch(stated) is not None and (stated in _WITHOUT_VERSION or any(map(str.isdigit, stated)))


def spdx_identifier(licence: str) -> str | None:
    """The SPDX identifier of a licence, or None where it states none and is no address of a known licence.

    >>> spdx_identifier("CC0-1.0"), spdx_identifier("https://creativecommons.org/licenses/by-nc-sa/4.0/deed.de")
    ('CC0-1.0', 'CC-BY-NC-SA-4.0')
    >>> spdx_identifier("https://creativecommons.org/licenses/by/3.0/de/") is None
    True
    """
    stated = licence.strip()
    if is_identifier(stated):
        return stated
    found = _COMMONS.fullmatch(stated)
    if found is None:
        return None
    return f"CC-{found[1].upper()}-{found[2]}" if found[1] else "CC0-1.0"


_WITHOUT_VERSION = frozenset({"MIT", "ISC", "Unlicense", "WTFPL", "CC-PDDC", "X11", "Zlib"})
