"""What bag-info.txt may say (RFC 8493, 2.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.bags.contents import Contents
from archive.bags.manifests import severity_by
from archive.model.bags import BAG_INFO, PACKAGE_INFO, PAYLOAD, TagLine
from archive.model.codes import finding
from archive.model.findings import Finding, Where

OXUM = "Payload-Oxum"
GROUP = "Bag-Group-Identifier"
_OXUM = re.compile(r"([0-9]{1,30})\.([0-9]{1,30})")
_COUNT = re.compile(r"([0-9]{1,9}) of ([0-9]{1,9}|\?)")
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
    """The payload has the bytes and the files that Payload-Oxum says, what is still to be fetched included.

    Where a folder of it could not be listed, only what is too much can be told.
    """
    lines = _named(bag, OXUM)
    size, count = sum(bag.payload.values()), len(bag.payload)
    outstanding = _outstanding(bag) if lines else []
    is_closed = any(key.startswith(PAYLOAD) for key in bag.closed)
    for line in lines:
        match = _OXUM.fullmatch(line.value)
        if not match or (int(match[1]), int(match[2])) == (size, count):
            continue
        if is_closed and int(match[1]) >= size and int(match[2]) >= count:
            continue
        if not outstanding:
            yield _at(bag, line, "oxum.mismatch", f"{size}.{count}, the bytes and files of the payload")
        elif not _fits(int(match[1]) - size, int(match[2]) - count, outstanding):
            words = f"{size}.{count}, the bytes and files of the payload, and {len(outstanding)} files to be fetched"
            yield _at(bag, line, "oxum.mismatch", words)


def _outstanding(bag: Contents) -> list[int | None]:
    """The sizes, where stated, of the payload files that are listed, not there, and to be fetched."""
    if bag.fetches is None:
        return []
    listed = [bag.listed[manifest.file] for manifest in bag.manifests]
    absent = {one.path: one.length for one in bag.fetches.entries if one.path not in bag.files}
    return [length for path, length in absent.items() if any(path in keys for keys in listed)]


def _fits(size: int, count: int, outstanding: list[int | None]) -> bool:
    stated = [one for one in outstanding if one is not None]
    enough = size == sum(stated) if len(stated) == len(outstanding) else size >= sum(stated)
    return enough and count == len(outstanding)


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
    """Bag-Count is `N of T`, N from 1 to T, T a number or a question mark."""
    for line in _named(bag, "Bag-Count"):
        if place_in_group(line.value) is None:
            yield _at(bag, line, "bag-info.bag-count", "1 of 15, or 1 of ?")


def bag_group(bag: Contents) -> Iterator[Finding]:
    """A bag that is one of several says of which (Bag-Group-Identifier)."""
    for line in _named(bag, "Bag-Count"):
        place = place_in_group(line.value)
        if place is not None and place[1] != 1 and not any(one.value for one in _named(bag, GROUP)):
            yield _at(bag, line, "bag-info.bag-group", f"a line {GROUP}: ...")


def place_in_group(value: str) -> tuple[int, int | None] | None:
    """The number of a bag in its group and how many there are (None where that is not known), as Bag-Count has them.

    >>> place_in_group("2 of 15"), place_in_group("1 of ?"), place_in_group("16 of 15")
    ((2, 15), (1, None), None)
    """
    match = _COUNT.fullmatch(value)
    if not match:
        return None
    number, total = int(match[1]), None if match[2] == "?" else int(match[2])
    return (number, total) if number >= 1 and (total is None or number <= total) else None


def _named(bag: Contents, label: str) -> list[TagLine]:
    return list(bag.info.named(label)) if bag.info else []


def _at(bag: Contents, line: TagLine, code: str, expected: str) -> Finding:
    return finding(code, where=_where(bag, line), found=line.value[:_LONGEST_SHOWN], expected=expected)


def _where(bag: Contents, line: TagLine) -> Where:
    return Where(file=BAG_INFO if BAG_INFO in bag.files else PACKAGE_INFO, row=line.line)
