"""Shows a folder in which many bags stand, a line a bag; each is looked at and none is verified.

A bag stands there as a folder or packed, as a zip or a tar. Packed ones are known by how their names end; what is in
one shows only when it is opened, and a zip that is no bag is then passed over.
"""

from __future__ import annotations

import os
from pathlib import Path

from archive.bags.contents import IDENTIFIER_LABEL
from archive.bags.protection import read_once
from archive.bags.stated import ROOT
from archive.errors import ArchiveError, BagUnreadableError, StorageError
from archive.model.bags import DECLARATION
from archive.model.fault_words import shape_words
from archive.model.shelf import Shelf, ShelfLine
from archive.operations.bag_folder import BagFolder, NoBagError, opened_bag
from archive.storage.serialised import PACKED_ENDINGS
from archive.storage.stores import Store


def is_shelf(path: Path) -> bool:
    """Whether a folder is no bag itself and has in it what looks like a bag, in a folder or packed."""
    return path.is_dir() and not (path / DECLARATION).exists() and bool(candidates(path))


def shelf(path: Path) -> Shelf:
    """The bags that stand in a folder; not those in folders further down, and not what is hidden.

    Raises:
        BagUnreadableError: the folder cannot be listed, or no bag stands in it.
    """
    bags = tuple(line for line in map(_line, candidates(path)) if line is not None)
    expect_bags(path, found=len(bags))
    return Shelf(str(path), bags, others=len(_names(path)) - len(bags))


def expect_bags(path: Path, found: int) -> None:
    """Refuses a folder in which no candidate turned out to be a bag.

    Raises:
        BagUnreadableError: none did.
    """
    if not found:
        what = "this is no bag, and no bag stands in it"
        remedy = f"Give the folder that holds {DECLARATION}, or the folder in which bags stand"
        raise BagUnreadableError(what, where=str(path), remedy=remedy)


def candidates(path: Path) -> list[Path]:
    """What stands in a folder and looks like a bag, by name; a packed one need not be one.

    Raises:
        BagUnreadableError: the folder cannot be listed.
    """
    return [path / name for name in _names(path) if _is_bag(path / name)]


def _names(path: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(path) if not name.startswith("."))  # noqa: PTH208 - names alone
    except OSError as error:
        remedy = "Give yourself leave to read the folder"
        raise BagUnreadableError(f"it cannot be listed ({error.strerror})", where=str(path), remedy=remedy) from error


def _is_bag(path: Path) -> bool:
    if path.is_symlink():
        return False
    return (path / DECLARATION).is_file() or (path.name.lower().endswith(PACKED_ENDINGS) and path.is_file())


def _line(path: Path) -> ShelfLine | None:
    """A bag in a line, or None for a packed file that is no bag."""
    try:
        with opened_bag(path) as folder:
            return _of(folder)
    except NoBagError:
        return None
    except ArchiveError as error:
        return ShelfLine(path.name, problem=error.what)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return ShelfLine(path.name, problem=f"bag.json has not the shape that it should have ({shape_words(error)})")


def _of(folder: BagFolder) -> ShelfLine:
    tags, info = folder.tags, folder.info
    octets, _, files = ((tags.first("Payload-Oxum") if tags else None) or "").strip().partition(".")
    is_stated = octets.isdecimal() and files.isdecimal() and len(octets + files) < 40
    corpus, counts = (info["corpus"], info["counts"]) if info is not None else ({}, {})
    return ShelfLine(
        name=folder.path.name,
        ours=info is not None,
        urn=None if tags is None else tags.first(IDENTIFIER_LABEL),
        title=corpus.get("title"),
        version=corpus.get("version"),
        access_level=None if info is None else info["access_level"],
        documents=int(counts.get("documents", 0)),
        passages=int(counts.get("passages", 0)),
        payload_files=int(files) if is_stated else 0,
        payload_bytes=int(octets) if is_stated else 0,
        packed_at=None if info is None else info["packed_at"],
        root_digest=_root_digest(folder.store),
    )


def _root_digest(store: Store) -> str | None:
    try:
        with store.reader() as reader:
            return read_once(reader, ROOT, ["sha256"], []).digests["sha256"]
    except StorageError:
        return None
