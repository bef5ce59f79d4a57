"""What our fields are called elsewhere: Dublin Core terms, schema.org, DataCite and PREMIS, defined once.

From here come the crosswalk in the bag's README and the names of properties in its RO-Crate. An empty string means
that the vocabulary has no term that means the same; a near miss is no translation. Sources: DCMI Metadata Terms
(2020-01-20), schema.org 28, DataCite Metadata Schema 4.6, PREMIS Data Dictionary 3.0.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crossing:
    """One column of the documents table in the words of others.

    Attributes:
        field: its name in our own files.
        dublin_core: a DCMI term, with the prefix `dcterms:`.
        schema_org: a property of schema.org; of the file, not of the document, where `of_file`.
        datacite: a property of DataCite, with its type in brackets.
        premis: a semantic unit of PREMIS.
        of_file: whether it describes the file that holds the document.
    """

    field: str
    dublin_core: str = ""
    schema_org: str = ""
    datacite: str = ""
    premis: str = ""
    of_file: bool = False


CROSSWALK: tuple[Crossing, ...] = (
    Crossing("document_id", "dcterms:identifier", "identifier", "AlternateIdentifier", "objectIdentifierValue"),
    Crossing("title", "dcterms:title", "name", "Title"),
    Crossing("alternative_titles", "dcterms:alternative", "alternateName", "Title (AlternativeTitle)"),
    Crossing("creators", "dcterms:creator", "creator", "Creator"),
    Crossing("contributors", "dcterms:contributor", "contributor", "Contributor (Other)"),
    Crossing("publisher", "dcterms:publisher", "publisher", "Publisher"),
    Crossing("date_issued", "dcterms:issued", "datePublished", "Date (Issued)"),
    Crossing("language", "dcterms:language", "inLanguage", "Language"),
    Crossing("description", "dcterms:description", "description", "Description (Abstract)"),
    Crossing("subjects", "dcterms:subject", "about", "Subject"),
    Crossing("places", "dcterms:spatial", "spatialCoverage", "GeoLocation (geoLocationPlace)"),
    Crossing("temporal_coverage", "dcterms:temporal", "temporalCoverage", "Date (Coverage)"),
    Crossing("document_type", "dcterms:type", "additionalType", "ResourceType"),
    Crossing("genre", "", "genre"),
    Crossing("identifiers", "dcterms:identifier", "identifier", "AlternateIdentifier"),
    Crossing("source", "dcterms:source", "isBasedOn", "RelatedItem (IsDerivedFrom)"),
    Crossing("is_part_of", "dcterms:isPartOf", "isPartOf", "RelatedItem (IsPartOf)"),
    Crossing("translation_of", "", "translationOfWork", "RelatedItem (IsTranslationOf)"),
    Crossing("version_of", "dcterms:isVersionOf", "", "RelatedItem (IsVersionOf)"),
    Crossing("syndicated_from"),
    Crossing("quotes_from", "", "citation", "RelatedItem (Cites)"),
    Crossing("source_url", "", "url", "RelatedIdentifier (IsDerivedFrom)"),
    Crossing("captured_at", "", "dateCreated", "Date (Collected)", "eventDateTime", of_file=True),
    Crossing("capture_form"),
    Crossing("capture_tool", "", "", "", "linkingAgentIdentifierValue"),
    Crossing("rights", "dcterms:rights", "copyrightNotice", "Rights", "otherRightsNote"),
    Crossing("rights_uri", "dcterms:license", "license", "Rights (rightsURI)", "licenseDocumentationIdentifierValue"),
    Crossing("rights_holder", "dcterms:rightsHolder", "copyrightHolder", "Contributor (RightsHolder)"),
    Crossing("access_level", "dcterms:accessRights", "conditionsOfAccess", "Rights", "restriction"),
    Crossing("access_reason", "", "", "", "rightsGrantedNote"),
    Crossing("hidden_personal_data"),
    Crossing("review_date", "", "", "", "termOfRestriction"),
    Crossing("original_path", "", "@id", "", "contentLocationValue", of_file=True),
    Crossing("source_path", "", "alternateName", "", "originalName", of_file=True),
    Crossing("original_bytes", "dcterms:extent", "contentSize", "Size", "size", of_file=True),
    Crossing("original_sha256", "", "sha256", "", "messageDigest", of_file=True),
    Crossing("media_type", "dcterms:format", "encodingFormat", "Format", "formatName", of_file=True),
    Crossing("puid", "", "", "", "formatRegistryKey", of_file=True),
)

CROSSING: dict[str, Crossing] = {one.field: one for one in CROSSWALK}
