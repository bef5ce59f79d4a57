from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest

import archive
from archive.exporting import premis, texts
from archive.exporting.archivematica_rows import OF_THEIR_OWN, RIGHTS_COLUMNS, Shared, rights_of
from archive.exporting.bags import ExportedBag
from archive.exporting.datacite import of_bag, of_document
from archive.exporting.premis_entities import entity_object, event, file_object, rights
from archive.exporting.premis_xml import foot, head
from archive.operations.export import export
from archive.storage.memory import MemoryStore
from tests.elsewhere import need_packages
from tests.packing.making import TOML, Corpus, packed

NOWHERE = MemoryStore({})
PREMIS = "{http://www.loc.gov/premis/v3}"

ORDER = {
    "premis": ("object", "event", "agent", "rights"),
    "object": (
        "objectIdentifier", "preservationLevel", "significantProperties", "objectCharacteristics", "originalName",
        "storage", "signatureInformation", "relationship", "linkingEventIdentifier", "linkingRightsStatementIdentifier",
    ),
    "objectCharacteristics": ("compositionLevel", "fixity", "size", "format", "creatingApplication", "inhibitors"),
    "fixity": ("messageDigestAlgorithm", "messageDigest", "messageDigestOriginator"),
    "format": ("formatDesignation", "formatRegistry", "formatNote"),
    "relationship": ("relationshipType", "relationshipSubType", "relatedObjectIdentifier", "relatedEventIdentifier"),
    "event": (
        "eventIdentifier", "eventType", "eventDateTime", "eventDetailInformation", "eventOutcomeInformation",
        "linkingAgentIdentifier", "linkingObjectIdentifier",
    ),
    "agent": ("agentIdentifier", "agentName", "agentType", "agentVersion", "agentNote"),
    "rightsStatement": (
        "rightsStatementIdentifier", "rightsBasis", "copyrightInformation", "licenseInformation",
        "statuteInformation", "otherRightsInformation", "rightsGranted", "linkingObjectIdentifier",
    ),
    "licenseInformation": ("licenseDocumentationIdentifier", "licenseTerms", "licenseNote", "licenseApplicableDates"),
    "otherRightsInformation": (
        "otherRightsDocumentationIdentifier", "otherRightsBasis", "otherRightsApplicableDates", "otherRightsNote",
    ),
    "rightsGranted": ("act", "restriction", "termOfGrant", "termOfRestriction", "rightsGrantedNote"),
    "rights": ("rightsStatement", "rightsExtension"),
    "formatDesignation": ("formatName", "formatVersion"),
    "formatRegistry": ("formatRegistryName", "formatRegistryKey", "formatRegistryRole"),
    "storage": ("contentLocation", "storageMedium"),
    "contentLocation": ("contentLocationType", "contentLocationValue"),
    "eventDetailInformation": ("eventDetail", "eventDetailExtension"),
    "eventOutcomeInformation": ("eventOutcome", "eventOutcomeDetail"),
    **{
        f"{name}Identifier": (f"{name}IdentifierType", f"{name}IdentifierValue", f"{name}IdentifierRole")
        for name in (
            "object", "event", "agent", "rightsStatement", "relatedObject", "linkingEvent", "linkingAgent",
            "linkingObject", "linkingRightsStatement", "licenseDocumentation", "otherRightsDocumentation",
        )
    },
}  # fmt: skip
"""The order of elements in the XML schema of PREMIS 3.0, for every element with children that we write. No package
brings that schema, so its sequences stand here."""

REQUIRED = {
    "premis": {"object"},
    "object": {"objectIdentifier"},
    "fixity": {"messageDigestAlgorithm", "messageDigest"},
    "formatDesignation": {"formatName"},
    "formatRegistry": {"formatRegistryName", "formatRegistryKey"},
    "storage": {"contentLocation"},
    "contentLocation": {"contentLocationType", "contentLocationValue"},
    "objectCharacteristics": {"format"},
    "event": {"eventIdentifier", "eventType", "eventDateTime"},
    "agent": {"agentIdentifier"},
    "rightsStatement": {"rightsStatementIdentifier", "rightsBasis"},
    "otherRightsInformation": {"otherRightsBasis"},
    "rightsGranted": {"act"},
    "relationship": {"relationshipType", "relationshipSubType", "relatedObjectIdentifier"},
}

