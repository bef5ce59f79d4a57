"""Manifests that say in their very bytes what was found: their lines need not be taken apart.

A manifest in the canonical form that lists the files in the order of the walk can be foretold but for its digests, and
so can the place at which the lines of some files stand in it. Who has hashed these files writes their lines anew and
compares them with what stands there. Where every line of a manifest was found in this way, nothing else is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.bags.small_files import Part
from archive.model.digests import hex_length
from archive.storage.local import LocalReader

_BESIDE_NAME = len("  /\n")
_WRITTEN_OTHERWISE = (b"%", b"\n", b"\r")


class ManifestFile(NamedTuple):
    """A payload manifest that has not been read: its name, its algorithm, and its bytes."""

    file: str
    algorithm: str
    size: int


class Proven(NamedTuple):
    """What is known of a payload whose manifests need not be read: each lists just these files, in this order.

    Attributes:
        sizes: the bytes of each file; all of them have the digests that the manifests say.
        are_ordinary: whether no name can have a twin or is one that a system leaves behind.
    """

    sizes: dict[str, int]
    are_ordinary: bool


class Block(NamedTuple):
    """Where in a manifest the lines of some files stand, unless it has them otherwise: its name and two offsets."""

    file: str
    start: int
    end: int


class Places:
    """Tells where the lines of files stand that follow one another in the walk.

    Args:
        manifests: all payload manifests, of algorithms that are known.
    """

    def __init__(self, manifests: Sequence[ManifestFile]) -> None:
        self._manifests = manifests
        self._hex = [hex_length(one.algorithm) for one in manifests]
        self._ends = [0] * len(manifests)

    def of(self, parts: Sequence[Part]) -> tuple[Block, ...] | None:
        """For each manifest the place of the next files; None where one of their names has to be written otherwise."""
        names = folders = count = 0
        for part in parts:
            try:
                name, folder = part.names.encode(), part.folder.encode()
            except UnicodeEncodeError:
                return None
            if any(one in name or one in folder for one in _WRITTEN_OTHERWISE):
                return None
            files = name.count(b"\0") + 1
            count += files
            names += len(name) - files + 1
            folders += len(folder) * files
        ends = [
            before + names + folders + count * (digits + _BESIDE_NAME)
            for before, digits in zip(self._ends, self._hex, strict=True)
        ]
        blocks = zip(self._manifests, self._ends, ends, strict=True)
        found = tuple(Block(one.file, start, end) for one, start, end in blocks)
        self._ends = ends
        return found

    @property
    def are_all(self) -> bool:
        """Whether the manifests are just as long as the lines of all files that were asked for."""
        return self._ends == [one.size for one in self._manifests]


def stands_there(reader: LocalReader, block: Block, found: Iterable[tuple[Part, Sequence[bytes]]]) -> bool:
    """Whether a manifest has just the lines that are to be written for some files.

    Args:
        reader: of the folder of the bag.
        block: where the lines stand.
        found: the files in parts, with the digest of each in binary; nothing for one that was not read.
    """
    lines = b"".join([_lines(part, digests) for part, digests in found])
    return len(lines) == block.end - block.start and reader.stretch(block.file, block.start, len(lines)) == lines


def _lines(part: Part, digests: Sequence[bytes]) -> bytes:
    if not all(digests):
        return b""
    middle, names = f"  {part.folder}/", part.names.split("\0")
    return "".join([f"{digest.hex()}{middle}{name}\n" for digest, name in zip(digests, names, strict=True)]).encode()
