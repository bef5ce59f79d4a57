"""What the name of a column, or of a key in a sidecar or in corpus.toml, means.

Names are our own (`archive.model.fields`) or Dublin Core's as Archivematica writes them; case, blanks and hyphens do
not matter. Three of Dublin Core's mean more than one thing here: the first `dc.identifier` is the document's own
identifier and further ones are `identifiers`; `dc.rights` is `rights_uri` if it holds a URI, else `rights`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from archive.model.fields import FIELDS


class Kind(StrEnum):
    """What a name stands for."""

    FILENAME = "filename"
    IDENTIFIER = "identifier"
    ROLE = "role"
    RIGHTS = "rights"
    FIELD = "field"
    ADDITIONAL = "additional"
    SUGGESTED = "suggested"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of a name; `name` is our field's name or the person's own."""

    kind: Kind
    name: str = ""


_SPECIAL: dict[str, Meaning] = {
    "filename": Meaning(Kind.FILENAME, "filename"),
    "identifier": Meaning(Kind.IDENTIFIER, "document_id"),
    "dc.identifier": Meaning(Kind.IDENTIFIER, "document_id"),
    "document_id": Meaning(Kind.IDENTIFIER, "document_id"),
    "role": Meaning(Kind.ROLE, "role"),
    "rights": Meaning(Kind.RIGHTS, "rights"),
    "dc.rights": Meaning(Kind.RIGHTS, "rights"),
    "dcterms.rights": Meaning(Kind.RIGHTS, "rights"),
}
_KNOWN: dict[str, Meaning] = {
    name: Meaning(Kind.FIELD, field.name) for field in FIELDS for name in (field.name, *field.dublin_core)
} | _SPECIAL
_OFTEN_MEANT = {
    "file": "filename",
    "file_name": "filename",
    "path": "filename",
    "id": "identifier",
    "author": "creators",
    "authors": "creators",
    "headline": "title",
    "url": "source_url",
    "uri": "source_url",
    "link": "source_url",
    "date_published": "date_issued",
    "published": "date_issued",
    "publication_date": "date_issued",
    "keywords": "subjects",
    "tags": "subjects",
    "topics": "subjects",
    "licence": "rights_uri",
    "license": "rights_uri",
    "access": "access_level",
    "access_rights": "access_level",
    "restriction": "access_level",
    "embargo": "review_date",
    "lang": "language",
    "abstract": "description",
    "summary": "description",
    "place": "places",
}
_CLOSE_ENOUGH = 0.85
_BLANKS = re.compile(r"[\s\-]+")
_URI = re.compile(r"(?:https?|urn|info|ark|doi):\S+", re.IGNORECASE)


def plain(name: str) -> str:
    """A name without what does not matter: case, blanks, hyphens, `dc:` for `dc.`.

    >>> plain(" Date Issued "), plain("dc:title")
    ('date_issued', 'dc.title')
    """
    return _BLANKS.sub("_", name.strip().casefold()).replace(":", ".")


def meaning_of(name: str, own: Collection[str] = ()) -> Meaning:
    """What a name means.

    Args:
        name: as it is written.
        own: names that corpus.toml declares as the person's own; ours go first.

    >>> meaning_of("dc.creator").name, meaning_of("suggested.title").kind.value
    ('creators', 'suggested')
    """
    stripped = name.strip()
    if not stripped:
        return Meaning(Kind.UNNAMED)
    known = plain(name)
    if known in _KNOWN:
        return _KNOWN[known]
    if stripped in own:
        return Meaning(Kind.ADDITIONAL, stripped)
    if known.startswith("suggested."):
        return Meaning(Kind.SUGGESTED, stripped)
    return Meaning(Kind.UNKNOWN, stripped)


@lru_cache(maxsize=1024)
def nearest(name: str) -> str | None:
    """The known name that a person most likely meant, or None.

    >>> nearest("acess_level"), nearest("Author"), nearest("shelfmark")
    ('access_level', 'creators', None)
    """
    key = plain(name)
    if key in _OFTEN_MEANT:
        return _OFTEN_MEANT[key]
    return nearest_of(key, _KNOWN)


def nearest_of(name: str, known: Collection[str]) -> str | None:
    """The one of `known` that is spelt most like `name`, or None where none is close.

    >>> nearest_of("verison", ["version", "title"])
    'version'
    """
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=_CLOSE_ENOUGH)
    return close[0] if close else None


def rights_field(value: str) -> str:
    """The field that a value under `dc.rights` belongs to.

    >>> rights_field("https://creativecommons.org/licenses/by/4.0/"), rights_field("In copyright")
    ('rights_uri', 'rights')
    """
    return "rights_uri" if _URI.fullmatch(value) else "rights"
