"""Reads a bag's tag files from a store into one value; reads no payload and decides nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeVar

from archive.bags.contents import Contents
from archive.bags.declaration import read_declaration
from archive.bags.fetches import read_fetches
from archive.bags.manifests import manifest_name, read_manifest, severity_by
from archive.bags.matching import aliases_of
from archive.bags.tags import read_tags
from archive.bags.text import codec_of
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
from archive.model.findings import Finding, Where
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.model.tally import Tally
from archive.storage.stores import Entry, Kind, Reader, Store, read_whole

ROOT = "tagmanifest-sha256.txt"
_PACKAGE_INFO_UNTIL = (0, 95)
_PATH = itemgetter(1)
Value = TypeVar("Value", Tags, Manifest, Fetches)


def read_bag(store: Store, depth: Depth = Depth.FIXITY, limits: Limits = DEFAULT_LIMITS) -> Contents:
    """Reads what a bag says of itself and lists what it holds.

    Args:
        store: the bag.
        depth: with `oxum` the manifests are left unread.
        limits: the bounds.

    Raises:
        BagUnreadableError: the store itself cannot be opened or listed.
    """
    try:
        files, folders, oddities = _sorted_out(store.entries())
        with store.reader() as reader:
            gathering = _Gathering(reader, files, limits)
            gathering.read(depth)
    except StorageError as error:
        raise BagUnreadableError(error.what, where=error.where) from error
    every = (*gathering.manifests, *gathering.tag_manifests)
    aliases = aliases_of(every, files)
    listed = {one.file: frozenset(_resolved(one, aliases)) for one in every}
    payload = {key: size for key, size in files.items() if key.startswith(PAYLOAD)}
    tag_files = {key: size for key, size in files.items() if key not in payload}
    odd = {one.file: listed[one.file] - payload.keys() for one in gathering.manifests}
    odd |= {one.file: listed[one.file] - tag_files.keys() for one in gathering.tag_manifests}
    return Contents(
        declaration=gathering.declaration,
        info=gathering.info,
        manifests=tuple(gathering.manifests),
        tag_manifests=tuple(gathering.tag_manifests),
        fetches=gathering.fetches,
        files=files,
        payload=payload,
        tag_files=tag_files,
        folders=frozenset(folders),
        oddities=tuple(oddities),
        aliases=aliases,
        listed=listed,
        odd=odd,
        findings=tuple(gathering.found),
        root_digest=gathering.root_digest,
    )


def _sorted_out(entries: Iterator[Entry]) -> tuple[dict[str, int], set[str], list[Entry]]:
    """Files with their sizes, folders, and what is neither."""
    files: dict[str, int] = {}
    folders: set[str] = set()
    oddities: list[Entry] = []
    for entry in entries:
        key, kind, size = entry
        if kind is Kind.FILE:
            files[key] = size
        elif kind is Kind.FOLDER:
            folders.add(key)
        else:
            oddities.append(entry)
    return files, folders, oddities


def _resolved(manifest: Manifest, aliases: Mapping[str, str]) -> Iterator[str]:
    paths = map(_PATH, manifest.entries)
    return (aliases.get(path, path) for path in paths) if aliases else paths


@dataclass
class _Gathering:
    """The state of reading one bag."""

    reader: Reader
    files: dict[str, int]
    limits: Limits
    declaration: Declaration = field(default_factory=Declaration)
    codec: str = "utf-8"
    info: Tags | None = None
    manifests: list[Manifest] = field(default_factory=list)
    tag_manifests: list[Manifest] = field(default_factory=list)
    fetches: Fetches | None = None
    found: Tally = field(default_factory=Tally)
    root_digest: str | None = None
    bytes_left: int = 0
    lines_left: int = 0

    def read(self, depth: Depth) -> None:
        self.bytes_left, self.lines_left = self.limits.tag_files, self.limits.lines
        self._read_declaration()
        self._read_info()
        if depth is Depth.OXUM:
            return
        for key in self.files:
            name = manifest_name(key) if "/" not in key else None
            if name:
                self._read_manifest(key, self.tag_manifests if name[0] else self.manifests)
        data = self._bytes(FETCH, self.limits.fetch)
        if data is not None:
            self.fetches = self._kept(FETCH, read_fetches(data, self.codec, self.declaration.version, self.limits))

    def _read_declaration(self) -> None:
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
        data = self._bytes(key, self.limits.manifest)
        if data is not None:
            if key == ROOT:
                self.root_digest = hashlib.sha256(data).hexdigest()
            read = read_manifest(data, key, self.codec, self.declaration.version, self.limits)
            into.append(self._kept(key, read))

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
            data = read_whole(self.reader, key, min(limit, self.bytes_left))
            self._count(data)
        except LimitError as error:
            self.found.add(finding("tagfile.too-large", where=Where(file=key), found=error.what))
        except StorageError as error:
            self.found.add(finding("file.unreadable", where=Where(file=key), found=error.what))
        else:
            return data
        return None

    def _count(self, data: bytes) -> None:
        self.bytes_left -= len(data)
        self.lines_left -= data.count(b"\n") + data.count(b"\r")
        if self.lines_left < 0:
            raise LimitError(f"The tag files have more than {self.limits.lines} lines in all")


def _marked(file: str, form: Form, declaration: Declaration) -> Finding:
    """RFC 8493, 2.3: a tag file in UTF-8 must not begin with a byte-order mark."""
    return finding(
        "tagfile.byte-order-mark",
        where=Where(file=file, bytes=f"0-{len(form.mark)}"),
        severity=severity_by(declaration.version),
    )
