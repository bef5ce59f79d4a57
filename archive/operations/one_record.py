"""Finds the record of one document in a bag, quickly, since records are sorted."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from archive.errors import UsageError
from archive.operations.bag_folder import BagFolder
from archive.operations.record_files import listed_files, read_records
from archive.storage.stores import Reader

NEAR_MISSES = 5
LONGEST_SEARCH = 20_000
"""Among how many identifiers those that are merely similar are looked for."""


@dataclass(frozen=True, slots=True)
class Located:
    """A record and where it stands: the payload path of its file, and its line from 1."""

    file: str
    line: int
    record: dict[str, Any]


def find_record(folder: BagFolder, reader: Reader, document: str) -> Located:
    """The record of a document.

    Args:
        folder: a bag.
        reader: of its files.
        document: a `document_id`.

    Raises:
        UsageError: the bag has no records, or none of that document; the message names those that come near.
        BagUnreadableError: a record cannot be read.
        StorageError: a file of records is missing.
    """
    if folder.info is None:
        what = "corpus-archive did not make this bag, so it has no documents to show one by one"
        raise UsageError(what, where=str(folder.path), remedy="Leave the document out to see the bag as a whole")
    identifiers: list[str] = []
    for key in _likely_first(reader, listed_files(folder.info), document):
        for line, record in read_records(reader, key):
            if record.get("document_id") == document:
                return Located(key, line, record)
            identifiers.append(str(record.get("document_id")))
    raise _unknown(folder, document, sorted(identifiers))


def _likely_first(reader: Reader, keys: list[str], document: str) -> list[str]:
    """The files of records, first the one that holds the document if it is there."""
    for at in range(len(keys) - 1, 0, -1):
        first = next(read_records(reader, keys[at]), None)
        if first is not None and str(first[1].get("document_id")) <= document:
            return [keys[at], *keys[:at], *keys[at + 1 :]]
    return keys


def _unknown(folder: BagFolder, document: str, identifiers: list[str]) -> UsageError:
    wanted = document.casefold()
    near = [one for one in identifiers if wanted in one.casefold()]
    near += get_close_matches(document, identifiers[:LONGEST_SEARCH], n=NEAR_MISSES)
    names = list(dict.fromkeys(near))[:NEAR_MISSES]
    remedy = f"Did you mean {' or '.join(names)}?" if names else "`archive show` without a document lists what there is"
    return UsageError(f"no document has the identifier {document!r}", where=str(folder.path), remedy=remedy)
