"""Opens a serialised bag: finds out what it is, lists it, chooses its base folder, and gives a store over that.

Nothing is unpacked. The rules on how a bag is serialised stood in the drafts up to draft-kunze-bagit-14 and left the
standard before RFC 8493; everyone goes on keeping them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from archive.errors import StorageError
from archive.model.codes import finding
from archive.model.findings import Finding
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.storage.compression import Compression, compression_of
from archive.storage.listings import Folder, Listing
from archive.storage.origins import Origin, size_of
from archive.storage.packed import TarStore, ZipStore
from archive.storage.scanned import Scan, ScannedStore
from archive.storage.stores import Kind, Store
from archive.storage.tars import BLOCK, TarMember, TarStream, looks_like_tar
from archive.storage.zips import ZipMember, check_sizes, read_directory

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP = (".zip",)
_TAR = {
    Compression.NONE: (".tar",),
    Compression.GZIP: (".tar.gz", ".tgz"),
    Compression.BZIP2: (".tar.bz2", ".tbz2", ".tbz"),
    Compression.XZ: (".tar.xz", ".txz"),
    Compression.ZSTD: (".tar.zst", ".tzst"),
}
PACKED_ENDINGS = (*_ZIP, *(ending for endings in _TAR.values() for ending in endings))
"""How the names of serialised bags end, in lower case."""
_SHOWN = 80
Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Serialised:
    """A serialised bag that was opened.

    Attributes:
        store: its base folder.
        findings: what is wrong with the serialisation.
        media: what it is, by the extension that tells it: `zip`, `tar`, `tar.gz` and so on.
    """

    store: Store
    findings: tuple[Finding, ...]
    media: str


def open_serialised(
    origin: Origin, limits: Limits = DEFAULT_LIMITS, algorithms: tuple[str, ...] | None = None
) -> Serialised:
    """Opens a zip, a tar or a compressed tar.

    Args:
        origin: the file.
        limits: the bounds.
        algorithms: the digests to make of what can be read only in a stream; None for those that its manifests ask
            for, empty for none.

    Raises:
        StorageError: it cannot be read, or is none of these.
        LimitError: it is a bomb, or holds more than is allowed.
    """
    with origin.open() as file:
        head = file.read(BLOCK)
        compression = compression_of(head)
        if head.startswith(_ZIP_MAGIC):
            return _zip(origin, file, limits)
        if compression is Compression.NONE and not looks_like_tar(head):
            what = "It is neither a folder nor a zip, a tar or a compressed tar"
            raise StorageError(what, where=origin.name)
        if compression is Compression.NONE and origin.is_local:
            return _tar(origin, file, limits)
    return _stream(origin, compression, limits, algorithms)


def _zip(origin: Origin, file: BinaryIO, limits: Limits) -> Serialised:
    listing: Listing[ZipMember] = Listing(limits)
    members = []
    for name, member in read_directory(file, limits):
        listing.add(name, member.kind, member.size, member)
        members.append(member)
    check_sizes(members, size_of(file), limits)
    folder, findings = _settled(listing, origin.name, _ZIP)
    return Serialised(ZipStore(origin, folder, limits), findings, "zip")


def _tar(origin: Origin, file: BinaryIO, limits: Limits) -> Serialised:
    listing: Listing[TarMember] = Listing(limits)
    tar = TarStream(file, limits, size_of(file))
    count = 0
    try:
        for member in tar.members():
            count += 1
            one = _resolved(member, listing)
            listing.add(one.name, one.kind, one.size, one)
    except StorageError as error:
        if not count:
            raise
        listing.found.add(finding("serialised.damaged", found=error.what))
    else:
        if not tar.ended:
            listing.found.add(finding("serialised.no-end"))
        if tar.trailing:
            listing.found.add(finding("serialised.trailing-data"))
    folder, findings = _settled(listing, origin.name, _TAR[Compression.NONE])
    return Serialised(TarStore(origin, folder), findings, "tar")


def _resolved(member: TarMember, listing: Listing[TarMember]) -> TarMember:
    """A hard link with the place of its target, which comes before it in the same tar."""
    if not member.target:
        return member
    there = listing.get("/".join(part for part in member.target.split("/") if part not in {"", "."}))
    if there is None or there.kind is not Kind.FILE:
        return member._replace(fault="it is a hard link to what did not come before it")
    target = there.member
    return member._replace(place=target.place, size=target.size, fault=target.fault)


def _stream(origin: Origin, compression: Compression, limits: Limits, algorithms: tuple[str, ...] | None) -> Serialised:
    scan = Scan(origin, compression, limits, algorithms, Listing(limits))
    scan.run()
    folder, findings = _settled(scan.listing, origin.name, _TAR[compression])
    return Serialised(ScannedStore(scan, folder), findings, _TAR[compression][0].lstrip("."))


def _settled(
    listing: Listing[Member], name: str, extensions: tuple[str, ...]
) -> tuple[Folder[Member], tuple[Finding, ...]]:
    """The base folder, and all that was found."""
    file = name.rstrip("/").rpartition("/")[2]
    ending = next((one for one in extensions if file.lower().endswith(one)), None)
    if ending is None:
        listing.found.add(finding("serialised.extension", found=file[-_SHOWN:], expected=extensions[0]))
    folder = listing.folder(file[: -len(ending)] if ending else None)
    return folder, tuple(listing.found)
