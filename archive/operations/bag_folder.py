"""What a bag says of itself at first sight: its tag file and `bag.json`, nothing verified.

A bag is a folder; where nothing but its files are read, it may be serialised as well (a zip, a tar, compressed or not).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from archive.bags.contents import LAYOUT_LABEL
from archive.bags.limits import Limits
from archive.bags.tags import read_tags
from archive.errors import BagUnreadableError, StorageError
from archive.model.bags import BAG_INFO, DECLARATION, Tags
from archive.model.findings import Finding, errors_in
from archive.operations.places import open_place
from archive.operations.record_files import known_major, listed_files, parse_object, read_records
from archive.storage.local import LocalStore
from archive.storage.poured import at_any_place
from archive.storage.stores import Kind, Reader, Store, read_whole

LAYOUT = "1"
BAG_VERSION = "1.0"
BAG_JSON = "data/bag.json"
LONGEST_BAG_JSON = 256 * 1024 * 1024
"""Bytes; it lists what was rejected and ignored, so it can grow with the corpus."""

_NEWER = "Read it with a newer version of corpus-archive; `archive validate` still checks it as a bag"


class NoBagError(BagUnreadableError):
    """The folder or file can be read, and is no bag at all."""


@dataclass(frozen=True, slots=True)
class BagFolder:
    """A bag, parsed and not verified.

    Attributes:
        path: the folder, or the file that the bag is serialised as.
        tags: what bag-info.txt says, or None where there is none.
        info: `bag.json` with all its fields, or None for a bag that this package did not make.
        store: its files.
        findings: errors of its serialisation.
    """

    path: Path
    tags: Tags | None
    info: Mapping[str, Any] | None
    store: Store
    findings: tuple[Finding, ...] = ()

    def base_files(self) -> list[str]:
        """The names at the base of the bag, sorted; of a folder all of them, of a serialised bag its files."""
        if isinstance(self.store, LocalStore):
            return sorted(os.listdir(self.store.root))  # noqa: PTH208 - names alone; the payload is not walked
        return sorted(one.key for one in self.store.entries() if one.kind is Kind.FILE and "/" not in one.key)

    def records(self) -> Iterator[dict[str, Any]]:
        """The records in the order of `document_id`.

        Raises:
            BagUnreadableError: a line is no whole record, or of a major version that this program does not know.
            StorageError: a file is missing or cannot be read.
        """
        with self.store.reader() as reader:
            for key in listed_files(self.info or {}):
                for _, record in read_records(reader, key):
                    yield record


@contextmanager
def opened_bag(path: Path) -> Iterator[BagFolder]:
    """Opens a folder or a serialised bag for as long as the context lasts; see `read_bag_folder`.

    Raises:
        BagUnreadableError, StorageError: as there, or the file is no bag in any form.
        LimitError: it is a bomb, or holds more than is allowed.
    """
    if not path.is_file():
        yield read_bag_folder(path)
        return
    place = open_place(str(path), algorithms=())
    with at_any_place(place.store) as store:
        yield replace(_parsed(path, store), findings=tuple(errors_in(place.findings)))


def read_bag_folder(path: Path) -> BagFolder:
    """Reads bag-info.txt and, in a bag of ours, `bag.json`.

    Args:
        path: the folder of the bag.

    Raises:
        BagUnreadableError: there is no such folder, it is no bag, it is of a layout that this version does not know,
            or `bag.json` cannot be read.
    """
    _check_folder(path)
    return _parsed(path, LocalStore(str(path)))


def _parsed(path: Path, store: Store) -> BagFolder:
    try:
        with store.reader() as reader:
            _expect_declaration(path, reader)
            tags = _tags(reader)
            layout = None if tags is None else tags.first(LAYOUT_LABEL)
            if layout is None:
                return BagFolder(path, tags, None, store)
            if not known_major(layout.strip(), LAYOUT):
                what = f"the bag has the layout {layout!r}, and this program knows layout {LAYOUT}"
                raise BagUnreadableError(what, where=str(path), remedy=_NEWER)
            return BagFolder(path, tags, _bag_json(reader), store)
    except StorageError as error:
        where = str(path / error.where) if error.where else str(path)
        raise BagUnreadableError(error.what[0].lower() + error.what[1:], where=where, remedy=error.remedy) from error


def _expect_declaration(path: Path, reader: Reader) -> None:
    try:
        reader.open(DECLARATION).close()
    except StorageError as error:
        remedy = f"Give the folder that holds {DECLARATION}; one folder further down, perhaps"
        what = f"this is no bag: it has no {DECLARATION}"
        raise NoBagError(what, where=str(path), remedy=remedy) from error


def _check_folder(path: Path) -> None:
    if path.is_file():
        how = "unzip" if path.suffix.lower() == ".zip" else "tar -xf"
        read = "`archive show`, `trace`, `diff`, `export` and `validate` read packed bags as they are"
        remedy = f"Unpack it first (`{how} {path.name}`); {read}"
        raise BagUnreadableError("this is a file; a bag is opened as a folder", where=str(path), remedy=remedy)
    if not path.is_dir():
        raise BagUnreadableError("there is no such folder", where=str(path), remedy=_what_to_give(path))


def _what_to_give(path: Path) -> str:
    """Names what lies beside an absent folder and is called alike: the level of access is often forgotten."""
    try:
        beside = sorted(one.name for one in path.parent.iterdir() if not one.name.startswith("."))
    except OSError:
        beside = []
    alike = [one for one in beside if one.startswith(path.name)] or get_close_matches(path.name, beside)
    return (
        f"Give the folder of a bag; beside it there is {', '.join(alike[:3])}" if alike else "Give the folder of a bag"
    )


def _tags(reader: Reader) -> Tags | None:
    try:
        data = read_whole(reader, BAG_INFO, Limits().bag_info)
    except StorageError:
        return None  # bag-info.txt may be absent (RFC 8493, 2.2)
    return read_tags(data, BAG_INFO, "utf-8", (1, 0))[0]


def _bag_json(reader: Reader) -> Mapping[str, Any]:
    found = parse_object(read_whole(reader, BAG_JSON, LONGEST_BAG_JSON), BAG_JSON, "description of a bag")
    version = found.get("bag_version")
    if not known_major(version, BAG_VERSION):
        what = f"the file has the version {version!r}, and this program knows version {BAG_VERSION}"
        raise BagUnreadableError(what, where=BAG_JSON, remedy=_NEWER)
    return found
