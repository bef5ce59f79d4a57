"""Brings the files that a walk comes by together with the lines of the manifests that speak of them.

Most manifests list their files in the order of the walk. They are compared list by list, and only a manifest that
falls out of step gets a table of its paths. Of two lines for one path the first counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import groupby
from typing import Protocol

from archive.bags.written import ManifestFile, Proven
from archive.model.bags import Manifest
from archive.model.digests import ALGORITHMS
from archive.storage.stores import Entry, Run


class Watch(Protocol):
    """Hears of the payload while it is being listed."""

    def ahead(
        self, walk: Iterator[Run | Entry], manifests: Sequence[ManifestFile], *, in_bytes: bool
    ) -> Iterator[Run | Entry]:
        """May begin with the first files before the manifests are read.

        Args:
            walk: all that the bag holds.
            manifests: the payload manifests of algorithms that are known.
            in_bytes: whether they need not be read where their bytes are what would be written for the files there.

        Returns:
            the same walk, from its beginning.
        """
        ...

    def proven(self) -> Proven | None:
        """What is known of the payload where the manifests need not be read; the walk then has no more of it."""
        ...

    def go_on(self) -> None:
        """Called now and then while manifests are read."""
        ...

    def begin(self, manifests: Sequence[Manifest], sizes: MutableMapping[str, int]) -> None:
        """What begins.

        Args:
            manifests: the payload manifests of algorithms that are known, in the order of the columns that will follow.
            sizes: the size of each file that was taken; the watch fills in those that are unknown.
        """
        ...

    def take(self, run: Run, keys: list[str], columns: Sequence[bytes]) -> None:
        """Files that every manifest lists.

        Args:
            run: the files; the very one that the walk gave, where the manifests list all of it, and nothing twice so
                far as can be told: of two lines for one file it is not the bytes at some place that count.
            keys: their keys.
            columns: for each manifest their digests in binary, one behind the other.
        """
        ...

    def leave(self, keys: Iterable[str]) -> None:
        """Files that not every manifest lists under just that name."""
        ...


class Rows:
    """Where in a list of paths each key stands.

    Args:
        paths: the paths; where a key stands among them, its own object takes the place of the path, so that the
            two do not need twice the memory.
    """

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self._at = 0
        self._in_step = True
        self._table: dict[str, int] | None = None

    @property
    def matches_all(self) -> bool:
        """Whether the keys so far were the paths, all of them and in their order."""
        return self._in_step and self._at == len(self._paths)

    @property
    def repeats(self) -> bool:
        """Whether some path was found to be listed twice."""
        return self._table is not None and len(self._table) < len(self._paths)

    def of(self, keys: list[str]) -> Sequence[int | None]:
        """The row of each of some keys; no key is ever asked for twice."""
        if self._in_step:
            end = self._at + len(keys)
            if self._paths[self._at : end] == keys:
                self._paths[self._at : end] = keys
                rows = range(self._at, end)
                self._at = end
                return rows
            self._in_step = False
        if self._table is None:
            count = len(self._paths)
            self._table = dict(zip(reversed(self._paths), range(count - 1, -1, -1), strict=True))
        return list(map(self._table.get, keys))

    def known(self, keys: list[str], rows: Sequence[int | None]) -> list[str]:
        """The same keys, as the objects that stand among the paths."""
        if isinstance(rows, range):
            return keys
        paths = self._paths
        return [key if row is None else paths[row] for key, row in zip(keys, rows, strict=True)]


class Pairing:
    """The state of bringing one bag's payload and payload manifests together.

    Args:
        manifests: the payload manifests.
        watch: hears of what was brought together.
        sizes: takes the size of each file, by the object that the manifests hold for its key.
    """

    def __init__(self, manifests: Sequence[Manifest], watch: Watch | None, sizes: MutableMapping[str, int]) -> None:
        share_paths(manifests)
        rows = {id(one.entries.paths): Rows(one.entries.paths) for one in manifests}
        self._rows = tuple(rows.values())
        self._which = {one.file: list(rows).index(id(one.entries.paths)) for one in manifests}
        self._known = [one for one in manifests if one.algorithm in ALGORITHMS]
        self._watch = watch
        self._sizes = sizes
        if watch is not None:
            watch.begin(self._known, sizes)

    def take(self, run: Run, keys: list[str]) -> None:
        """Takes files of the payload.

        Args:
            run: the files.
            keys: their keys.
        """
        rows = [one.of(keys) for one in self._rows]
        if rows:
            keys = self._rows[0].known(keys, rows[0])
        self._sizes.update(zip(keys, run.sizes, strict=True))  # before the watch hears of them: it may fill them in
        if self._watch is not None:
            self._tell(self._watch, run, keys, [rows[self._which[one.file]] for one in self._known])

    def matches_all(self, manifest: Manifest) -> bool:
        """Whether a manifest lists all files that were taken, in their order, and nothing else."""
        return self._rows[self._which[manifest.file]].matches_all

    def _tell(self, watch: Watch, run: Run, keys: list[str], rows: list[Sequence[int | None]]) -> None:
        listed = [place for place, of in enumerate(zip(*rows, strict=True)) if None not in of] if _gaps(rows) else None
        if listed is None and rows:
            seen = Run(*run) if any(one.repeats for one in self._rows) else run
            watch.take(seen, keys, [_column(one, of) for one, of in zip(self._known, rows, strict=True)])
            return
        there = set(listed or ())
        watch.leave([key for place, key in enumerate(keys) if place not in there])
        if listed:
            part = Run(run.folder, [run.names[place] for place in listed], [run.sizes[place] for place in listed])
            kept = [[of[place] for place in listed] for of in rows]
            columns = [_column(one, of) for one, of in zip(self._known, kept, strict=True)]
            watch.take(part, [keys[place] for place in listed], columns)


def share_paths(manifests: Iterable[Manifest]) -> None:
    """Lets manifests that list the same paths in the same order hold them once."""
    seen: list[list[str]] = []
    for manifest in manifests:
        same = next((paths for paths in seen if paths == manifest.entries.paths), None)
        if same is None:
            seen.append(manifest.entries.paths)
        else:
            manifest.entries.paths = same


def runs_of(files: Mapping[str, int]) -> Iterator[tuple[Run, list[str]]]:
    """Files in runs, with their keys."""
    for folder, group in groupby(files, key=_folder_of):
        keys = list(group)
        start = len(folder) + 1 if folder else 0
        yield Run(folder, [key[start:] for key in keys], [files[key] for key in keys]), keys


def _folder_of(key: str) -> str:
    return key.rpartition("/")[0]


def _gaps(rows: Iterable[Sequence[int | None]]) -> bool:
    return any(not isinstance(of, range) and None in of for of in rows)


def _column(manifest: Manifest, rows: Sequence[int | None]) -> bytes:
    digests, width = manifest.entries.digests, manifest.entries.width
    if isinstance(rows, range):
        return bytes(digests[rows.start * width : rows.stop * width])
    return b"".join([digests[row * width : row * width + width] for row in rows if row is not None])
