"""Names that some system cannot hold, or should not be there (RFC 8493, 6.1). All of these are warnings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, groupby, islice

from archive.bags.contents import Contents
from archive.bags.matching import LONGEST
from archive.bags.ordinary_names import RESOURCE_FORK, SYSTEM_FILES
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.storage.stores import order_of

_SLAB = 4096
"""Paths that are looked at together."""


def case_twins(bag: Contents) -> Iterator[Finding]:
    """No two paths differ in nothing but case (RFC 8493, 6.1.1.1 and 6.1.1.3)."""
    if all(slab.isascii() and slab.lower() == slab for slab in _slabs(_unusual(bag))):
        return  # the quick answer for most bags
    for group in _neighbours(_paths(bag)):
        # Paths that differ in their normalisation are the next rule's: here each stands for all its normal forms.
        each = {_normal(path): path for path in sorted(group, reverse=True)}
        yield from _twins(each.values(), lambda path: _normal(path).casefold(), "path.case-twin")


def normal_form_twins(bag: Contents) -> Iterator[Finding]:
    """No two paths differ in nothing but normalisation (RFC 8493, 6.1.1.2 and 6.1.1.3)."""
    if all(map(str.isascii, _slabs(_unusual(bag)))):
        return
    for group in _neighbours(_paths(bag)):
        yield from _twins(group, _normal, "path.normal-form-twin")


def changed_names(bag: Contents) -> Iterator[Finding]:
    """A name that was normalised or folded on the way still finds its file, and is spoken of (RFC 8493, 6.1.1.3)."""
    for path, key in bag.aliases.items():
        if _normal(path) == _normal(key):
            yield finding("path.normal-form", where=Where(file=key), expected=f"the name as listed: {path}")
        elif path.casefold() == key.casefold():
            found = f"no file of this name; {key} was taken for it"
            yield finding("path.case-twin", where=Where(file=path), found=found, expected="a file of its own")


def system_files(bag: Contents) -> Iterator[Finding]:
    """What operating systems leave in folders does not belong in a payload."""
    if bag.has_ordinary_names or not any(
        name in slab.lower() for slab in _slabs(bag.payload) for name in (*SYSTEM_FILES, f"/{RESOURCE_FORK}")
    ):
        return  # the quick answer for most bags
    for key in bag.payload:
        name = key.rpartition("/")[2]
        if name.lower() in SYSTEM_FILES or name.startswith(RESOURCE_FORK):
            yield finding("payload.system-file", where=Where(file=key))


def _paths(bag: Contents) -> Iterator[str]:
    """Every path that is there or listed, once; one that is longer than a file system holds has no twin there."""
    return chain(bag.payload, _beside_payload(bag))


def _unusual(bag: Contents) -> Iterator[str]:
    """The same without what is known to be ordinary."""
    return _beside_payload(bag) if bag.has_ordinary_names else _paths(bag)


def _beside_payload(bag: Contents) -> Iterator[str]:
    listed = set(bag.aliases).union(*bag.odd.values()).difference(bag.tag_files, bag.payload)
    return chain(bag.tag_files, (path for path in sorted(listed) if len(path) <= LONGEST))


def _slabs(paths: Iterable[str]) -> Iterator[str]:
    """Many paths as one text, so that they are looked at together; never all of them, there may be millions."""
    left = iter(paths)
    while several := list(islice(left, _SLAB)):
        yield "\0".join(several)


def _neighbours(paths: Iterable[str]) -> Iterable[list[str]]:
    """The paths whose folders are the same but for case and normalisation: only they can be twins."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for folder, group in groupby(paths, key=lambda path: path.rpartition("/")[0]):
        groups[_normal(folder).casefold()].extend(group)
    return groups.values()


def _normal(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _twins(paths: Collection[str], key: Callable[[str], str], code: str) -> Iterator[Finding]:
    if len({key(path) for path in paths}) == len(paths):
        return
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[key(path)].append(path)
    for group in groups.values():
        first, *others = sorted(group, key=order_of)
        for other in others:
            yield finding(code, where=Where(file=other), found=f"a twin of {first}")
