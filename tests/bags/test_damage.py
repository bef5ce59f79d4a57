"""Any damage to a valid bag gives a finding that names the file."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.findings import Severity
from tests.bags.making import OURS, bag, check

THEIRS = bag(tags={"notes/readme.txt": b"a tag file\n"})
OWN = bag(info=OURS)


def named(files: dict[str, bytes], key: str) -> bool:
    return any(key in f"{one.where.file} {one.found} {one.expected}" for one in check(files))


@given(st.sampled_from(sorted(OWN)), st.data())
@settings(max_examples=400, deadline=None)
def test_a_changed_byte_in_a_bag_of_ours(key: str, data: st.DataObject) -> None:
    whole = OWN[key]
    place = data.draw(st.integers(0, max(0, len(whole) - 1)))
    byte = data.draw(st.binary(min_size=1, max_size=1))
    changed = whole[:place] + byte + whole[place + 1 :]
    if changed != whole:
        findings = check({**OWN, key: changed})
        assert any(key in f"{one.where.file} {one.found} {one.expected}" for one in findings)
        assert any(one.severity is Severity.ERROR for one in findings)


@given(st.sampled_from(sorted(OWN)), st.integers(0, 2**20), st.binary(min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_bytes_cut_or_put_in(key: str, place: int, more: bytes) -> None:
    whole = OWN[key]
    at = place % (len(whole) + 1)
    assert named({**OWN, key: whole[:at] + more + whole[at:]}, key)
    if at < len(whole):
        assert named({**OWN, key: whole[:at]}, key)


@given(st.sampled_from(sorted(THEIRS)), st.integers(0, 2**20), st.integers(0, 7))
@settings(max_examples=300, deadline=None)
def test_a_flipped_bit_in_anyones_bag(key: str, place: int, bit: int) -> None:
    whole = bytearray(THEIRS[key])
    if not whole:
        return
    at = place % len(whole)
    whole[at] ^= 1 << bit
    only_case = bytes(whole).lower() == THEIRS[key].lower()
    if not (key.startswith("tagmanifest-") and only_case):
        assert named({**THEIRS, key: bytes(whole)}, key)


@given(st.sampled_from(sorted(OWN)))
def test_a_lost_file(key: str) -> None:
    assert named({other: data for other, data in OWN.items() if other != key}, key)


@given(st.sampled_from(["data/", "data/sub/", "", "tags/"]), st.text("abcé.", min_size=1, max_size=8), st.binary())
def test_an_added_file(folder: str, name: str, data: bytes) -> None:
    key = folder + name
    if key not in THEIRS and key not in {"data/sub", "notes", "data"}:
        assert named({**THEIRS, key: data}, key)


@given(st.sampled_from(sorted(OWN)), st.text("abc", min_size=1, max_size=5))
def test_a_renamed_file(key: str, end: str) -> None:
    renamed = {(other + end if other == key else other): data for other, data in OWN.items()}
    assert named(renamed, key)
    assert named(renamed, key + end)


@given(st.permutations([key for key in sorted(OWN) if OWN[key]]))
def test_two_files_swapped(keys: list[str]) -> None:
    one, other = keys[:2]
    swapped = {**OWN, one: OWN[other], other: OWN[one]}
    assert named(swapped, one)
    assert named(swapped, other)


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert check(OWN) == []
    assert check(THEIRS) == []