ONCE = ("eventType", "eventDateTime", "size", "originalName", "agentType", "agentVersion", "rightsBasis", "act")
"""What may stand once in its element."""

SOME: dict[str, Any] = {
    "urn": "urn:uuid:1", "access_level": "embargoed", "packed_at": "2024-05-03T10:00:00Z",
    "corpus": {"identifier": "x", "version": "1"},
}  # fmt: skip


def some_record(**metadata: Any) -> dict[str, Any]:
    path = "data/originals/a.pdf"
    return {
        "document_id": "a", "source_path": "a.pdf", "original": path, "events": [], "relations": [],
        "metadata": {"access_level": "embargoed", **metadata},
        "files": [{"path": path, "sha256": "00", "bytes": 3, "media_type": "application/pdf", "charset": None,
                   "puid": None, "puid_basis": "", "derived_from": None, "role": "page"}],
    }  # fmt: skip


def check_order(element: Tree.Element) -> None:
    name = element.tag.removeprefix(PREMIS)
    children = [child.tag.removeprefix(PREMIS) for child in element]
    if not children:
        assert name not in ORDER
        assert (element.text or "").strip(), name
        return
    places = [ORDER[name].index(child) for child in children]
    assert places == sorted(places), (name, children)
    pair = {child for child in ORDER[name][:2] if name.endswith("Identifier")}
    assert REQUIRED.get(name, pair) <= {*children}
    assert all(children.count(one) <= 1 for one in ONCE)
    for child in element:
        check_order(child)


