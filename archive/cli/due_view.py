"""What has come due, in words for a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.cli.layout import columns
from archive.cli.wording import counted
from archive.model.due import DueList, DueShelf


def due_lines(found: DueList) -> Iterator[str]:
    """The documents that are due, a line or two each, and what is not due."""
    if found.documents:
        yield f"Due by {found.on}: {counted('documents', len(found.documents))}"
        yield from columns(
            [(one.review_date, one.access_level, one.document_id, one.access_reason or "") for one in found.documents]
        )
    else:
        yield f"Nothing is due by {found.on}."
    yield from _what_is_not_due(found.later, found.undated)


def due_shelf_lines(found: DueShelf) -> Iterator[str]:
    """The documents that are due in many bags, the longest overdue first, and what is not due."""
    rows = [(one.review_date, one.document_id, bag, one) for bag in found.bags for one in bag.documents]
    if rows:
        rows.sort(key=lambda row: (row[0], row[2].path, row[1]))
        yield f"Due by {found.on}: {counted('documents', len(rows))} in {counted('bags', len(found.bags))}"
        yield from columns(
            [
                (one.review_date, one.access_level, Path(bag.path).name, one.document_id, one.access_reason or "")
                for _, _, bag, one in rows
            ]
        )
    else:
        yield f"Nothing is due by {found.on} in {counted('bags', len(found.bags))}."
    for path, problem in found.problems:
        yield f"Nothing is known of {Path(path).name}: {problem}."
    yield from _what_is_not_due(sum(bag.later for bag in found.bags), sum(bag.undated for bag in found.bags))


def _what_is_not_due(later: int, undated: int) -> Iterator[str]:
    if later:
        yield f"{counted('documents', later)} due later."
    if undated:
        yield f"{counted('documents', undated)} with restricted access and no review date."
    yield "An access level changes only where a person changes it in the sheet, and packs again."
