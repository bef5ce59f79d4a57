r"""How a path is written in a manifest or fetch.txt, and what a path may not be.

RFC 8493, 2.1.3: LF, CR and `%`, and only those, are percent-encoded. The drafts before 1.0 left `%` alone and only
encoded line ends.
"""

from __future__ import annotations

import re

_ENCODED = re.compile(r"%(0[AaDd]|25)")
_ENCODED_BEFORE_1_0 = re.compile(r"%(0[AaDd])")
_SIGNS = {"0A": "\n", "0D": "\r", "25": "%"}
_UNENCODED = re.compile(r"%(?!0[AaDd]|25)")


def written(path: str) -> str:
    r"""A path as version 1.0 writes it.

    >>> written("data/100%\n.txt")
    'data/100%25%0A.txt'
    """
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def read(text: str, version: tuple[int, int]) -> str:
    r"""The path that `text` stands for in a bag of that version.

    >>> read("data/100%25.txt", (1, 0)), read("data/100%25.txt", (0, 97)), read("data/%7Ea%0d", (0, 97))
    ('data/100%.txt', 'data/100%25.txt', 'data/%7Ea\r')
    """
    if "%" not in text:
        return text
    pattern = _ENCODED if version >= (1, 0) else _ENCODED_BEFORE_1_0
    return pattern.sub(lambda match: _SIGNS[match[1].upper()], text)


def has_bare_percent(text: str) -> bool:
    """Whether a `%` stands for itself, which version 1.0 does not allow."""
    return _UNENCODED.search(text) is not None
