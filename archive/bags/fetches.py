"""The codec of fetch.txt (RFC 8493, 2.2.3): bytes to entries, and back. Nothing is ever fetched here."""

from __future__ import annotations

import re

from archive.bags import names
from archive.bags.faults import Faults
from archive.bags.text import Strays, blank_line, decoded, encoded, joined, lines_of
from archive.model.bags import FETCH, FetchEntry, Fetches, Form, Stray
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.limits import DEFAULT_LIMITS, Limits

_LINE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:[^ \t\r\n]+)[ \t]+([0-9]{1,18}|-)[ \t]+((?:\./)*)([^\r\n]+)")
_LONGEST_SHOWN = 120


def write_fetches(fetches: Fetches) -> bytes:
    """The bytes of a fetch.txt that was read: the same ones, unless entries were changed."""
    lines = [Stray(entry.line, entry.raw or _canonical(entry, fetches.form)) for entry in fetches.entries]
    return encoded(joined((*lines, *fetches.strays)), fetches.form)


def read_fetches(
    data: bytes, codec: str, version: tuple[int, int], limits: Limits = DEFAULT_LIMITS
) -> tuple[Fetches, list[Finding]]:
    """What fetch.txt lists, and what of it was not understood.

    Args:
        data: its bytes.
        codec: the codec of the bag's tag files.
        version: the version of BagIt that the bag declares.
        limits: the bounds on a line and on the number of findings.
    """
    text, form, first = decoded(data, codec, FETCH)
    found = Faults(limits.of_one_kind)
    found.extend(first)
    entries: list[FetchEntry] = []
    strays = Strays()
    for number, raw in lines_of(text):
        line = raw.rstrip("\r\n")
        match = _LINE.fullmatch(line) if len(line) <= limits.line else None
        if match:
            url, length, _, path = match.groups()
            entry = FetchEntry(url, None if length == "-" else int(length), names.read(path, version), number)
            entries.append(entry if raw == _canonical(entry, form) else entry._replace(raw=raw))
            continue
        strays.add(number, raw)
        if line.strip(" \t"):
            found.add("fetch.malformed-line", _malformed, number, line)
        else:
            found.add("tagfile.blank-line", blank_line, FETCH, number)
    return Fetches(tuple(entries), strays.all(), form), found.all()


def _canonical(entry: FetchEntry, form: Form) -> str:
    length = "-" if entry.length is None else str(entry.length)
    return f"{entry.url} {length} {names.written(entry.path)}{form.ending}"


def _malformed(number: int, line: str) -> Finding:
    return finding(
        "fetch.malformed-line",
        where=Where(file=FETCH, row=number),
        found=line[:_LONGEST_SHOWN],
        expected="an absolute URL, a length or -, and a path under data/",
    )
