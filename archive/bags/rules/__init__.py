"""The rules of BagIt: one function for each, which looks at a bag's contents and yields findings.

A rule reads nothing but the value it is given and never raises for what a bag holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.bags.contents import Contents
from archive.bags.rules import completeness, fetching, manifests, metadata, names, ours, structure
from archive.model.depths import Depth
from archive.model.findings import Finding

Rule = Callable[[Contents], Iterator[Finding]]

OF_SIZES: tuple[Rule, ...] = (
    structure.payload_folder,
    structure.kinds,
    metadata.oxum_form,
    metadata.oxum,
    metadata.repeats,
    metadata.bag_count,
    metadata.bag_group,
    ours.layout,
)
"""What can be said without manifests."""

OF_NAMES: tuple[Rule, ...] = (
    structure.payload_manifest,
    structure.algorithms,
    structure.algorithm_names,
    structure.weak_algorithms,
    structure.tag_manifests,
    manifests.escaping_paths,
    manifests.outside_payload,
    manifests.folders,
    manifests.repeated_entries,
    manifests.tag_manifest_contents,
    manifests.payload_manifests_protected,
    completeness.payload_present,
    completeness.tag_files_present,
    completeness.payload_listed,
    completeness.payload_in_every_manifest,
    completeness.tag_files_listed,
    names.case_twins,
    names.normal_form_twins,
    names.changed_names,
    names.system_files,
    fetching.paths,
    fetching.listed,
    fetching.addresses,
    ours.tag_manifests,
    ours.canonical_form,
)
"""What needs manifests and names."""

_AT_OXUM: tuple[Rule, ...] = (*OF_SIZES, metadata.oxum_present)
_DEEPER: tuple[Rule, ...] = (*OF_SIZES, *OF_NAMES)


def findings_of(bag: Contents, depth: Depth) -> Iterator[Finding]:
    """All that the rules up to `depth` find; digests are the business of `archive.bags.fixity`."""
    for rule in _AT_OXUM if depth is Depth.OXUM else _DEEPER:
        yield from rule(bag)
