"""Reads a bag's tag files from a store into one value; reads no payload and decides nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TypeVar

from archive.bags.allowance import BYTES, LINES, Allowance
from archive.bags.contents import Contents, Files
from archive.bags.declaration import read_declaration
from archive.bags.fetches import read_fetches
from archive.bags.manifests import manifest_name, manifest_of, severity_by
from archive.bags.matching import aliases_of
from archive.bags.pairing import Pairing, Watch, runs_of
from archive.bags.tags import read_tags
from archive.bags.text import codec_of
from archive.bags.written import ManifestFile, Proven
from archive.errors import BagUnreadableError, LimitError, StorageError
from archive.model.bags import (
    BAG_INFO,
    DECLARATION,
    FETCH,
    PACKAGE_INFO,
    PAYLOAD,
    Declaration,
    Fetches,
    Form,
    Manifest,
    Tags,
)
from archive.model.codes import finding
from archive.model.depths import Depth
from archive.model.digests import ALGORITHMS, Hasher, normalised
from archive.model.findings import Finding, Where
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.model.manifest_lines import ManifestLines
from archive.model.tally import Tally
from archive.storage.local import LocalStore
from archive.storage.stores import Entry, Kind, Reader, Run, Store

ROOT = "tagmanifest-sha256.txt"
_PACKAGE_INFO_UNTIL = (0, 95)
Value = TypeVar("Value", Tags, Manifest, Fetches)


def read_bag(
    store: Store, depth: Depth = Depth.FIXITY, limits: Limits = DEFAULT_LIMITS, watch: Watch | None = None
) -> Contents:
    """Reads what a bag says of itself and lists what it holds.

    Args:
        store: the bag.
        depth: with `oxum` the manifests are left unread.
        limits: the bounds.
        watch: hears of the payload while it is being listed. Of a large folder it has to find out sizes itself: until
            it has, they are unknown.

    Raises:
        BagUnreadableError: the store itself cannot be opened or listed.
    """
    try:
        base, walk = _walk_of(store, None if watch is None else PAYLOAD.rstrip("/"))
        with store.reader() as reader:
            allowance = Allowance(limits, partial(_count_of, store), sum(map(bool, map(manifest_name, base))))
            gathering = _Gathering(reader, base, limits, allowance, watch)
            gathering.read_declaration()
            if watch is not None:
                named = _payload_manifests(base)
                known = [one for one in named if one.algorithm in ALGORITHMS]
                # One of an unknown algorithm lists files too, and one that is too large is a finding.
                may_stand_unread = known == named and all(one.size <= limits.manifest for one in named)
                in_bytes = may_stand_unread and depth is Depth.FIXITY and gathering.codec == "utf-8"
                walk = watch.ahead(walk, known, in_bytes=in_bytes)
            proven = gathering.read(depth)
        listing = _Listing({} if proven is None else proven.sizes)
        pairing = Pairing(() if proven else gathering.manifests, watch, listing.payload)
        listing.take_all(walk, pairing)
    except StorageError as error:
        raise BagUnreadableError(error.what, where=error.where) from error
    files = Files(listing.payload, listing.tag_files)
    sound = {one.file for one in gathering.manifests if proven or pairing.matches_all(one)}
    manifests = (*gathering.manifests, *gathering.tag_manifests)
    aliases = aliases_of(manifests, files, gathering.declaration.version, sound)
    listed = _Listed(aliases)
    for one in gathering.manifests:
        listed.add(one, listing.payload, is_complete=one.file in sound)
    for one in gathering.tag_manifests:
        listed.add(one, listing.tag_files)
    return Contents(
        declaration=gathering.declaration,
        info=gathering.info,
        manifests=tuple(gathering.manifests),
        tag_manifests=tuple(gathering.tag_manifests),
        fetches=gathering.fetches,
        files=files,
        payload=listing.payload,
        tag_files=listing.tag_files,
        folders=frozenset(listing.folders),
        oddities=tuple(listing.oddities),
        aliases=aliases,
        listed=listed.listed,
        odd=listed.odd,
        unlisted=listed.unlisted,
        findings=tuple(gathering.found),
        root_digest=gathering.root_digest,
        has_ordinary_names=proven is not None and proven.are_ordinary,
    )


def _walk_of(store: Store, sparing: str | None) -> tuple[dict[str, int], Iterator[Run | Entry]]:
    """The files at the base, and the walk: a folder's is still to be made, so that its payload can be checked on it."""
    if isinstance(store, LocalStore):
        return {key: size for key, kind, size in store.base() if kind is Kind.FILE}, store.runs(sparing)
    entries = list(store.entries())
    files = {key: size for key, kind, size in entries if kind is Kind.FILE}
    others = (entry for entry in entries if entry.kind is not Kind.FILE)
    return files, chain((run for run, _ in runs_of(files)), others)


