"""What protects one file of a bag: the lines of the manifests that list it, and whether they hold.

The manifests are read in a stream, so that a single file of a bag of millions is checked in memory that does not grow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.bags import names
from archive.bags.limits import DEFAULT_LIMITS
from archive.bags.manifests import manifest_name
from archive.errors import LimitError
from archive.model.digests import HASHLIB_NAME, hasher, normalised
from archive.storage.stores import Reader

_LINE = re.compile(rb"([0-9A-Fa-f]+)[ \t]+\*?(?:\./)*([^\r\n]+)[\r\n]*")
MOST_BYTES = 256 << 20
"""Bytes that are kept of one file while it is read; passages of ours stay far below."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of a manifest: its name and algorithm, the number of the line from 1, and the digest in lower case."""

    manifest: str
    algorithm: str
    line: int
    digest: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file, read once.

    Attributes:
        size: its bytes.
        digests: in lower-case hex, by algorithm.
        ranges: the bytes of the ranges that were asked for, in their order; shorter where the file ends before.
    """

    size: int
    digests: Mapping[str, str]
    ranges: tuple[bytes, ...]


def listings(reader: Reader, manifests: Sequence[str], paths: Collection[str]) -> dict[str, list[Listing]]:
    """Every line that lists one of `paths`, by path.

    Args:
        reader: of the bag.
        manifests: names of manifests in UTF-8, of algorithms that are known.
        paths: relative to the bag.

    Raises:
        StorageError: a manifest cannot be read.
    """
    found: dict[str, list[Listing]] = {path: [] for path in paths}
    for name in manifests:
        for number, digest, path in _lines(reader, name):
            if path in found:
                found[path].append(Listing(name, algorithm_of(name), number, digest.lower()))
    return found


def algorithm_of(manifest: str) -> str:
    """The normalised name of a manifest's algorithm, whether it is known or not; empty for what is no manifest.

    >>> algorithm_of("tagmanifest-sha512.txt")
    'sha512'
    """
    name = manifest_name(manifest)
    return normalised(name[1]) if name else ""


def known(manifest: str) -> bool:
    """Whether this program can compute what the manifest states."""
    return algorithm_of(manifest) in HASHLIB_NAME


def read_once(reader: Reader, path: str, algorithms: Sequence[str], ranges: Sequence[tuple[int, int]]) -> FileRead:
    """Reads a file under all digests, and keeps some ranges of it: what is shown is what was digested.

    Args:
        reader: of the bag.
        path: relative to the bag.
        algorithms: normalised names.
        ranges: half-open ranges of bytes, in any order.

    Raises:
        StorageError: the file cannot be read.
        LimitError: the ranges together have more than `MOST_BYTES`.
    """
    if sum(end - start for start, end in ranges) > MOST_BYTES:
        what = f"the passages that were asked for have more than {MOST_BYTES:,} bytes in one file"
        raise LimitError(what, where=path, remedy="Ask for one passage")
    hashers = {algorithm: hasher(algorithm) for algorithm in algorithms}
    order = sorted(range(len(ranges)), key=ranges.__getitem__)
    kept = [bytearray() for _ in ranges]
    size = first = 0
    for piece in reader.pieces(path):
        for one in hashers.values():
            one.update(piece)
        end = size + len(piece)
        for at in order[first:]:
            if ranges[at][0] >= end:
                break
            kept[at] += piece[max(ranges[at][0] - size, 0) : max(ranges[at][1] - size, 0)]
        size = end
        while first < len(order) and ranges[order[first]][1] <= size:
            first += 1
    digests = {algorithm: one.hexdigest() for algorithm, one in hashers.items()}
    return FileRead(size, digests, tuple(map(bytes, kept)))


def _lines(reader: Reader, name: str) -> Iterator[tuple[int, str, str]]:
    longest = DEFAULT_LIMITS.line
    with reader.open(name) as file:
        number = 0
        while line := file.readline(longest):
            number += 1
            match = _LINE.fullmatch(line)
            if match:
                path = names.read(match[2].decode("utf-8", "surrogateescape"), (1, 0))
                yield number, match[1].decode("ascii"), path
