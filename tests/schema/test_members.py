from __future__ import annotations

import pytest

from archive.schema import shipped
from archive.schema.members import are_good

OF_EACH_ALONE = {"type", "properties", "required", "additionalProperties"}
NOTHING_ASKED = {"$schema", "$id", "$defs", "title", "description"}


def test_a_record_is_good_where_each_of_its_members_is() -> None:
    assert shipped.schema("record").keys() <= OF_EACH_ALONE | NOTHING_ASKED


@pytest.mark.parametrize(
    ("members", "good"),
    [
        ({"document_id": "a.txt", "original": "data/originals/a.txt"}, True),
        ({"document_id": "a.txt", "original": "data/originals/../a.txt"}, False),
        ({"document_id": ""}, False),
        ({"original": "data/originals/\udcff"}, False),
        ({"document_id": 1}, False),
    ],
)
def test_members_are_held_to_what_is_asked_of_them(members: dict[str, object], good: bool) -> None:
    assert are_good("record", members) is good
