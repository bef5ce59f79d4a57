"""A bag in words and figures for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive.cli.escapes import shown
from archive.cli.layout import brief, columns
from archive.cli.wording import counted
from archive.model.overview import DocumentLine, Overview

_MOST_LINES = 10
"""How many rejections and ignored files are named; --json has all of them."""
_TITLE = 70


def overview_lines(bag: Overview) -> Iterator[str]:
    """What a bag states of itself."""
    yield from _heading(bag)
    yield from _identity(bag)
    if not bag.ours:
        yield "This bag was not made by corpus-archive, so there is no more to show."
        yield from columns(bag.bag_info)
        return
    yield from _figures(bag)
    yield from _tally("Languages of the text, by documents", bag.languages)
    yield from _tally("Formats of the originals, by documents", bag.media_types)
    yield from _kinds(bag)
    yield from _tally("Documents that lack", bag.missing)
    yield from _left_out(bag)
    yield from _documents(bag)


def _heading(bag: Overview) -> Iterator[str]:
    if bag.title:
        yield shown(bag.title) + (f", version {shown(bag.version)}" if bag.version else "")
    if bag.description:
        yield shown(" ".join(bag.description.split()))
    if bag.title or bag.description:
        yield ""


def _identity(bag: Overview) -> Iterator[str]:
    rows = [
        ("bag", bag.path),
        ("identifier", bag.urn),
        ("access level", bag.access_level),
        ("root digest", bag.root_digest),
        ("content digest", bag.content_digest),
        ("payload", f"{bag.payload_files:,} files, {bag.payload_bytes:,} bytes"),
    ]
    yield from columns([(name, value) for name, value in rows if value], indent="")
    yield ""


def _figures(bag: Overview) -> Iterator[str]:
    yield ", ".join(counted(name, number) for name, number in bag.counts.items())
    if bag.earliest or bag.latest:
        undated = f"; {bag.undated:,} undated" if bag.undated else ""
        yield f"dated {bag.earliest or '...'} to {bag.latest or '...'}{undated}"
    yield ""


def _tally(title: str, numbers: Mapping[str, int]) -> Iterator[str]:
    if not numbers:
        return
    yield title
    yield from columns([(name, f"{number:,}") for name, number in numbers.items()])
    yield ""


def _kinds(bag: Overview) -> Iterator[str]:
    if not bag.kinds:
        return
    yield "Passages by kind, and how many of them are kept as the documents' own text"
    yield from columns([(kind, f"{number:,}", f"{bag.kept.get(kind, 0):,}") for kind, number in bag.kinds.items()])
    yield ""


def _left_out(bag: Overview) -> Iterator[str]:
    rejected = [(one.source_path, ", ".join(one.codes)) for one in bag.rejections]
    for title, rows in (("Rejected, and not in this bag", rejected), ("Ignored", list(bag.ignored))):
        if not rows:
            continue
        yield title
        yield from columns(rows[:_MOST_LINES])
        yield from _more(len(rows) - _MOST_LINES)
        yield ""


def _documents(bag: Overview) -> Iterator[str]:
    if not bag.documents:
        return
    yield "Documents"
    header = ("identifier", "date", "language", "characters", "title")
    yield from columns([header, *map(_document, bag.documents)])
    yield from _more(bag.more_documents)
    yield ""


def _document(one: DocumentLine) -> tuple[str, ...]:
    title = brief(one.title or "", _TITLE)
    return one.document_id, one.date_issued or "-", one.language or "-", f"{one.characters:,}", title


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield f"  and {number:,} more"
