from __future__ import annotations

import jsonschema_rs
from hypothesis import given
from hypothesis import strategies as st

from archive.model.fields import FIELDS
from archive.schema import shipped
from archive.schema.formats import FORMS, is_text


def test_every_form_of_a_field_has_a_check_that_its_example_passes() -> None:
    assert {field.form for field in FIELDS} == set(FORMS)
    for field in FIELDS:
        assert FORMS[field.form](field.example)
        assert not FORMS[field.form]("")


@given(st.text(max_size=4) | st.characters(categories=["Cc", "Zs", "Cf", "Zl"]))
def test_text_is_what_the_schema_says(text: str) -> None:
    schema = shipped.schema("record")["$defs"]["text"]
    assert is_text(text) == jsonschema_rs.is_valid(schema, text)