def test_texts_are_those_of_the_records(river: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "IN_A_FOLDER", 2)
    report = export(river, to=tmp_path / "out", format="text")
    assert [one.code for one in report.findings] == ["export.no-text"]
    with (tmp_path / "out/documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["document_id"] for row in rows] == ["odd", "summer", "winter", "강"]
    assert rows[0]["file"] == ""
    assert [row["file"][:11] for row in rows[1:]] == ["texts/0000/", "texts/0001/", "texts/0001/"]
    for row in rows[1:]:
        data = (tmp_path / "out" / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["text_sha256"]
    assert {row["access_level"] for row in rows} == {"open"}


def test_premis_has_the_order_of_its_schema(river: Path, tmp_path: Path) -> None:
    export(river, to=tmp_path / "out", format="premis")
    root = Tree.parse(tmp_path / "out/premis.xml").getroot()
    assert root.get("version") == "3.0"
    check_order(root)
    names = {one.text for one in root.iter(f"{PREMIS}objectIdentifierValue")}
    linked = {
        one.text
        for kind in ("relatedObjectIdentifierValue", "linkingObjectIdentifierValue")
        for one in root.iter(f"{PREMIS}{kind}")
    }
    assert linked <= names
    events = {one.text for one in root.iter(f"{PREMIS}eventIdentifierValue")}
    assert {one.text for one in root.iter(f"{PREMIS}linkingEventIdentifierValue")} <= events
    agents = {one.text for one in root.iter(f"{PREMIS}agentIdentifierValue")}
    assert {one.text for one in root.iter(f"{PREMIS}linkingAgentIdentifierValue")} == agents
    statements = {one.text for one in root.iter(f"{PREMIS}rightsStatementIdentifierValue")}
    assert {one.text for one in root.iter(f"{PREMIS}linkingRightsStatementIdentifierValue")} == statements
    assert "normalization" not in (tmp_path / "out/premis.xml").read_text("utf-8")


def test_premis_of_a_bag_that_tells_no_digest_has_none(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", TOML + 'access_level = "restricted"\n').texts("a.txt")
    export(packed(corpus, tmp_path / "bags", holds="metadata"), to=tmp_path / "out", format="premis")
    root = Tree.parse(tmp_path / "out/premis.xml").getroot()
    check_order(root)
    assert not [one for name in ("fixity", "size", "storage") for one in root.iter(f"{PREMIS}{name}")]
    report = export(tmp_path / "bags/example-1.0-restricted-metadata", to=tmp_path / "more", format="datacite")
    assert "export.metadata-alone" in {one.code for one in report.findings}
    assert "sizes" not in json.loads((tmp_path / "more/documents.datacite.jsonl").read_text("utf-8"))
    assert "metadata alone" in (tmp_path / "more/README.md").read_text("utf-8")


def test_premis_names_a_container_once_with_its_documents(
    container: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(premis, "MOST_HELD", 1)
    export(container, to=tmp_path / "out", format="premis")
    root = Tree.parse(tmp_path / "out/premis.xml").getroot()
    check_order(root)
    names = [one.text for one in root.iter(f"{PREMIS}objectIdentifierValue")]
    assert len(names) == len({*names})
    (many,) = [one for one in root if one.findtext(f"{PREMIS}originalName") == "many.jsonl"]
    held = [str(one.text).partition("#")[2] for one in many.iter(f"{PREMIS}relatedObjectIdentifierValue")]
    assert held == ["many.jsonl#m1", "many.jsonl#m2"]


def test_a_layer_is_derived_from_its_source() -> None:
    record = some_record()
    layer = {**record["files"][0], "path": "data/derived/a.pdf/text.txt", "derived_from": "data/originals/a.pdf",
             "charset": "utf-8", "puid": "x-fmt/16", "puid_basis": "signature"}  # fmt: skip
    written = "".join(file_object("urn:uuid:1", layer, "", ["a"]))
    for part in (
        ">derivation<",
        ">has source<",
        "urn:uuid:1/data/originals/a.pdf",
        ">x-fmt/16<",
        "relationshipType/der",
    ):
        assert part in written
    assert "originalName" not in written


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"rights_uri": "https://creativecommons.org/licenses/by/4.0/"}, ["license", "licenseInformation"]),
        ({"rights_uri": "http://rightsstatements.org/vocab/InC/1.0/"}, ["InC/1.0", "otherRightsBasis"]),
        ({"rights": "In copyright"}, ["<otherRightsNote>In copyright<"]),
        ({"review_date": "2030-01-01"}, ["embargoed until 2030-01-01", "access level embargoed"]),
        ({"review_date": "2030-01-01", "access_level": "restricted"}, ["review on 2030-01-01"]),
    ],
)
def test_rights_are_those_that_are_stated(metadata: dict[str, Any], expected: list[str]) -> None:
    written = rights("urn:uuid:1", some_record(**metadata))
    assert all(part in written for part in expected)
    check_order(Tree.fromstring(written))


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("CC-BY-4.0", ["https://spdx.org/licenses/CC-BY-4.0<", "<licenseTerms>CC-BY-4.0<"]),
        ("https://creativecommons.org/licenses/by/4.0/", ["Value>https://creativecommons.org/licenses/by/4.0/<"]),
        ("ask us", ["<licenseTerms>ask us<"]),
    ],
)
def test_the_licence_of_the_corpus_holds_where_nobody_states_another(licence: str, expected: list[str]) -> None:
    bag = ExportedBag(NOWHERE, {**SOME, "corpus": {**SOME["corpus"], "licence": licence}}, None, None)
    holder = {"rights_holder": "R"}
    written = rights("urn:uuid:1", some_record(**holder), bag.licence_for(holder))
    assert all(part in written for part in [*expected, ">license<", "<licenseNote>R<"])
    check_order(Tree.fromstring(written))
    rows = dict(rights_of({**holder, "access_level": "open"}, licence))
    assert (rows["basis"], rows["terms"], rows["note"]) == ("license", licence, "R")
    stated = of_document(some_record(), bag)["rightsList"][0]
    assert stated.get("rightsIdentifier", "") == ("" if licence == "ask us" else "CC-BY-4.0")
    assert bag.licence_for({"rights": "In copyright"}) == ""
    assert of_document(some_record(rights="In copyright"), bag)["rightsList"][0] == {"rights": "In copyright"}


