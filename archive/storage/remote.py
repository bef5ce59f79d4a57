"""Files behind a URL that Arrow's file systems open: `s3://`, `gs://` and their kin, `file://`.

Arrow is loaded only where somebody gives such a URL, and nothing but what that URL names is read. Credentials are
what the file system itself finds (environment, profile); none pass through here.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

from archive.errors import StorageError
from archive.storage.local import LocalStore
from archive.storage.origins import LocalFile
from archive.storage.stores import PIECE, Entry, Kind, order_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from pyarrow import NativeFile
    from pyarrow.fs import FileSystem

SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss", "file")


def is_url(text: str) -> bool:
    """Whether a person gave a URL and no path.

    >>> is_url("s3://bucket/bag"), is_url("bags/a:b")
    (True, False)
    """
    scheme, mark, _ = text.partition("://")
    return bool(mark) and scheme.isalnum()


def from_url(url: str) -> LocalStore | LocalFile | RemoteStore | RemoteFile:
    """What lies behind a URL: a store where it is a folder, an origin where it is a file.

    Raises:
        StorageError: it cannot be opened, or is of a kind that is not known.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        known = ", ".join(f"{one}://" for one in SCHEMES)
        raise StorageError(
            "It is not an address that can be opened", where=url, remedy=f"Give a path, or one of {known}"
        )
    if parts.scheme == "file":
        return _local(url, parts.netloc, unquote(parts.path))
    with _telling(url):
        from pyarrow.fs import FileSystem

        system, path = FileSystem.from_uri(url)
    return at(system, path, url)


def at(system: FileSystem, path: str, name: str) -> LocalStore | LocalFile | RemoteStore | RemoteFile:
    """What lies in a file system under a path.

    Args:
        system: the file system.
        path: without the address of the file system.
        name: what a person calls it.

    Raises:
        StorageError: there is nothing, or it cannot be looked at.
    """
    with _telling(name):
        from pyarrow.fs import FileType

        kind = system.get_file_info(path.rstrip("/")).type
    if kind is FileType.Directory:
        return RemoteStore(system, path.rstrip("/"), name)
    if kind is FileType.File:
        return RemoteFile(system, path, name)
    raise StorageError("There is no such file or folder", where=name)


def _local(url: str, host: str, path: str) -> LocalStore | LocalFile | RemoteStore | RemoteFile:
    if host not in {"", "localhost"}:
        raise StorageError("A file:// address with a host cannot be opened", where=url, remedy="Give file:///path")
    # Our own store, and not Arrow's: that one follows links.
    return LocalStore(path) if os.path.isdir(path) else LocalFile(path)  # noqa: PTH112 - a NUL must not raise


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file, as the origin of a serialised bag.

    Attributes:
        system: the file system.
        path: in it.
        name: the URL.
    """

    system: FileSystem
    path: str
    name: str

    @property
    def is_local(self) -> bool:
        """See `archive.storage.origins.Origin`."""
        return False

    def open(self) -> BinaryIO:
        """See `archive.storage.origins.Origin.open`."""
        with _telling(self.name):
            return io.BufferedReader(_Native(self.system.open_input_file(self.path), self.name), PIECE)


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """The files under a folder. What such stores hold are files alone; a link in one is not told from its target.

    Attributes:
        system: the file system.
        root: the folder in it.
        name: the URL.
    """

    system: FileSystem
    root: str
    name: str

    def entries(self) -> Iterator[Entry]:
        """See `archive.storage.stores.Store.entries`."""
        with _telling(self.name):
            from pyarrow.fs import FileSelector, FileType

            kinds = {FileType.File: Kind.FILE, FileType.Directory: Kind.FOLDER}
            start = len(self.root) + 1 if self.root else 0
            found = [
                Entry(info.path[start:], kind, info.size or 0 if kind is Kind.FILE else 0)
                for info in self.system.get_file_info(FileSelector(self.root, recursive=True))
                if (kind := kinds.get(info.type, Kind.SPECIAL)) and len(info.path) > start
            ]
        found.sort(key=lambda one: order_of(one.key + "/" if one.kind is Kind.FOLDER else one.key))
        return iter(found)

    def reader(self) -> AbstractContextManager[RemoteReader]:
        """See `archive.storage.stores.Store.reader`."""
        return nullcontext(RemoteReader(self))


@dataclass(frozen=True, slots=True)
class RemoteReader:
    """Gives the files of a `RemoteStore`."""

    store: RemoteStore

    def open(self, key: str) -> BinaryIO:
        """See `archive.storage.stores.Reader.open`."""
        with _telling(key):
            return io.BufferedReader(_Native(self.store.system.open_input_file(self._path(key)), key), PIECE)

    def pieces(self, key: str) -> Iterator[bytes]:
        """See `archive.storage.stores.Reader.pieces`."""
        with _telling(key), self.store.system.open_input_stream(self._path(key)) as stream:
            while piece := stream.read(PIECE):
                yield piece

    def _path(self, key: str) -> str:
        parts = key.split("/")
        if not all(parts) or {".", ".."} & set(parts) or "\0" in key:
            raise StorageError("There is no such file", where=key)
        return f"{self.store.root}/{key}" if self.store.root else key


class _Native(io.RawIOBase):
    """One of Arrow's files with the interface of Python's, its errors in our words."""

    def __init__(self, inner: NativeFile, name: str) -> None:
        super().__init__()
        self._inner = inner
        self._name = name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer).cast("B")
        with _telling(self._name):
            data = self._inner.read(len(target))
        target[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        with _telling(self._name):
            return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        return int(self._inner.tell())

    def close(self) -> None:
        self._inner.close()
        super().close()


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Arrow's errors are `OSError`s and `ValueError`s with long texts of the service; the first line tells enough."""
    try:
        yield
    except (OSError, ValueError, NotImplementedError) as error:
        lines = str(error).splitlines() or [type(error).__name__]
        raise StorageError(f"It cannot be read ({lines[0][:200].rstrip('.')})", where=name) from error
