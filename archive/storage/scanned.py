"""A store over what can be read only from its beginning to its end: a compressed tar, a tar behind a URL.

It is read once: every file is hashed as it comes by, and the small tag files are kept in memory, since the manifests
may follow what they list. Which digests the manifests ask for is known only when they were seen: until then sha256
and sha512 are made, and what is asked for beyond that costs one more reading of the whole.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from archive.errors import LimitError, StorageError
from archive.model.codes import finding
from archive.model.digests import ALGORITHMS, DEFAULT_ALGORITHMS, hasher, normalised
from archive.model.limits import Limits
from archive.storage.compression import Compression, Expanding, ExpandingZstandard, expanded
from archive.storage.listings import Folder, Listing
from archive.storage.origins import Origin
from archive.storage.stores import PIECE, Entry, Kind, PieceStream
from archive.storage.tars import TarMember, TarStream

_MANIFEST = re.compile(r"(tag)?manifest-(.+)\.txt", re.DOTALL)
_KEPT = frozenset({"bagit.txt", "bag-info.txt", "package-info.txt", "fetch.txt"})


@dataclass(frozen=True, slots=True)
class Passed:
    """What is known of a file that came by.

    Attributes:
        digests: lower-case hex by algorithm.
        data: its bytes, if they were kept.
        fault: why it could not be read, else empty.
        place: where its bytes begin in the uncompressed tar; a hard link has its target's.
    """

    digests: Mapping[str, str]
    data: bytes | None = None
    fault: str = ""
    place: int = -1


@dataclass
class Scan:
    """One reading of the whole.

    Attributes:
        listing: what came by.
        passed: the same by key, digests and all.
    """

    origin: Origin
    compression: Compression
    limits: Limits
    algorithms: tuple[str, ...] | None
    listing: Listing[Passed]
    passed: dict[str, Passed] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _kept: int = 0

    def run(self) -> None:
        """Reads all.

        Raises:
            StorageError: not even the first member could be read.
            LimitError: a bound was passed.
        """
        with self.origin.open() as file:
            stream = _uncompressed(file, self.compression, self.limits)
            tar = TarStream(stream, self.limits)
            try:
                for member in tar.members():
                    self._take(member, tar)
            except StorageError as error:
                if not self.passed:
                    raise
                self.listing.found.add(finding("serialised.damaged", found=error.what))
                return
        if not tar.ended:
            self.listing.found.add(finding("serialised.no-end"))
        if tar.trailing or getattr(stream, "trailing", False):
            self.listing.found.add(finding("serialised.trailing-data"))

    def _take(self, member: TarMember, tar: TarStream) -> None:
        target = _key(member.target)
        linked = self.passed.get(target) if member.target else None
        key = self.listing.add(member.name, member.kind, self._size(member, target), Passed({}))
        if key is None or member.kind is not Kind.FILE:
            return
        if member.fault or (member.target and linked is None):
            passed = Passed({}, fault=member.fault or "it is a hard link to what did not come before it")
        elif linked is not None:
            passed = linked
        else:
            self.passed[key] = Passed({}, fault="the tar is cut short in the middle of it")
            passed = self._read(key, member, tar)
        self.passed[key] = passed

    def _size(self, member: TarMember, target: str) -> int:
        there = self.listing.get(target) if member.target else None
        return member.size if there is None else there.size

    def _read(self, key: str, member: TarMember, tar: TarStream) -> Passed:
        limit = self._most_kept(key)
        keeps = member.size <= limit
        if keeps:
            self._kept += member.size
        if self._kept > self.limits.tag_files:
            raise LimitError(f"Its tag files have more than {self.limits.tag_files} bytes")
        hashers = {algorithm: hasher(algorithm) for algorithm in self._wanted(key)}
        data = bytearray()
        for piece in tar.pieces():
            for one in hashers.values():
                one.update(piece)
            if keeps:
                data += piece
        digests = {algorithm: one.hexdigest() for algorithm, one in hashers.items()}
        return Passed(digests, bytes(data) if keeps else None, place=member.place)

    def _most_kept(self, key: str) -> int:
        folders, _, name = key.rpartition("/")
        if "/" in folders:
            return -1
        match = _MANIFEST.fullmatch(name)
        if match:
            algorithm = normalised(match[2])
            if not match[1] and algorithm in ALGORITHMS:
                self._asked.add(algorithm)
            return self.limits.manifest
        return self.limits.fetch if name in _KEPT else -1

    def _wanted(self, key: str) -> Sequence[str]:
        if self.algorithms is not None:
            return self.algorithms
        in_payload = "/data/" in key or key.startswith("data/")
        return sorted(self._asked) if self._asked and in_payload else sorted({*DEFAULT_ALGORITHMS, *self._asked})


class ScannedStore:
    """The base folder of a bag that was read in one stream. It stays in the process that read it.

    Args:
        scan: the reading.
        folder: the base folder.
    """

    def __init__(self, scan: Scan, folder: Folder[Passed]) -> None:
        self._scan = scan
        self._folder = folder
        self._prefix = f"{folder.name}/" if folder.name else ""

    @property
    def name(self) -> str:
        """The path or the URL of the file."""
        return self._scan.origin.name

    def entries(self) -> Iterator[Entry]:
        """See `archive.storage.stores.Store.entries`."""
        return iter(self._folder.entries)

    def reader(self) -> AbstractContextManager[ScannedReader]:
        """See `archive.storage.stores.Store.reader`."""
        return closing(ScannedReader(self))

    def passed(self, key: str) -> Passed:
        """What is known of a file.

        Raises:
            StorageError: there is no such file, or it could not be read.
        """
        known = self._scan.passed.get(self._prefix + key) if key in self._folder.members else None
        if known is None:
            raise StorageError("There is no such file", where=key)
        if known.fault:
            raise StorageError(f"It cannot be read from the tar: {known.fault}", where=key)
        return known

    def learn(self, keys: Mapping[str, set[str]]) -> None:
        """Sees to it that digests are known; reads the whole again if some are not, once for all of them.

        Args:
            keys: the algorithms wanted for each file.
        """
        missing: set[str] = set()
        for key, wanted in keys.items():
            known = self._scan.passed.get(self._prefix + key)
            if known is not None and known.data is None and not known.fault:
                missing |= wanted - known.digests.keys()
        if not missing:
            return
        old = self._scan
        again = Scan(old.origin, old.compression, old.limits, tuple(sorted(missing)), Listing(old.limits))
        again.run()
        for key, passed in again.passed.items():
            known = old.passed.get(key)
            if known is not None and not known.fault and not passed.fault:
                old.passed[key] = replace(known, digests={**known.digests, **passed.digests})

    def digests(self, key: str, algorithms: Sequence[str]) -> list[str]:
        """The digests of a file in lower-case hex, in the order of `algorithms`.

        Raises:
            StorageError: there is no such file, it could not be read, or it changed since it was read first.
        """
        known = self.passed(key)
        if known.data is not None:
            return [_digest(known.data, algorithm) for algorithm in algorithms]
        try:
            return [known.digests[algorithm] for algorithm in algorithms]
        except KeyError:
            raise StorageError("The file was not there when it was read again", where=key) from None

    @contextmanager
    def stream(self) -> Iterator[Expanding | ExpandingZstandard | BinaryIO]:
        """The whole tar once more, uncompressed, from its beginning.

        Raises:
            StorageError: it cannot be opened; reading raises it where the file is damaged.
        """
        old = self._scan
        with old.origin.open() as file:
            yield _uncompressed(file, old.compression, old.limits)

    def again(self, known: Passed) -> Iterator[bytes]:
        """The bytes of a file that were not kept: read from the beginning of the stream to there.

        Raises:
            StorageError: the stream changed since it was read first.
        """
        with self.stream() as stream:
            tar = TarStream(stream, self._scan.limits)
            for member in tar.members():
                if member.place == known.place and member.kind is Kind.FILE and not member.target:
                    yield from tar.pieces()
                    return
        raise StorageError("The file was not there when it was read again")


class ScannedReader:
    """Gives the files of a `ScannedStore`."""

    def __init__(self, store: ScannedStore) -> None:
        self.store = store

    def close(self) -> None:
        """Nothing is held open between two files."""

    def open(self, key: str) -> BinaryIO:
        """See `archive.storage.stores.Reader.open`."""
        return io.BufferedReader(PieceStream(self.pieces(key)))

    def pieces(self, key: str) -> Iterator[bytes]:
        """See `archive.storage.stores.Reader.pieces`."""
        known = self.store.passed(key)
        return self.store.again(known) if known.data is None else _cut(known.data)


def _cut(data: bytes) -> Iterator[bytes]:
    return (data[start : start + PIECE] for start in range(0, len(data), PIECE))


def _digest(data: bytes, algorithm: str) -> str:
    one = hasher(algorithm)
    one.update(data)
    return one.hexdigest()


def _key(name: str) -> str:
    return "/".join(part for part in name.split("/") if part not in {"", "."})


def _uncompressed(
    file: BinaryIO, compression: Compression, limits: Limits
) -> Expanding | ExpandingZstandard | BinaryIO:
    return file if compression is Compression.NONE else expanded(file, compression, limits)
