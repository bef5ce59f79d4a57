"""What a bag of this package's own layout promises beyond the standard."""

from __future__ import annotations

from collections.abc import Iterator

from archive.bags.contents import LAYOUT_LABEL, Contents
from archive.bags.stated import ROOT
from archive.model.bags import BAG_INFO
from archive.model.codes import finding
from archive.model.findings import Finding, Where

KNOWN_LAYOUT = "1"
_LONGEST_SHOWN = 80


def layout(bag: Contents) -> Iterator[Finding]:
    """The layout has a major version that is known here; a minor one may be newer."""
    for line in bag.info.named(LAYOUT_LABEL) if bag.info else ():
        if line.value.partition(".")[0] != KNOWN_LAYOUT:
            yield finding(
                "bag.layout-unknown",
                where=Where(file=BAG_INFO, row=line.line),
                found=line.value[:_LONGEST_SHOWN],
                expected=f"{KNOWN_LAYOUT}, or {KNOWN_LAYOUT} with a point and a number",
            )


def tag_manifests(bag: Contents) -> Iterator[Finding]:
    """There is a tag manifest for each payload manifest, and the one that has the root digest."""
    if not bag.is_ours:
        return
    there = {manifest.file for manifest in bag.tag_manifests}
    for name in sorted({ROOT, *(f"tag{manifest.file}" for manifest in bag.manifests)} - there):
        yield finding("bag.tag-manifest-missing", where=Where(file=name))


def canonical_form(bag: Contents) -> Iterator[Finding]:
    """Manifests are written in one way only, so that any change of a byte in them shows."""
    if not bag.is_ours:
        return
    for manifest in (*bag.manifests, *bag.tag_manifests):
        if not manifest.is_canonical:
            yield finding("bag.not-canonical", where=Where(file=manifest.file))
