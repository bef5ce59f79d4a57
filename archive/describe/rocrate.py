"""`data/ro-crate-metadata.json`: RO-Crate 1.2, with `data/` as the root of the crate.

The context is named and never fetched. Up to `MOST_DOCUMENTS` documents are entities of their own, each a
`CreativeWork` whose `encoding` is the files that hold it; of more than that the crate names folders and tables, and
the tables name the documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.describe.entities import Entity, Graph, local_id, path_id, reference
from archive.describe.facts import DocumentFacts, FileFacts, FolderFacts, PackageFacts
from archive.describe.json_text import json_bytes, without_nothing
from archive.model.crosswalk import CROSSING
from archive.model.fields import FIELDS
from archive.model.versions import Holds

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.2/context"
PROFILE = "https://w3id.org/ro/crate/1.2"
MOST_DOCUMENTS = 1_000
"""Documents that a crate names one by one."""
MOST_FILES = 5_000
"""Files of a folder that a crate names one by one; of a folder with more it names the folder."""
SOFTWARE_HOME = "https://w3id.org/corpus-archive"

FOLDERS = {
    "originals/": "Byte for byte what was given, under names that every system can hold.",
    "derived/": "Text layers taken from formats whose bytes do not hold the text plainly.",
    "records/": "One JSON object a line for each document: metadata, who said what, files, passages, events.",
    "tables/": "The same as Parquet tables, for analysis.",
    "evidence/": "What the whole corpus said about page furniture, such as lines that stand on every page.",
    "submission/": "The metadata as it was given: the sheet, the sidecars, corpus.toml.",
    "schemas/": "The JSON schemas that records and bag.json meet.",
}
_FILES = {
    "README.md": "What this is, what lies where, the rule of derivation, how to check and how to load it.",
    "bag.json": "The bag's own record: counts, events, what was left out, the recipe, versions, the datasheet.",
    "croissant.json": "The tables and the datasheet as Croissant 1.1.",
    "datapackage.json": "The tables and their columns as a Frictionless Data Package v2.",
}
_INSIDE = {
    "derived": "A text layer taken from an original.",
    "records": "Records, one JSON object a line for each document.",
    "evidence": "Lines that stand in several documents, and how many hold them.",
    "submission": "Metadata as it was given.",
    "schemas": "A JSON schema.",
}


def ro_crate(facts: PackageFacts) -> bytes:
    """The crate's metadata.

    Args:
        facts: of this bag.

    Returns:
        JSON-LD, flattened and compacted as RO-Crate 1.2 wants it, in UTF-8.
    """
    return json_bytes({"@context": CONTEXT, "@graph": _Crate(facts).graph()})


class _Crate:
    def __init__(self, facts: PackageFacts) -> None:
        self._facts = facts
        documents = facts.documents or ()
        made = [facts.bag.creator] if facts.bag.creator else []
        known = [one.metadata[name] for one in documents for name in _HOLDERS if one.metadata.get(name)]
        self._graph = Graph([*made, *known])
        self._rows = {table.file.path: table for table in facts.tables}
        self._listed = frozenset(file.path for file in facts.files)
        self._held: dict[str, list[DocumentFacts]] = {}
        for document in documents:
            for path in document.files:
                self._held.setdefault(path, []).append(document)

    def graph(self) -> list[Entity]:
        descriptor = without_nothing(
            {
                "@id": NAME,
                "@type": "CreativeWork",
                "name": "What this crate is and what is in it",
                "about": reference("./"),
                "conformsTo": reference(PROFILE),
                "encodingFormat": "application/ld+json",
                "license": self._licence(self._facts.bag.metadata_licence),
            }
        )
        parts, files = self._parts()
        root = self._root(parts)
        documents = [self._document(one) for one in self._facts.documents or ()]
        entities = [descriptor, root, *files, *documents, *self._packing(), *self._graph.entities()]
        return [{name: _single(value) for name, value in entity.items()} for entity in entities]

    def _root(self, parts: list[dict[str, str]]) -> Entity:
        bag = self._facts.bag
        title = f"{bag.title}, version {bag.version}"
        maker = self._maker()
        return without_nothing(
            {
                "@id": "./",
                "@type": "Dataset",
                "name": title,
                "description": bag.description or f"{title}: {bag.documents:,} documents, packed as a BagIt bag.",
                "datePublished": self._facts.packed_at,
                "version": bag.version,
                "license": self._licence(bag.licence) or self._no_licence(),
                "identifier": self._graph.put(_urn(bag.urn)),
                "creator": maker,
                "publisher": maker,
                "inLanguage": list(self._facts.languages),
                "conditionsOfAccess": bag.access_level,
                "isBasedOn": self._previous(),
                "mentions": reference("#packing"),
                "hasPart": parts,
            }
        )

    def _previous(self) -> dict[str, str] | None:
        before = self._facts.bag.previous
        if before is None:
            return None
        return self._graph.put(
            {
                "@id": before.urn,
                "@type": "CreativeWork",  # a Dataset would count as a part of this crate
                "name": f"{self._facts.bag.title}, version {before.version}",
                "description": f"The bag of the version before; its root digest is sha256:{before.root_digest}.",
                "version": before.version,
                "identifier": before.urn,
            }
        )

    def _maker(self) -> dict[str, str] | None:
        bag = self._facts.bag
        contact = dict(bag.contact)
        if not bag.creator:
            return None
        point = without_nothing(
            {
                "@id": "#contact",
                "@type": "ContactPoint",
                "name": contact.get("role") or "Contact",
                "contactType": contact.get("role"),
                "email": contact.get("email"),
                "telephone": contact.get("telephone"),
            }
        )
        own = local_id("organisation", bag.creator)
        entity: Entity = {"@id": own, "@type": "Organization", "name": bag.creator}
        if contact:
            entity["contactPoint"] = self._graph.put(point)
        return self._graph.put(entity)

    def _licence(self, stated: str) -> dict[str, str] | None:
        return self._graph.licence(stated.strip()) if stated.strip() else None

    def _no_licence(self) -> dict[str, str]:
        said = "No licence is stated for the texts as a whole; what is known of a document's rights stands with it."
        nothing = {"@id": "#no-licence", "@type": "CreativeWork", "name": "No licence stated", "description": said}
        return self._graph.put(nothing)

    def _parts(self) -> tuple[list[dict[str, str]], list[Entity]]:
        """What the root has as parts, and all folders and files as entities."""
        inside: dict[str, list[Entity]] = {}
        for file in self._facts.files:
            name, slash, _ = file.path.partition("/")
            inside.setdefault(name + slash if slash else "", []).append(self._file(file))
        top = inside.get("", [])
        entities = list(top)
        for folder in self._facts.folders:
            files = inside.get(folder.name, [])
            entities += [self._folder(folder, files), *files]
        parts = [*(one["@id"] for one in top), *(path_id(folder.name) for folder in self._facts.folders)]
        return [reference(one) for one in parts], entities

    def _folder(self, folder: FolderFacts, files: Sequence[Entity]) -> Entity:
        return without_nothing(
            {
                "@id": path_id(folder.name),
                "@type": "Dataset",
                "name": folder.name,
                "description": FOLDERS.get(folder.name),
                "size": f"{folder.files:,} {'file' if folder.files == 1 else 'files'}",
                "contentSize": str(folder.bytes),
                "hasPart": [reference(file["@id"]) for file in files],
            }
        )

    def _file(self, file: FileFacts) -> Entity:
        documents = self._held.get(file.path, [])
        original = next((one for one in documents if one.files[0] == file.path), None)
        metadata = original.metadata if original is not None else {}
        return without_nothing(
            {
                "@id": path_id(file.path),
                "@type": "File",
                "name": file.path.rpartition("/")[2],
                "description": self._what_it_is(file),
                "encodingFormat": file.media_type,
                "contentSize": str(file.bytes),
                "sha256": file.sha256,
                "dateCreated": metadata.get("captured_at") if len(documents) == 1 else None,
                "encodesCreativeWork": [reference(_document_id(one)) for one in documents],
            }
        )

    def _what_it_is(self, file: FileFacts) -> str | None:
        table = self._rows.get(file.path)
        if table is not None:
            return f"The table {table.name} with {table.rows:,} rows; its columns are described in datapackage.json."
        documents = self._held.get(file.path)
        if documents:
            return f"A file of {_counted(documents)}, byte for byte as it was given."
        return _FILES.get(file.path) or _INSIDE.get(file.path.partition("/")[0])

    def _document(self, document: DocumentFacts) -> Entity:
        entity: Entity = {
            "@id": _document_id(document),
            "@type": "CreativeWork",
            "name": document.metadata.get("title") or document.document_id,
        }
        for field in FIELDS:
            name, value = CROSSING[field.name].schema_org, document.metadata.get(field.name)
            if value and name and not CROSSING[field.name].of_file:
                entity.setdefault(name, self._value(field.name, value))
        entity["identifier"] = [document.document_id, *document.metadata.get("identifiers", [])]
        entity["encoding"] = [reference(path_id(path)) for path in document.files if path in self._listed]
        return without_nothing(entity)

    def _value(self, field: str, value: Any) -> Any:
        if field in {"creators", "contributors"}:
            return self._graph.agents(value)
        if field in _HOLDERS:
            return self._graph.agent(value)
        if field == "subjects":
            return [self._graph.subject(one) for one in value]
        if field == "places":
            return [self._graph.place(one) for one in value]
        return self._graph.licence(value) if field == "rights_uri" else value

    def _packing(self) -> list[Entity]:
        name, version = self._facts.software
        recipe, digest = self._facts.recipe
        return [
            without_nothing(
                {
                    "@id": "#packing",
                    "@type": "CreateAction",
                    "name": "Packing of the bag",
                    "description": f"The sources were copied, their text was labelled by the recipe {recipe} (sha256 "
                    f"{digest}), and records, tables and descriptions were written."
                    if self._facts.bag.holds is Holds.DOCUMENTS
                    else f"The sources were read by the recipe {recipe} (sha256 {digest}), and records, tables and "
                    "descriptions of their metadata alone were written.",
                    "endTime": self._facts.packed_at,
                    "agent": self._maker(),
                    "instrument": reference("#software"),
                    "result": reference("./"),
                }
            ),
            {
                "@id": "#software",
                "@type": "SoftwareApplication",
                "name": name,
                "version": version,
                "softwareVersion": version,
                "url": SOFTWARE_HOME,
            },
        ]


_HOLDERS = ("publisher", "rights_holder")


def _urn(urn: str) -> Entity:
    name = "URN of the bag"
    return {
        "@id": local_id("identifier", urn),
        "@type": "PropertyValue",
        "name": name,
        "propertyID": "URN",
        "value": urn,
    }


def _single(value: Any) -> Any:
    """A value alone stands without a list around it (RO-Crate 1.2, appendix on JSON-LD)."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _counted(documents: Sequence[DocumentFacts]) -> str:
    return f"the document {documents[0].document_id}" if len(documents) == 1 else f"{len(documents):,} documents"


def _document_id(document: DocumentFacts) -> str:
    return local_id("document", document.document_id)
