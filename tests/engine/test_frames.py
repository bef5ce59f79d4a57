"""Numbered bytes on a pipe."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.engine.frames import ClosedError, receive, send

FRAMES = st.lists(st.tuples(st.integers(0, 2**64 - 1), st.binary(max_size=300)))


class Trickle(io.RawIOBase):
    """Gives one byte at a time, as a pipe may."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # of all buffers, the one that is given
        return self._data.readinto(buffer[:1])


def written(frames: list[tuple[int, bytes]]) -> bytes:
    pipe = io.BytesIO()
    for number, data in frames:
        send(pipe, number, data)
    return pipe.getvalue()


@given(FRAMES)
def test_what_was_sent_is_received(frames: list[tuple[int, bytes]]) -> None:
    pipe = Trickle(written(frames))
    assert [receive(pipe) for _ in frames] == frames  # type: ignore[arg-type]
    with pytest.raises(ClosedError):
        receive(pipe)  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [1, 15, 16, 20])
def test_a_frame_cut_short_is_an_end(length: int) -> None:
    with pytest.raises(ClosedError):
        receive(io.BytesIO(written([(1, b"abcdefgh")])[:length]))