def _payload_manifests(files: Mapping[str, int]) -> list[ManifestFile]:
    """The payload manifests, whatever their algorithms."""
    named = ((key, size, manifest_name(key)) for key, size in files.items())
    return [ManifestFile(key, normalised(name[1]), size) for key, size, name in named if name and not name[0]]


def _count_of(store: Store) -> int:
    """How many files there are, by a walk of its own."""
    if isinstance(store, LocalStore):
        return sum(len(one.names) for one in store.runs("") if isinstance(one, Run))
    return sum(kind is Kind.FILE for _, kind, _ in store.entries())


@dataclass
class _Listing:
    """What the walk came by."""

    payload: dict[str, int] = field(default_factory=dict)
    tag_files: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    oddities: list[Entry] = field(default_factory=list)

    def take_all(self, walk: Iterator[Run | Entry], pairing: Pairing) -> None:
        for one in walk:
            if isinstance(one, Run):
                prefix = one.prefix
                keys = [prefix + name for name in one.names]
                if prefix.startswith(PAYLOAD):
                    pairing.take(one, keys)
                else:
                    self.tag_files.update(zip(keys, one.sizes, strict=True))
            elif one.kind is Kind.FOLDER:
                self.folders.add(one.key)
            else:
                self.oddities.append(one)


@dataclass
class _Listed:
    """What each manifest lists, held against what is there."""

    aliases: Mapping[str, str]
    listed: dict[str, Set[str]] = field(default_factory=dict)
    odd: dict[str, Set[str]] = field(default_factory=dict)
    unlisted: dict[str, Set[str]] = field(default_factory=dict)

    def add(self, manifest: Manifest, there: Mapping[str, int], *, is_complete: bool = False) -> None:
        paths, aliases = manifest.entries.paths, self.aliases
        keys = frozenset[str]()
        if not is_complete:
            keys = frozenset([aliases.get(path, path) for path in paths] if aliases else paths)
            is_complete = len(keys) == len(there) and all(map(there.__contains__, keys))
        every = there.keys()
        self.listed[manifest.file] = every if is_complete else keys
        self.odd[manifest.file] = frozenset() if is_complete else keys - every
        self.unlisted[manifest.file] = frozenset() if is_complete else every - keys


