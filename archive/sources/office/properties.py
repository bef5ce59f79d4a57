"""What word-processor files and books state of themselves in their properties, and whom they name there unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.model.blocks import Observation
from archive.sources.dates import edtf_of
from archive.sources.office.parts import Parts
from archive.sources.properties import observations
from archive.sources.unseen.people import People

_DC = "{http://purl.org/dc/elements/1.1/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_OPF = "{http://www.idpf.org/2007/opf}"

_OF_OOXML = (
    (_DC, "dc:title", "title"),
    (_DC, "dc:creator", "creators"),
    (_DC, "dc:description", "description"),
    (_DC, "dc:subject", "subjects"),
    (_CORE, "cp:keywords", "subjects"),
    (_DC, "dc:language", "language"),
)
_OF_ODF = (
    (_DC, "dc:title", "title"),
    (_META, "meta:initial-creator", "creators"),
    (_DC, "dc:description", "description"),
    (_DC, "dc:subject", "subjects"),
    (_META, "meta:keyword", "subjects"),
    (_DC, "dc:language", "language"),
)
_OF_EPUB = (
    (_DC, "dc:title", "title"),
    (_DC, "dc:creator", "creators"),
    (_DC, "dc:contributor", "contributors"),
    (_DC, "dc:publisher", "publisher"),
    (_DC, "dc:date", "date_issued"),
    (_DC, "dc:language", "language"),
    (_DC, "dc:description", "description"),
    (_DC, "dc:subject", "subjects"),
    (_DC, "dc:identifier", "identifiers"),
    (_DC, "dc:source", "source"),
    (_DC, "dc:rights", "rights"),
)
_MOST_VALUES = 50
_CORE_PART = "docProps/core.xml"
_APP_PART = "docProps/app.xml"
_META_PART = "meta.xml"
_LAST = "who saved the file last"


def of_ooxml(parts: Parts, people: People) -> Iterator[Observation]:
    """The core properties (ECMA-376, part 2, 11), people among the others noted.

    When the file was made or saved is no date of issue.
    """
    root = parts.xml_if_there(_CORE_PART)
    if root is None:
        return
    found = list(_values(root, _OF_OOXML, _CORE_PART))
    yield from found
    people.add(_LAST, _text(root, f"{_CORE}lastModifiedBy"), _creators(found))
    application = parts.xml_if_there(_APP_PART)
    if application is not None:
        for one in application:
            if one.tag.rpartition("}")[2] == "Manager":
                people.add("the manager in the properties", one.text or "", _creators(found))


def of_odf(parts: Parts, people: People) -> Iterator[Observation]:
    """The metadata of an OpenDocument file (ODF 1.2, part 1, 4.3); there `dc:creator` is who saved it last."""
    root = parts.xml_if_there(_META_PART)
    if root is None:
        return
    found = list(_values(root, _OF_ODF, _META_PART))
    yield from found
    people.add(_LAST, _text(root, f"{_DC}creator"), _creators(found))
    people.add("who printed the file", _text(root, f"{_META}printed-by"), _creators(found))


def of_epub(package: Any, part: str) -> Iterator[Observation]:
    """The metadata of a book's package document (EPUB 3.3, 5.5; OPF 2.0.1, 2.2)."""
    yield from _values(package, _OF_EPUB, part)


def _values(root: Any, names: tuple[tuple[str, str, str], ...], part: str) -> Iterator[Observation]:
    for namespace, name, field in names:
        found = list(root.iter(namespace + name.partition(":")[2]))[:_MOST_VALUES]
        for one in found:
            value = "".join(one.itertext())
            if field == "date_issued":
                event = one.get(f"{_OPF}event") or "publication"
                value = (edtf_of(value.strip()) or "") if event == "publication" else ""
            yield from observations(field, value, f"part={part};property={name}")


def _creators(found: list[Observation]) -> frozenset[str]:
    return frozenset(one.value for one in found if one.field == "creators")


def _text(root: Any, tag: str) -> str:
    one = next(root.iter(tag), None)
    return "".join(one.itertext()) if one is not None else ""