STATED = [
    {"relation": "translation-of", "target": "b", "target_type": "document", "score": None, "basis": "translation_of"},
    {
        "relation": "quotes",
        "target": "https://example.org/q",
        "target_type": "uri",
        "score": None,
        "basis": "quotes_from",
    },
    {"relation": "part-of", "target": "info:x/1", "target_type": "uri", "score": None, "basis": "is_part_of"},
    {"relation": "version-of", "target": "doi:10.1/x", "target_type": "uri", "score": None, "basis": "version_of"},
    {"relation": "same-text", "target": "c", "target_type": "document", "score": "1", "basis": "text"},
]


def test_premis_has_the_relations_that_are_stated() -> None:
    elsewhere = {**STATED[0], "target": "not here"}
    written = entity_object("urn:uuid:1", some_record() | {"relations": [*STATED, elsewhere]}, {"b"})
    (entity,) = Tree.fromstring(f"{head()}{written}{foot()}")
    check_order(entity)
    related = [[part.strip() for part in one.itertext()] for one in entity.iter(f"{PREMIS}relationship")]
    said = [tuple(part for part in one if part) for one in related][2:]
    assert said == [
        ("derivation", "is translation of", "local", "urn:uuid:1#b"),
        ("reference", "quotes", "URI", "https://example.org/q"),
        ("structural", "is part of", "URI", "info:x/1"),
        ("derivation", "is version of", "URI", "doi:10.1/x"),
        ("derivation", "is translation of", "local", "not here"),
    ]


def test_premis_tells_documents_of_the_bag_from_others(tmp_path: Path) -> None:
    bag = ExportedBag(NOWHERE, {**SOME, "events": []}, None, None)
    made = premis.Premis(tmp_path, (bag,))
    made.begin(bag)
    made.add(some_record() | {"relations": [STATED[0], {**STATED[0], "target": "c"}]})
    second = some_record() | {"document_id": "b", "original": "data/originals/b.pdf"}
    made.add(second | {"files": [{**second["files"][0], "path": "data/originals/b.pdf"}]})
    made.end()
    written = (tmp_path / premis.FILE).read_text("utf-8")
    assert written.count(">urn:uuid:1#b<") == 4  # itself, its file, its rights, and the relation
    assert ">c<" in written


def test_datacite_has_the_relations_that_are_stated() -> None:
    need_packages("datacite")
    from datacite import schema45 as schema

    found = of_document(some_record() | {"relations": [*STATED, STATED[0]]}, ExportedBag(NOWHERE, SOME, None, None))
    schema.validator.validate(found)
    assert [(one["relatedIdentifier"], one["relationType"]) for one in found["relatedIdentifiers"]][1:] == [
        ("https://example.org/q", "Cites"), ("10.1/x", "IsVersionOf"),
    ]  # fmt: skip
    assert [(one["titles"][0]["title"], one["relationType"]) for one in found["relatedItems"]] == [
        ("b", "IsDerivedFrom"), ("info:x/1", "IsPartOf"),
    ]  # fmt: skip


def test_what_xml_cannot_hold_is_replaced() -> None:
    one = {"event_id": "e", "type": "capture", "type_uri": "http://x/cap", "occurred_at": "2024", "agent": "a\x00<",
           "outcome": "success", "detail": ""}  # fmt: skip
    written = event(one, "a")
    assert "a\ufffd&lt;" in written
    assert "eventDetail" not in written


