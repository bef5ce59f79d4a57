"""The entities of PREMIS 3.0 as XML, in the order of elements that its schema demands.

Sources: PREMIS Data Dictionary 3.0 and its XML schema (http://www.loc.gov/premis/v3). Types of events and relationships
are terms of the Library of Congress's preservation vocabularies. No package brings that schema, so its sequences stand
in the tests; by hand, exports of 85 bags of many kinds were held to a copy of it (lxml), and all of them were valid.
That a text layer is taken from an original is a derivation; 'normalization' means a change of format for preservation,
which is not what happens here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from archive.comparing.records import member_of
from archive.model.fields import AccessLevel

NAMESPACE = "http://www.loc.gov/premis/v3"
SCHEMA = "https://www.loc.gov/standards/premis/premis.xsd"
_VOCABULARY = "http://id.loc.gov/vocabulary/preservation"
LICENCES = "creativecommons.org/"
"""What the URIs of licences have in them that are known to be licences."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Children = list[tuple[str, Any]]
"""Names of elements with text, a `Term`, or children of their own."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a controlled vocabulary of the Library of Congress.

    Attributes:
        word: the term.
        authority: the name of the vocabulary.
        code: its code there, or its whole URI.
    """

    word: str
    authority: str
    code: str

    @property
    def attributes(self) -> str:
        """What says in XML where the term is from."""
        root = f"{_VOCABULARY}/{self.authority}"
        uri = self.code if "://" in self.code else f"{root}/{self.code}"
        return f' authority="{self.authority}" authorityURI="{root}" valueURI={quoteattr(uri)}'


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


def head() -> str:
    """What stands before the first entity."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<premis xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}" version="3.0">\n'
    )


def foot() -> str:
    """What stands after the last."""
    return "</premis>\n"


def element(name: str, content: Any, depth: int = 1, kind: str | None = None) -> str:
    r"""An element with its children, indented.

    Args:
        name: its name.
        content: text, a `Term`, or the children.
        depth: how deep it stands.
        kind: the value of `xsi:type`.

    >>> element("a", [("b", "1 < 2"), ("c", "")], 0)
    '<a>\n  <b>1 &lt; 2</b>\n</a>\n'
    """
    room = "  " * depth
    attributes = f' xsi:type="{kind}"' if kind else ""
    if isinstance(content, Term):
        attributes += content.attributes
        content = content.word
    if isinstance(content, str):
        return f"{room}<{name}{attributes}>{_text(content)}</{name}>\n"
    inner = "".join(element(child, value, depth + 1) for child, value in content if value)
    return f"{room}<{name}{attributes}>\n{inner}{room}</{name}>\n"


def entity_object(bag_urn: str, record: Mapping[str, Any]) -> str:
    """The document itself, an intellectual entity."""
    metadata = record["metadata"]
    children: Children = [
        ("objectIdentifier", identifier("object", "local", document_name(bag_urn, record["document_id"]))),
        ("originalName", metadata.get("title") or record["document_id"]),
    ]
    children += [
        ("relationship", _structural("is part of", bag_urn, kind="URN")),
        ("relationship", _structural("is represented by", file_name(bag_urn, record["original"]))),
        *(("relationship", one) for one in _stated(bag_urn, record)),
    ]
    children += [
        ("linkingEventIdentifier", identifier("linkingEvent", "URI", one["event_id"])) for one in record["events"]
    ]
    children += [("linkingRightsStatementIdentifier", _rights_identifier("linkingRightsStatement", bag_urn, record))]
    return element("object", children, kind="intellectualEntity")


def file_object(bag_urn: str, record: Mapping[str, Any], file: Mapping[str, Any]) -> str:
    """A file of a document: its digest, size and format, where it stands, and what it was derived from."""
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
    children: Children = [
        ("objectIdentifier", identifier("object", "local", file_name(bag_urn, path))),
        ("objectCharacteristics", [*known, ("format", format_)]),
        ("originalName", record["source_path"] if path == record["original"] else ""),
        ("storage", [("contentLocation", [("contentLocationType", "payload path"), ("contentLocationValue", path)])]),
        ("relationship", _structural("represents", document_name(bag_urn, record["document_id"]))),
    ]
    if file["derived_from"]:
        related = identifier("relatedObject", "local", file_name(bag_urn, file["derived_from"]))
        derived = [
            ("relationshipType", _DERIVATION),
            ("relationshipSubType", "has source"),
            ("relatedObjectIdentifier", related),
        ]
        children += [("relationship", derived)]
    return element("object", children, kind="file")


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


def rights(bag_urn: str, record: Mapping[str, Any]) -> str:
    """What may be done with a document, as its metadata states it."""
    metadata = record["metadata"]
    level = metadata["access_level"]
    granted: Children = [
        ("act", "disseminate"),
        ("restriction", "" if level == AccessLevel.OPEN else f"access level {level}"),
        ("rightsGrantedNote", _until(level, metadata.get("review_date"))),
    ]
    statement: Children = [
        ("rightsStatementIdentifier", _rights_identifier("rightsStatement", bag_urn, record)),
        *_basis(metadata),
        ("rightsGranted", granted),
        (
            "linkingObjectIdentifier",
            identifier("linkingObject", "local", document_name(bag_urn, record["document_id"])),
        ),
    ]
    return element("rights", [("rightsStatement", statement)])


def identifier(prefix: str, kind: str, value: str) -> Children:
    """The two elements of an identifier."""
    return [(f"{prefix}IdentifierType", kind), (f"{prefix}IdentifierValue", value)]


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


def _basis(metadata: Mapping[str, Any]) -> Children:
    """What the rights rest on: a licence where its URI is one; else what was stated, without a word added."""
    uri = metadata.get("rights_uri") or ""
    notes = list(dict.fromkeys(metadata[name] for name in ("rights", "rights_holder") if metadata.get(name)))
    if LICENCES in uri:
        documented = identifier("licenseDocumentation", "URI", uri)
        said = [("licenseNote", note) for note in notes]
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


def _stated(bag_urn: str, record: Mapping[str, Any]) -> Iterator[Children]:
    """What people state of how a document stands to others; what was found by comparing texts is in the tables."""
    for one in record["relations"]:
        if one["relation"] in _RELATIONS:
            kind, said = _RELATIONS[one["relation"]]
            is_uri = one["target_type"] == "uri"
            name = one["target"] if is_uri else document_name(bag_urn, one["target"])
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


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def is_shared(record: Mapping[str, Any], path: str) -> bool:
    """Whether a file holds other documents as well."""
    return path == record["original"] and bool(member_of(record["source_path"], path))
