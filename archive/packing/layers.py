"""The derived layers of documents: where each is stored, under which digests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive.model.assembling import StoredLayer
from archive.model.blocks import Reading
from archive.model.digests import digests_of
from archive.model.paths import portable_alone, portable_part
from archive.packing.built import WrittenLayer
from archive.packing.places import place_in
from archive.packing.tasks import DocumentTask, TaskFile
from archive.storage.trouble import told_in_words


def layers_of(
    task: DocumentTask, file: TaskFile, reading: Reading, algorithms: Sequence[str]
) -> tuple[StoredLayer, ...]:
    """The layers of a file that was read: the original itself, or what is stored beside it.

    Args:
        task: the document.
        file: one of its files.
        reading: what it holds.
        algorithms: normalised names of digests, sha256 among them.
    """
    stored = []
    for layer in reading.layers:
        if layer.name is None:
            stored.append(StoredLayer(file.stored, file.sha256, layer.charset))
            continue
        digests = digests_of(layer.data, algorithms)
        path = f"{folder_of(task, file)}/{portable_part(layer.name)}.txt"
        stored.append(StoredLayer(path, digests["sha256"], layer.charset, layer.data, tuple(digests.items())))
    return tuple(stored)


def folder_of(task: DocumentTask, file: TaskFile) -> str:
    """The payload folder of the layers that are taken out of one file of a document."""
    member = f"/{portable_alone(task.member.name)}" if task.member else ""
    return f"data/derived/{file.stored.removeprefix('data/originals/')}{member}"


def write_layer(layer: StoredLayer, staging: Path | None) -> WrittenLayer:
    """Writes a layer into the bag in the making; without one (a check) it is measured.

    Raises:
        ArchiveError: it cannot be written.
    """
    data = layer.data or b""
    if staging is not None:
        target = place_in(staging, layer.path)
        with told_in_words(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return WrittenLayer(layer.path, len(data), layer.digests)


def remove_layers(task: DocumentTask, staging: Path | None) -> None:
    """Removes the layers that a worker wrote before it was lost over the document; those of others stay.

    Folders stay too, since another worker may be about to write into one.

    Raises:
        ArchiveError: one cannot be removed.
    """
    if staging is None:
        return
    for file in task.files:
        folder = place_in(staging, folder_of(task, file))
        with told_in_words(folder):
            for one in folder.glob("*.txt"):
                if not one.is_dir():
                    one.unlink()
