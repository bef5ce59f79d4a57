"""What the tag files of a bag state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from archive.bags.allowance import BYTES, LINES, Allowance
from archive.bags.declaration import read_declaration
from archive.bags.fetches import read_fetches
from archive.bags.manifests import manifest_name, manifest_of, severity_by
from archive.bags.pairing import Watch
from archive.bags.tags import read_tags
from archive.bags.text import codec_of
from archive.bags.written import Proven
from archive.errors import LimitError, StorageError
from archive.model.bags import (
    BAG_INFO,
    DECLARATION,
    FETCH,
    PACKAGE_INFO,
    Declaration,
    Fetches,
    Form,
    Manifest,
    Tags,
)
from archive.model.codes import finding
from archive.model.depths import Depth
from archive.model.digests import Hasher, normalised
from archive.model.findings import Finding, Where
from archive.model.limits import Limits
from archive.model.manifest_lines import ManifestLines
from archive.model.tally import Tally
from archive.storage.stores import Reader

ROOT = "tagmanifest-sha256.txt"
"""The tag manifest whose digest stands for the whole bag."""
_PACKAGE_INFO_UNTIL = (0, 95)
Value = TypeVar("Value", Tags, Manifest, Fetches)


@dataclass
class Stated:
    """What was read of one bag.

    Attributes:
        reader: of its files.
        files: those at its base, with their bytes.
        limits: the bounds.
        allowance: what all tag files may be together.
        watch: hears of the payload while it is being listed, or None.
        declaration: what bagit.txt says.
        codec: of the other tag files.
        info: bag-info.txt, or None.
        manifests: of the payload.
        tag_manifests: of the other files.
        fetches: fetch.txt, or None.
        found: what is wrong.
        root_digest: the sha256 of tagmanifest-sha256.txt, or None.
    """

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
        with self._told(key):
            self.allowance.begin()
            self.allowance.take(BYTES, self.files[key])
            self.allowance.take(LINES, len(proven.sizes))
            self.manifests.append(Manifest(key, algorithm, ManifestLines.checked(list(proven.sizes))))

    def read_declaration(self) -> None:
        """Reads bagit.txt, which says how the others are written."""
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
        with self._told(key):
            pieces = self._pieces(key, self.limits.manifest, digest)
            read = manifest_of(
                pieces, key, self.codec, self.declaration.version, self.limits, partial(self.allowance.take, LINES)
            )
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
        if key in self.files:
            with self._told(key):
                data = b"".join(self._pieces(key, limit))
                self.allowance.take(LINES, data.count(b"\n") + data.count(b"\r"))
                return data
        return None

    @contextmanager
    def _told(self, key: str) -> Iterator[None]:
        """What is too large or cannot be read is a finding, and stays unread."""
        try:
            yield
        except LimitError as error:
            self.allowance.give_back()
            self.found.add(finding("tagfile.too-large", where=Where(file=key), found=error.what))
        except StorageError as error:
            self.found.add(finding("file.unreadable", where=Where(file=key), found=error.what))

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
