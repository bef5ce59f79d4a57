"""Values that cross between processes arrive as they left."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

import pytest

from archive.model.crossing import Crossing
from archive.model.fields import Source
from archive.model.findings import Finding, Severity, Where
from archive.model.statements import Statement


@dataclass(frozen=True, slots=True)
class Alone(Crossing):
    name: str


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    "value",
    [
        Alone("한국"),
        Statement("title", "T", Source.SHEET, "archivist", "data/submission/metadata.csv", "cell=4,2", rank=1),
        Finding("digest.mismatch", Severity.ERROR, where=Where(file="a", row=3), found="x"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_arrives_as_it_left(value: object, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(value, protocol)) == value
