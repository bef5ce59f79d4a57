from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.sources.pieces import Pieces

PIECES = (b"ab", b"b", b"bcd", b"cite=", b"Cite")
DATA = st.lists(st.sampled_from([*PIECES, b"a", b"c", b"d", b"x" * 9, b" "]), max_size=30).map(b"".join)


@given(DATA)
def test_all_pieces_are_found_at_all_their_places(data: bytes) -> None:
    found = Pieces(PIECES)
    assert found.within(data) == {piece for piece in PIECES if piece in data}
    places = [place for piece in PIECES for place in range(len(data)) if data.startswith(piece, place)]
    assert found.places(data) == sorted(places)


def test_a_piece_is_found_wherever_one_looks_anew() -> None:
    finder = Pieces(PIECES)
    for before in range((1 << 18) - 6, (1 << 18) + 2):
        assert finder.within(b" " * before + b"cite=" + b" " * 9) == {b"cite="}


def test_no_more_is_looked_through_once_all_were_found() -> None:
    assert Pieces((b"a", b"b")).within(b"ab" * (1 << 18)) == {b"a", b"b"}
