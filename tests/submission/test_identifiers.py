from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from archive.submission.identifiers import holds_controls, holds_undecodable, identifier_of_path, shown, unfit


@given(st.binary(min_size=1, max_size=40))
@example(b"\n\xcc\x80\xcc\x81")
def test_any_name_has_an_identifier_that_utf8_can_write(name: bytes):
    identifier = identifier_of_path(name.decode("utf-8", "surrogateescape"))
    identifier.encode("utf-8")
    assert not holds_controls(identifier)
    assert not holds_undecodable(identifier)
    assert shown(identifier) == identifier


def test_the_length_of_an_identifier_is_counted_in_bytes():
    assert unfit("é" * 256) == ""
    assert unfit("é" * 257) == "it has 514 bytes"
