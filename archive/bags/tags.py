"""The codec of bag-info.txt (RFC 8493, 2.2.2): bytes to labels and values, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.bags.faults import Faults
from archive.bags.text import Strays, blank_line, decoded, encoded, joined, lines_of
from archive.errors import UsageError
from archive.model.bags import Form, Stray, TagLine, Tags
from archive.model.codes import finding
from archive.model.findings import Finding, Severity, Where

_INDENT = "  "
_WHITE = " \t"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LONGEST_SHOWN = 120


def label_fault(label: str) -> str:
    """Why a label cannot stand in bag-info.txt, in words; empty if it can.

    >>> label_fault("Contact-Name"), label_fault("a:b")
    ('', 'a label cannot hold a colon')
    """
    if not label or label != label.strip():
        return "a label cannot be empty, nor begin or end with white space"
    if ":" in label:
        return "a label cannot hold a colon"
    if len(label.splitlines()) > 1 or label.splitlines()[0] != label or _CONTROL.search(label):
        return "a label cannot hold a line break or a control character"
    return ""


def value_fault(value: str) -> str:
    """Why a value cannot stand in bag-info.txt, in words; empty if it can. Line breaks can: they are folded."""
    if not value.strip():
        return "a value cannot be empty"
    if _CONTROL.search(value.replace("\x1c", "\n").replace("\x1d", "\n").replace("\x1e", "\n")):
        return "a value cannot hold a control character"
    return ""


def bag_info_bytes(lines: Iterable[tuple[str, str]]) -> bytes:
    r"""A bag-info.txt in UTF-8 with LF, in the order given.

    A line break in a value (of any kind that a reader may take for one) becomes a continuation line, so that no value
    can make a line of its own.

    Args:
        lines: labels and values; a label may come more than once.

    Raises:
        UsageError: a label or a value that cannot stand there.

    >>> bag_info_bytes([("Title", "One\nPayload-Oxum: 1.1")])
    b'Title: One\n  Payload-Oxum: 1.1\n'
    """
    text = []
    for label, value in lines:
        fault = label_fault(label) or value_fault(value)
        if fault:
            raise UsageError(f"{label!r} cannot be written to bag-info.txt: {fault}", remedy="Correct the line")
        pieces = [piece.strip() for piece in value.splitlines()]
        text.append(f"{label}: " + f"\n{_INDENT}".join(piece for piece in pieces if piece) + "\n")
    return "".join(text).encode("utf-8")


def write_tags(tags: Tags) -> bytes:
    """The bytes of a bag-info.txt that was read: the same ones, unless lines were changed."""
    lines = [
        Stray(line.line, f"{line.label}: {line.value}{tags.form.ending}" if line.raw is None else line.raw)
        for line in tags.lines
    ]
    return encoded(joined((*lines, *tags.strays)), tags.form)


def read_tags(data: bytes, file: str, codec: str, version: tuple[int, int]) -> tuple[Tags, list[Finding]]:
    """What bag-info.txt says, and what of it was not understood or not well written.

    Args:
        data: its bytes.
        file: its name (`package-info.txt` in the oldest versions).
        codec: the codec of the bag's tag files.
        version: the version of BagIt that the bag declares.

    Returns:
        the tags with every line in them, understood or stray; the findings.
    """
    text, form, first = decoded(data, codec, file)
    found = Faults()
    found.extend(first)
    elements: list[tuple[int, list[str]]] = []
    strays = Strays()
    may_continue = False
    for number, raw in lines_of(text):
        line = raw.rstrip("\r\n")
        if may_continue and line.strip(_WHITE) and line[0] in _WHITE:
            elements[-1][1].append(raw)
            continue
        may_continue = bool(line.strip(_WHITE)) and line[0] not in _WHITE and _has_label(line)
        if may_continue:
            elements.append((number, [raw]))
            if not _is_separated(line, version):
                found.add("bag-info.separator", _separator, file, number, line, version)
        else:
            strays.add(number, raw)
            if line.strip(_WHITE):
                found.add("bag-info.malformed-line", _malformed, file, number, line)
            else:
                found.add("tagfile.blank-line", blank_line, file, number)
    return Tags(tuple(_element(number, raws, form) for number, raws in elements), strays.all(), form), found.all()


def _has_label(line: str) -> bool:
    label, colon, _ = line.partition(":")
    return bool(colon and label.strip(_WHITE))


def _element(number: int, raws: list[str], form: Form) -> TagLine:
    label, _, value = raws[0].rstrip("\r\n").partition(":")
    values = [value.strip(_WHITE), *(raw.strip() for raw in raws[1:])]
    line = TagLine(label.strip(_WHITE), "\n".join(values), number)
    raw = "".join(raws)
    return line if raw == f"{line.label}: {line.value}{form.ending}" else line._replace(raw=raw)


def _is_separated(line: str, version: tuple[int, int]) -> bool:
    """RFC 8493, 2.2.2: a colon and a single space or tab; before 1.0 there may be more white space on both sides."""
    label, _, value = line.partition(":")
    return (version < (1, 0) or label == label.strip(_WHITE)) and (not value.strip(_WHITE) or value[:1] in _WHITE)


def _separator(file: str, number: int, line: str, version: tuple[int, int]) -> Finding:
    return finding(
        "bag-info.separator",
        where=Where(file=file, row=number),
        found=line[:_LONGEST_SHOWN],
        expected="a label, a colon, one space, and a value",
        severity=Severity.WARNING if version < (1, 0) else Severity.ERROR,
    )


def _malformed(file: str, number: int, line: str) -> Finding:
    return finding(
        "bag-info.malformed-line",
        where=Where(file=file, row=number),
        found=line[:_LONGEST_SHOWN],
        expected="a label, a colon, one space, and a value",
    )
