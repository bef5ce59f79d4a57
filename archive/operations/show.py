"""Shows what is in a bag, or one document of it, as values; it parses and does not verify."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.bags.contents import CONTENT_DIGEST_LABEL, IDENTIFIER_LABEL
from archive.bags.manifests import manifest_name
from archive.errors import BagUnreadableError, StorageError
from archive.model.content import OWN_AGENT
from archive.model.fault_words import shape_words
from archive.model.overview import DocumentView, Overview, Rejection
from archive.model.shelf import Shelf
from archive.operations.bag_folder import BagFolder, opened_bag
from archive.operations.show_shelf import candidates, is_shelf, shelf
from archive.storage.stores import Kind

FIRST_DOCUMENTS = 50
"""How many documents an overview lists."""

_OXUM = re.compile(r"([0-9]{1,20})\.([0-9]{1,20})")
_ROOT = "tagmanifest-sha256.txt"
_PAYLOAD = "data/"


def show(bag: str | os.PathLike[str], document: str | None = None) -> Overview | DocumentView | Shelf:
    """What is in a bag, or what its record says of one document. Nothing is verified; `archive.validate` does that.

    Args:
        bag: any bag, in a folder or serialised; of one that this package did not make there is less to say. A folder
            that is no bag and has bags in it, packed ones too, is shown in a line a bag, or its one bag that has the
            document is asked.
        document: a `document_id`, to see that document.

    Raises:
        BagUnreadableError: there is no such folder, it is no bag, it is of a layout that this version does not know,
            or what it holds cannot be read.
        StorageError: a file of the bag is missing or cannot be read.
        UsageError: no document has that identifier; the message names those that come near.
    """
    if is_shelf(Path(bag)):
        if document is None:
            return shelf(Path(bag))
        from archive.operations.show_document import view_among

        return view_among(candidates(Path(bag)), document)
    with opened_bag(Path(bag)) as folder:
        if document is not None:
            from archive.operations.show_document import view

            return view(folder, document)
        return _overview(folder)


def _overview(folder: BagFolder) -> Overview:
    stated = _stated(folder)
    if folder.info is None:
        return Overview(ours=False, **stated)
    from archive.operations.show_tables import figures

    try:
        return Overview(ours=True, **stated, **_of_bag_json(folder.info), **figures(folder, FIRST_DOCUMENTS))
    except (KeyError, TypeError, AttributeError) as error:
        what = f"bag.json has not the shape that it should have ({shape_words(error)})"
        remedy = "Run `archive validate`, which says what is wrong with it"
        raise BagUnreadableError(what, where=str(folder.path), remedy=remedy) from error


def _stated(folder: BagFolder) -> dict[str, Any]:
    """What any bag states of itself."""
    tags = folder.tags
    info = () if tags is None else tuple((line.label, line.value) for line in tags.lines)
    files, size = _payload(folder)
    return {
        "path": str(folder.path),
        "bag_info": info,
        "urn": None if tags is None else tags.first(IDENTIFIER_LABEL),
        "root_digest": _root_digest(folder),
        "content_digest": None if tags is None else tags.first(CONTENT_DIGEST_LABEL),
        "manifests": _manifests(folder),
        "payload_files": files,
        "payload_bytes": size,
    }


def _of_bag_json(info: Any) -> dict[str, Any]:
    corpus = info["corpus"]
    return {
        "title": corpus.get("title"),
        "version": corpus.get("version"),
        "description": corpus.get("description") or "",
        "access_level": info.get("access_level"),
        "rejections": tuple(
            Rejection(one["source_path"], one.get("document_id"), tuple(one["codes"]))
            for one in info.get("rejections", ())
        ),
        "ignored": tuple((one["path"], one["reason"]) for one in info.get("ignored", ())),
        "packing": {name: value for name, value in _packing(info).items() if value},
        "tombstones": len(info.get("tombstones", ())),
        "holds": info.get("holds", "documents"),
    }


def _packing(info: Any) -> dict[str, str]:
    """How the bag was made; the first program that is named made it."""
    software = [f"{one['name']} {one['version']}" for one in info.get("software", ())]
    recipe = info.get("recipe") or {}
    before = info.get("previous") or {}
    declared = " (declared)" if info.get("time_declared") else ""
    return {
        "packed_at": f"{info['packed_at']}{declared}" if info.get("packed_at") else "",
        "software": next((one for one in software if one.startswith(OWN_AGENT)), ""),
        "recipe": " ".join(str(recipe[name]) for name in ("name", "digest") if recipe.get(name)),
        "version_before": " ".join(str(before[name]) for name in ("version", "urn") if before.get(name)),
    }


def _manifests(folder: BagFolder) -> dict[str, int]:
    """Every manifest and how many lines it has."""
    names = [name for name in folder.base_files() if manifest_name(name)]
    with folder.store.reader() as reader:
        return {name: sum(piece.count(b"\n") for piece in reader.pieces(name)) for name in names}


def _payload(folder: BagFolder) -> tuple[int, int]:
    oxum = None if folder.tags is None else folder.tags.first("Payload-Oxum")
    match = _OXUM.fullmatch((oxum or "").strip())
    if match:
        return int(match[2]), int(match[1])
    sizes = list(_sizes(folder))
    return len(sizes), sum(sizes)


def _sizes(folder: BagFolder) -> Iterator[int]:
    for entry in folder.store.entries():
        if entry.kind is Kind.FILE and entry.key.startswith(_PAYLOAD):
            yield entry.size


def _root_digest(folder: BagFolder) -> str | None:
    digest = hashlib.sha256()
    with folder.store.reader() as reader:
        try:
            for piece in reader.pieces(_ROOT):
                digest.update(piece)
        except StorageError:
            return None
    return digest.hexdigest()
