"""The walk through a folder of the local file system: each is listed once, in the order of the bytes of the keys.

Each folder is opened from the root, so that few are open at a time; that stays cheap since there is a bound on how deep
they may stand in one another, the same as in a serialised bag.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import groupby

from archive.model.limits import DEFAULT_LIMITS
from archive.storage.handles import NAMES_ARE_UTF8, open_folder
from archive.storage.stores import UNKNOWN, Entry, Kind, Run, order_of

_BASE_AND_FILE = 2
_LOOKED_AT = 12_000
"""Files whose sizes are always looked at."""
_SMALL = 32 << 10
"""Bytes that they may have on average, where the others are left to who reads them."""
_entry: Callable[[tuple[str, Kind, int]], Entry] = partial(tuple.__new__, Entry)
"""Makes an entry without the detour that a call of the class takes; there may be millions."""


def is_too_deep(folder: str) -> bool:
    """Whether what stands in a folder would be deeper than `Limits.depth`, the base folder and the file counted too."""
    return folder.count("/") + 1 > DEFAULT_LIMITS.depth - _BASE_AND_FILE


def walk(root: int, sparing: str | None = None) -> Iterator[Run | Entry]:
    """Everything below an open folder; one that cannot be listed, or is too deep, is said to be unreadable.

    Args:
        root: the open folder.
        sparing: a folder in which the sizes of files are left unknown once the first `_LOOKED_AT` were small: to look
            at a file takes three times as long as to list it, and who reads it learns its size anyway.
    """
    pending: list[Run | Entry] = [Entry("", Kind.FOLDER, 0)]
    count = size = 0
    while pending:
        one = pending.pop()
        if isinstance(one, Run):
            count += len(one.names)
            size += sum(one.sizes)
            yield one
            continue
        if one.kind is not Kind.FOLDER:
            yield one
            continue
        may_spare = count >= _LOOKED_AT and size <= count * _SMALL
        spares = may_spare and sparing is not None and f"{one.key}/".startswith(f"{sparing}/")
        try:
            inside = _listed_at_bound(root, one.key) if is_too_deep(one.key) else _listed(root, one.key, spares=spares)
        except OSError:
            inside = None
        if inside is None:
            yield one._replace(kind=Kind.UNREADABLE)
            continue
        if one.key:
            yield one
        pending.extend(reversed(inside))


def at_base(root: int) -> Iterator[Entry]:
    """What stands in an open folder itself, not what is further down.

    Raises:
        OSError: it cannot be listed.
    """
    for one in _listed(root, ""):
        if isinstance(one, Run):
            yield from entries_of(one)
        else:
            yield one


def _listed(root: int, folder: str, *, spares: bool = False) -> list[Run | Entry]:
    handle = open_folder(root, folder)
    try:
        with os.scandir(handle) as listing:
            return _inside(listing, folder, spares=spares)
    finally:
        os.close(handle)


def _listed_at_bound(root: int, folder: str) -> list[Run | Entry] | None:
    """Nothing, where the folder is empty; None where what stands in it would be too deep."""
    handle = open_folder(root, folder)
    try:
        with os.scandir(handle) as listing:
            return [] if next(listing, None) is None else None
    finally:
        os.close(handle)


def _inside(listing: Iterator[os.DirEntry[str]], folder: str, *, spares: bool) -> list[Run | Entry]:
    """What stands in a folder, in the order of the walk, files that follow one another as one run."""
    names: list[str] = []
    sizes: list[int] = []
    others: list[Entry] = []
    prefix = f"{folder}/" if folder else ""
    for item in listing:
        name = item.name if NAMES_ARE_UTF8 else os.fsencode(item.name).decode("utf-8", "surrogateescape")
        if item.is_symlink() or not item.is_file():  # so said, it costs half of `follow_symlinks=False`
            others.append(Entry(prefix + name, _kind(item), 0))
            continue
        names.append(name)
        if not spares:
            sizes.append(item.stat(follow_symlinks=False).st_size)
    size_of = {} if spares else dict(zip(names, sizes, strict=True))
    if names and not others:
        names.sort(key=None if _sort_as_bytes(names) else order_of)
        return [_run(folder, names, size_of)]
    entries = [*others, *(_entry((prefix + name, Kind.FILE, 0)) for name in names)]
    inside: list[Run | Entry] = []
    for is_file, group in groupby(sorted(entries, key=_walking_order), key=_is_file):
        if is_file:
            inside.append(_run(folder, [key.rpartition("/")[2] for key, _, _ in group], size_of))
        else:
            inside.extend(group)
    return inside


def _run(folder: str, names: list[str], size_of: Mapping[str, int]) -> Run:
    return Run(folder, names, [size_of[name] for name in names] if size_of else [UNKNOWN] * len(names))


def _sort_as_bytes(names: list[str]) -> bool:
    """Whether the names sort as their bytes do: all but those that hold bytes that are no UTF-8."""
    joined = "".join(names)
    try:
        return joined.isascii() or bool(joined.encode())
    except UnicodeEncodeError:
        return False


def _is_file(entry: Entry) -> bool:
    return entry.kind is Kind.FILE


def _walking_order(entry: Entry) -> bytes:
    return order_of(entry.key + "/" if entry.kind is Kind.FOLDER else entry.key)


def _kind(item: os.DirEntry[str]) -> Kind:
    """The kind of what is no file."""
    if item.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.LINK if item.is_symlink() else Kind.SPECIAL


def entries_of(run: Run) -> Iterator[Entry]:
    """The same files, one by one."""
    prefix = run.prefix
    return (_entry((prefix + name, Kind.FILE, size)) for name, size in zip(run.names, run.sizes, strict=True))
