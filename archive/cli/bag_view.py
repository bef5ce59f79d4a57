"""A bag in words, figures and small bars for a person, on lines of eighty places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archive.cli.escapes import shown
from archive.cli.layout import PAGE, bars, brief, columns, width, wrapped
from archive.cli.streams import draws_blocks
from archive.cli.wording import counted
from archive.model.overview import DocumentLine, Overview

_MOST_LINES = 10
"""How many rejections, ignored files and rows of bars are shown; --json has all of them."""
_MOST_YEARS = 24
"""Up to how many years each has a line; more are put together by decades, and those by centuries."""
_LEAST_TITLE = 20
_HOLDS = {"metadata": "metadata alone: no original, no text"}


def overview_lines(bag: Overview) -> Iterator[str]:
    """What a bag states of itself."""
    yield from _heading(bag)
    yield from _identity(bag)
    if not bag.ours:
        yield from _fixity(bag)
        yield "This bag was not made by corpus-archive, so there is no more to show."
        yield from columns(bag.bag_info)
        return
    yield from _figures(bag)
    yield from _tally("Issued, by year" if len(bag.years) <= _MOST_YEARS else "Issued, by years", _periods(bag.years))
    yield from _tally("Languages of the text, by documents", bag.languages)
    yield from _tally("Formats of the originals, by documents", bag.media_types)
    yield from _tally("Sizes of the originals, by documents", _bands(bag.sizes))
    yield from _kinds(bag)
    yield from _tally("Relations", bag.relations)
    yield from _missing(bag)
    yield from _provenance(bag)
    yield from _fixity(bag)
    yield from _left_out(bag)
    yield from _documents(bag)


def _heading(bag: Overview) -> Iterator[str]:
    if bag.title:
        yield from wrapped(bag.title + (f", version {bag.version}" if bag.version else ""))
    if bag.description:
        yield from wrapped(bag.description)
    if bag.title or bag.description:
        yield ""


def _identity(bag: Overview) -> Iterator[str]:
    rows = [
        ("bag", bag.path),
        ("identifier", bag.urn),
        ("access level", bag.access_level),
        ("holds", _HOLDS.get(bag.holds)),
        ("root digest", bag.root_digest),
        ("content digest", bag.content_digest),
        ("payload", f"{bag.payload_files:,} files, {bag.payload_bytes:,} bytes"),
    ]
    yield from columns([(name, value) for name, value in rows if value], indent="")
    yield ""


def _figures(bag: Overview) -> Iterator[str]:
    yield from wrapped(", ".join(counted(name, number) for name, number in bag.counts.items()))
    if bag.earliest or bag.latest:
        undated = f"; {bag.undated:,} undated" if bag.undated else ""
        yield f"dated {bag.earliest or '...'} to {bag.latest or '...'}{undated}"
    yield ""


def _tally(title: str, numbers: Mapping[str, int]) -> Iterator[str]:
    if not numbers:
        return
    yield title
    rows = list(numbers.items())
    first, rest = rows[:_MOST_YEARS], rows[_MOST_YEARS:]
    yield from bars(first, smooth=draws_blocks())
    yield from _more(len(rest))
    yield ""


def _periods(years: Mapping[str, int]) -> dict[str, int]:
    """Years in order, without gaps where they are few; decades or centuries where they are many."""
    numbers = {int(year): count for year, count in years.items()}
    if not numbers:
        return {}
    for step in (1, 10, 100):
        first, last = (year - year % step for year in (min(numbers), max(numbers)))
        starts = range(first, last + 1, step)
        if len(starts) <= _MOST_YEARS:
            break
        starts = range(0)
    else:
        starts = range(0)
    found = dict.fromkeys(starts or sorted({year - year % step for year in numbers}), 0)
    for year, count in numbers.items():
        found[year - year % step] += count
    return {str(start) if step == 1 else f"{start}-{start + step - 1}": count for start, count in found.items()}


def _bands(sizes: Mapping[str, int]) -> dict[str, int]:
    """Bands of sizes in words, without gaps."""
    bands = sorted(map(int, sizes))
    every = [0, *(10**power for power in range(3, 19))]
    between = [least for least in every if bands and bands[0] <= least <= bands[-1]]
    return {_band(least): sizes.get(str(least), 0) for least in between}


def _band(least: int) -> str:
    if least < 1000:
        return "under 1 kB"
    for size, unit in ((10**15, "PB"), (10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (1000, "kB")):
        if least >= size:
            return f"{least // size:,} to {10 * least // size:,} {unit}"
    return f"{least:,} bytes"


def _kinds(bag: Overview) -> Iterator[str]:
    if not bag.kinds:
        return
    yield "Passages by kind, and how many of them are kept as the documents' own text"
    most = max(bag.kinds.values())
    lines = bars(list(bag.kinds.items()), smooth=draws_blocks())
    kept = [f"{bag.kept.get(kind, 0):,}" for kind in bag.kinds]
    wide = max(map(len, kept))
    numbers = max(len(f"{most:,}"), 1)
    names = max(map(width, bag.kinds))
    for line, number in zip(lines, kept, strict=True):
        head = 2 + names + 2 + numbers
        yield f"{line[:head]}  {number:>{wide}}{line[head:]}"
    yield ""


def _missing(bag: Overview) -> Iterator[str]:
    """What most documents should have and some have not."""
    documents = bag.counts.get("documents", 0)
    if not bag.missing:
        return
    yield f"Documents that lack a field, of {documents:,}"
    rows = sorted(bag.missing.items(), key=lambda item: -item[1])
    yield from bars(rows, smooth=draws_blocks())
    yield ""


def _provenance(bag: Overview) -> Iterator[str]:
    rows = [(name.replace("_", " "), value) for name, value in bag.packing.items()]
    if bag.captured:
        first, last = bag.captured
        rows.append(("captured", first if first == last else f"{first} to {last}"))
    if bag.captures:
        rows.append(("captured as", _in_words(bag.captures)))
    if bag.sources:
        rows.append(("values from", _in_words(bag.sources)))
    if bag.tombstones:
        rows.append(("withdrawn", counted("documents", bag.tombstones)))
    if rows:
        yield "Provenance"
        yield from columns(rows)
        yield ""


def _in_words(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{shown(name)} {number:,}" for name, number in numbers.items())


def _fixity(bag: Overview) -> Iterator[str]:
    if bag.manifests:
        yield "Fixity, as stated; nothing was compared"
        yield from columns([(name, counted("files", number)) for name, number in bag.manifests.items()])
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
    yield from _table([header, *map(_document, bag.documents)])
    yield from _more(bag.more_documents)
    yield ""


def _document(one: DocumentLine) -> tuple[str, ...]:
    return one.document_id, one.date_issued or "-", one.language or "-", f"{one.characters:,}", one.title or ""


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows whose last cells are cut to what is left of the page."""
    before = list(columns([(*row[:-1], "") for row in rows]))
    starts = max(width(line) for line in columns([(*row[:-1], "|") for row in rows])) - 1
    room = max(_LEAST_TITLE, PAGE - starts)
    for line, row in zip(before, rows, strict=True):
        title = brief(shown(row[-1]), room)
        yield f"{line}{' ' * max(2, starts - width(line))}{title}" if title else line


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield f"  and {number:,} more"
