"""What a bag in a folder says of itself at first sight: its tag file and `bag.json`, nothing verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.bags.contents import LAYOUT_LABEL
from archive.bags.limits import Limits
from archive.bags.tags import read_tags
from archive.errors import BagUnreadableError, StorageError
from archive.model.bags import BAG_INFO, DECLARATION, Tags
from archive.operations.record_files import known_major, parse_object
from archive.storage.local import LocalReader, LocalStore
from archive.storage.stores import read_whole

LAYOUT = "1"
BAG_VERSION = "1.0"
BAG_JSON = "data/bag.json"
LONGEST_BAG_JSON = 256 * 1024 * 1024
"""Bytes; it lists what was rejected and ignored, so it can grow with the corpus."""

_NEWER = "Read it with a newer version of corpus-archive; `archive validate` still checks it as a bag"


@dataclass(frozen=True, slots=True)
class BagFolder:
    """A bag in a folder, parsed and not verified.

    Attributes:
        path: the folder.
        tags: what bag-info.txt says, or None where there is none.
        info: `bag.json` with all its fields, or None for a bag that this package did not make.
    """

    path: Path
    tags: Tags | None
    info: Mapping[str, Any] | None


def read_bag_folder(path: Path) -> BagFolder:
    """Reads bag-info.txt and, in a bag of ours, `bag.json`.

    Args:
        path: the folder of the bag.

    Raises:
        BagUnreadableError: there is no such folder, it is no bag, it is of a layout that this version does not know,
            or `bag.json` cannot be read.
    """
    _check_folder(path)
    try:
        with LocalStore(str(path)).reader() as reader:
            tags = _tags(reader)
            layout = None if tags is None else tags.first(LAYOUT_LABEL)
            if layout is None:
                return BagFolder(path, tags, None)
            if not known_major(layout.strip(), LAYOUT):
                what = f"the bag has the layout {layout!r}, and this program knows layout {LAYOUT}"
                raise BagUnreadableError(what, where=str(path), remedy=_NEWER)
            return BagFolder(path, tags, _bag_json(reader))
    except StorageError as error:
        where = str(path / error.where) if error.where else str(path)
        raise BagUnreadableError(error.what[0].lower() + error.what[1:], where=where, remedy=error.remedy) from error


def _check_folder(path: Path) -> None:
    if path.is_file():
        how = "unzip" if path.suffix.lower() == ".zip" else "tar -xf"
        remedy = f"Unpack it first (`{how} {path.name}`); `archive validate` alone reads packed bags as they are"
        raise BagUnreadableError("this is a file; a bag is opened as a folder", where=str(path), remedy=remedy)
    if not path.is_dir():
        raise BagUnreadableError("there is no such folder", where=str(path), remedy="Give the folder of a bag")
    if not (path / DECLARATION).is_file():
        remedy = f"Give the folder that holds {DECLARATION}; one folder further down, perhaps"
        raise BagUnreadableError(f"this is no bag: it has no {DECLARATION}", where=str(path), remedy=remedy)


def _tags(reader: LocalReader) -> Tags | None:
    try:
        data = read_whole(reader, BAG_INFO, Limits().bag_info)
    except StorageError:
        return None  # bag-info.txt may be absent (RFC 8493, 2.2)
    return read_tags(data, BAG_INFO, "utf-8", (1, 0))[0]


def _bag_json(reader: LocalReader) -> Mapping[str, Any]:
    found = parse_object(read_whole(reader, BAG_JSON, LONGEST_BAG_JSON), BAG_JSON, "description of a bag")
    version = found.get("bag_version")
    if not known_major(version, BAG_VERSION):
        what = f"the file has the version {version!r}, and this program knows version {BAG_VERSION}"
        raise BagUnreadableError(what, where=BAG_JSON, remedy=_NEWER)
    return found
