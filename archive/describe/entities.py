"""People, organisations, subjects, places, licences: the entities of a crate that several others point to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import quote

from archive.describe.licences import is_identifier, licence_uri

Entity = dict[str, Any]
_UNRESERVED = "-._~"


def path_id(path: str) -> str:
    """The `@id` of a file or folder: a relative path as an IRI (RFC 3987), so `#` is `%23` and a space `%20`.

    Letters of all scripts stand as they are, as RO-Crate 1.2 recommends.

    >>> path_id("originals/보고 #1.txt")
    'originals/보고%20%231.txt'
    """
    return "".join(one if one == "/" else _escaped(one) for one in path)


def local_id(kind: str, name: str) -> str:
    """The `@id` of something that is no file: a fragment in which the name is spelled out.

    >>> local_id("place", "Yanbian, Jilin")
    '#place/Yanbian%2C%20Jilin'
    """
    return f"#{kind}/{''.join(map(_escaped, name))}"


def _escaped(one: str) -> str:
    is_letter = one.isprintable() if not one.isascii() else one.isalnum() or one in _UNRESERVED
    return one if is_letter else quote(one, safe="")


def reference(identifier: str) -> dict[str, str]:
    """A pointer to an entity."""
    return {"@id": identifier}


class Graph:
    """Entities in the order in which they were first put in, each once.

    Args:
        organisations: names that are known to be of organisations, because they publish or hold rights.
    """

    def __init__(self, organisations: Collection[str] = ()) -> None:
        self._organisations = frozenset(organisations)
        self._entities: dict[str, Entity] = {}

    def put(self, entity: Entity) -> dict[str, str]:
        """Puts an entity in, unless one of its `@id` is there, and points to it."""
        self._entities.setdefault(entity["@id"], entity)
        return reference(entity["@id"])

    def agent(self, name: str) -> dict[str, str]:
        """A person or an organisation; metadata gives a name and not which of the two it is."""
        if name in self._organisations:
            return self.put({"@id": local_id("organisation", name), "@type": "Organization", "name": name})
        said = "A name as the metadata of a document gives it; it may be that of an organisation."
        return self.put({"@id": local_id("person", name), "@type": "Person", "name": name, "description": said})

    def agents(self, names: Iterable[str]) -> list[dict[str, str]]:
        """Several of them, in order."""
        return [self.agent(name) for name in names]

    def subject(self, name: str) -> dict[str, str]:
        """A topic, in the words of the metadata."""
        return self.put({"@id": local_id("subject", name), "@type": "DefinedTerm", "name": name})

    def place(self, name: str) -> dict[str, str]:
        """A place, in the words of the metadata."""
        return self.put({"@id": local_id("place", name), "@type": "Place", "name": name})

    def licence(self, stated: str) -> dict[str, str]:
        """A licence or a statement of rights; one without an address is named by its words."""
        uri = licence_uri(stated)
        if uri is None:
            return self.put({"@id": local_id("licence", stated), "@type": "CreativeWork", "name": stated})
        is_short = is_identifier(stated)
        said = (
            f"The licence that SPDX calls {stated}." if is_short else "A statement of rights that metadata points to."
        )
        entity = {"@id": uri, "@type": "CreativeWork", "name": stated, "description": said}
        return self.put({**entity, "identifier": stated} if is_short else entity)

    def entities(self) -> list[Entity]:
        """All of them."""
        return list(self._entities.values())
