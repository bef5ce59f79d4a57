"""Every file that is listed is there, and every file that is there is listed (RFC 8493, 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from archive.bags.contents import Contents
from archive.bags.manifests import manifest_name
from archive.bags.rules.manifests import LONGEST_SHOWN, is_safe
from archive.model.bags import PAYLOAD, Manifest
from archive.model.codes import finding
from archive.model.findings import Finding, Severity, Where
from archive.storage.stores import order_of

SIGNATURES = "signatures/"
"""Tag files of our own layout that no tag manifest lists: they sign the tag manifests."""


def payload_present(bag: Contents) -> Iterator[Finding]:
    """Every file listed in a payload manifest is present, or is said to be missing and where it could be had."""
    sources = {entry.path: entry for entry in bag.fetches.entries} if bag.fetches else {}
    for path, lists in _absent(bag, bag.manifests):
        if not path.startswith(PAYLOAD):
            continue
        where, source = Where(file=path[:LONGEST_SHOWN]), sources.get(path)
        if source is None:
            yield finding("payload.missing", where=where, expected=_listed_in(lists))
            continue
        size = "" if source.length is None else f", {source.length} bytes"
        found = f"not there; it could be had from {source.url[:LONGEST_SHOWN]}{size}"
        yield finding("fetch.outstanding", where=where, found=found, expected=_listed_in(lists))


def tag_files_present(bag: Contents) -> Iterator[Finding]:
    """Every file listed in a tag manifest is present."""
    for path, lists in _absent(bag, bag.tag_manifests):
        if not path.startswith(PAYLOAD):
            yield finding("tagfile.missing", where=Where(file=path[:LONGEST_SHOWN]), expected=_listed_in(lists))


def payload_listed(bag: Contents) -> Iterator[Finding]:
    """Every payload file is listed in a payload manifest."""
    nowhere = _in_no_manifest(bag)
    for key in bag.payload if nowhere else ():
        if key in nowhere:
            yield finding("payload.unlisted", where=Where(file=key))


def payload_in_every_manifest(bag: Contents) -> Iterator[Finding]:
    """From 1.0 on every payload file is listed in every payload manifest; before, one of them was enough."""
    if len(bag.manifests) < 2 or not bag.declaration.is_strict:
        return
    nowhere = _in_no_manifest(bag)
    for manifest in bag.manifests:
        for key in sorted(bag.unlisted[manifest.file] - nowhere, key=order_of):
            yield finding("payload.not-in-every-manifest", where=Where(file=key), expected=f"in {manifest.file} too")


def tag_files_listed(bag: Contents) -> Iterator[Finding]:
    """The tag manifests should list every tag file but themselves (RFC 8493, 2.2.1); those of our layout do."""
    for manifest in bag.tag_manifests:
        listed = bag.listed[manifest.file]
        payload_manifests = {one.file for one in bag.manifests}
        for key in bag.tag_files:
            if key in listed or key in payload_manifests or (manifest_name(key) or (False,))[0]:
                continue
            if not (bag.is_ours and key.startswith(SIGNATURES)):
                severity = Severity.ERROR if bag.is_ours else None
                yield finding(
                    "tagfile.unlisted", where=Where(file=key), expected=f"in {manifest.file}", severity=severity
                )


def _absent(bag: Contents, manifests: Iterable[Manifest]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is listed and not there, with the manifests that list it; not what another rule speaks of.

    What a folder holds that could not be listed is not known to be missing: that the folder is unreadable says enough.
    """
    closed = bag.closed
    absent: dict[str, tuple[str, ...]] = {}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for manifest in manifests:
        for key in bag.odd[manifest.file]:
            is_there = key in bag.files or key.rstrip("/") in bag.folders
            if not is_there and is_safe(key) and not key.startswith(closed):
                lists = (*absent.get(key, ()), manifest.file)
                absent[key] = shared.setdefault(lists, lists)  # one tuple for all, since there may be millions
    for key in sorted(absent, key=order_of):
        yield key, absent[key]


def _in_no_manifest(bag: Contents) -> Set[str]:
    """The payload files that no payload manifest lists; none where there is no manifest."""
    several = [frozenset(bag.unlisted[manifest.file]) for manifest in bag.manifests]
    return frozenset.intersection(*several) if several else frozenset()


def _listed_in(lists: tuple[str, ...]) -> str:
    return "as listed in " + ", ".join(lists)
