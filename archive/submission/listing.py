"""What lies in a corpus folder: the files that may be documents, the folders, and what is ignored and why.

One walk, links not followed, nothing changed. Names are read as bytes and sorted by bytes, so that neither the order
of the folder nor the locale shows; bytes that are not UTF-8 become surrogates (PEP 383).
"""

from __future__ import annotations

import os
import stat
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError
from archive.model.codes import finding
from archive.model.corpora import Ignored
from archive.model.findings import Finding, Where
from archive.submission.files import Files
from archive.submission.identifiers import shown

_SYSTEM_NAMES = frozenset(
    {
        b"thumbs.db",
        b"ehthumbs.db",
        b"desktop.ini",
        b"icon\r",
        b"__macosx",
        b"$recycle.bin",
        b"system volume information",
        b"lost+found",
        b".ds_store",
    }
)
_OTHER_BEGINNINGS = (b"~$", b"._")
_FIRST_OF_ODD = frozenset(name[0] for one in (b".", *_OTHER_BEGINNINGS, *_SYSTEM_NAMES) for name in (one, one.upper()))
"""First bytes of names that may be of no document; other names are not looked at further."""
_AND_ALL = " (a folder, with all that is in it)"
_SPECIAL = (
    (stat.S_ISLNK, "link", "a link, which is not followed"),
    (stat.S_ISFIFO, "special", "a named pipe"),
    (stat.S_ISSOCK, "special", "a socket"),
    (stat.S_ISCHR, "special", "a device"),
    (stat.S_ISBLK, "special", "a device"),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents of a folder.

    Attributes:
        files: path -> size in bytes, sorted by the bytes of the path.
        folders: the paths of all folders that were walked, without the top.
        ignored: what is no document, sorted by the bytes of the path.
        findings: folders that could not be listed, and a notice for each entry that is ignored.
    """

    files: Files
    folders: frozenset[str]
    ignored: tuple[Ignored, ...]
    findings: tuple[Finding, ...]


def list_folder(folder: Path) -> Listing:
    """Lists a corpus folder.

    Raises:
        UsageError: there is no such folder, or it may not be listed.
    """
    walk = _Walk(os.fsencode(folder))
    files = Files()
    for some in walk.files():
        paths, sizes = zip(*some, strict=True)
        files.extend(_texts(paths), sizes)
    if b"" in walk.unreadable:
        raise UsageError(
            f"the corpus folder cannot be listed: {walk.unreadable[b'']}",
            where=str(folder),
            remedy="Give the path of a folder that you may read",
        )
    ignored = tuple(Ignored(_text(path), reason, kind) for path, kind, reason in sorted(walk.ignored))
    return Listing(
        files=files,
        folders=frozenset(_text(path) for path in walk.folders),
        ignored=ignored,
        findings=(
            *(
                finding("folder.unreadable", where=Where(file=shown(_text(path))), found=problem)
                for path, problem in sorted(walk.unreadable.items())
            ),
            *(
                finding(f"ignored.{one.kind}", where=Where(file=shown(one.path)), found=_more_of(one))
                for one in ignored
            ),
        ),
    )


def _more_of(one: Ignored) -> str:
    """What the code of the finding does not say yet."""
    if one.reason.endswith(_AND_ALL):
        return _AND_ALL.strip(" ()")
    return one.reason if one.kind == "special" else ""


def path_in(folder: Path, path: str) -> bytes:
    """The path of a listed file for the operating system, whatever encoding the locale asks for."""
    return os.fsencode(folder) + b"/" + path.encode("utf-8", "surrogateescape")


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _texts(paths: Iterable[bytes]) -> list[str]:
    """Many at once; no path holds a NUL."""
    return b"\0".join(paths).decode("utf-8", "surrogateescape").split("\0")


class _Walk:
    """The state of one walk; paths are bytes relative to the top."""

    def __init__(self, top: bytes) -> None:
        self.top = top
        self.folders: list[bytes] = []
        self.ignored: list[tuple[bytes, str, str]] = []
        self.unreadable: dict[bytes, str] = {}

    def files(self) -> Iterator[list[tuple[bytes, int]]]:
        """Walks, and gives the files with their sizes, sorted by path, as many together as lie side by side."""
        pending: list[bytes | list[tuple[bytes, int]]] = [b""]
        while pending:
            one = pending.pop()
            if isinstance(one, bytes):
                # What is in a folder comes where the folder stands with the slash behind its name.
                pending.extend(reversed(_in_order(*self._within(one))))
            else:
                yield one

    def _within(self, folder: bytes) -> tuple[list[bytes], list[tuple[bytes, int]]]:
        """The folders in a folder, and the files with their sizes; what is ignored is noted."""
        try:
            with os.scandir(self.top + b"/" + folder if folder else self.top) as entries:
                found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
        except OSError as problem:
            self.unreadable[folder] = problem.strerror or str(problem)
            return [], []
        if folder:
            self.folders.append(folder)
            if not found:
                self.ignored.append((folder, "empty-folder", "an empty folder"))
        folders, files = [], []
        above = folder + b"/" if folder else b""
        for name, status in found:
            mode = status.st_mode
            if name[0] not in _FIRST_OF_ODD and stat.S_ISREG(mode):
                files.append((above + name, status.st_size))
                continue
            kind, reason = _reason(name, mode)
            if kind:
                self.ignored.append((above + name, kind, f"{reason}{_AND_ALL}" if stat.S_ISDIR(mode) else reason))
            elif stat.S_ISDIR(mode):
                folders.append(above + name)
            else:
                files.append((above + name, status.st_size))
        return folders, files


def _in_order(folders: list[bytes], files: list[tuple[bytes, int]]) -> list[bytes | list[tuple[bytes, int]]]:
    """The folders by themselves, and files that follow one another together, sorted by path."""
    files.sort()
    found: list[bytes | list[tuple[bytes, int]]] = []
    start = 0
    for folder in sorted(folders, key=_with_slash):
        place = bisect_left(files, (_with_slash(folder), 0))
        found.extend((files[start:place], folder) if place > start else (folder,))
        start = place
    return [*found, files[start:]] if start < len(files) else found


def _with_slash(folder: bytes) -> bytes:
    return folder + b"/"


def _reason(name: bytes, mode: int) -> tuple[str, str]:
    """Why an entry of that name and mode is no document: the kind and the words; empty strings for a document."""
    if not stat.S_ISREG(mode):
        for is_such, kind, reason in _SPECIAL:
            if is_such(mode):
                return kind, reason
    if name.lower() in _SYSTEM_NAMES or name.startswith(_OTHER_BEGINNINGS):
        return "system", "of the operating system or of an office program"
    return ("hidden", "hidden") if name.startswith(b".") else ("", "")
