"""What the records of a web archive are: which are documents, and what is to be counted of the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from archive.sources.webarchives.fields import Head, http_head, media_type_of

READABLE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""Media types of documents with a text -> the ending of a file of that type."""
PLAIN_ENDINGS = frozenset({"", ".html", ".htm", ".txt", ".md"})
"""Those of documents that are text themselves."""
PAGE_ENDINGS = frozenset({".html", ".htm"})
"""Those of pages, which may hold pictures in their addresses and be as large as other files for that."""
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-unknown", "unknown/unknown"})
_WITH_PAYLOAD = frozenset({"response", "resource", "conversion"})
_CODE = re.compile(r"(?:java|ecma)script|json|xml\Z|css|font|wasm|manifest|shockwave").search
"""In media types of what programs and pages are made of."""
_HTTP = "application/http"
_OF_ROBOTS = "/robots.txt"


def block_head(head: Head, begun: bytes) -> Head | None:
    """The head of the HTTP response that a record's block begins with, or None where it is none.

    Args:
        head: of the record.
        begun: the first bytes of its block.
    """
    is_http = head.first("content-type").lower().startswith(_HTTP) or begun[:5].upper() == b"HTTP/"
    return http_head(begun) if kind_of_record(head) in {"response", "revisit"} and is_http else None


def kind_of_record(head: Head) -> str:
    """The WARC-Type, in lower case."""
    return head.first("warc-type").lower()


def media_type_stated(head: Head, http: Head | None) -> str:
    """The media type that the server, or else the record, states of the payload."""
    return media_type_of((head if http is None else http).first("content-type"))


def ending_stated(head: Head, http: Head | None) -> str:
    """The ending of a file of the stated type, or of the address where no type is stated; empty for others."""
    stated = media_type_stated(head, http)
    if stated in READABLE:
        return READABLE[stated]
    if stated not in _UNSAID:
        return ""
    name = address(head).rpartition("/")[2].lower()
    return next((ending for ending in (".htm", *READABLE.values()) if name.endswith(ending)), "")


def address(head: Head) -> str:
    """The path of the address that was captured."""
    try:
        return unquote(urlsplit(target(head)).path)
    except ValueError:
        return ""


def target(head: Head) -> str:
    """The address that was captured; old crawlers put it between angle brackets."""
    return head.first("warc-target-uri").strip().removeprefix("<").removesuffix(">")


def identifier(head: Head) -> str:
    """The record's identifier, without the brackets around it."""
    return head.first("warc-record-id").strip().removeprefix("<").removesuffix(">")


def is_searched(head: Head, http: Head | None) -> bool:
    """Whether a payload, if it is no document, may be a file that hides something about people, and can be searched."""
    stated = media_type_stated(head, http)
    is_one = (
        stated.startswith("image/") or stated in _UNSAID or (stated.startswith("application/") and not _CODE(stated))
    )
    return kind_of_record(head) in _WITH_PAYLOAD and is_one


def is_unsearchable(stated: str) -> bool:
    """Whether payloads of a media type may hide such things where nobody looks."""
    return stated.startswith(("audio/", "video/"))


def not_a_document(head: Head, http: Head | None, size: int, shows_text: Callable[[], bool]) -> str:
    """What a record is, in words, where it is no document with a text; empty where it is one.

    Args:
        head: of the record.
        http: of the HTTP response in it, or None.
        size: bytes of its payload.
        shows_text: tells by the payload whether it is a document, where nobody states what it is.
    """
    kind = kind_of_record(head)
    if kind not in _WITH_PAYLOAD:
        return f"{kind[:30] or 'untyped'} records"
    if http is not None and not 200 <= http.status <= 299:
        return f"responses with status {http.status}"
    if not size:
        return f"{kind} records without a payload"
    return "robots.txt" if address(head) == _OF_ROBOTS else _not_read(head, http, shows_text)


def _not_read(head: Head, http: Head | None, shows_text: Callable[[], bool]) -> str:
    """The same of a payload, by its media type."""
    if not ending_stated(head, http):
        stated = media_type_stated(head, http)
        if stated in _UNSAID and shows_text():
            return ""
        return stated[:60] if stated and stated.isprintable() else "payloads of no stated type"
    return ""
