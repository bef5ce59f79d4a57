"""What the pages and descriptions of a bag say of it in particular, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.model.versions import Holds, Predecessor


@dataclass(frozen=True, slots=True)
class BagFacts:
    """Facts of one bag, all of them about this bag alone.

    Attributes:
        urn: the identifier of the bag.
        title: the name of the corpus.
        version: the version of the corpus.
        access_level: `open`, `embargoed` or `restricted`.
        documents: how many documents it holds.
        passages: how many passages, kept or not.
        description: what the corpus is, or an empty string.
        creator: an organisation or project, or an empty string.
        licence: of the texts, or an empty string.
        metadata_licence: of the metadata, or an empty string.
        contact: label and value in order; a role, never a person's name.
        datasheet: heading and text in order: selection, gaps, consent, and what else the makers wrote.
        algorithms: the checksum algorithms of the manifests, by normalised name.
        holds: what it holds of its documents.
        previous: the bag of the version before, or None.
        tombstones: how many documents were withdrawn, in this version and before.
    """

    urn: str
    title: str
    version: str
    access_level: str
    documents: int
    passages: int
    description: str = ""
    creator: str = ""
    licence: str = ""
    metadata_licence: str = ""
    contact: tuple[tuple[str, str], ...] = ()
    datasheet: tuple[tuple[str, str], ...] = ()
    algorithms: tuple[str, ...] = ("sha256", "sha512")
    holds: Holds = Holds.DOCUMENTS
    previous: Predecessor | None = None
    tombstones: int = 0


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file under `data/`.

    Attributes:
        path: relative to `data/`.
        bytes: its size.
        sha256: in lower-case hex.
        media_type: of the file.
    """

    path: str
    bytes: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """One folder under `data/`.

    Attributes:
        name: with a `/` at its end.
        files: how many there are in it, at any depth.
        bytes: their sizes together.
        is_listed: whether its files are among the facts; of a folder of very many they are not.
    """

    name: str
    files: int
    bytes: int
    is_listed: bool


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table: its name in `archive.model.columns`, its rows, its file."""

    name: str
    rows: int
    file: FileFacts


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document in short.

    Attributes:
        document_id: its identifier.
        metadata: field -> value or list of values, as its record has it.
        files: paths of the files that hold it, relative to `data/`, the original first, derived layers left out.
        source_path: the true name of its source.
    """

    document_id: str
    metadata: Mapping[str, Any]
    files: tuple[str, ...]
    source_path: str


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """All that the machine-readable descriptions of a bag are made from.

    Attributes:
        bag: what the pages for people say too.
        slug: the beginning of the bag's name.
        language: BCP 47 tag of title, description and datasheet.
        packed_at: the instant of packing, RFC 3339 in UTC.
        software: name and version of the program that packed it.
        recipe: name and digest of the recipe that labelled the text.
        languages: of the kept text, as BCP 47, sorted.
        files: what stands under `data/`, sorted by path, but for the folders that are not listed and the crate itself.
        folders: the folders under `data/`, sorted by name.
        tables: in the order of `archive.model.columns`.
        documents: sorted by identifier, or None where there are too many to name each.
        shows_viewer: whether a person asked for the viewer of a dataset hub.
    """

    bag: BagFacts
    slug: str
    language: str
    packed_at: str
    software: tuple[str, str]
    recipe: tuple[str, str]
    languages: tuple[str, ...]
    files: tuple[FileFacts, ...]
    folders: tuple[FolderFacts, ...]
    tables: tuple[TableFacts, ...]
    documents: tuple[DocumentFacts, ...] | None = field(default=None)
    shows_viewer: bool = False
