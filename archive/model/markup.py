"""What the bytes of a page show before it is read: whether it is XML, and how much of it is files that it holds."""

from __future__ import annotations

import re

from archive.model.derivation import TAG_OR_SECTION

_SEEN = 8_192
"""Bytes from the beginning of a page in which its root element is looked for."""
_SAYS_SO = re.compile(rb"\s*<\?xml\s")
_ROOT = re.compile(
    rb"""<([a-z][\w.-]{0,40}:)?html\s[^>]{0,2000}["']http://www\.w3\.org/1999/xhtml["']""", re.IGNORECASE
)
DATA_ADDRESS = re.compile(rb"""data:[\w./+-]{0,80}(?:;[\w=.-]{0,80}){0,4},[^\s"'<>()\\]{64,}""", re.IGNORECASE)
"""An address that is itself the file that it leads to (RFC 2397): pictures and fonts saved within a page."""


def is_xml(data: bytes, start: int = 0) -> bool:
    """Whether a page is XML: it says so in its first line, or its root element is of the namespace of XHTML.

    Args:
        data: of the page, in any encoding that is ASCII's kin.
        start: where it begins, after a byte-order mark.
    """
    head = data[start : start + _SEEN]
    return _SAYS_SO.match(head) is not None or _ROOT.search(head) is not None


def without_data_addresses(data: bytes) -> int:
    """How many bytes of a page are none of addresses that hold files."""
    return len(data) - sum(found.end() - found.start() for found in DATA_ADDRESS.finditer(data))


_TAG_OR_SECTION = re.compile(TAG_OR_SECTION.pattern.encode("ascii"), re.DOTALL)
_NAME = re.compile(rb"</?([A-Za-z][^\s/>]*)")
EMPTY = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
"""Elements that have no end tag in HTML and are nowhere open."""
_BEFORE_SLASH = (b"", b" ", b"\t", b"\r", b"\n", b"\f", b'"', b"'")
_NO_FILE = b"data:,"


def as_html(data: bytes, most: int) -> bytes:
    """A page as parsers that know nothing but HTML take it for what it is; for looking at, its places are others.

    Args:
        data: of the page.
        most: bytes from which addresses that hold files are emptied.
    """
    if len(data) > most:
        data = DATA_ADDRESS.sub(_NO_FILE, data)
    if not is_xml(data):
        return data
    root = _ROOT.search(data[:_SEEN])
    prefix = (root[1] or b"").lower() if root else b""
    return _TAG_OR_SECTION.sub(lambda found: _of_html(found, prefix), data)


def closes_itself(tag: bytes) -> bool:
    """Whether a start tag of XML is an end tag, too; the slash of an address, as in `href=a/>`, is none."""
    return tag.endswith(b"/>") and (tag[-3:-2] in _BEFORE_SLASH or b"=" not in tag)


def _of_html(found: re.Match[bytes], prefix: bytes) -> bytes:
    """A tag, or the text of a CDATA section, as HTML has it."""
    if found[1] is not None:
        return found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    tag = found[0]
    if not prefix and not tag.endswith(b"/>"):
        return tag
    named = _NAME.match(tag)
    if named is None:
        return tag
    if prefix and named[1].lower().startswith(prefix):
        tag = tag[: named.start(1)] + tag[named.start(1) + len(prefix) :]
        named = _NAME.match(tag)
    if named is None or not closes_itself(tag) or named[1].lower() in EMPTY:
        return tag
    return tag[:-2] + b"></" + named[1] + b">"
