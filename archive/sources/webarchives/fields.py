"""Blocks of named fields: the heads of WARC records and of HTTP messages, and the text of a `warcinfo` record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.model.beginnings import WARC_VERSION

LONGEST_HEAD = 256 * 1024
"""Bytes of one head; a longer one is none."""
_END = re.compile(rb"\r\n\r\n|\n\n|\n\r\n")
_STATUS = re.compile(rb"HTTP/[0-9](?:\.[0-9])?[ \t]+([0-9]{3})(?:[^\r\n]*)\r?\n", re.IGNORECASE)
_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*(.*)")


@dataclass(frozen=True, slots=True)
class Head:
    """A head.

    Attributes:
        fields: name in lower case and value, in order.
        size: bytes, the blank line at its end included.
        status: of an HTTP response, else 0.
    """

    fields: Sequence[tuple[str, str]]
    size: int
    status: int = 0

    def first(self, name: str) -> str:
        """The first value of a field, or an empty string.

        Args:
            name: in lower case.
        """
        return next((value for key, value in self.fields if key == name), "")

    def all(self, name: str) -> list[str]:
        """The values of a field, in order."""
        return [value for key, value in self.fields if key == name]


def end_of_head(data: bytes) -> int:
    """Where the head that `data` begins with ends, the blank line included; -1 where its end is not there."""
    found = _END.search(data, 0, LONGEST_HEAD)
    return found.end() if found else -1


def warc_head(data: bytes) -> Head | None:
    """The head of a WARC record, or None where `data` does not begin with one (ISO 28500:2017, 4)."""
    version, size = WARC_VERSION.match(data), end_of_head(data)
    if version is None or size < 0:
        return None
    return Head(named_fields(data[version.end() : size]), size)


def http_head(data: bytes) -> Head | None:
    """The head of an HTTP response, or None; one without a blank line is all head (RFC 9112, 2.1)."""
    status = _STATUS.match(data)
    if status is None:
        return None
    size = end_of_head(data)
    size = len(data) if size < 0 else size
    return Head(named_fields(data[status.end() : size]), size, int(status[1]))


def named_fields(data: bytes) -> tuple[tuple[str, str], ...]:
    r"""The fields of a block; a line that begins with a blank goes on with the one before.

    >>> named_fields(b"A-b: c\r\n d\r\nno field\r\nE:f")
    (('a-b', 'c d'), ('e', 'f'))
    """
    found: list[tuple[str, str]] = []
    for line in data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n"):
        if line[:1] in {" ", "\t"} and found:
            name, value = found[-1]
            found[-1] = name, f"{value} {line.strip()}".strip()
        elif named := _FIELD.fullmatch(line):
            found.append((named[1].lower(), named[2].strip()))
    return tuple(found)


def media_type_of(value: str) -> str:
    """The media type that a Content-Type field names, in lower case.

    >>> media_type_of("Text/HTML; charset=x"), media_type_of("")
    ('text/html', '')
    """
    return value.partition(";")[0].strip().lower()


_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]{2,40})""", re.IGNORECASE)


def charset_of(value: str) -> str:
    """The label of the character encoding that a Content-Type field names, or an empty string.

    >>> charset_of('text/html; a=b; Charset="EUC-KR"')
    'EUC-KR'
    """
    found = _CHARSET.search(value)
    return found[1] if found else ""
