"""The codec of bagit.txt (RFC 8493, 2.1.1): bytes to a declaration, and back."""

from __future__ import annotations

import codecs
import re

from archive.bags.text import codec_of, lines_of
from archive.model.bags import DECLARATION, VERSIONS, Declaration
from archive.model.codes import finding
from archive.model.findings import Finding, Severity, Where

_VERSION = "BagIt-Version"
_ENCODING = "Tag-File-Character-Encoding"
_LABELS = (_VERSION, _ENCODING)
_NUMBERS = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})")
_LONGEST_SHOWN = 80


def declaration_bytes(declaration: Declaration = Declaration()) -> bytes:  # noqa: B008 - a frozen value
    r"""The canonical bagit.txt.

    >>> declaration_bytes()
    b'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
    """
    major, minor = declaration.version
    return f"{_VERSION}: {major}.{minor}\n{_ENCODING}: {declaration.encoding}\n".encode()


def read_declaration(data: bytes) -> tuple[Declaration, list[Finding]]:
    """What bagit.txt declares, and what is wrong with it.

    Args:
        data: its bytes.

    Returns:
        the declaration, with version 1.0 and UTF-8 for what could not be read; the findings.
    """
    found: list[Finding] = []
    if data.startswith(codecs.BOM_UTF8):
        found.append(_wrong("declaration.byte-order-mark", 1))
        data = data[len(codecs.BOM_UTF8) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        found.append(_wrong("declaration.malformed", None, "bytes that are no UTF-8"))
        text = data.decode("utf-8", "replace")
    lines = [line.rstrip("\r\n") for _, line in lines_of(text)]
    if len(lines) != len(_LABELS):
        found.append(_wrong("declaration.malformed", None, f"{len(lines)} lines", "exactly two lines"))
    values = [_value(lines, row, found) for row in range(len(_LABELS))]
    version = _version(values[0], found)
    if version < (1, 0):
        found = [_milder(one) for one in found]
    return Declaration(version, _encoding(values[1], found)), found


def _value(lines: list[str], row: int, found: list[Finding]) -> str | None:
    """The value of the label that line `row` ought to have; wherever it stands, so that reading can go on."""
    label = _LABELS[row]
    for place, line in enumerate(lines):
        name, colon, value = line.partition(":")
        if not colon or name.strip().lower() != label.lower():
            continue
        if place != row:
            found.append(
                _wrong("declaration.malformed", place + 1, f"{label} in line {place + 1}", f"in line {row + 1}")
            )
        if name.strip() != label:
            found.append(_wrong("declaration.label-case", place + 1, name.strip(), label))
        if name != name.strip() or value != f" {value.strip()}":
            found.append(_wrong("declaration.white-space", place + 1, line, f"{label}: {value.strip()}"))
        return value.strip()
    found.append(_wrong("declaration.malformed", row + 1, "", f"a line {label}: ..."))
    return None


def _version(value: str | None, found: list[Finding]) -> tuple[int, int]:
    if value is None:
        return Declaration().version
    match = _NUMBERS.fullmatch(value)
    version = (int(match[1]), int(match[2])) if match else None
    if version is None or version not in VERSIONS:
        known = ", ".join(f"{major}.{minor}" for major, minor in sorted(VERSIONS))
        found.append(_wrong("declaration.version", 1, value, f"one of {known}"))
        return Declaration().version
    return version


def _encoding(value: str | None, found: list[Finding]) -> str:
    if value is None:
        return Declaration().encoding
    if codec_of(value) is None:
        found.append(_wrong("declaration.encoding", 2, value, "a registered character encoding, best UTF-8"))
        return Declaration().encoding
    return value


def _milder(one: Finding) -> Finding:
    """White space around the colon is forbidden from version 1.0 on; the drafts before are silent."""
    if one.code != "declaration.white-space":
        return one
    return finding(one.code, where=one.where, found=one.found, expected=one.expected, severity=Severity.WARNING)


def _wrong(code: str, row: int | None, was: str = "", expected: str = "") -> Finding:
    return finding(code, where=Where(file=DECLARATION, row=row), found=was[:_LONGEST_SHOWN], expected=expected[:200])
