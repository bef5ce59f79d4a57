"""Lists the reviews and embargoes of a bag that have come due. Nothing changes by it: people decide, and pack again."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from archive.bags.contents import IDENTIFIER_LABEL
from archive.errors import ArchiveError, BagUnreadableError
from archive.model.due import DueDocument, DueList, DueShelf
from archive.model.fields import AccessLevel
from archive.operations.bag_folder import BagFolder, NoBagError, opened_bag
from archive.operations.show_shelf import candidates, expect_bags
from archive.operations.show_tables import batches

_COLUMNS = ["document_id", "title", "access_level", "access_reason", "review_date"]


def due(bag: str | os.PathLike[str], on: date | None = None) -> DueList:
    """The documents whose review date has come.

    Args:
        bag: a bag that this package made, in a folder or serialised.
        on: the day to ask about; None for today in UTC, the one place where a clock is read to judge a document.

    Raises:
        BagUnreadableError: it is no such bag, or its table of documents is damaged.
        StorageError: the table is missing.
    """
    with opened_bag(Path(bag)) as folder:
        if folder.info is None:
            what = "it was not made by corpus-archive, so nothing is known of access levels and reviews"
            raise BagUnreadableError(what, where=str(bag), remedy="Name a bag that `archive pack` made")
        try:
            return _due(folder, _today() if on is None else on)
        except (OSError, ValueError, KeyError, pa.ArrowException) as error:
            reason = str(error).split("\n", 1)[0].rstrip(".")
            remedy = "Run `archive validate`, which says what is damaged"
            raise BagUnreadableError(f"a table cannot be read ({reason})", where=str(bag), remedy=remedy) from error


def due_on_shelf(path: str | os.PathLike[str], on: date | None = None) -> DueShelf:
    """What has come due in each bag of a folder; one that cannot be asked is named, and the others are asked.

    Args:
        path: a folder in which bags stand, as folders or packed.
        on: as in `due`.

    Raises:
        BagUnreadableError: the folder cannot be listed, or no bag stands in it.
    """
    day = _today() if on is None else on
    found: list[DueList] = []
    problems: list[tuple[str, str]] = []
    for bag in candidates(Path(path)):
        try:
            found.append(due(bag, day))
        except NoBagError:
            continue  # a zip of something else
        except ArchiveError as error:
            problems.append((str(bag), error.what))
    expect_bags(Path(path), found=len(found) + len(problems))
    return DueShelf(str(path), day.isoformat(), tuple(found), tuple(problems))


def _today() -> date:
    return datetime.now(UTC).date()


def _due(folder: BagFolder, day: date) -> DueList:
    documents: list[DueDocument] = []
    later = undated = 0
    for batch in batches(folder, "documents", _COLUMNS):
        for row in batch.to_pylist():
            review: date | None = row["review_date"]
            if review is None:
                undated += row["access_level"] != AccessLevel.OPEN.value
            elif review > day:
                later += 1
            else:
                documents.append(DueDocument(**{**row, "review_date": review.isoformat()}))
    return DueList(
        path=str(folder.path),
        urn=None if folder.tags is None else folder.tags.first(IDENTIFIER_LABEL),
        on=day.isoformat(),
        documents=tuple(sorted(documents, key=lambda one: (one.review_date, one.document_id))),
        later=later,
        undated=undated,
    )
