"""What a bag must consist of (RFC 8493, 2)."""

from __future__ import annotations

from collections.abc import Iterator

from archive.bags.contents import Contents
from archive.bags.manifests import manifest_name, severity_by
from archive.model.bags import PAYLOAD
from archive.model.codes import finding
from archive.model.digests import ALGORITHMS, WEAK_ALGORITHMS, normalised
from archive.model.findings import Finding, Where
from archive.model.limits import DEFAULT_LIMITS
from archive.storage.stores import Kind
from archive.storage.walking import is_too_deep

_CODE_OF = {Kind.LINK: "file.link", Kind.SPECIAL: "file.special"}


def payload_folder(bag: Contents) -> Iterator[Finding]:
    """The base folder holds a folder data/ (RFC 8493, 2.1.2)."""
    if PAYLOAD.rstrip("/") not in bag.folders and all(entry.key != PAYLOAD.rstrip("/") for entry in bag.oddities):
        yield finding("payload.folder-missing", where=Where(file=PAYLOAD))


def kinds(bag: Contents) -> Iterator[Finding]:
    """A bag is made of files and folders; links are not followed, devices not opened (RFC 8493, 5.1)."""
    for entry in bag.oddities:
        where = Where(file=entry.key)
        if entry.kind is not Kind.UNREADABLE:
            yield finding(_CODE_OF[entry.kind], where=where, found=entry.kind.value)
        elif is_too_deep(entry.key):
            expected = f"at most {DEFAULT_LIMITS.depth} folders in one another"
            yield finding("file.unreadable", where=where, found=entry.kind.value, expected=expected)
        else:  # it may hold just what it should: this says nothing against the bag
            yield finding("folder.unreadable", where=where)


def payload_manifest(bag: Contents) -> Iterator[Finding]:
    """There is at least one payload manifest (RFC 8493, 2.1.3); one that could not be read is spoken of as such."""
    if not bag.manifests and not any(
        is_tags is False for is_tags, _ in filter(None, map(manifest_name, bag.tag_files))
    ):
        yield finding("manifest.missing", expected="manifest-sha512.txt or another")


def algorithms(bag: Contents) -> Iterator[Finding]:
    """Every manifest is of an algorithm that can be checked here (RFC 8493, 2.4)."""
    for manifest in (*bag.manifests, *bag.tag_manifests):
        if manifest.algorithm not in ALGORITHMS:
            known = ", ".join(ALGORITHMS)
            yield finding(
                "manifest.unknown-algorithm",
                where=Where(file=manifest.file),
                found=manifest.algorithm,
                expected=f"one of {known}",
            )


def algorithm_names(bag: Contents) -> Iterator[Finding]:
    """The name of a manifest has the algorithm in lower case, letters and digits only (RFC 8493, 2.4)."""
    for manifest in (*bag.manifests, *bag.tag_manifests):
        name = manifest_name(manifest.file)
        if name and name[1] != normalised(name[1]):
            yield finding(
                "manifest.algorithm-name",
                where=Where(file=manifest.file),
                found=name[1],
                expected=normalised(name[1]),
                severity=severity_by(bag.declaration.version),
            )


def weak_algorithms(bag: Contents) -> Iterator[Finding]:
    """Something stronger than md5 and sha1 protects the payload (RFC 8493, 2.4 and 5.2)."""
    used = {manifest.algorithm for manifest in bag.manifests}
    if used and used <= WEAK_ALGORITHMS:
        yield finding("manifest.weak-algorithm", found=", ".join(sorted(used)), expected="sha256 or sha512")


def tag_manifests(bag: Contents) -> Iterator[Finding]:
    """A tag manifest protects the tag files; it may be left out (RFC 8493, 2.2.1)."""
    if not bag.tag_manifests:
        yield finding("tagmanifest.absent")
