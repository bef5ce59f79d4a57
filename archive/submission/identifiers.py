"""Identifiers of documents: the source path where nobody gives another, and what no identifier may be."""

from __future__ import annotations

import hashlib
import unicodedata

from archive.submission.limits import LIMITS

_LONGEST_STEM = 380
"""Bytes of a path that an identifier keeps whole; what a container's documents add must fit as well."""
_LONGEST_CUT = 120


def identifier_of_path(path: str) -> str:
    r"""The identifier of a document that nobody named: its path in NFC, with odd bytes and controls as `\xNN`.

    >>> identifier_of_path("pages/a.html"), identifier_of_path("a\udcff\n.txt")
    ('pages/a.html', 'a\\xff\\x0a.txt')
    """
    if path.isascii() and path.isprintable():
        return path
    pieces = []
    is_escape = False
    for one in unicodedata.normalize("NFC", path):
        # A combining mark would go together with the last digit of an escape.
        is_escape = _is_unshown(one) or (is_escape and unicodedata.combining(one) > 0)
        pieces.append(_escape(one) if is_escape else one)
    return "".join(pieces)


def shown(path: str) -> str:
    """A path as findings show it: always text that UTF-8 can write, on one line."""
    return identifier_of_path(path)


def holds_undecodable(path: str) -> bool:
    """Whether a path holds bytes that are not UTF-8."""
    return not path.isprintable() and any("\udc80" <= one <= "\udcff" for one in path)


def holds_controls(text: str) -> bool:
    """Whether a text holds control characters or line separators."""
    return not text.isprintable() and any(unicodedata.category(one) in {"Cc", "Zl", "Zp"} for one in text)


def unfit(identifier: str) -> str:
    """Why an identifier cannot be used, or an empty string."""
    if holds_controls(identifier):
        return "it holds control characters"
    size = len(identifier.encode("utf-8", "surrogatepass"))
    return f"it has {size} bytes" if size > LIMITS.identifier else ""


def distinct_identifier(path: str) -> str:
    """An identifier for a document whose path cannot be one: its path, or the end of it, and a digest of the true name.

    It holds no `#`, which only documents in a container have, and at most some 400 bytes.

    >>> distinct_identifier("notes/a.jsonl#1")
    'notes/a.jsonl_1~0f629ed34443'
    """
    stem = identifier_of_path(path).replace("#", "_")
    if len(stem.encode("utf-8")) > _LONGEST_STEM:
        stem = stem.rpartition("/")[2].encode("utf-8")[:_LONGEST_CUT].decode("utf-8", "ignore")
    mark = hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return f"{stem.strip()}~{mark}"


def _is_unshown(character: str) -> bool:
    return "\udc80" <= character <= "\udcff" or unicodedata.category(character) in {"Cc", "Zl", "Zp"}


def _escape(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))
