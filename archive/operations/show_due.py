"""Lists the reviews and embargoes of a bag that have come due. Nothing changes by it: people decide, and pack again."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from archive.bags.contents import IDENTIFIER_LABEL
from archive.errors import BagUnreadableError
from archive.model.due import DueDocument, DueList
from archive.model.fields import AccessLevel
from archive.operations.bag_folder import BagFolder, read_bag_folder
from archive.operations.open import Bag

_COLUMNS = ["document_id", "title", "access_level", "access_reason", "review_date"]


def due(bag: str | os.PathLike[str], on: date | None = None) -> DueList:
    """The documents whose review date has come.

    Args:
        bag: the folder of a bag that this package made.
        on: the day to ask about; None for today in UTC, the one place where a clock is read to judge a document.

    Raises:
        BagUnreadableError: it is no such bag, or its table of documents is damaged.
        StorageError: the table is missing.
    """
    folder = read_bag_folder(Path(bag))
    if folder.info is None:
        what = "it was not made by corpus-archive, so nothing is known of access levels and reviews"
        raise BagUnreadableError(what, where=str(bag), remedy="Name a bag that `archive pack` made")
    day = datetime.now(UTC).date() if on is None else on
    try:
        return _due(folder, day)
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        reason = str(error).split("\n", 1)[0].rstrip(".")
        remedy = "Run `archive validate`, which says what is damaged"
        raise BagUnreadableError(f"a table cannot be read ({reason})", where=str(bag), remedy=remedy) from error


def _due(folder: BagFolder, day: date) -> DueList:
    documents: list[DueDocument] = []
    later = undated = 0
    for batch in Bag(folder.path, folder.info or {}).documents.to_batches(columns=_COLUMNS, use_threads=False):
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
