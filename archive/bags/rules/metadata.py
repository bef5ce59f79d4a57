"""What bag-info.txt may say (RFC 8493, 2.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.bags.contents import Contents
from archive.bags.manifests import severity_by
from archive.model.bags import BAG_INFO, PACKAGE_INFO, TagLine
from archive.model.codes import finding
from archive.model.findings import Finding, Where

OXUM = "Payload-Oxum"
_OXUM = re.compile(r"([0-9]{1,30})\.([0-9]{1,30})")
_COUNT = re.compile(r"[0-9]+ of ([0-9]+|\?)")
_ONCE = ("Bagging-Date", "Bag-Size", "Bag-Group-Identifier", "Bag-Count")
_LONGEST_SHOWN = 120


def oxum_form(bag: Contents) -> Iterator[Finding]:
    """Payload-Oxum is two numbers, and stands once."""
    found = _named(bag, OXUM)
    for line in found:
        if not _OXUM.fullmatch(line.value):
            yield _at(bag, line, "oxum.malformed", "bytes and files, as in 279164409832.1198")
    for line in found[1:]:
        severity = severity_by(bag.declaration.version)
        yield finding("oxum.repeated", where=_where(bag, line), found=line.value[:_LONGEST_SHOWN], severity=severity)


def oxum(bag: Contents) -> Iterator[Finding]:
    """The payload has the bytes and the files that Payload-Oxum says; not asked of what is still to be fetched."""
    for line in _named(bag, OXUM):
        match = _OXUM.fullmatch(line.value)
        size, count = sum(bag.payload.values()), len(bag.payload)
        if match and (int(match[1]), int(match[2])) != (size, count):
            yield _at(bag, line, "oxum.mismatch", f"{size}.{count}, the bytes and files of the payload")


def oxum_present(bag: Contents) -> Iterator[Finding]:
    """Where only sizes are compared, there must be something to compare them with."""
    if not _named(bag, OXUM):
        yield finding("oxum.absent", where=Where(file=BAG_INFO))


def repeats(bag: Contents) -> Iterator[Finding]:
    """Some elements should not be repeated."""
    for label in _ONCE:
        for line in _named(bag, label)[1:]:
            if bag.declaration.is_strict:
                yield _at(bag, line, "bag-info.repeated", f"one {label}")


def bag_count(bag: Contents) -> Iterator[Finding]:
    """Bag-Count is `N of T`, T a number or a question mark."""
    for line in _named(bag, "Bag-Count"):
        if not _COUNT.fullmatch(line.value):
            yield _at(bag, line, "bag-info.bag-count", "1 of 15, or 1 of ?")


def _named(bag: Contents, label: str) -> list[TagLine]:
    return list(bag.info.named(label)) if bag.info else []


def _at(bag: Contents, line: TagLine, code: str, expected: str) -> Finding:
    return finding(code, where=_where(bag, line), found=line.value[:_LONGEST_SHOWN], expected=expected)


def _where(bag: Contents, line: TagLine) -> Where:
    return Where(file=BAG_INFO if BAG_INFO in bag.files else PACKAGE_INFO, row=line.line)
