"""Whether the relations of a record can be so, as far as one record shows it.

That two texts are alike takes both of them; what a record states about itself and what its own text says is held
against it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.relations import FOUND, FREE, NEAR_DUPLICATE, STATED, URI, own_group

_LEAST_SCORE = Decimal("0.8")


def relation_findings(record: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings `record.relation-differs`.

    Args:
        record: it meets the record schema.
    """
    stated = {(field, value) for field in STATED for value in _values(record["metadata"].get(field))}
    missing = {(field, value) for field, value in stated if field not in FREE or URI.fullmatch(value)}
    is_alone = True
    for number, one in enumerate(record["relations"]):
        if one["basis"] in STATED:
            missing.discard((one["basis"], one["target"]))
            if (one["basis"], one["target"]) not in stated or one["relation"] != STATED[one["basis"]] or one["score"]:
                yield _at(f"/relations/{number}", one["target"], f"what the metadata say under {one['basis']}")
            continue
        is_alone = False
        if not _is_found(one, record["document_id"]):
            yield _at(f"/relations/{number}", f"{one['relation']} {one['target']}", "what packing could have found")
    for field, value in sorted(missing):
        yield _at("/relations", "nothing", f"{STATED[field]} {value}, as {field} states")
    sha256 = record["text"]["sha256"]
    if is_alone and sha256 is not None and record["duplicate_group"] != own_group(sha256, sha256):
        yield _at("/duplicate_group", record["duplicate_group"], own_group(sha256, sha256))


def _is_found(one: Mapping[str, Any], own: str) -> bool:
    if one["relation"] not in FOUND or one["target_type"] != "document" or one["target"] == own:
        return False
    is_near = one["relation"] == NEAR_DUPLICATE
    return (one["score"] is not None) == is_near and (not is_near or Decimal(one["score"]) >= _LEAST_SCORE)


def _values(said: Any) -> tuple[str, ...]:
    return () if said is None else (said,) if isinstance(said, str) else tuple(said)


def _at(pointer: str, found: str, expected: str) -> Finding:
    return finding("record.relation-differs", where=Where(pointer=pointer), found=found[:160], expected=expected[:160])
