"""What a person submitted: the corpus and its documents as planned, before anything is read from inside a file.

In OAIS's words this is the content of the Submission Information Package; `archive.submission` makes it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.model.annotations import Annotation
from archive.model.containers import Renames
from archive.model.fields import AccessLevel
from archive.model.statements import Statement

ROLES = ("page", "screenshot", "scan", "ocr", "translation", "transcript")
"""The roles that a file may play in its document."""
ORIGINAL_ROLES = ("page", "scan", "screenshot", "transcript", "ocr", "translation")
"""`original_*` describe the first file that there is, in this order."""
TEXT_ROLES = ("page", "transcript", "ocr")
"""The text is from the first of these that holds any."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What corpus.toml says.

    Attributes:
        identifier: the stable identifier of the corpus.
        slug: the name of its bags, safe for folders.
        version: as the person numbers it.
        title: its name.
        description: what it is.
        creator: an organisation or project.
        language: BCP 47 tag of the descriptions.
        licence: of the texts: an SPDX identifier or a URI.
        metadata_licence: of the metadata.
        recipe: the name of a recipe.
        contact: role, organization, email, telephone, address; never a person's name.
        defaults: field -> values, for every document that says nothing itself.
        access_level: the level of documents that state none, or None where corpus.toml states none either.
        review_date: the review date that goes with it, or None.
        lists: field -> separator, for columns whose cells hold several values.
        json_lines: key in a JSON line -> name of a field; `id` and `text` may be renamed here too.
        csv: header of a column of CSV files -> the same; one must mean `text` for CSV files to hold documents.
        limits: how much of a document is read, by the names of `archive.model.settings`, where that is stated.
        bag_info: lines of bag-info.txt of the person's own, in order, repeats allowed.
        tag_files: name of a tag file in the bag, and the file of the corpus folder that it is a copy of.
        datasheet: selection, gaps, consent, takedown_contact, and what else the person wrote.
        schema: the path of a schema of the person's own that narrows ours, or None.
        additional: what an archive needs of its own.
        additional_columns: columns of the sheet and keys of sidecars that are the person's own.
        shows_viewer: whether a hub that hosts the bag may show its rows on a page.
        withdrawn: the path of the list of documents that were withdrawn, or None.
        redactions: the path of the list of passages that are withheld, or None.
    """

    identifier: str
    slug: str
    version: str
    title: str
    description: str = ""
    creator: str = ""
    language: str = "en"
    licence: str = ""
    metadata_licence: str = ""
    recipe: str = "default"
    contact: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    access_level: AccessLevel | None = None
    review_date: str | None = None
    lists: Mapping[str, str] = field(default_factory=dict)
    json_lines: Mapping[str, str] = field(default_factory=dict)
    csv: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    bag_info: tuple[tuple[str, str], ...] = ()
    tag_files: tuple[tuple[str, str], ...] = ()
    datasheet: Mapping[str, Any] = field(default_factory=dict)
    schema: str | None = None
    additional: Mapping[str, Any] = field(default_factory=dict)
    additional_columns: tuple[str, ...] = ()
    shows_viewer: bool = False
    withdrawn: str | None = None
    redactions: str | None = None

    @property
    def renames(self) -> Renames:
        """What it calls things in containers."""
        return Renames(dict(self.json_lines), dict(self.csv), dict(self.lists))


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a document.

    Attributes:
        path: relative to the corpus, with `/`, undecodable bytes as surrogates (PEP 383).
        role: one of `ROLES`.
        size: in bytes, when the folder was listed.
        kind: which kind of container it is (`archive.model.containers`), or None.
    """

    path: str
    role: str
    size: int
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """One document as submitted.

    Attributes:
        document_id: the identifier given in the sheet or the sidecar, else the source path in NFC.
        files: its files, in the order of `ORIGINAL_ROLES`.
        access_level: the stricter of what sheet and sidecar say, else the corpus's, else restricted.
        statements: what sheet, sidecar and corpus say of it, strongest first, `used` not yet settled. Locators of the
            sheet count rows of the sheet *as submitted with this document's bag* (see `archive.submission`).
        additional: values under columns or keys that a person declared in corpus.toml as their own.
        is_container: whether the one file holds many documents; then this plan is the pattern for all of them,
            `document_id` begins theirs (`<document_id>#<member>`), and `members` holds what the sheet says of single
            ones.
        members: member name -> the plan for that member alone (rows `path#member`), statements of the container's
            own row included.
    """

    document_id: str
    files: tuple[PlannedFile, ...]
    access_level: AccessLevel
    statements: tuple[Statement, ...] = ()
    additional: Mapping[str, Any] = field(default_factory=dict)
    is_container: bool = False
    members: Mapping[str, PlannedDocument] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlikeDocuments:
    """Documents of one file each that is a page, of which nobody says anything but what is said of all.

    Attributes:
        paths: of their files; the identifier of each follows from it.
        sizes: of their files, in bytes, when the folder was listed.
        access_level: of each.
        statements: of each.
    """

    paths: Sequence[str]
    sizes: Sequence[int]
    access_level: AccessLevel
    statements: tuple[Statement, ...]


class PlannedDocuments(Sequence[PlannedDocument]):
    """Documents as planned, and what can be asked of all of them without making each plan."""

    @abstractmethod
    def paths(self) -> Iterator[str]:
        """The paths of their files."""

    @abstractmethod
    def pieces(self, most: int) -> Iterator[PlannedDocument | AlikeDocuments]:
        """All of them in order, up to so many neighbours together where they are alike."""

    @abstractmethod
    def octets(self) -> int:
        """How many bytes their files have together."""

    @abstractmethod
    def hold_several(self) -> bool:
        """Whether any of them has to be looked into for others before anything is built."""


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file kept under `data/submission/`.

    Attributes:
        path: below `data/submission/`, not yet portable.
        copy_of: the path of the source in the corpus, to be copied byte for byte; None where `data` is given.
        data: the bytes, where they are a part of the source (the rows of a sheet that belong to one bag).
    """

    path: str
    copy_of: str | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class LevelPlan:
    """What goes into the bag of one access level.

    Attributes:
        level: the access level.
        documents: sorted by `document_id`; made as they are asked for, since a large corpus has many.
        submission: what is kept of the submission, sorted by path.
        annotations: of these documents, in the order of their lines.
        ignored: how many entries that are no documents lie beside the documents, in the same folders.
    """

    level: AccessLevel
    documents: PlannedDocuments
    submission: tuple[SubmittedFile, ...]
    annotations: tuple[Annotation, ...] = ()
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Ignored:
    """An entry of the folder that is no document; a folder stands for all that is in it, a link for itself.

    Attributes:
        path: relative to the corpus.
        reason: why, in words.
        kind: `hidden`, `system`, `link`, `special` or `empty-folder`, as the codes of findings have it; empty where a
            finding of its own says why.
    """

    path: str
    reason: str
    kind: str = ""
