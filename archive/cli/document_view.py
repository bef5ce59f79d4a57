"""One document of a bag in words for a person: what is known of it, who says so, its files and its passages."""

from __future__ import annotations

from collections.abc import Iterator

from archive.cli.escapes import shown
from archive.cli.layout import brief, columns
from archive.model.overview import DocumentView, FieldView, PassageLine, Said

_BEGINNING = 60


def document_lines(document: DocumentView) -> Iterator[str]:
    """What the record says of one document."""
    yield shown(document.document_id)
    facts = [
        ("bag", document.path),
        ("source", document.source_path),
        ("original", document.original),
        ("text", f"{document.characters:,} characters, {document.words:,} words"),
    ]
    yield from columns(facts)
    yield ""
    yield from _metadata(document)
    yield "Files"
    yield from columns([(one.role, f"{one.bytes:,} bytes", one.media_type, one.path) for one in document.files])
    yield ""
    if document.passages:
        yield "Passages"
        yield from columns([_passage(one) for one in document.passages])
        yield ""


def _metadata(document: DocumentView) -> Iterator[str]:
    known = [one for one in document.fields if one.values or one.said]
    if not known:
        return
    yield "What is known, and who says so"
    yield from columns([row for one in known for row in _field(one)])
    yield ""


def _field(one: FieldView) -> Iterator[tuple[str, str, str]]:
    kept = "; ".join(one.values) or "-"
    sources = ", ".join(dict.fromkeys(said.source for said in one.said if said.used))
    yield one.field, brief(kept, 60), sources
    if one.in_conflict:
        for said in one.said:
            if not said.used:
                yield "", brief(f"not used: {said.value}", 60), _origin(said)


def _origin(said: Said) -> str:
    place = " ".join(part for part in (said.file, said.locator) if part)
    return f"{said.source}, {place}" if place else said.source


def _passage(one: PassageLine) -> tuple[str, str, str, str]:
    kept = "kept" if one.kept else f"not kept: {one.reason}"
    return str(one.ordinal), one.kind, brief(kept, 40), brief(one.beginning, _BEGINNING)
