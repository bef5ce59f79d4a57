"""What a bag holds, as one value that the rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain

from archive.model.bags import PAYLOAD, Declaration, Fetches, Manifest, Tags
from archive.model.findings import Finding
from archive.storage.stores import Entry, Kind

LAYOUT_LABEL = "Corpus-Archive-Layout"
CONTENT_DIGEST_LABEL = "Corpus-Archive-Content-Digest"
IDENTIFIER_LABEL = "External-Identifier"


class Files(Mapping[str, int]):
    """The files of the payload and the tag files as one, in the order of their bytes, without a copy of either."""

    __slots__ = ("_payload", "_tag_files")

    def __init__(self, payload: Mapping[str, int], tag_files: Mapping[str, int]) -> None:
        self._payload = payload
        self._tag_files = tag_files

    def __getitem__(self, key: str) -> int:
        return self._payload[key] if key in self._payload else self._tag_files[key]

    def __contains__(self, key: object) -> bool:
        return key in self._payload or key in self._tag_files

    def __len__(self) -> int:
        return len(self._payload) + len(self._tag_files)

    def __iter__(self) -> Iterator[str]:
        before = (key for key in self._tag_files if key < PAYLOAD)
        return chain(before, self._payload, (key for key in self._tag_files if key > PAYLOAD))


@dataclass(frozen=True, slots=True)
class Contents:
    """A bag as it was found: what its tag files say and what is there.

    Attributes:
        declaration: what bagit.txt says, or what was taken in its place.
        info: what bag-info.txt says, or None where there is none.
        manifests: the payload manifests, by file name.
        tag_manifests: the tag manifests, by file name.
        fetches: what fetch.txt lists, or None where there is none.
        files: all regular files and their sizes, in the order of their bytes.
        payload: those under data/.
        tag_files: the others.
        folders: the folders.
        oddities: links, FIFOs, devices, and folders that could not be listed.
        aliases: listed path to the file that answers to it, where the two are written differently.
        listed: for each manifest, by its file name, the keys that it lists, aliases resolved.
        odd: for each manifest, what it lists that is no file of its own kind: missing, a folder, outside, escaping.
        unlisted: for each manifest, the files of its own kind that it does not list.
        findings: what reading found, before any rule.
        root_digest: the sha256 of tagmanifest-sha256.txt, or None where there is none.
        has_ordinary_names: whether it is known that nothing is to be said about the names in the payload.
    """

    declaration: Declaration
    info: Tags | None
    manifests: tuple[Manifest, ...]
    tag_manifests: tuple[Manifest, ...]
    fetches: Fetches | None
    files: Mapping[str, int]
    payload: Mapping[str, int]
    tag_files: Mapping[str, int]
    folders: frozenset[str]
    oddities: tuple[Entry, ...]
    aliases: Mapping[str, str]
    listed: Mapping[str, Set[str]]
    odd: Mapping[str, Set[str]]
    findings: tuple[Finding, ...]
    root_digest: str | None = None
    unlisted: Mapping[str, Set[str]] = field(default_factory=dict)
    has_ordinary_names: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether the bag says that it has the layout of this package."""
        return self.info is not None and self.info.first(LAYOUT_LABEL) is not None

    @property
    def closed(self) -> tuple[str, ...]:
        """The folders that could not be listed, each with `/`: nobody knows what is in them."""
        return tuple(f"{entry.key}/" for entry in self.oddities if entry.kind is Kind.UNREADABLE)
