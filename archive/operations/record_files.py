"""Reads the records of a bag one by one: a line of JSON each, in files under `data/records/`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from archive.errors import BagUnreadableError
from archive.model.fault_words import fault_words
from archive.model.records import RECORD_VERSION
from archive.storage.stores import Reader

LONGEST_LINE = 256 * 1024 * 1024
"""Bytes of one record; texts over 16 MiB have no passages, so a record of ours stays far below."""

_RESTORE = "Restore the file from another copy of the bag; `archive validate` says which files are damaged"


def read_records(reader: Reader, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of one file with their lines, counted from 1; fields that nobody knows yet are kept.

    Args:
        reader: of the bag.
        key: the payload path of the file.

    Raises:
        BagUnreadableError: a line is no whole record, or one of a major version that this program does not know.
        StorageError: the file is missing or cannot be read.
    """
    with reader.open(key) as file:
        number = 0
        while data := file.readline(LONGEST_LINE + 1):
            number += 1
            yield number, _record(data, f"{key}, line {number}")


def listed_files(info: Mapping[str, Any]) -> list[str]:
    """The payload paths of the files of records, in their order.

    Args:
        info: `bag.json`.

    Raises:
        BagUnreadableError: it does not list them as it should.
    """
    try:
        return [str(one["path"]) for one in info["records"]]
    except (KeyError, TypeError) as error:
        what = "the files of records are not listed as they should be"
        raise BagUnreadableError(what, where="data/bag.json", remedy=_RESTORE) from error


def known_major(version: Any, known: str) -> bool:
    """Whether a version is of the major version that `known` is of.

    >>> known_major("1.7", "1.0"), known_major("2.0", "1.0"), known_major(None, "1.0")
    (True, False, False)
    """
    return isinstance(version, str) and version.split(".", 1)[0] == known.split(".", 1)[0]


def parse_object(data: bytes, where: str, what: str) -> dict[str, Any]:
    """A JSON object.

    Args:
        data: its bytes, in UTF-8.
        where: the place, for the message.
        what: what it should be, for the message.

    Raises:
        BagUnreadableError: it is no JSON, or no object.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        why = fault_words(error)
        raise BagUnreadableError(f"this is no {what} in JSON ({why})", where=where, remedy=_RESTORE) from error
    if not isinstance(found, dict):
        raise BagUnreadableError(f"this is no {what}, which is a JSON object", where=where, remedy=_RESTORE)
    return found


def _record(data: bytes, where: str) -> dict[str, Any]:
    if len(data) > LONGEST_LINE:
        what = f"the record has more than {LONGEST_LINE:,} bytes"
        raise BagUnreadableError(what, where=where, remedy=_RESTORE)
    if not data.endswith(b"\n"):
        raise BagUnreadableError("the file ends in the middle of a record", where=where, remedy=_RESTORE)
    found = parse_object(data, where, "record")
    version = found.get("record_version")
    if not known_major(version, RECORD_VERSION):
        what = f"the record has the version {version!r}, and this program knows version {RECORD_VERSION}"
        raise BagUnreadableError(what, where=where, remedy="Read it with a newer version of corpus-archive")
    return found