@dataclass
class _Gathering:
    """The state of reading one bag."""

    reader: Reader
    files: dict[str, int]
    limits: Limits
    allowance: Allowance
    watch: Watch | None = None
    declaration: Declaration = field(default_factory=Declaration)
    codec: str = "utf-8"
    info: Tags | None = None
    manifests: list[Manifest] = field(default_factory=list)
    tag_manifests: list[Manifest] = field(default_factory=list)
    fetches: Fetches | None = None
    found: Tally = field(default_factory=Tally)
    root_digest: str | None = None

    def read(self, depth: Depth) -> Proven | None:
        """Reads all but the declaration; what is known of the payload without reading the payload manifests."""
        self._read_info()
        if depth is Depth.OXUM:
            return None
        names = {key: name for key in self.files if (name := manifest_name(key))}
        for key, (is_of_tags, _) in names.items():
            if is_of_tags:
                self._read_manifest(key, self.tag_manifests)
        data = self._bytes(FETCH, self.limits.fetch)
        if data is not None:
            self.fetches = self._kept(FETCH, read_fetches(data, self.codec, self.declaration.version, self.limits))
        proven = None if self.watch is None else self.watch.proven()
        for key, (is_of_tags, algorithm) in names.items():
            if proven is not None and not is_of_tags:
                self._know_manifest(key, normalised(algorithm), proven)
            elif not is_of_tags:
                self._read_manifest(key, self.manifests)
        return proven

    def _know_manifest(self, key: str, algorithm: str, proven: Proven) -> None:
        """Takes a manifest of which it was found that it lists the payload as it is."""
        self.allowance.know(len(self.files) + len(proven.sizes))
        try:
            self.allowance.begin()
            self.allowance.take(BYTES, self.files[key])
            self.allowance.take(LINES, len(proven.sizes))
        except LimitError as error:
            self.allowance.give_back()
            self.found.add(finding("tagfile.too-large", where=Where(file=key), found=error.what))
        else:
            self.manifests.append(Manifest(key, algorithm, ManifestLines.checked(list(proven.sizes))))

    def read_declaration(self) -> None:
        if DECLARATION not in self.files:
            self.found.add(finding("declaration.missing", where=Where(file=DECLARATION)))
            return
        data = self._bytes(DECLARATION, self.limits.declaration)
        if data is not None:
            self.declaration, found = read_declaration(data)
            self.found.extend(found)
            self.codec = codec_of(self.declaration.encoding) or self.codec

    def _read_info(self) -> None:
        old = self.declaration.version <= _PACKAGE_INFO_UNTIL and BAG_INFO not in self.files
        file = PACKAGE_INFO if old else BAG_INFO
        data = self._bytes(file, self.limits.bag_info)
        if data is not None:
            self.info = self._kept(file, read_tags(data, file, self.codec, self.declaration.version))

    def _read_manifest(self, key: str, into: list[Manifest]) -> None:
        digest = hashlib.sha256() if key == ROOT else None
        try:
            pieces = self._pieces(key, self.limits.manifest, digest)
            read = manifest_of(
                pieces, key, self.codec, self.declaration.version, self.limits, partial(self.allowance.take, LINES)
            )
        except LimitError as error:
            self.allowance.give_back()
            self.found.add(finding("tagfile.too-large", where=Where(file=key), found=error.what))
        except StorageError as error:
            self.found.add(finding("file.unreadable", where=Where(file=key), found=error.what))
        else:
            into.append(self._kept(key, read))
            if digest is not None:
                self.root_digest = digest.hexdigest()

    def _kept(self, file: str, read: tuple[Value, list[Finding]]) -> Value:
        value, found = read
        self.found.extend(found)
        if value.form.codec == "utf-8" and value.form.mark:
            self.found.add(_marked(file, value.form, self.declaration))
        return value

    def _bytes(self, key: str, limit: int) -> bytes | None:
        if key not in self.files:
            return None
        try:
            data = b"".join(self._pieces(key, limit))
            self.allowance.take(LINES, data.count(b"\n") + data.count(b"\r"))
        except LimitError as error:
            self.allowance.give_back()
            self.found.add(finding("tagfile.too-large", where=Where(file=key), found=error.what))
        except StorageError as error:
            self.found.add(finding("file.unreadable", where=Where(file=key), found=error.what))
        else:
            return data
        return None

    def _pieces(self, key: str, limit: int, digest: Hasher | None = None) -> Iterator[bytes]:
        """The bytes of a tag file, as long as the bounds on it and on all of them hold."""
        self.allowance.begin()
        size = 0
        for piece in self.reader.pieces(key):
            size += len(piece)
            if size > limit:
                raise LimitError(f"The file has more than {limit} bytes", where=key)
            self.allowance.take(BYTES, len(piece))
            if digest is not None:
                digest.update(piece)
            if self.watch is not None:
                self.watch.go_on()
            yield piece


def _marked(file: str, form: Form, declaration: Declaration) -> Finding:
    """RFC 8493, 2.3: a tag file in UTF-8 must not begin with a byte-order mark."""
    return finding(
        "tagfile.byte-order-mark",
        where=Where(file=file, bytes=f"0-{len(form.mark)}"),
        severity=severity_by(declaration.version),
    )
