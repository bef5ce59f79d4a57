"""What the pages of a bag say of it in particular, as one value."""

from __future__ import annotations

from dataclasses import dataclass


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
