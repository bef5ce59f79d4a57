"""What stores share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.storage.stores import order_of


@given(st.binary())
def test_keys_stand_for_any_bytes(name: bytes) -> None:
    assert order_of(name.decode("utf-8", "surrogateescape")) == name
