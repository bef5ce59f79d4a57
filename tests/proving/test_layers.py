"""Layers are read through the store; what the system says of one that fails is said in our words."""

from __future__ import annotations

import io
from typing import NoReturn, cast

import pytest

from archive.errors import StorageError
from archive.proving.layers import Layers
from archive.storage.stores import Reader


class Refused(io.BytesIO):
    """A file that was opened and may no longer be read, as on a share whose ticket ran out."""

    def read(self, _: int | None = -1) -> NoReturn:
        raise PermissionError


class Shelf:
    """A store of one such file."""

    def open(self, _: str) -> Refused:
        return Refused(b"words")


def test_a_layer_that_may_no_longer_be_read_says_so() -> None:
    with pytest.raises(StorageError) as caught:
        Layers(cast("Reader", Shelf())).size("data/originals/a.txt")
    assert (caught.value.what, caught.value.where) == ("It may not be read", "data/originals/a.txt")
