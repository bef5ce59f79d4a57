"""Forms say what is written where a value was, and nothing else changes."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from archive.model.content import written
from archive.model.records import RecordJson
from archive.packing.forms import Form, RecordForm, hole
from archive.schema.quick_json import quick_json, quick_strings

said = st.text('ab%<|>"\\\u00e9', max_size=6)


@given(fixed=said.filter(lambda text: not text.startswith("<|")), values=st.lists(said, max_size=4))
def test_what_is_put_into_a_hole_is_what_stands_there(fixed: str, values: list[str]) -> None:
    def line(value: object) -> dict[str, object]:
        return {"a": fixed, "b": value, "c": [value, "100%"], "d": f"of <|text|>{fixed}"}

    expected = [quick_json(line(value)) for value in values]
    for name, column in (("value", [quick_json(value) for value in values]), ("text", quick_strings(values))):
        form = Form(quick_json(line(hole(name))), ["value"], ["text"])
        assert form.filled({"value": column, "text": column}) == expected


def test_a_form_without_strings_leaves_them() -> None:
    assert Form(b'{"a":"<|one|>","b":"<|two|>"}', ["one"]).filled({"one": [b"1"]}) == [b'{"a":1,"b":"<|two|>"}']


def test_the_digest_of_a_record_leaves_the_recipe_out() -> None:
    record: dict[str, Any] = dict.fromkeys(RecordJson.__annotations__, "") | {"events": [], "additional": {}}
    record |= {"recipe": "ab", "document_id": hole("name")}
    lines, digests = RecordForm(cast("RecordJson", record), [], ["name"]).filled({"name": [b"a", b"b"]})
    for name, line, digest in zip("ab", lines, digests, strict=True):
        own = written(record | {"document_id": name}, quick_json)
        assert (line, digest) == (own.line, own.content_sha256)
        assert hashlib.sha256(line).hexdigest() != digest
