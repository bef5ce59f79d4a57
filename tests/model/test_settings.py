"""What a person may set of how much is read: one table, and the schemas and limits that must agree with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.model.settings import SETTINGS, USUAL, faults_in, unusual
from archive.sources.limits import Limits

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


def test_what_is_usual_are_the_limits_themselves() -> None:
    assert Limits.of({}) == Limits.of(USUAL) == Limits()
    assert Limits.of({"seconds": 10}).seconds == 5


def test_every_setting_is_carried_out() -> None:
    for one in SETTINGS:
        assert Limits.of({one.name: one.lowest}) != Limits()


@pytest.mark.parametrize(
    "schema", ["corpus.schema.json#/properties/limits", "bag.schema.json#/$defs/recipe/properties/limits"]
)
def test_schemas_say_the_same(schema: str) -> None:
    name, _, place = schema.partition("#/")
    found = json.loads((SCHEMAS / name).read_bytes())
    for key in place.split("/"):
        found = found[key]
    assert found["additionalProperties"] is False
    assert {
        name: (one["type"], one["minimum"], one["maximum"], one["examples"])
        for name, one in found["properties"].items()
    } == {one.name: ("integer", one.lowest, one.highest, [one.usual]) for one in SETTINGS}
    for one in SETTINGS:
        assert found["properties"][one.name]["description"][1:].startswith(one.meaning[1:])


def test_what_others_wrote() -> None:
    assert faults_in({"seconds": 60, "ratio": 1, "nesting": False, "minutes": 1}) == ["ratio", "nesting", "minutes"]
    assert unusual({"seconds": 60, "nesting": 3}) == {"seconds": 60}
    assert SETTINGS[0].range == "a whole number from 2 to 3600"
