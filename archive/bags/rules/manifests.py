"""What a manifest may list (RFC 8493, 2.1.3 and 2.2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.bags.contents import Contents
from archive.bags.manifests import manifest_name, severity_by
from archive.model.bags import PAYLOAD, Manifest
from archive.model.codes import finding
from archive.model.escaping import escapes
from archive.model.findings import Finding, Severity, Where
from archive.model.manifest_lines import ManifestEntry

LONGEST_SHOWN = 240


def is_safe(path: str) -> bool:
    """Whether a path stays in the bag on every system; the quick answer for the common case."""
    return (path.startswith(PAYLOAD) and ".." not in path and "\0" not in path) or not escapes(path)


def escaping_paths(bag: Contents) -> Iterator[Finding]:
    """No path leads out of the bag, on this system or another (RFC 8493, 5.1)."""
    for manifest, row, path in _odd_rows(bag, (*bag.manifests, *bag.tag_manifests)):
        if not is_safe(path):
            yield _at(manifest, manifest.entries[row], "path.escapes-bag", f"a path in the bag, not {escapes(path)}")


def outside_payload(bag: Contents) -> Iterator[Finding]:
    """A payload manifest lists only what is under data/ (RFC 8493, 2.1.3)."""
    for manifest, row, path in _odd_rows(bag, bag.manifests):
        if not path.startswith(PAYLOAD) and is_safe(path):
            yield _at(manifest, manifest.entries[row], "manifest.outside-payload", f"a path under {PAYLOAD}")


def folders(bag: Contents) -> Iterator[Finding]:
    """A manifest lists no folder (RFC 8493, 2.1.3)."""
    for manifest, row, path in _odd_rows(bag, (*bag.manifests, *bag.tag_manifests)):
        if path.rstrip("/") in bag.folders:
            yield _at(manifest, manifest.entries[row], "manifest.lists-folder", "a file")


def repeated_entries(bag: Contents) -> Iterator[Finding]:
    """A manifest lists a file once (RFC 8493, 2.1.3); before 1.0 twice the same was let pass."""
    same = severity_by(bag.declaration.version)
    for manifest in (*bag.manifests, *bag.tag_manifests):
        if len(bag.listed[manifest.file]) == len(manifest.entries):
            continue
        first: dict[str, str] = {}
        seen: set[str] = set()
        for entry in manifest.entries:
            digest = entry.digest.lower()
            before = first.setdefault(bag.aliases.get(entry.path, entry.path), digest)
            if before != digest:
                yield _at(manifest, entry, "manifest.conflicting-entries", f"one digest, not also {before}")
            elif entry.path in seen:
                yield _at(manifest, entry, "manifest.duplicate-entry", "one line for a file", same)
            seen.add(entry.path)


def tag_manifest_contents(bag: Contents) -> Iterator[Finding]:
    """A tag manifest lists neither payload files nor tag manifests (RFC 8493, 2.2.1)."""
    for manifest in bag.tag_manifests:
        for entry in manifest.entries:
            if entry.path.startswith(PAYLOAD) and is_safe(entry.path):
                yield _at(manifest, entry, "tagmanifest.lists-payload", "tag files only")
            elif (manifest_name(entry.path) or (False,))[0]:
                yield _at(
                    manifest,
                    entry,
                    "tagmanifest.lists-tagmanifest",
                    "no tag manifest",
                    severity_by(bag.declaration.version),
                )


def payload_manifests_protected(bag: Contents) -> Iterator[Finding]:
    """Each tag manifest lists every payload manifest (RFC 8493, 2.2.1)."""
    for manifest in bag.tag_manifests:
        for payload in bag.manifests:
            if payload.file not in bag.listed[manifest.file]:
                yield finding(
                    "tagmanifest.manifest-unlisted",
                    where=Where(file=manifest.file),
                    expected=f"a line for {payload.file}",
                    severity=severity_by(bag.declaration.version),
                )


def _odd_rows(bag: Contents, manifests: Iterable[Manifest]) -> Iterator[tuple[Manifest, int, str]]:
    """The rows that list what is no file of its kind, with their paths; entries are not made, there may be millions."""
    for manifest in manifests:
        odd = bag.odd[manifest.file]
        for row, path in enumerate(manifest.entries.paths if odd else ()):
            if bag.aliases.get(path, path) in odd:
                yield manifest, row, path


def _at(
    manifest: Manifest, entry: ManifestEntry, code: str, expected: str, severity: Severity | None = None
) -> Finding:
    return finding(
        code,
        where=Where(file=manifest.file, row=entry.line),
        found=entry.path[:LONGEST_SHOWN],
        expected=expected,
        severity=severity,
    )
