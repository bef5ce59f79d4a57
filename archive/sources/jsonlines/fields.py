"""What the keys of a line state of its document, beside its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from archive.model.blocks import Observation
from archive.model.codes import finding
from archive.model.fault_words import value_words
from archive.model.fields import FIELD
from archive.model.findings import Finding, Severity
from archive.model.json_faults import pointer
from archive.sources.containers.protocol import Member
from archive.sources.dates import stated_edtf
from archive.sources.jsonlines.listing import name_of
from archive.sources.jsonlines.places import Places
from archive.sources.jsonlines.scanning import Value

_SURROGATE = re.compile("[\ud800-\udfff]")


def fields_of(
    known: Mapping[str, Value], renames: Mapping[str, str], places: Places, member: Member
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """The values that a line states, and what is to be said of those that cannot be taken.

    Args:
        known: the members of the line.
        renames: key of a line -> name of a field.
        places: where its characters stand.
        member: the line, for findings.
    """
    found: list[Observation] = []
    unusable: list[Finding] = []
    for key, value in known.items():
        name = name_of(key, renames)
        if name not in FIELD or value.value is None:
            continue
        bounds = f"{places.at(value.start)}-{places.at(value.end)}"
        for at, stated in _stated(name, value.value):
            if isinstance(stated, str):
                found.extend([Observation(name, stated, f"bytes={bounds}")] if stated else ())
                continue
            place = replace(member.where, pointer=pointer(key, *at), bytes=bounds)
            # a line that asks for a level that nobody can read must not pass for one that asks for none
            weight = Severity.ERROR if name == "access_level" else None
            one = finding("jsonl.field-not-usable", where=place, found=stated.seen, expected=_expected(name))
            unusable.append(replace(one, severity=weight or one.severity))
    return tuple(found), tuple(unusable)


class _Unusable(NamedTuple):
    """A value that cannot be taken, in words."""

    seen: str


def _stated(name: str, value: Any) -> Iterator[tuple[tuple[int, ...], str | _Unusable]]:
    """The values of a field, each with its index in a list; an empty string states nothing."""
    is_date = FIELD[name].form == "edtf"
    if isinstance(value, list) and FIELD[name].many:
        items: list[tuple[tuple[int, ...], Any]] = [((index,), item) for index, item in enumerate(value)]
        if not items:
            yield (), _Unusable("an empty list")
    else:
        items = [((), value)]
    for at, item in items:
        said = str(item) if is_date and type(item) is int else item
        if not isinstance(said, str):
            yield at, _Unusable(value_words(item))
            continue
        text = _SURROGATE.sub("\ufffd", said).strip()
        edtf = stated_edtf(text) if text and is_date else text
        yield at, _Unusable(repr(text[:80])) if edtf is None else edtf


def _expected(name: str) -> str:
    if FIELD[name].form == "edtf":
        return "a date as EDTF, such as 2017-09-03"
    return "a string or a list of strings" if FIELD[name].many else "a string"
