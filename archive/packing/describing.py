"""The machine-readable descriptions of a bag: facts gathered while records come, files written when all is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from archive.describe import croissant, datapackage, rocrate
from archive.describe.facts import BagFacts, DocumentFacts, FileFacts, FolderFacts, PackageFacts, TableFacts
from archive.model.assembling import LAYER_ROLE
from archive.packing.gathering import Gathering
from archive.packing.instant import Instant
from archive.packing.payload import Payload
from archive.packing.software import NAME, own_version

DATA = "data/"
TABLES = "tables/"
MOST_CHARACTERS = 4 * 1024 * 1024
"""Characters of metadata that are kept to describe documents one by one."""
MOST_LANGUAGES = 200
_OF_DOCUMENTS = frozenset({"originals/", "derived/"})

_MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "schema.json": "application/schema+json",
    "toml": "application/toml",
    "txt": "text/plain",
}
"""Media types of what packing itself writes and of what people submit, by ending; IANA's, but for JSON lines."""


class Gathered:
    """What the descriptions say of documents, in bounded memory, whatever their number.

    Args:
        most_documents: how many may be described one by one.
    """

    def __init__(self, most_documents: int = rocrate.MOST_DOCUMENTS) -> None:
        self._most = most_documents
        self._characters = 0
        self._documents: list[DocumentFacts] | None = []
        self._media_types: dict[str, str] = {}
        self._languages: set[str] = set()

    def add(self, record: Mapping[str, Any]) -> None:
        """Takes in a record; records come in the order of their identifiers."""
        self.add_languages(one["language"] for one in record["passages"] if one["kept"] and one["language"] != "und")
        if self._documents is None:
            return
        metadata = record["metadata"]
        self._characters += sum(len(str(value)) for value in metadata.values())
        if len(self._documents) == self._most or self._characters > MOST_CHARACTERS:
            self._documents, self._media_types = None, {}
            return
        files = [one["path"].removeprefix(DATA) for one in record["files"] if one["role"] != LAYER_ROLE]
        original = record["original"].removeprefix(DATA)
        files.sort(key=lambda path: path != original)
        self._documents.append(
            DocumentFacts(record["document_id"], metadata, tuple(dict.fromkeys(files)), record["source_path"])
        )
        self._media_types.update((one["path"].removeprefix(DATA), one["media_type"]) for one in record["files"])

    def add_languages(self, languages: Iterable[str]) -> None:
        """Takes in languages of kept passages."""
        for language in languages:
            if len(self._languages) < MOST_LANGUAGES:
                self._languages.add(language)

    @property
    def is_listing(self) -> bool:
        """Whether documents are still described one by one."""
        return self._documents is not None

    @property
    def documents(self) -> tuple[DocumentFacts, ...] | None:
        """The documents, or None where there are too many."""
        return None if self._documents is None else tuple(self._documents)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of kept passages, sorted."""
        return tuple(sorted(self._languages))

    def lists(self, folder: str) -> bool:
        """Whether the files of a folder may be named: those of documents only where the documents are."""
        return self._documents is not None or folder not in _OF_DOCUMENTS

    def media_type(self, path: str) -> str:
        """The media type of a file under `data/`, as its record or its name has it."""
        name = path.rpartition("/")[2]
        guesses = (name.partition(".")[2], name.rpartition(".")[2])
        known = next((_MEDIA_TYPES[one] for one in guesses if one in _MEDIA_TYPES), "application/octet-stream")
        return self._media_types.get(path, known)


def package_facts(
    bag: BagFacts,
    gathering: Gathering,
    instant: Instant,
    gathered: Gathered,
    payload: Payload,
    rows: Mapping[str, int],
) -> PackageFacts:
    """All facts, when everything but the descriptions stands in the payload.

    Args:
        bag: what the pages for people say.
        gathering: how its documents were gathered.
        instant: the one instant.
        gathered: what the records said.
        payload: the bag in the making.
        rows: rows by table.
    """
    corpus, recipe = gathering.corpus, gathering.recipe
    folders = _folders(payload, gathered)
    files = _files(payload, gathered, folders)
    by_path = {file.path: file for file in files}
    return PackageFacts(
        bag=bag,
        slug=corpus.slug,
        language=corpus.language,
        packed_at=instant.timestamp,
        software=(NAME, own_version()),
        recipe=(recipe.name, recipe.digest()),
        languages=gathered.languages,
        files=files,
        folders=folders,
        tables=tuple(TableFacts(name, count, by_path[f"{TABLES}{name}.parquet"]) for name, count in rows.items()),
        documents=gathered.documents,
        shows_viewer=corpus.shows_viewer,
    )


def write_descriptions(payload: Payload, facts: PackageFacts, gathered: Gathered) -> None:
    """Writes the data package and the Croissant description under `data/`, and the crate, which names both.

    Raises:
        StorageError: the disk refused.
    """
    payload.write(DATA + datapackage.NAME, datapackage.data_package(facts))
    payload.write(DATA + croissant.NAME, croissant.croissant(facts))
    files = _files(payload, gathered, facts.folders)
    payload.write(DATA + rocrate.NAME, rocrate.ro_crate(replace(facts, files=files)))


def _folders(payload: Payload, gathered: Gathered) -> tuple[FolderFacts, ...]:
    return tuple(
        FolderFacts(name, files, octets, is_listed=name == TABLES or (_is_few(files) and gathered.lists(name)))
        for folder, files, octets in payload.folders()
        for name in [folder.removeprefix(DATA)]
    )


def _is_few(files: int) -> bool:
    return files <= rocrate.MOST_FILES


def _files(payload: Payload, gathered: Gathered, folders: Sequence[FolderFacts]) -> tuple[FileFacts, ...]:
    hidden = {DATA + folder.name for folder in folders if not folder.is_listed}
    sha256 = payload.algorithms.index("sha256")
    return tuple(
        FileFacts(name, entry.size, entry.digests[sha256], gathered.media_type(name))
        for path, entry in payload.files(DATA, leaving_out=hidden)
        for name in [path.removeprefix(DATA)]
    )
