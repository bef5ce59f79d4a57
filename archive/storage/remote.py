"""Files in a file system that Arrow opens: `s3://`, `gs://` and their kin.

Arrow is loaded only where somebody gives such a URL, and nothing but what that URL names is read. Credentials are
what the file system itself finds (environment, profile); none pass through here.

What the service says of one file (that it is not there, that one may not read it) is said of that file. Trouble with
the service itself raises `UnreachableError`, which ends the whole check: else each of a million files would be tried
for a minute.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from archive.errors import LimitError, StorageError, UnreachableError
from archive.model.limits import DEFAULT_LIMITS
from archive.storage.stores import PIECE, Entry, Kind, order_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from pyarrow import NativeFile
    from pyarrow.fs import FileSystem

_OF_ONE_FILE = re.compile(
    r"AWS Error (ACCESS_DENIED|NO_SUCH_KEY|RESOURCE_NOT_FOUND|INVALID_OBJECT_STATE)"
    r"|Status\((PERMISSION_DENIED|NOT_FOUND)|is a directory$"
)
"""What services say of a file, and not of themselves."""
_ERRORS_OF_ONE_FILE = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
_LONGEST_SHOWN = 200


def at(system: FileSystem, path: str, name: str) -> RemoteStore | RemoteFile:
    """What lies in a file system under a path.

    Args:
        system: the file system.
        path: without the address of the file system.
        name: what a person calls it.

    Raises:
        StorageError: there is nothing, or it cannot be looked at.
        UnreachableError: the service gives no answer.
    """
    with telling(name):
        from pyarrow.fs import FileType

        kind = system.get_file_info(path.rstrip("/")).type
    if kind is FileType.Directory:
        return RemoteStore(system, path.rstrip("/"), name)
    if kind is FileType.File:
        return RemoteFile(system, path, name)
    raise StorageError("There is no such file or folder", where=name)


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
        with telling(self.name):
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
        with telling(self.name):
            from pyarrow.fs import FileSelector, FileType

            kinds = {FileType.File: Kind.FILE, FileType.Directory: Kind.FOLDER}
            start = len(self.root) + 1 if self.root else 0
            found = [
                Entry(info.path[start:], kind, info.size or 0 if kind is Kind.FILE else 0)
                for info in self.system.get_file_info(FileSelector(self.root, recursive=True))
                if (kind := kinds.get(info.type, Kind.SPECIAL)) and len(info.path) > start
            ]
        if len(found) > DEFAULT_LIMITS.entries:
            raise LimitError(f"It holds more than {DEFAULT_LIMITS.entries} files and folders", where=self.name)
        # Not every service tells of folders: they are what stands before the last / of a key.
        found.extend(Entry(key, Kind.FOLDER, 0) for key in _folders_of(found))
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
        with telling(key):
            return io.BufferedReader(_Native(self.store.system.open_input_file(self._path(key)), key), PIECE)

    def pieces(self, key: str) -> Iterator[bytes]:
        """See `archive.storage.stores.Reader.pieces`."""
        with telling(key), self.store.system.open_input_stream(self._path(key)) as stream:
            while piece := stream.read(PIECE):
                yield piece

    def _path(self, key: str) -> str:
        parts = key.split("/")
        if not all(parts) or {".", ".."} & set(parts) or "\0" in key:
            raise StorageError("There is no such file", where=key)
        return f"{self.store.root}/{key}" if self.store.root else key


def _folders_of(entries: list[Entry]) -> set[str]:
    """The folders above the entries that are not among them."""
    wanted = {folder for one in entries for folder in _above(one.key)}
    return wanted.difference(one.key for one in entries)


def _above(key: str) -> Iterator[str]:
    place = key.rfind("/")
    while place > 0:
        yield key[:place]
        place = key.rfind("/", 0, place)


class _Native(io.RawIOBase):
    """One of Arrow's files with the interface of Python's, its errors in our words.

    It keeps the place itself: some services call it an error to go to the end, or to ask for what is behind it.
    """

    def __init__(self, inner: NativeFile, name: str) -> None:
        super().__init__()
        self._inner: Any = inner  # the stubs know no second argument of `read_at`
        self._name = name
        self._size: int = inner.size()
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer).cast("B")
        count = min(len(target), self._size - self._place)
        if count <= 0:
            return 0
        with telling(self._name):
            data = self._inner.read_at(count, self._place)
        target[: len(data)] = data
        self._place += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def tell(self) -> int:
        return self._place

    def close(self) -> None:
        self._inner.close()
        super().close()


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Arrow's errors have long texts of the service in them; the first line tells enough."""
    from pyarrow import ArrowException

    try:
        yield
    except (*_ERRORS_OF_ONE_FILE, ValueError, NotImplementedError, KeyError) as error:
        raise StorageError(f"It cannot be read ({_first_line(error)})", where=name) from error
    except (OSError, ArrowException) as error:
        said = _first_line(error)
        if _OF_ONE_FILE.search(str(error)):
            raise StorageError(f"It cannot be read ({said})", where=name) from error
        what = f"The service could not be reached, or could not answer ({said})"
        remedy = "See to the connection and the credentials, and try again"
        raise UnreachableError(what, where=name, remedy=remedy) from error


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines() or [type(error).__name__]
    return lines[0][:_LONGEST_SHOWN].rstrip(".")
