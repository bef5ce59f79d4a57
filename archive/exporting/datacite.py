"""DataCite metadata as JSON, kernel 4.5: one object for each bag, and a line for each of its documents.

What the kernel demands and nobody states has DataCite's own word (':unav', Metadata Schema 4.5, Appendix 3), and that
is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from archive.describe.licences import licence_uri, spdx_identifier
from archive.exporting.bags import ExportedBag
from archive.exporting.protocol import Noted
from archive.model.findings import Finding
from archive.storage.trouble import told_in_words
from archive.tables.rows import Record

SCHEMA_VERSION = "http://datacite.org/schema/kernel-4"
BAG = "datacite.json"
DOCUMENTS = "documents.datacite.jsonl"
UNAVAILABLE = ":unav"

_YEAR = re.compile(r"[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_TYPES = {
    "text": "Text",
    "image": "Image",
    "stillimage": "Image",
    "movingimage": "Audiovisual",
    "sound": "Sound",
    "dataset": "Dataset",
    "collection": "Collection",
    "interactiveresource": "InteractiveResource",
    "event": "Event",
    "software": "Software",
    "physicalobject": "PhysicalObject",
}
"""DCMI types by their names in lower case, as DataCite calls them."""
_RELATIONS = {
    "translation-of": "IsDerivedFrom",
    "version-of": "IsVersionOf",
    "syndicated-from": "IsVariantFormOf",
    "quotes": "Cites",
    "part-of": "IsPartOf",
    "derived-from": "IsDerivedFrom",
}
"""Relations that people state, as DataCite calls them; kernel 4.5 has no word for a translation."""
_SCHEMES = {"http": "URL", "https": "URL", "urn": "URN", "ark": "ARK", "doi": "DOI", "hdl": "Handle"}


class DataCite:
    """The format `datacite`.

    Args:
        folder: where the files go, those of each of several bags in a folder of their own.
        bags: which bags there will be.
    """

    def __init__(self, folder: Path, _: tuple[ExportedBag, ...]) -> None:
        self._folder = folder
        self._noted = Noted()
        self._opened = ExitStack()

    def begin(self, bag: ExportedBag) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._bag = bag
        place = self._folder / bag.folder
        with told_in_words(place):
            place.mkdir(exist_ok=True)
            text = json.dumps(of_bag(bag), ensure_ascii=False, indent=2) + "\n"
            (place / BAG).write_text(text, "utf-8", "backslashreplace", newline="\n")
            file = (place / DOCUMENTS).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            self._file = self._opened.enter_context(file)

    def add(self, record: Record) -> None:
        """See `archive.exporting.protocol.Format`."""
        found = of_document(record, self._bag)
        for name, value in _not_stated(record):
            self._noted.add("export.not-stated", f"{self._bag.folder}{DOCUMENTS}", name, value)
        with told_in_words(self._folder):
            self._file.write(json.dumps(found, ensure_ascii=False) + "\n")

    def end(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        with told_in_words(self._folder):
            self._opened.close()

    def finish(self) -> list[Finding]:
        """See `archive.exporting.protocol.Format`."""
        return self._noted.findings()

    def close(self) -> None:
        """See `archive.exporting.protocol.Format`."""
        self._opened.close()


def of_bag(bag: ExportedBag) -> dict[str, Any]:
    """A bag as DataCite describes a data set."""
    corpus = bag.corpus
    creator = corpus.get("creator") or UNAVAILABLE
    contact = corpus.get("contact") or {}
    year = str(bag.info["packed_at"])[:4]
    identifiers = [("URN", bag.urn), ("corpus identifier", corpus["identifier"])]
    return _without_nothing(
        {
            "schemaVersion": SCHEMA_VERSION,
            "types": {"resourceType": "corpus of documents", "resourceTypeGeneral": "Dataset"},
            "creators": [{"name": creator}],
            "titles": [{"title": bag.title}],
            "publisher": {"name": creator},
            "publicationYear": year,
            "contributors": [
                {"name": name, "nameType": "Organizational", "contributorType": "ContactPerson"}
                for name in [contact.get("organization")]
                if name
            ],
            "dates": [{"date": str(bag.info["packed_at"])[:10], "dateType": "Created", "dateInformation": "packed"}],
            "language": corpus.get("language"),
            "alternateIdentifiers": [
                {"alternateIdentifier": value, "alternateIdentifierType": kind} for kind, value in identifiers
            ],
            "version": bag.version,
            "rightsList": [*_licence(bag.licence_for({})), _access(bag.access_level)],
            "descriptions": _described(corpus.get("description")),
        }
    )


def of_document(record: Record, bag: ExportedBag) -> dict[str, Any]:
    """A document as DataCite describes it, as a part of its bag."""
    metadata = record["metadata"]
    original = next(file for file in record["files"] if file["path"] == record["original"])
    kind = metadata.get("document_type") or "Text"
    return _without_nothing(
        {
            "schemaVersion": SCHEMA_VERSION,
            "types": {
                "resourceType": metadata.get("genre") or kind,
                "resourceTypeGeneral": _TYPES.get(kind.replace(" ", "").lower(), "Other"),
            },
            "creators": [{"name": one} for one in metadata.get("creators") or [UNAVAILABLE]],
            "titles": list(_titles(metadata)),
            "publisher": {"name": metadata.get("publisher") or UNAVAILABLE},
            "publicationYear": _year(metadata) or str(bag.info["packed_at"])[:4],
            "subjects": [{"subject": one} for one in dict.fromkeys(metadata.get("subjects") or [])],
            "contributors": list(_contributors(metadata)),
            "dates": list(_dates(metadata)),
            "language": metadata.get("language"),
            "alternateIdentifiers": [
                {"alternateIdentifier": one, "alternateIdentifierType": "document_id" if not place else "other"}
                for place, one in enumerate(dict.fromkeys([record["document_id"], *metadata.get("identifiers", [])]))
            ],
            "relatedIdentifiers": _each_once([*_related(metadata, bag), *_stated_by_uri(record)]),
            "relatedItems": _each_once(_stated_by_name(record)),
            "sizes": [f"{original['bytes']} bytes"] if original["sha256"] else [],  # else it is not told
            "formats": [record.get("own_format", original)["media_type"]],
            "rightsList": list(_rights(metadata, bag)),
            "descriptions": _described(metadata.get("description")),
            "geoLocations": [{"geoLocationPlace": one} for one in dict.fromkeys(metadata.get("places") or [])],
        }
    )


def _titles(metadata: Record) -> Iterator[dict[str, str]]:
    yield {"title": metadata.get("title") or UNAVAILABLE}
    for one in dict.fromkeys(metadata.get("alternative_titles") or []):
        yield {"title": one, "titleType": "AlternativeTitle"}


def _contributors(metadata: Record) -> Iterator[dict[str, str]]:
    for one in metadata.get("contributors") or []:
        yield {"name": one, "contributorType": "Other"}
    if metadata.get("rights_holder"):
        yield {"name": metadata["rights_holder"], "contributorType": "RightsHolder"}


def _dates(metadata: Record) -> Iterator[dict[str, str]]:
    issued = metadata.get("date_issued")
    bounds = [metadata.get(f"date_issued_{side}") for side in ("earliest", "latest")]
    if issued and _DATE.fullmatch(issued):
        yield {"date": issued, "dateType": "Issued"}
    elif issued and all(one and _DATE.fullmatch(one) for one in bounds):
        yield {"date": "/".join(map(str, bounds)), "dateType": "Issued", "dateInformation": f"stated as {issued}"}
    if metadata.get("captured_at"):
        yield {"date": metadata["captured_at"][:10], "dateType": "Collected"}


def _related(metadata: Record, bag: ExportedBag) -> Iterator[dict[str, str]]:
    yield {"relatedIdentifier": bag.urn, "relatedIdentifierType": "URN", "relationType": "IsPartOf"}
    if metadata.get("source_url"):
        yield {
            "relatedIdentifier": metadata["source_url"],
            "relatedIdentifierType": "URL",
            "relationType": "IsDerivedFrom",
        }


def _stated_by_uri(record: Record) -> Iterator[dict[str, str]]:
    for one in record["relations"]:
        scheme, _, rest = one["target"].partition(":")
        if one["relation"] in _RELATIONS and one["target_type"] == "uri" and scheme.lower() in _SCHEMES:
            kind = _SCHEMES[scheme.lower()]
            yield {
                "relatedIdentifier": rest if kind in {"DOI", "Handle"} else one["target"],
                "relatedIdentifierType": kind,
                "relationType": _RELATIONS[one["relation"]],
            }


def _stated_by_name(record: Record) -> Iterator[dict[str, Any]]:
    """Relations to what has no identifier that DataCite knows: documents, by the names that they have in the corpus."""
    for one in record["relations"]:
        is_told = one["target_type"] == "uri" and one["target"].partition(":")[0].lower() in _SCHEMES
        if one["relation"] in _RELATIONS and not is_told:
            yield {
                "titles": [{"title": one["target"]}],
                "relatedItemType": "Other",
                "relationType": _RELATIONS[one["relation"]],
            }


def _each_once(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for one in found:
        if one not in kept:
            kept.append(one)
    return kept


def _rights(metadata: Record, bag: ExportedBag) -> Iterator[dict[str, str]]:
    """What a document states of its rights, else the licence of the corpus, and who may read it."""
    words, uri = metadata.get("rights"), metadata.get("rights_uri")
    if words or uri:
        yield _without_nothing({"rights": words, "rightsUri": uri, **_identified(uri or words or "")})
    yield from _licence(bag.licence_for(metadata))
    yield _access(metadata["access_level"])


def _licence(stated: str) -> Iterator[dict[str, str]]:
    uri = licence_uri(stated)
    if stated:
        words = (spdx_identifier(stated) if stated == uri else stated) or None
        yield _without_nothing({"rights": words, "rightsUri": uri, **_identified(stated)})


def _identified(stated: str) -> dict[str, str]:
    """A licence of SPDX by its identifier, in the words of the kernel."""
    known = spdx_identifier(stated)
    scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
    return {"rightsIdentifier": known, **scheme} if known else {}


def _access(level: str) -> dict[str, str]:
    return {"rights": f"access level: {level}"}


def _described(text: str | None) -> list[dict[str, str]]:
    return [{"description": text, "descriptionType": "Abstract"}] if text else []


def _year(metadata: Record) -> str | None:
    earliest = metadata.get("date_issued_earliest") or ""
    return earliest[:4] if _YEAR.match(earliest) else None


def _not_stated(record: Record) -> Iterator[tuple[str, str]]:
    metadata = record["metadata"]
    for field, name in (("creators", "creators"), ("title", "titles"), ("publisher", "publisher")):
        if not metadata.get(field):
            yield name, f"{UNAVAILABLE} for {record['document_id']}"
    if _year(metadata) is None:
        yield "publicationYear", f"the year of the packing for {record['document_id']}"


def _without_nothing(value: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in value.items() if one not in (None, [])}
