"""Which file answers to a path that a manifest lists, where the two are not written alike.

A name may have changed its Unicode normalisation on the way (RFC 8493, 6.1.1.3 asks to tolerate that). Before version
1.0 a file system without case, or with one normal form, may also have made one file of two listed names of the same
bytes, and nothing said whether `%0A` in a manifest is a line feed or four characters.

From 1.0 on a file answers to one listed path. Otherwise nobody would miss a file that was deleted beside its twin.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.bags import names
from archive.bags.manifests import path_as_written
from archive.model.bags import Manifest
from archive.storage.stores import order_of

LONGEST = 4096
"""Characters of a path that are compared in other spellings; no file system holds a longer one, and normalising a
hostile one of megabytes would take for ever."""
_ONE_FILE_ONE_PATH = (1, 0)


def aliases_of(
    manifests: Iterable[Manifest], files: Mapping[str, int], version: tuple[int, int], sound: Collection[str] = ()
) -> dict[str, str]:
    """Listed path to the file that answers to it, for listed paths that are no files themselves.

    Args:
        manifests: all manifests, those of tag files too.
        files: what is there.
        version: the version of BagIt that the bag declares.
        sound: the file names of the manifests of which it is known that all that they list is there.
    """
    every = tuple(manifests)
    absent = dict(pair for manifest in every if manifest.file not in sound for pair in _absent(manifest, files))
    short = sorted((path for path in absent if len(path) <= LONGEST), key=order_of)
    if not short:
        return {}
    is_old = version < _ONE_FILE_ONE_PATH
    literal = {path: text for path in short if is_old and (text := absent[path]) in files}
    by_form = _Lookup.over(files, _normal, short)
    by_case = _Lookup.over(files, str.casefold, short if is_old else ())
    likely = {path: file for path in short if (file := literal.get(path) or by_form.of(path) or by_case.of(path))}
    digests = _digests(every, {*likely, *likely.values()}) if likely else {}
    found: dict[str, str] = {}
    taken: dict[str, str] = {}
    for path, file in likely.items():
        listed = file if file in digests else taken.get(file)
        if listed is None:
            if path not in literal and _normal(path) != _normal(file):
                continue  # a name in another case that the manifests do not list is another name
            taken[file] = path
        elif not is_old or digests[path] != digests[listed]:
            continue
        found[path] = file
    return found


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Finds the one file whose name is the same under a key."""

    key: Callable[[str], str]
    names: Mapping[str, str]

    @classmethod
    def over(cls, files: Iterable[str], key: Callable[[str], str], wanted: Collection[str]) -> _Lookup:
        keys = {key(path) for path in wanted}
        return cls(key, {same: name for name in files if (same := key(name)) in keys} if keys else {})

    def of(self, path: str) -> str | None:
        return self.names.get(self.key(path))


def _normal(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _absent(manifest: Manifest, files: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The paths that a manifest lists and that are no files, with the text that stands for each in its line."""
    entries = manifest.entries
    for row, path in enumerate(entries.paths):
        if path not in files:
            raw = entries.raw_at(row)
            yield path, names.written(path) if raw is None else path_as_written(raw)


def _digests(manifests: Iterable[Manifest], wanted: Collection[str]) -> dict[str, set[tuple[str, str]]]:
    """What the manifests say of some paths; nothing of one that none of them lists."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for manifest in manifests:
        for row, path in enumerate(manifest.entries.paths):
            if path in wanted:
                found[path].add((manifest.file, manifest.entries[row].digest.lower()))
    return dict(found)
