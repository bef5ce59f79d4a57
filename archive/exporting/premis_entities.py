"""The entities of PREMIS 3.0 as XML, in the order of elements that its schema demands.

Sources: PREMIS Data Dictionary 3.0 and its XML schema (http://www.loc.gov/premis/v3). Types of events and relationships
are terms of the Library of Congress's preservation vocabularies. No package brings that schema, so its sequences stand
in the tests; by hand, exports of 85 bags of many kinds were held to a copy of it (lxml), and all of them were valid.
That a text layer is taken from an original is a derivation; 'normalization' means a change of format for preservation,
which is not what happens here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from archive.describe.licences import licence_uri
from archive.exporting.premis_xml import Children, Term, element, identifier
from archive.model.fields import AccessLevel

LICENCES = "creativecommons.org/"
"""What the URIs of licences have in them that are known to be licences."""
_DERIVATION = Term("derivation", "relationshipType", "der")
_STRUCTURAL = Term("structural", "relationshipType", "str")
_RELATIONS = {
    "translation-of": (_DERIVATION, "is translation of"),
    "version-of": (_DERIVATION, "is version of"),
    "syndicated-from": (_DERIVATION, "is syndicated from"),
    "quotes": ("reference", "quotes"),
    "part-of": (_STRUCTURAL, "is part of"),
    "derived-from": (_DERIVATION, "has source"),
}
"""Relations that people state: the type of relationship, and our words for it."""


def entity_object(bag_urn: str, record: Mapping[str, Any], known: Collection[str]) -> str:
    """The document itself, an intellectual entity.

    Args:
        bag_urn: the identifier of its bag.
        record: its record.
        known: of the documents that the record states to be related, those that are in the same bag.
    """
    metadata = record["metadata"]
    children: Children = [
        ("objectIdentifier", identifier("object", "local", document_name(bag_urn, record["document_id"]))),
        ("originalName", metadata.get("title") or record["document_id"]),
    ]
    children += [
        ("relationship", _structural("is part of", bag_urn, kind="URN")),
        ("relationship", _structural("is represented by", file_name(bag_urn, record["original"]))),
        *(("relationship", one) for one in _stated(bag_urn, record, known)),
    ]
    children += [
        ("linkingEventIdentifier", identifier("linkingEvent", "URI", one["event_id"])) for one in record["events"]
    ]
    children += [("linkingRightsStatementIdentifier", _rights_identifier("linkingRightsStatement", bag_urn, record))]
    return element("object", children, kind="intellectualEntity")


def file_object(
    bag_urn: str, file: Mapping[str, Any], source: str, documents: Iterable[str], *, is_here: bool = True
) -> Iterator[str]:
    """A file: its digest, size and format, where it stands, what it was derived from, and what it represents.

    Args:
        bag_urn: the identifier of its bag.
        file: as a record has it.
        source: its true path in the corpus; empty for one that is no original.
        documents: those that it holds, which are many for a container.
        is_here: whether the file is in the bag; of one that is not, no place of storage is told.

    Yields:
        The element in pieces.
    """
    path = file["path"]
    format_: Children = [("formatDesignation", [("formatName", file["media_type"])])]
    if file["puid"]:
        registry = [("formatRegistryName", "PRONOM"), ("formatRegistryKey", file["puid"])]
        format_ += [("formatRegistry", registry), ("formatNote", file["puid_basis"])]
    if file["charset"]:
        format_ += [("formatNote", f"charset {file['charset']}")]
    fixity = [
        ("messageDigestAlgorithm", Term("SHA-256", "cryptographicHashFunctions", "sha256")),
        ("messageDigest", file["sha256"]),
    ]
    known: Children = (
        [("fixity", fixity), ("size", str(file["bytes"]))] if file["sha256"] else []
    )  # else it is not told
    place = [("contentLocation", [("contentLocationType", "payload path"), ("contentLocationValue", path)])]
    children: Children = [
        ("objectIdentifier", identifier("object", "local", file_name(bag_urn, path))),
        ("objectCharacteristics", [*known, ("format", format_)]),
        ("originalName", source),
        ("storage", place if is_here else []),
    ]
    if file["derived_from"]:
        related = identifier("relatedObject", "local", file_name(bag_urn, file["derived_from"]))
        derived = [
            ("relationshipType", _DERIVATION),
            ("relationshipSubType", "has source"),
            ("relatedObjectIdentifier", related),
        ]
        children += [("relationship", derived)]
    begun, end, rest = element("object", children, kind="file").rpartition("  </object>")
    yield begun
    for document in documents:
        yield element("relationship", _structural("represents", document_name(bag_urn, document)), 2)
    yield end + rest


def event(one: Mapping[str, Any], object_name: str) -> str:
    """An event with its agent and its object."""
    detail = one["detail"]
    children: Children = [
        ("eventIdentifier", identifier("event", "URI", one["event_id"])),
        ("eventType", Term(one["type"], "eventType", one["type_uri"])),
        ("eventDateTime", one["occurred_at"]),
        ("eventDetailInformation", [("eventDetail", detail)] if detail else ""),
        ("eventOutcomeInformation", [("eventOutcome", one["outcome"])]),
        ("linkingAgentIdentifier", identifier("linkingAgent", "local", one["agent"])),
        ("linkingObjectIdentifier", identifier("linkingObject", "local", object_name)),
    ]
    return element("event", children)


def agent(name: str) -> str:
    """Who or what did something: name and version of a program, or a role."""
    program, slash, version = name.rpartition("/")
    children: Children = [
        ("agentIdentifier", identifier("agent", "local", name)),
        ("agentName", program if slash else name),
        ("agentType", "software" if slash else ""),
        ("agentVersion", version if slash else ""),
    ]
    return element("agent", children)


def rights(bag_urn: str, record: Mapping[str, Any], licence: str = "") -> str:
    """What may be done with a document, as its metadata states it.

    Args:
        bag_urn: the identifier of its bag.
        record: its record.
        licence: that of the corpus, where it holds for the document; else empty.
    """
    metadata = record["metadata"]
    level = metadata["access_level"]
    granted: Children = [
        ("act", "disseminate"),
        ("restriction", "" if level == AccessLevel.OPEN else f"access level {level}"),
        ("rightsGrantedNote", _until(level, metadata.get("review_date"))),
    ]
    statement: Children = [
        ("rightsStatementIdentifier", _rights_identifier("rightsStatement", bag_urn, record)),
        *_basis(metadata, licence),
        ("rightsGranted", granted),
        (
            "linkingObjectIdentifier",
            identifier("linkingObject", "local", document_name(bag_urn, record["document_id"])),
        ),
    ]
    return element("rights", [("rightsStatement", statement)])


def document_name(bag_urn: str, document: str) -> str:
    """The identifier of a document, unique over bags."""
    return f"{bag_urn}#{document}"


def file_name(bag_urn: str, path: str) -> str:
    """The identifier of a payload file, unique over bags."""
    return f"{bag_urn}/{path}"


def bag_object(bag_urn: str, title: str, version: str) -> str:
    """The corpus in this version, an intellectual entity that the events of the whole bag are about."""
    children: Children = [
        ("objectIdentifier", identifier("object", "URN", bag_urn)),
        ("originalName", f"{title}, version {version}"),
    ]
    return element("object", children, kind="intellectualEntity")


def _basis(metadata: Mapping[str, Any], licence: str) -> Children:
    """What the rights rest on: a licence where there is one; else what was stated, without a word added."""
    uri = metadata.get("rights_uri") or (licence_uri(licence) if licence else None) or ""
    notes = list(dict.fromkeys(metadata[name] for name in ("rights", "rights_holder") if metadata.get(name)))
    if licence or LICENCES in uri:
        documented = identifier("licenseDocumentation", "URI", uri) if uri else []
        said = [("licenseTerms", licence), *(("licenseNote", note) for note in notes)]
        return [
            ("rightsBasis", "license"),
            ("licenseInformation", [("licenseDocumentationIdentifier", documented), *said]),
        ]
    documented = identifier("otherRightsDocumentation", "URI", uri) if uri else []
    said = [("otherRightsNote", note) for note in notes]
    return [
        ("rightsBasis", "other"),
        (
            "otherRightsInformation",
            [
                ("otherRightsDocumentationIdentifier", documented),
                ("otherRightsBasis", "as stated in the metadata"),
                *said,
            ],
        ),
    ]


def stated_documents(record: Mapping[str, Any]) -> frozenset[str]:
    """What people call the documents that a document is related to, in this bag or elsewhere."""
    stated = (one for one in record["relations"] if one["relation"] in _RELATIONS)
    return frozenset(one["target"] for one in stated if one["target_type"] != "uri")


def _stated(bag_urn: str, record: Mapping[str, Any], known: Collection[str]) -> Iterator[Children]:
    """What people state of how a document stands to others; what was found by comparing texts is in the tables."""
    for one in record["relations"]:
        if one["relation"] in _RELATIONS:
            kind, said = _RELATIONS[one["relation"]]
            is_uri = one["target_type"] == "uri"
            is_here = not is_uri and one["target"] in known
            name = document_name(bag_urn, one["target"]) if is_here else one["target"]
            yield [
                ("relationshipType", kind),
                ("relationshipSubType", said),
                ("relatedObjectIdentifier", identifier("relatedObject", "URI" if is_uri else "local", name)),
            ]


def _structural(relation: str, name: str, kind: str = "local") -> Children:
    return [
        ("relationshipType", _STRUCTURAL),
        ("relationshipSubType", relation),
        ("relatedObjectIdentifier", identifier("relatedObject", kind, name)),
    ]


def _rights_identifier(prefix: str, bag_urn: str, record: Mapping[str, Any]) -> Children:
    return identifier(prefix, "local", f"{document_name(bag_urn, record['document_id'])}#rights")


def _until(level: str, review: str | None) -> str:
    return (
        f"embargoed until {review}"
        if level == AccessLevel.EMBARGOED and review
        else f"review on {review}"
        if review
        else ""
    )
