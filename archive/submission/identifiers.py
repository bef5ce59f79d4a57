"""Identifiers of documents: the source path where nobody gives another, and what no identifier may be."""

from __future__ import annotations

import unicodedata

from archive.submission.limits import LIMITS


def identifier_of_path(path: str) -> str:
    r"""The identifier of a document that nobody named: its path in NFC, with odd bytes and controls as `\xNN`.

    >>> identifier_of_path("pages/a.html"), identifier_of_path("a\udcff\n.txt")
    ('pages/a.html', 'a\\xff\\x0a.txt')
    """
    if path.isascii() and path.isprintable():
        return path
    return "".join(_shown(one) for one in unicodedata.normalize("NFC", path))


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


def _shown(character: str) -> str:
    if "\udc80" <= character <= "\udcff" or unicodedata.category(character) in {"Cc", "Zl", "Zp"}:
        return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))
    return character
