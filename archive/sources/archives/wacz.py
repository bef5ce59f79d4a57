"""WACZ: web archives in a zip (Web Archive Collection Zipped, version 1.1.1), its digests held against its bytes."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any, BinaryIO, cast

from archive.errors import LimitError, StorageError
from archive.model.charsets import of_whole_characters
from archive.model.codes import finding
from archive.model.findings import Where
from archive.model.limits import Limits as Bounds
from archive.model.tally import Tally
from archive.sources.archives.entries import Entries
from archive.sources.archives.zipped import STORED, Entry, data_start, opened_zip, unreadable
from archive.sources.containers.expanding import copied
from archive.sources.containers.naming import Names
from archive.sources.containers.protocol import Content, Given, Member, Opened
from archive.sources.limits import Limits
from archive.sources.webarchives.warc import Warc
from archive.storage.stores import Kind
from archive.storage.zip_reading import pieces_of

_PACKAGE, _ITS_DIGEST = "datapackage.json", "datapackage-digest.json"
_LARGEST_PACKAGE = 16 << 20
_WARCS = (".warc", ".warc.gz")
_ALGORITHMS = frozenset({"sha256", "sha512", "sha1", "md5"})


class Wacz:
    """See `archive.sources.containers.protocol.Container`.

    Args:
        limits: how much is read.
    """

    def __init__(self, limits: Limits) -> None:
        self._bounds = limits.expansion
        self._of_web = Warc(limits)

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """See `Container.opened`."""
        opened = opened_zip(stream, self._bounds)
        if opened is not None and not opened.held["fault"]:
            return opened if any(_is_warc(entry) for entry in opened.held["entries"]) else None
        return opened

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """See `Container.members`."""
        entries = Entries(given, found)
        if opened.held["fault"]:
            entries.say(opened.held["code"], 0, opened.held["fault"])
        _Digests(opened, found, given.path, self._bounds).check()
        names = Names()
        for number, entry in enumerate(opened.held["entries"]):
            if _is_warc(entry):
                try:
                    inner = self._web_archive(opened, number)
                except (StorageError, LimitError) as error:
                    entries.say("container.damaged", number + 1, f"{entry.name}: {error.what}")
                    continue
                if inner is None:
                    entries.say("container.damaged", number + 1, f"{entry.name}: no WARC record begins it")
                    continue
                for member in self._of_web.members(given, inner, found):
                    told = names.told_apart(member, found)
                    yield replace(told, detail=(number, *member.detail))
            elif entry.zipped.kind is Kind.FILE:
                entries.count(f"files in {entry.name.partition('/')[0]}/" if "/" in entry.name else entry.name)
        entries.sum_up()

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        try:
            inner = self._web_archive(opened, int(member.detail[0]))
        except (StorageError, LimitError, IndexError) as error:
            return unreadable(member, opened.form, str(error))
        if inner is None:
            return unreadable(member, opened.form, "no WARC record begins this entry")
        return self._of_web.read(given, inner, replace(member, detail=member.detail[1:]))

    def _web_archive(self, opened: Opened, number: int) -> Opened | None:
        """One of the web archives, made ready once.

        Raises:
            StorageError: it is damaged.
            LimitError: far more comes out of it than is in it.
        """
        if ("inner", number) not in opened.held:
            entry: Entry = opened.held["entries"][number]
            binary = cast("BinaryIO", opened.stream)
            if entry.zipped.method == STORED and not entry.is_encrypted:
                start = data_start(binary, entry.zipped)
                window = cast("IO[bytes]", io.BufferedReader(_Window(binary, start, entry.zipped.size)))
                inner = self._of_web.opened(window)
                if inner is not None and inner.is_original:
                    inner.base = start
            else:
                inner = self._of_copy(copied(pieces_of(binary, entry.zipped, self._bounds)))
            if inner is not None:
                inner.form = opened.form
            opened.held["inner", number] = inner
        found: Opened | None = opened.held["inner", number]
        return found

    def _of_copy(self, copy: Opened) -> Opened | None:
        inner = self._of_web.opened(copy.stream)
        if inner is not None:
            inner.is_original = False
            inner.held["copy"] = copy  # which closes the stream once nobody holds it
        return inner


def _is_warc(entry: Entry) -> bool:
    return entry.zipped.kind is Kind.FILE and entry.name.lower().endswith(_WARCS)


class _Window(io.RawIOBase):
    """A stretch of a file as a file."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._stream = stream
        self._start = start
        self._size = size
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, base + offset)
        return self._place

    def readinto(self, buffer: Any, /) -> int:
        wanted = max(0, min(len(buffer), self._size - self._place))
        self._stream.seek(self._start + self._place)
        data = self._stream.read(wanted)
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)


class _Digests:
    """What datapackage.json says of the files of a WACZ, held against them."""

    def __init__(self, opened: Opened, found: Tally, path: str, bounds: Bounds) -> None:
        self._bounds = bounds
        self._stream = cast("BinaryIO", opened.stream)
        self._entries = {entry.name: entry for entry in opened.held["entries"]}
        self._found = found
        self._where = Where(file=path)

    def check(self) -> None:
        """Says what is not as it is said to be."""
        package = self._json(_PACKAGE)
        resources = package.get("resources") if isinstance(package, dict) else None
        if not isinstance(resources, list):
            self._say("wacz.digest-unchecked", f"{_PACKAGE} lists no files")
            return
        own = self._json(_ITS_DIGEST) if _ITS_DIGEST in self._entries else None
        if isinstance(own, dict):
            self._check(_PACKAGE, own.get("hash"))
        for one in resources:
            if isinstance(one, dict) and isinstance(one.get("path"), str):
                self._check(one["path"], one.get("hash"))

    def _check(self, name: str, stated: object) -> None:
        algorithm, _, value = stated.partition(":") if isinstance(stated, str) else ("", "", "")
        if algorithm not in _ALGORITHMS:
            said = f"{name}: {str(stated)[:80]}" if stated else f"of {name} no digest is stated"
            self._say("wacz.digest-unchecked", said)
            return
        entry = self._entries.get(name)
        if entry is None:
            self._say("wacz.digest-mismatch", f"{name} is not there", str(stated)[:160])
            return
        hasher = hashlib.new(algorithm, usedforsecurity=False)
        try:
            for piece in pieces_of(self._stream, entry.zipped, self._bounds):
                hasher.update(piece)
        except (StorageError, LimitError) as error:
            self._say("wacz.digest-mismatch", f"{name}: {error.what}", str(stated)[:160])
            return
        if hasher.hexdigest() != value.lower():
            self._say("wacz.digest-mismatch", f"{name}: {algorithm}:{hasher.hexdigest()}", str(stated)[:160])

    def _json(self, name: str) -> object:
        entry = self._entries.get(name)
        if entry is None or entry.zipped.size > _LARGEST_PACKAGE:
            return None
        try:
            return json.loads(b"".join(pieces_of(self._stream, entry.zipped, self._bounds)))
        except (StorageError, LimitError, ValueError, RecursionError):
            return None

    def _say(self, code: str, found: str, expected: str = "") -> None:
        said = of_whole_characters(found[:200])
        self._found.add(finding(code, where=self._where, found=said, expected=of_whole_characters(expected)))
