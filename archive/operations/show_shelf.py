"""Shows a folder in which many bags stand, a line a bag; each is looked at and none is verified."""

from __future__ import annotations

import os
from pathlib import Path

from archive.bags.contents import IDENTIFIER_LABEL
from archive.bags.reader import ROOT
from archive.errors import ArchiveError, BagUnreadableError, SourceUnreadableError
from archive.model.bags import DECLARATION
from archive.model.shelf import Shelf, ShelfLine
from archive.operations.bag_folder import BagFolder, read_bag_folder
from archive.storage.copying import measure


def is_shelf(path: Path) -> bool:
    """Whether a folder is no bag itself and has a bag in it."""
    return path.is_dir() and not (path / DECLARATION).exists() and any(_is_bag(path / name) for name in _names(path))


def shelf(path: Path) -> Shelf:
    """The bags that stand in a folder; not those in folders further down, and not what is hidden.

    Raises:
        BagUnreadableError: the folder cannot be listed.
    """
    names = _names(path)
    bags = tuple(_line(path / name) for name in names if _is_bag(path / name))
    return Shelf(str(path), bags, others=len(names) - len(bags))


def bags_on(path: Path) -> list[Path]:
    """The bags that stand in a folder, by name.

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
    return not path.is_symlink() and (path / DECLARATION).is_file()


def _line(path: Path) -> ShelfLine:
    try:
        return _of(read_bag_folder(path))
    except ArchiveError as error:
        return ShelfLine(path.name, problem=error.what)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return ShelfLine(path.name, problem=f"bag.json has not the shape that it should have ({type(error).__name__})")


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
        root_digest=_root_digest(folder.path),
    )


def _root_digest(path: Path) -> str | None:
    try:
        return measure(path / ROOT, ("sha256",)).digests["sha256"]
    except SourceUnreadableError:
        return None
