"""Which file answers to a path that a manifest lists, where the two are not written alike.

A name may have changed its Unicode normalisation on the way (RFC 8493, 6.1.1.3 asks to tolerate that), a file system
without case may have folded two listed names of the same bytes into one file, and before version 1.0 nothing said
whether `%0A` in a manifest is a line feed or four characters.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.model.bags import Manifest

LONGEST = 4096
"""Characters of a path that are compared in other spellings; no file system holds a longer one, and normalising a
hostile one of megabytes would take for ever."""


def aliases_of(manifests: Iterable[Manifest], files: Mapping[str, int], sound: Collection[str] = ()) -> dict[str, str]:
    """Listed path to the file that answers to it, for listed paths that are no files themselves.

    Args:
        manifests: all manifests, those of tag files too.
        files: what is there.
        sound: the file names of the manifests of which it is known that all that they list is there.
    """
    every = tuple(manifests)
    absent = dict(pair for manifest in every if manifest.file not in sound for pair in _absent(manifest, files))
    if not absent:
        return {}
    short = [path for path in absent if len(path) <= LONGEST]
    by_form = _Lookup.over(files, lambda key: unicodedata.normalize("NFC", key), short)
    by_case = _Lookup.over(files, str.casefold, short)
    found = {}
    twins = {}
    for path in short:
        raw = absent[path]
        answer = _literal(raw, files) or by_form.of(path)
        if answer:
            found[path] = answer
        elif twin := by_case.of(path):
            twins[path] = twin
    found.update(_folded(twins, every))
    return found


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Finds the one file whose name is the same under a key."""

    key: Callable[[str], str]
    names: Mapping[str, str]

    @classmethod
    def over(cls, files: Iterable[str], key: Callable[[str], str], wanted: Iterable[str]) -> _Lookup:
        keys = {key(path) for path in wanted}
        return cls(key, {same: name for name in files if (same := key(name)) in keys})

    def of(self, path: str) -> str | None:
        return self.names.get(self.key(path))


def _absent(manifest: Manifest, files: Mapping[str, int]) -> Iterator[tuple[str, str | None]]:
    """The paths that a manifest lists and that are no files, with the text of the line where that was kept."""
    entries = manifest.entries
    for row, path in enumerate(entries.paths):
        if path not in files:
            yield path, entries.raw_at(row)


def _literal(raw: str | None, files: Mapping[str, int]) -> str | None:
    if raw is None or "%" not in raw:
        return None
    name = raw.rstrip("\r\n").split(maxsplit=1)[-1]
    return name if name in files else None


def _folded(twins: Mapping[str, str], manifests: Iterable[Manifest]) -> dict[str, str]:
    """The case twins that are listed with the same digests: then one file holds what both names had."""
    if not twins:
        return {}
    wanted = {*twins, *twins.values()}
    digests: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for manifest in manifests:
        for entry in manifest.entries:
            if entry.path in wanted:
                digests[entry.path].add((manifest.file, entry.digest.lower()))
    return {path: twin for path, twin in twins.items() if digests[path] == digests.get(twin)}
