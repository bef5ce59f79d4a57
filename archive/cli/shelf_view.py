"""A folder of many bags in words: a line a bag, and their sums."""

from __future__ import annotations

from collections.abc import Iterator

from archive.cli.escapes import shown
from archive.cli.layout import bars, brief, columns
from archive.cli.streams import draws_blocks
from archive.cli.wording import counted
from archive.model.shelf import Shelf, ShelfLine

_MOST_BARS = 24


def shelf_lines(found: Shelf) -> Iterator[str]:
    """The bags and their sums."""
    yield shown(found.path)
    header = ("bag", "access", "documents", "files", "size", "packed")
    yield from columns([header, *map(_row, found.bags), _sums(found)])
    yield ""
    torn = [one for one in found.bags if one.problem]
    if torn:
        yield "Of these nothing can be shown"
        yield from columns([(one.name, one.problem) for one in torn])
        yield ""
    filled = [(one.name, one.documents) for one in found.bags if one.documents]
    if len(filled) > 1:
        yield "Documents"
        yield from bars(filled[:_MOST_BARS], smooth=draws_blocks())
        if len(filled) > _MOST_BARS:
            yield f"  and {len(filled) - _MOST_BARS:,} more"
        yield ""
    titles = dict.fromkeys(f"{one.title}, version {one.version}" for one in found.bags if one.title)
    if titles:
        yield "Corpora"
        yield from (f"  {brief(shown(title), 78)}" for title in titles)
        yield ""
    if found.others:
        yield (
            "1 entry of the folder is no bag."
            if found.others == 1
            else f"{found.others:,} entries of the folder are no bags."
        )


def _row(one: ShelfLine) -> tuple[str, ...]:
    level = "unreadable" if one.problem else one.access_level or "-"
    documents = f"{one.documents:,}" if one.ours else "-"
    size = one.payload_files or one.payload_bytes
    files = f"{one.payload_files:,}" if size else "-"
    return one.name, level, documents, files, readable(one.payload_bytes) if size else "-", (one.packed_at or "-")[:10]


def _sums(found: Shelf) -> tuple[str, ...]:
    counts = found.counts
    return (
        counted("bags", counts["bags"]),
        "",
        f"{counts['documents']:,}",
        f"{counts['payload_files']:,}",
        readable(counts["payload_bytes"]),
        "",
    )


def readable(size: int) -> str:
    """A number of bytes with a unit of a thousand, in three digits or so.

    >>> readable(999), readable(1234), readable(56_789_000)
    ('999 B', '1.2 kB', '57 MB')
    """
    number, units = float(size), iter(("B", "kB", "MB", "GB", "TB"))
    unit = next(units)
    while number >= 999.5 and unit != "TB":
        number, unit = number / 1000, next(units)
    return f"{number:.1f} {unit}" if unit != "B" and number < 9.95 else f"{number:,.0f} {unit}"
