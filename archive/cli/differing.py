"""Prints what `archive diff` found: in words, or as the envelope with the whole of it under `result`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.cli.advice import following
from archive.cli.envelope import envelope, written
from archive.cli.escapes import shown
from archive.cli.layout import brief, columns
from archive.cli.options import Manner
from archive.cli.streams import say
from archive.cli.wording import counted
from archive.model.differences import Change, Difference, DocumentChange, DocumentName, PassageChanges, PassageLine

MOST_DOCUMENTS = 50
"""How many documents of each kind are shown; --json has many more."""
_VALUE = 60


def present(found: Difference, manner: Manner) -> int:
    """Prints a difference.

    Args:
        found: what to print.
        manner: how to speak.

    Returns:
        The exit code: 0, since what cannot be compared is raised as an error before.
    """
    if manner["as_json"]:
        say(written(envelope(found.report, 0, found.as_json())))
    elif not manner["quiet"]:
        for line in _lines(found):
            say(line)
    return 0


def _lines(found: Difference) -> Iterator[str]:
    rows = [(name, bag.path, bag.urn or "") for name, bag in (("before", found.before), ("after", found.after))]
    yield from columns(rows, indent="")
    yield ""
    if found.corpus:
        yield "The corpus"
        yield from columns([_change(one) for one in found.corpus])
        yield ""
    for title, names in (("Removed", found.removed), ("Added", found.added)):
        yield from _names(title, names, found.counts[title.lower()])
    for title, changes in (("Renamed, with the same original", found.renamed), ("Changed", found.changed)):
        yield from _documents(title, changes, found.counts[title.split(",", maxsplit=1)[0].lower()])
    if found.tombstones:
        yield "Tombstones, new"
        yield from columns([(one.id, one.reason, one.date) for one in found.tombstones[:MOST_DOCUMENTS]])
        yield from _more(len(found.tombstones))
    yield _sum(found)
    yield "Nothing of this was verified."
    yield from following("validate", found.before.path, found.after.path)


def _sum(found: Difference) -> str:
    kinds = ", ".join(f"{found.counts[name]:,} {name}" for name in ("same", "changed", "renamed", "removed", "added"))
    return f"{counted('documents', found.counts['before'])} before, {found.counts['after']:,} after: {kinds}"


def _names(title: str, names: tuple[DocumentName, ...], number: int) -> Iterator[str]:
    if not names:
        return
    yield title
    yield from columns([_named(one) for one in names[:MOST_DOCUMENTS]])
    yield from _more(number)


def _named(one: DocumentName) -> tuple[str, str]:
    said = brief(one.title or "", _VALUE)
    return one.document_id, said if one.withdrawn is None else f"{said} (withdrawn: {one.withdrawn})"


def _documents(title: str, changes: tuple[DocumentChange, ...], number: int) -> Iterator[str]:
    if not changes:
        return
    yield title
    for one in changes[:MOST_DOCUMENTS]:
        named = f"{one.was} -> {one.document_id}" if one.was is not None else one.document_id
        yield shown(f"  {named}" + (f": {', '.join(one.parts)}" if one.parts else ""))
        rows = [_change(each) for each in (*one.metadata, *one.original, *one.files, *one.text)]
        yield from columns(rows, indent="    ")
        if one.passages is not None:
            yield from _passages(one.passages)
    yield from _more(number)


def _more(number: int) -> Iterator[str]:
    if number > MOST_DOCUMENTS:
        yield f"  and {number - MOST_DOCUMENTS:,} more"
    yield ""


def _passages(passages: PassageChanges) -> Iterator[str]:
    for sign, number, first in (
        ("-", passages.removed, passages.first_removed),
        ("+", passages.added, passages.first_added),
        ("~", passages.relabelled, passages.first_relabelled),
    ):
        yield from columns([_passage(sign, one) for one in first], indent="    ")
        if number > len(first):
            yield f"    {sign} and {counted('passages', number - len(first))} more"


def _passage(sign: str, one: PassageLine) -> tuple[str, str, str]:
    label = one.label if one.was is None else f"{one.was} -> {one.label}"
    return f"{sign} passage {one.ordinal}", label, brief(one.beginning, _VALUE)


def _change(one: Change) -> tuple[str, str]:
    return one.field, f"{_value(one.before)} -> {_value(one.after)}"


def _value(value: Any) -> str:
    if value is None:
        return "(nothing)"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return brief("; ".join(value), _VALUE)
    return brief(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), _VALUE)
