"""Checksum algorithms under the names of manifests."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.digests import (
    DEFAULT_ALGORITHMS,
    HASHLIB_NAME,
    WEAK_ALGORITHMS,
    digests_of,
    hasher,
    hex_length,
    normalised,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sha256", "sha256"),
        ("SHA-256", "sha256"),
        ("SHA-512", "sha512"),
        ("MD5", "md5"),
        ("sha3_512", "sha3512"),
        ("SHA3-512", "sha3512"),
        ("", ""),
    ],
)
def test_names_are_as_in_file_names(name: str, expected: str) -> None:
    """RFC 8493, 2.4."""
    assert normalised(name) == expected


def test_all_that_the_standard_names_are_known() -> None:
    assert {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"} < set(HASHLIB_NAME)
    assert {*DEFAULT_ALGORITHMS, *WEAK_ALGORITHMS} < set(HASHLIB_NAME)


def test_every_known_algorithm_has_one_length() -> None:
    for algorithm in HASHLIB_NAME:
        assert hex_length(algorithm) == 2 * hashlib.new(HASHLIB_NAME[algorithm]).digest_size > 0


def test_no_two_algorithms_share_a_name() -> None:
    assert len(HASHLIB_NAME) == sum(not name.startswith("shake") for name in hashlib.algorithms_guaranteed)


@pytest.mark.parametrize("name", ["shake128", "sha257", "SHA-256", ""])
def test_others_are_unknown(name: str) -> None:
    with pytest.raises(KeyError):
        hasher(name)


@given(st.lists(st.binary(max_size=50)))
def test_digests_are_those_of_hashlib_in_any_pieces(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    assert digests_of(data) == {
        "sha256": hashlib.sha256(data).hexdigest(),
        "sha512": hashlib.sha512(data).hexdigest(),
    }
    one = hasher("sha3256")
    for piece in pieces:
        one.update(piece)
    assert one.hexdigest() == hashlib.sha3_256(data).hexdigest()


def test_only_what_is_asked_for_is_taken() -> None:
    assert list(digests_of(b"", ["sha1", "md5"])) == ["sha1", "md5"]
    assert digests_of(b"", []) == {}
