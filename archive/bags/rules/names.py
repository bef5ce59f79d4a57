"""Names that some system cannot hold, or should not be there (RFC 8493, 6.1). All of these are warnings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from archive.bags.contents import Contents
from archive.bags.matching import LONGEST
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.storage.stores import order_of

_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".spotlight-v100"})


def case_twins(bag: Contents) -> Iterator[Finding]:
    """No two paths differ in nothing but case (RFC 8493, 6.1.1.1 and 6.1.1.3)."""
    # Paths that differ in their normalisation are the next rule's: here each stands for all its normal forms.
    paths = _paths(bag)
    if _all_ascii(paths) and _differ_without_case(paths):
        return
    each = {_normal(path): path for path in sorted(paths, reverse=True)}
    yield from _twins(each.values(), lambda path: _normal(path).casefold(), "path.case-twin")


def normal_form_twins(bag: Contents) -> Iterator[Finding]:
    """No two paths differ in nothing but normalisation (RFC 8493, 6.1.1.2 and 6.1.1.3)."""
    paths = _paths(bag)
    if not _all_ascii(paths):
        yield from _twins(paths, _normal, "path.normal-form-twin")


def changed_names(bag: Contents) -> Iterator[Finding]:
    """A name that was normalised on the way still finds its file, and is spoken of (RFC 8493, 6.1.1.3)."""
    for path, key in bag.aliases.items():
        if _normal(path) == _normal(key):
            yield finding("path.normal-form", where=Where(file=key), expected=f"the name as listed: {path}")


def system_files(bag: Contents) -> Iterator[Finding]:
    """What operating systems leave in folders does not belong in a payload."""
    together = "\n".join(bag.payload).lower()
    if not any(name in together for name in (*_SYSTEM_FILES, "/._")):
        return  # the quick answer for most bags
    for key in bag.payload:
        name = key.rpartition("/")[2]
        if name.lower() in _SYSTEM_FILES or name.startswith("._"):
            yield finding("payload.system-file", where=Where(file=key))


def _paths(bag: Contents) -> set[str]:
    """Every path that is there or listed; one that is longer than a file system holds has no twin there."""
    paths = set(bag.files).union(*bag.listed.values(), bag.aliases)
    if max(map(len, paths), default=0) <= LONGEST:
        return paths
    return {path for path in paths if len(path) <= LONGEST}


def _differ_without_case(paths: Collection[str]) -> bool:
    """Whether no two paths in ASCII are the same in lower case; the quick answer for most bags."""
    together = "\0".join(paths)
    folded = together.lower()
    if folded == together:
        return True
    return len(set(folded.split("\0"))) == len(paths) == together.count("\0") + 1


def _all_ascii(paths: Iterable[str]) -> bool:
    return all(map(str.isascii, paths))


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
