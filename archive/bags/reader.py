"""Reads a bag's tag files from a store into one value; reads no payload and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from archive.bags.allowance import Allowance
from archive.bags.contents import Contents, Files
from archive.bags.listed import Listed
from archive.bags.manifests import manifest_name
from archive.bags.matching import aliases_of
from archive.bags.pairing import Pairing, Watch
from archive.bags.stated import Stated
from archive.bags.walked import Walked, count_of, walk_of
from archive.bags.written import ManifestFile, Proven
from archive.errors import BagUnreadableError, StorageError
from archive.model.bags import PAYLOAD
from archive.model.depths import Depth
from archive.model.digests import ALGORITHMS, normalised
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.storage.stores import Entry, Run, Store


def read_bag(
    store: Store, depth: Depth = Depth.FIXITY, limits: Limits = DEFAULT_LIMITS, watch: Watch | None = None
) -> Contents:
    """Reads what a bag says of itself and lists what it holds.

    Args:
        store: the bag.
        depth: with `oxum` the manifests are left unread.
        limits: the bounds.
        watch: hears of the payload while it is being listed. Of a large folder it has to find out sizes itself: until
            it has, they are unknown.

    Raises:
        BagUnreadableError: the store itself cannot be opened or listed.
    """
    try:
        stated, proven, walk = _stated(store, depth, limits, watch)
        walked = Walked({} if proven is None else proven.sizes)
        pairing = Pairing(() if proven else stated.manifests, watch, walked.payload)
        walked.take_all(walk, pairing)
    except StorageError as error:
        raise BagUnreadableError(error.what, where=error.where) from error
    files = Files(walked.payload, walked.tag_files)
    sound = {one.file for one in stated.manifests if proven or pairing.matches_all(one)}
    manifests = (*stated.manifests, *stated.tag_manifests)
    aliases = aliases_of(manifests, files, stated.declaration.version, sound)
    listed = Listed(aliases)
    for one in stated.manifests:
        listed.add(one, walked.payload, is_complete=one.file in sound)
    for one in stated.tag_manifests:
        listed.add(one, walked.tag_files)
    return Contents(
        declaration=stated.declaration,
        info=stated.info,
        manifests=tuple(stated.manifests),
        tag_manifests=tuple(stated.tag_manifests),
        fetches=stated.fetches,
        files=files,
        payload=walked.payload,
        tag_files=walked.tag_files,
        folders=frozenset(walked.folders),
        oddities=tuple(walked.oddities),
        aliases=aliases,
        listed=listed.listed,
        odd=listed.odd,
        unlisted=listed.unlisted,
        findings=tuple(stated.found),
        root_digest=stated.root_digest,
        has_ordinary_names=proven is not None and proven.are_ordinary,
    )


def _stated(
    store: Store, depth: Depth, limits: Limits, watch: Watch | None
) -> tuple[Stated, Proven | None, Iterator[Run | Entry]]:
    """What the tag files state, what is known of the payload by then, and the rest of the walk."""
    base, walk = walk_of(store, None if watch is None else PAYLOAD.rstrip("/"))
    with store.reader() as reader:
        allowance = Allowance(limits, partial(count_of, store), sum(map(bool, map(manifest_name, base))))
        stated = Stated(reader, base, limits, allowance, watch)
        stated.read_declaration()
        if watch is not None:
            named = _payload_manifests(base)
            known = [one for one in named if one.algorithm in ALGORITHMS]
            # One of an unknown algorithm lists files too, and one that is too large is a finding.
            may_stand_unread = known == named and all(one.size <= limits.manifest for one in named)
            in_bytes = may_stand_unread and depth is Depth.FIXITY and stated.codec == "utf-8"
            walk = watch.ahead(walk, known, in_bytes=in_bytes)
        return stated, stated.read(depth), walk


def _payload_manifests(files: Mapping[str, int]) -> list[ManifestFile]:
    """The payload manifests, whatever their algorithms."""
    named = ((key, size, manifest_name(key)) for key, size in files.items())
    return [ManifestFile(key, normalised(name[1]), size) for key, size, name in named if name and not name[0]]
