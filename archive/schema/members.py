"""Whether single members of a value are as its schema has them, for whoever knows that all others are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from archive.schema import shipped
from archive.schema.formats import FORMATS


def are_good(schema: str, members: Mapping[str, Any]) -> bool:
    """Whether members of an object are as a shipped schema has each of them, whatever stands beside them.

    Args:
        schema: the name of a shipped schema; at its top nothing is said of several members together.
        members: some of them, as JSON values.
    """
    try:
        return _quick(schema, tuple(members)).is_valid(members)
    except ValueError:  # half a character, which undecodable bytes become
        return False


@cache
def _quick(name: str, members: tuple[str, ...]) -> jsonschema_rs.Validator:
    whole = shipped.schema(name)
    part = {
        "$schema": whole["$schema"],
        "$defs": whole["$defs"],
        "properties": {member: whole["properties"][member] for member in members},
    }
    return jsonschema_rs.validator_for(part, formats=FORMATS, validate_formats=True)
