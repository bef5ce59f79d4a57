"""What a bag of metadata alone says of a document: everything but its files, its text, and what tells of them too much.

The size and the digest of an original stay where everyone may read the document: whoever has it can then tell that it
is the one. In an embargoed or restricted bag they are left out, and the figures of the text with them, since a digest
lets anyone who has a guess test it. There a duplicate group is named by its first document and not by a text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from archive.model.assembling import LAYER_ROLE
from archive.model.content import OWN_AGENT, written
from archive.model.fields import AccessLevel, Source
from archive.packing.completed import Completed
from archive.schema.quick_json import quick_json

_NOT_TOLD = {"bytes": 0, "sha256": ""}
_NO_TEXT = {"characters": 0, "words": 0, "sha256": None}
_BY_PROGRAM = frozenset({Source.EMBEDDED.value, Source.EXTRACTED.value})


class MetadataAlone:
    """Takes text and files out of the records of one bag.

    Args:
        level: of the bag.
    """

    def __init__(self, level: AccessLevel) -> None:
        self._tells = level is AccessLevel.OPEN
        self._groups: dict[str, str] = {}

    def of(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """A record without text; its group and its relations stay as they are."""
        files = [one for one in record["files"] if one["role"] != LAYER_ROLE]
        return {
            **record,
            "files": files if self._tells else [{**one, **_NOT_TOLD} for one in files],
            "text": record["text"] if self._tells else dict(_NO_TEXT),
            "passages": [],
            "annotations": [],
            "statements": [_placeless(one) for one in record["statements"] if _stays(one)],
            "events": [{**one, "file": ""} for one in record["events"] if not one["agent"].startswith(OWN_AGENT)],
        }

    def completed(self, one: Mapping[str, Any]) -> dict[str, Any]:
        """The same for a record that has its relations; to be called in the order of the documents."""
        record = self.of(one)
        if not self._tells:
            first = self._groups.setdefault(record["duplicate_group"], record["document_id"])
            record["duplicate_group"] = "g" + hashlib.sha256(first.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return record

    def written(self, some: Completed, records: Iterable[Mapping[str, Any]]) -> Completed:
        """Documents as they are published.

        Args:
            some: they, as they came.
            records: what `completed` gave for each.
        """
        own = [written(record, quick_json) for record in records]
        lines = [one.line + b"\n" for one in own]
        return some._replace(
            data=b"".join(lines), sizes=list(map(len, lines)), content_sha256=[one.content_sha256 for one in own]
        )


def _stays(statement: Mapping[str, Any]) -> bool:
    """What a program read and the record does not use is a piece of the text, as likely as not."""
    return bool(statement["used"]) or statement["source"] not in _BY_PROGRAM


def _placeless(statement: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**statement, "file": "", "locator": ""} if statement["source"] in _BY_PROGRAM else statement
