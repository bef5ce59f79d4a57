"""What RTF says of people outside of its text (Rich Text Format 1.9.1): in its properties, of comments and changes."""

from __future__ import annotations

import re
from itertools import islice

from archive.sources.unseen.people import People
from archive.sources.unseen.userpaths import PATH, users_in

_GROUPS = (
    (b"\\info", re.compile(rb"\{\\author\s++([^{}]{1,400})\}"), "the author in the properties"),
    (b"\\operator", re.compile(rb"\{\\operator\s++([^{}]{1,400})\}"), "who saved the file last"),
    (b"\\manager", re.compile(rb"\{\\manager\s++([^{}]{1,400})\}"), "the manager in the properties"),
    (b"\\atnauthor", re.compile(rb"\{\\\*\\atnauthor\s++([^{}]{1,400})\}"), "the author of a comment"),
    (b"\\atnid", re.compile(rb"\{\\\*\\atnid\s++([^{}]{1,400})\}"), "the author of a comment"),
)
_AUTHORS_OF_CHANGES = re.compile(rb"\{\\\*\\revtbl\s*((?:\{[^{}]{0,400}\}\s*){1,500})\}")
_ONE_OF_THEM = re.compile(rb"\{([^{}]{0,400}?);?\}")
_DELETED, _HIDDEN = re.compile(rb"\\deleted(?![a-z0-9])"), re.compile(rb"\\v(?![a-z0-9])")
_ESCAPED = re.compile(r"\\'([0-9a-fA-F]{2})|\\u(-?[0-9]{1,6}) ?\??|\\[a-z]+-?[0-9]* ?|[\\{};]")
_DIGITS = re.compile(rb"[0-9A-Fa-f][0-9A-Fa-f\r\n]*+")
_LEAST_DIGITS = 512
"""Those of a picture."""
_BRACES = re.compile(rb"(?<!\\)[{}]")
_MOST_OF_A_KIND = 500
_MOST_BRACES = 100_000


def look(data: bytes, people: People) -> None:
    """Notes whom an RTF file names unseen.

    Args:
        data: the file.
        people: gets them.
    """
    for mark, form, kind in _GROUPS:
        if mark in data:
            for found in islice(form.finditer(data), _MOST_OF_A_KIND):
                people.add(kind, _text(found[1]))
    table = _AUTHORS_OF_CHANGES.search(data) if b"\\revtbl" in data else None
    for one in _ONE_OF_THEM.finditer(table[1]) if table is not None else ():
        people.add("the author of a tracked change", _text(one[1]))
    if b"\\deleted" in data and _DELETED.search(data):
        people.note("text that was deleted, kept by change tracking")
    if b"\\v" in data and _HIDDEN.search(data, _end_of_styles(data)):
        people.note("text that is formatted as hidden")
    for name in users_in(data):
        people.add(PATH, name)
    if b"\\pict" in data:
        runs = (run[0] for run in _DIGITS.finditer(data) if run.end() - run.start() >= _LEAST_DIGITS)
        for run in islice(runs, _MOST_OF_A_KIND):
            people.add_pictures(_bytes(run))


def _end_of_styles(data: bytes) -> int:
    """Where the styles end, of which nobody knows whether one is used."""
    start = max(0, data.find(b"{\\stylesheet"))
    depth = 0
    for brace in islice(_BRACES.finditer(data, start), _MOST_BRACES) if start else ():
        depth += 1 if brace[0] == b"{" else -1
        if not depth:
            return brace.end()
    return 0


def _bytes(digits: bytes) -> bytes:
    plain = digits.translate(None, b"\r\n")
    return bytes.fromhex(plain[: len(plain) & ~1].decode("ascii"))


def _text(written: bytes) -> str:
    """What is written, as far as a name needs: escapes as characters, the rest of the markup left out."""
    return _ESCAPED.sub(_character, written.decode("windows-1252", "replace"))


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return bytes([int(found[1], 16)]).decode("windows-1252", "replace")
    number = int(found[2]) % 0x10000 if found[2] else 0
    return chr(number) if number and not 0xD800 <= number < 0xE000 else ""
