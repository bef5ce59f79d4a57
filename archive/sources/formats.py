"""Which format a document has: by its content first, by the ending of its name second."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from archive.model.beginnings import Beginning, beginning_of
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.pronom import Identified
from archive.sources.signatures import Format

PLAIN = Format("text/plain", "x-fmt/111", "extension")
MARKDOWN = Format("text/markdown", "fmt/1149", "extension")
HTML = Format("text/html", "fmt/96", "signature")
XHTML = Format("application/xhtml+xml", None)
XML = Format("application/xml", "fmt/101", "signature")
UNKNOWN = Format("application/octet-stream")
JSON_LINES = Format("application/x-ndjson")
MESSAGE = Format("message/rfc822", "fmt/278", "extension")
MAILBOX = Format("application/mbox", "fmt/720", "extension")
SAVED_PAGE = Format("multipart/related")

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

_TEXTUAL: dict[str, Format] = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": XHTML,
    ".xml": XML,
    ".csv": Format("text/csv", "x-fmt/18", "extension"),
    ".tsv": Format("text/tab-separated-values", "x-fmt/13", "extension"),
    ".json": Format("application/json", "fmt/817", "extension"),
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".eml": MESSAGE,
    ".mbox": MAILBOX,
    ".mht": SAVED_PAGE,
    ".mhtml": SAVED_PAGE,
    ".svg": Format("image/svg+xml"),
    ".css": Format("text/css"),
    ".js": Format("text/javascript"),
    ".tex": Format("application/x-tex"),
    ".vtt": Format("text/vtt"),
    ".srt": Format("application/x-subrip"),
}
"""Endings of formats that consist of text."""

_BINARY: dict[str, tuple[str, ...]] = {
    ".pdf": ("application/pdf",),
    ".png": ("image/png",),
    ".jpg": ("image/jpeg",),
    ".jpeg": ("image/jpeg",),
    ".gif": ("image/gif",),
    ".tif": ("image/tiff",),
    ".tiff": ("image/tiff",),
    ".webp": ("image/webp",),
    ".docx": (_OFFICE + "wordprocessingml.document",),
    ".xlsx": (_OFFICE + "spreadsheetml.sheet",),
    ".pptx": (_OFFICE + "presentationml.presentation",),
    ".odt": (_ODF + "text",),
    ".ods": (_ODF + "spreadsheet",),
    ".epub": ("application/epub+zip",),
    ".doc": ("application/msword", "application/x-ole-storage", "application/rtf"),
    ".xls": ("application/vnd.ms-excel", "application/x-ole-storage"),
    ".ppt": ("application/vnd.ms-powerpoint", "application/x-ole-storage"),
    ".msg": ("application/vnd.ms-outlook", "application/x-ole-storage"),
    ".rtf": ("application/rtf",),
    ".zip": ("application/zip",),
    ".wacz": ("application/zip",),
    ".gz": ("application/gzip",),
    ".warc": ("application/warc",),
    ".7z": ("application/x-7z-compressed",),
    ".mp4": ("video/mp4",),
    ".wav": ("audio/vnd.wave",),
}
"""Endings of other formats, with the media types that may stand behind them, the first being the usual one."""

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<!--(?:[^-]|-(?!->))*+-->\s*)*+"
    rb"(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])",
    re.IGNORECASE,
)
_XML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml\s|<[a-z][\w.-]{0,40}:html\s[^>]{0,2000}http://www\.w3\.org/1999/xhtml)",
    re.IGNORECASE,
)
"""What says that it is XML, or is by the prefix of its root element."""
_XHTML_ROOT = re.compile(
    rb"<(?:[a-z][\w.-]{0,40}:)?html[\s>][^>]{0,2000}http://www\.w3\.org/1999/xhtml|<!doctype\s+html", re.IGNORECASE
)
_HTML_ROOT = re.compile(
    rb"\s*<\?xml\s[^>]{0,400}>\s*(?:(?:<!--(?:[^-]|-(?!->))*+-->|<\?[^>]*+>|<![a-z][^>\[]*+>)\s*)*+<html[\s>]",
    re.IGNORECASE,
)
"""Pages that call themselves XML and name no namespace: to browsers, where they came by HTTP, they are HTML."""
_ANY_TAG = re.compile(
    rb"</?(?:p|div|span|a|h[1-6]|br|table|li|ul|meta|title|b|i|em|strong|article|section)[\s>/]", re.I
)
_DOCTYPE = re.compile(
    rb"<!doctype\s+html\s+public\s+[\"']-//(?:W3C//DTD (X?HTML [1-4]\.[0-9]{1,2})|IETF//DTD HTML)[ /]", re.IGNORECASE
)
_VERSIONS = {
    b"2.0": "fmt/97",
    b"HTML 3.2": "fmt/98",
    b"HTML 4.0": "fmt/99",
    b"HTML 4.01": "fmt/100",
    b"XHTML 1.0": "fmt/102",
    b"XHTML 1.1": "fmt/103",
}
_HTML5 = re.compile(rb"<!doctype\s+html\s*>", re.IGNORECASE)


def ending_of(path: str) -> str:
    """The ending of a name, in lower case with its dot; empty where there is none."""
    name = path.rpartition("/")[2]
    if name in {"", ".", ".."}:
        return PurePosixPath(path).suffix.lower()
    beginning, dot, ending = name.rpartition(".")
    return dot + ending.lower() if beginning and ending else ""


def shows_markup(data: bytes, sample: int) -> bool:
    """Whether the beginning of `data` is that of HTML or XML, in any encoding."""
    head = data[:sample].replace(b"\0", b"")
    return _HTML.match(head) is not None or _XML.match(head) is not None


def of_text(path: str, data: bytes, sample: int) -> Format:
    """The format of a document that is text: by how it begins, then by its name, else plain text."""
    head = data[:sample].replace(b"\0", b"")
    if _XML.match(head) is not None:
        if _XHTML_ROOT.search(head):
            return _of_version(XHTML, head)
        return HTML if _HTML_ROOT.match(head.removeprefix(b"\xef\xbb\xbf")) else XML
    if _HTML.match(head) is not None:
        return _of_version(HTML, head)
    named = _TEXTUAL.get(ending_of(path), PLAIN)
    shown = _by_fields(data)
    if shown is not None:
        return named if named.media_type == shown.media_type else Format(shown.media_type, shown.puid, _shown(shown))
    if named in {HTML, XHTML} and _ANY_TAG.search(head):
        return Format("text/html", "fmt/96", "extension")
    return PLAIN if named in _SHOWN else named


_SHOWN = frozenset({HTML, XHTML, XML, JSON_LINES, MAILBOX})
"""Formats that show themselves, whatever a name says; JSON lines and mailboxes are read document by document."""


_OF_BEGINNING = {
    Beginning.LETTER: MESSAGE,
    Beginning.SAVED_PAGE: SAVED_PAGE,
    Beginning.MAILBOX: MAILBOX,
    None: None,
}


def _by_fields(data: bytes) -> Format | None:
    """The format that fields at the beginning show: a letter, a mailbox, a saved page."""
    return _OF_BEGINNING.get(beginning_of(data))


def _shown(form: Format) -> str:
    return "signature" if form.puid else ""


def _of_version(form: Format, head: bytes) -> Format:
    """HTML or XHTML with the identifier of the version that its document type names, if it names one."""
    found = _DOCTYPE.search(head)
    puid = _VERSIONS.get((found[1] or b"2.0").upper()) if found is not None else None
    if puid is None and form is HTML and _HTML5.search(head):
        puid = "fmt/471"
    return form if puid is None else Format(form.media_type, puid, "signature")


def of_binary(path: str, shown: Format | None) -> Format:
    """The format of a document that is no text: what its bytes show, refined by its name where that fits."""
    if shown is None:
        return UNKNOWN
    usual = _BINARY.get(ending_of(path), ())
    if shown.media_type in usual[1:] and shown.media_type != "application/rtf":
        return Format(usual[0], shown.puid, shown.basis)
    return shown


_GENERIC = frozenset({UNKNOWN.media_type, "application/zip", "application/x-ole-storage"})
"""Media types that say no more than how something is wrapped, or nothing."""


def of_pronom(form: Format, identified: Identified) -> Format:
    """A format with what PRONOM's signatures say of the bytes; their media type counts where ours says little."""
    named = identified.media_type if form.media_type in _GENERIC and identified.media_type else form.media_type
    return Format(named, identified.puid, identified.basis)


def disagreement(path: str, found: Format) -> tuple[Finding, ...]:
    """A finding where the name promises another format than the content shows; no finding for unknown endings."""
    ending = ending_of(path)
    if ending in _BINARY:
        expected = _BINARY[ending][0]
        agrees = found.media_type in _BINARY[ending]
    elif ending in _TEXTUAL:
        expected = _TEXTUAL[ending].media_type
        agrees = _same_text(found.media_type, expected)
    else:
        return ()
    if agrees:
        return ()
    seen = "bytes of no format known here" if found is UNKNOWN else found.media_type
    return (finding("format.name-disagrees", where=Where(file=path), found=seen, expected=f"{expected} (`{ending}`)"),)


_MARKUP = frozenset({"text/html", "application/xhtml+xml"})
_XML_KINDS = frozenset({"application/xml", "image/svg+xml", "application/xhtml+xml"})


def _same_text(found: str, expected: str) -> bool:
    return found == expected or {found, expected} <= _MARKUP or {found, expected} <= _XML_KINDS
