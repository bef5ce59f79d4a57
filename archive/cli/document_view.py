"""One document of a bag in words for a person: what is known of it, who says so, its files and its passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive.cli.escapes import shown
from archive.cli.layout import PAGE, brief, columns, wrapped
from archive.model.annotations import NUMBERS
from archive.model.overview import DocumentView, FieldView, PassageLine, Said
from archive.model.statements import OVERRULED
from archive.model.versions import Holds

_REASON, _BEGINNING = 24, 36
_SOURCE = 9
"""Places for the name of a source."""
_MOST_LINES = 6
"""Lines of one value; --json has all of it."""


def document_lines(document: DocumentView) -> Iterator[str]:
    """What the record says of one document."""
    yield shown(document.document_id)
    facts = [
        ("bag", document.path),
        ("source", document.source_path),
        ("original", document.original),
        ("text", _text(document)),
    ]
    yield from columns(facts)
    yield ""
    yield from _metadata(document)
    yield from _relations(document)
    yield from _annotations(document)
    yield from _events(document)
    yield "Files" if document.holds == Holds.DOCUMENTS else "Files, which are not in this bag"
    rows = [(one, f"{one.bytes:,} bytes" if one.sha256 else "size not told") for one in document.files]
    yield from columns([(one.role, size, one.media_type, one.path) for one, size in rows])
    yield ""
    if document.passages:
        yield "Passages"
        yield from columns([_passage(one) for one in document.passages])
        yield ""


def _text(document: DocumentView) -> str:
    said = f"{document.characters:,} characters, {document.words:,} words"
    if document.holds == Holds.DOCUMENTS:
        return said
    return f"{said}; not in this bag" if document.text_sha256 else "not in this bag, and nothing is told of it"


def _metadata(document: DocumentView) -> Iterator[str]:
    known = [one for one in document.fields if one.values or one.said]
    if not known:
        return
    yield "What is known, and who says so"
    room = PAGE - 2 - max(len(one.field) for one in known) - 2 - _SOURCE - 2
    yield from columns([row for one in known for row in _field(one, room)])
    yield ""


def _field(one: FieldView, room: int) -> Iterator[tuple[str, str, str]]:
    """The rows of a field: its value in lines of so many places, and after the first who says so."""
    kept = "; ".join(one.values) or "-"
    sources = ", ".join(dict.fromkeys(said.source for said in one.said if said.used))
    lines = list(wrapped(kept, places=room))
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = [brief(" ".join(lines[_MOST_LINES - 1 :]), room)]
    for number, line in enumerate(lines):
        yield ("", line, "") if number else (one.field, line, sources)
    if one.in_conflict or not one.values:
        for said in one.said:
            if not said.used:
                yield "", brief(f"not used: {said.value}", room), _origin(said)


def _origin(said: Said) -> str:
    place = " ".join(part for part in (said.file, said.locator) if part)
    why = f": {said.reason}" if said.reason not in {"", OVERRULED} else ""
    return (f"{said.source}, {place}" if place else said.source) + why


def _relations(document: DocumentView) -> Iterator[str]:
    if document.relations:
        yield "How it stands to others"
        yield from columns([(one.relation, one.target, one.score or "", one.basis) for one in document.relations])
        yield ""


def _annotations(document: DocumentView) -> Iterator[str]:
    """What people say of words in it: the figure or the remark, the words, and the name to trace it by."""
    if not document.annotations:
        return
    yield "Annotations"
    for one in document.annotations:
        said = " ".join(filter(None, (figure_in_words(one.figure), one.comment)))
        yield from wrapped(said or one.annotation_id, indent="  ")
        yield f"    {brief(shown(one.quotation), PAGE - 4)}"
        yield f"    {shown(one.annotation_id)}"
    yield ""


def figure_in_words(figure: Mapping[str, str | None] | None) -> str:
    """A figure as one would say it.

    >>> figure_in_words({"value_low": "10000", "value_high": "60000", "unit": "children", "said_by": "a commission"})
    '10,000 to 60,000 children, says a commission.'
    """
    if figure is None:
        return ""
    value, low, high = (_with_commas(figure.get(name)) for name in NUMBERS)
    bounds = f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}" if high else ""
    number = f"{value} ({bounds})" if value and bounds else value or bounds
    named = " ".join(filter(None, (number, figure.get("unit"))))
    said_by = figure.get("said_by")
    parts = (named, figure.get("population"), figure.get("place"), figure.get("period") or figure.get("period_stated"))
    return ", ".join(filter(None, (*parts, f"says {said_by}" if said_by else ""))) + "."


def _with_commas(number: str | None) -> str:
    if number is None:
        return ""
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdecimal() else number


def _events(document: DocumentView) -> Iterator[str]:
    if document.events:
        yield "Events"
        yield from columns([(one.occurred_at, one.type, one.outcome, one.agent) for one in document.events])
        yield ""


def _passage(one: PassageLine) -> tuple[str, str, str, str]:
    kept = "kept" if one.kept else f"not kept: {one.reason}"
    return str(one.ordinal), one.kind, brief(kept, _REASON), brief(one.beginning, _BEGINNING)