def test_archivematica_gets_a_row_for_each_file(river: Path, tmp_path: Path) -> None:
    report = export(river, to=tmp_path / "out", format="archivematica")
    assert report.findings == ()
    with (tmp_path / "out/metadata.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[0] == "filename"
    assert header.count("dc.creator") == 1
    found = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert set(found) == {f"objects/{name}" for name in ("winter.txt", "summer.html", "강.txt", "odd.bin")}
    assert found["objects/winter.txt"]["dc.title"] == "A cold winter"
    assert found["objects/winter.txt"]["dc.date"] == "2011-12-03"
    assert found["objects/winter.txt"]["dcterms.accessRights"] == "open"
    with (tmp_path / "out/rights.csv").open(encoding="utf-8", newline="") as file:
        rights_rows = list(csv.DictReader(file))
    assert tuple(rights_rows[0]) == RIGHTS_COLUMNS
    assert {row["grant_restriction"] for row in rights_rows} == {"allow"}
    assert {row["basis"] for row in rights_rows} <= {"license", "other"}


def test_archivematica_gets_one_row_for_a_container(container: Path, tmp_path: Path) -> None:
    report = export(container, to=tmp_path / "out", format="archivematica")
    assert [(one.code, one.found) for one in report.findings] == [
        ("export.container", "data/originals/many.jsonl, 2 documents")
    ]
    with (tmp_path / "out/metadata.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["filename"]: row for row in csv.DictReader(file)}
    assert sorted(rows) == ["objects/many.jsonl", "objects/plain#1.txt"]
    many = rows["objects/many.jsonl"]
    assert (many["dc.identifier"], many["dcterms.accessRights"], many["dc.language"]) == ("", "open", "en")
    with (tmp_path / "out/members.csv").open(encoding="utf-8", newline="") as file:
        members = {row["filename"]: row["dc.identifier"] for row in csv.DictReader(file)}
    assert members == {f"objects/many.jsonl#m{n}": f"many.jsonl#m{n}" for n in (1, 2)}


def test_a_container_has_the_rights_that_all_its_documents_have() -> None:
    licence = {"basis": "license", "terms": "CC0-1.0", "grant_act": "disseminate"}
    one = Shared("data/originals/a", "text/csv", [("dc.title", "A"), ("dc.type", "T")], licence)
    same = one.and_also([("dc.type", "T")], dict(licence))
    assert (same.row, same.rights, same.documents) == ([("dc.type", "T")], licence, 2)
    own = {"basis": "other", "note": OF_THEIR_OWN, "grant_act": "disseminate"}
    apart = one.and_also([], {**licence, "terms": "CC-BY-4.0"})
    assert apart.rights == own
    assert apart.and_also([], licence).rights == own


def test_the_files_of_each_bag_have_a_folder(river: Path, closed: Path, tmp_path: Path) -> None:
    for name, file in (("archivematica", "rights.csv"), ("premis", "premis.xml"), ("datacite", "datacite.json")):
        export(river, closed, to=tmp_path / name, format=name)
        assert (tmp_path / name / "river-1.0" / file).is_file()
        assert (tmp_path / name / "river-2.0-restricted" / file).is_file()
    again = shutil.copytree(river, tmp_path / "again")
    info = json.loads((again / "data/bag.json").read_text("utf-8"))
    (again / "data/bag.json").write_text(json.dumps({**info, "urn": "urn:uuid:2"}))
    export(river, again, to=tmp_path / "both", format="datacite")
    assert {one.name for one in (tmp_path / "both").iterdir() if one.is_dir()} == {"river-1.0", "river-1.0-2"}
    with (tmp_path / "archivematica/river-2.0-restricted/rights.csv").open(encoding="utf-8") as rows:
        assert {row["grant_restriction"] for row in csv.DictReader(rows)} == {"disallow"}


def test_repeated_columns_are_as_many_as_the_most_values(tmp_path: Path) -> None:
    from archive.exporting.archivematica import Sheets

    bag = ExportedBag(NOWHERE, SOME, None, None)
    sheets = Sheets(tmp_path, (bag,))
    sheets.begin(bag)
    sheets.add(some_record(subjects=["a", "b"], rights_uri="http://r.org/1", review_date="2030-01-01"))
    second = some_record(subjects=["c"], rights="R", access_level="unheard")
    second["files"][0]["path"] = second["original"] = "data/originals/b.pdf"
    second["files"].append({"path": "data/derived/b.txt", "media_type": "text/plain"})
    sheets.add(second)
    sheets.end()
    sheets.close()
    with (tmp_path / "metadata.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index("dc.subject")
    assert header.count("dc.subject") == 2
    assert [row[at : at + 2] for row in rows] == [["a", "b"], ["c", ""]]
    with (tmp_path / "rights.csv").open(encoding="utf-8", newline="") as file:
        first, other = csv.DictReader(file)
    assert (first["grant_restriction"], first["grant_start_date"], first["doc_id_value"]) == (
        "conditional", "2030-01-01", "http://r.org/1",
    )  # fmt: skip
    assert (other["basis"], other["note"], other["grant_restriction"]) == ("other", "R", "disallow")


def test_datacite_is_valid(river: Path, closed: Path, container: Path, tmp_path: Path) -> None:
    need_packages("datacite")
    from datacite import schema45 as schema

    for place, bag in enumerate((river, closed, container)):
        export(bag, to=tmp_path / str(place), format="datacite")
        schema.validator.validate(json.loads((tmp_path / str(place) / "datacite.json").read_text("utf-8")))
        lines = (tmp_path / str(place) / "documents.datacite.jsonl").read_text("utf-8").splitlines()
        for line in lines:
            schema.validator.validate(json.loads(line))
        assert len(lines) == len(list(archive.open(bag).records()))


def test_datacite_says_what_nobody_stated(river: Path, tmp_path: Path) -> None:
    report = export(river, to=tmp_path / "out", format="datacite")
    assert {(one.code, one.where.column) for one in report.findings} == {
        ("export.not-stated", name) for name in ("creators", "publisher", "publicationYear")
    }


def test_datacite_has_everything_that_is_stated() -> None:
    bag = ExportedBag(NOWHERE, SOME, None, None)
    need_packages("datacite")
    from datacite import schema45 as schema

    full = of_document(
        some_record(
            title="T", alternative_titles=["U"], creators=["K"], contributors=["L"], publisher="P", rights_holder="R",
            date_issued="2011~", date_issued_earliest="2011-01-01", date_issued_latest="2011-12-31",
            captured_at="2024-05-03T10:00:00Z", source_url="https://example.org/", identifiers=["doi:1", "a"],
            document_type="Moving Image", genre="film", description="D", places=["X"], subjects=["s", "s"],
            rights="In copyright", rights_uri="http://rightsstatements.org/vocab/InC/1.0/", language="ko",
        ),
        bag,
    )  # fmt: skip
    schema.validator.validate(full)
    assert full["types"] == {"resourceType": "film", "resourceTypeGeneral": "Audiovisual"}
    assert full["dates"][0] == {
        "date": "2011-01-01/2011-12-31", "dateType": "Issued", "dateInformation": "stated as 2011~",
    }  # fmt: skip
    assert full["publicationYear"] == "2011"
    assert len(full["alternateIdentifiers"]) == 2
    sparse = of_document(
        some_record(date_issued="2011/..", date_issued_earliest="2011-01-01", document_type="Odd"), bag
    )
    schema.validator.validate(sparse)
    assert "dates" not in sparse
    assert sparse["types"]["resourceTypeGeneral"] == "Other"
    schema.validator.validate(of_bag(bag))
    contact = {"organization": "O", "role": "R"}
    described = {"title": "T", "creator": "C", "contact": contact, "licence": "CC0-1.0", "description": "D"}
    whole = ExportedBag(NOWHERE, {**SOME, "corpus": {**SOME["corpus"], **described}}, None, None)
    schema.validator.validate(of_bag(whole))
    assert of_bag(whole)["contributors"][0]["name"] == "O"
