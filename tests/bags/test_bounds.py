"""What a hostile tag file can make of memory and of the report is bounded."""

from __future__ import annotations

import hashlib

import pytest

from archive.bags.manifests import read_manifest, write_manifest
from archive.bags.reader import read_bag
from archive.bags.rules import findings_of
from archive.model.depths import Depth
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.storage.memory import MemoryStore
from tests.bags.making import bag, check

EMPTY = hashlib.sha256(b"").hexdigest()
MANIFEST = "manifest-sha256.txt"
MANY = 2 * DEFAULT_LIMITS.of_one_kind


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("malformed {}", "manifest.malformed-line"),
        (f"{EMPTY}  data/{{}}", "payload.missing"),
        (f"{EMPTY}  ../{{}}", "path.escapes-bag"),
        (f"{EMPTY}  data/{{}}%", "manifest.bare-percent"),
        (f"{EMPTY} *data/e", "manifest.duplicate-entry"),
        ("", "tagfile.blank-line"),
    ],
)
def test_many_findings_of_one_kind_are_counted(line: str, code: str) -> None:
    files = bag(algorithms=["sha256"])
    many = "".join(line.format(number) + "\n" for number in range(MANY))
    contents = read_bag(MemoryStore({**files, MANIFEST: files[MANIFEST] + many.encode()}))
    listed = [one for one in contents.findings if one.code == code]
    assert len(listed) <= DEFAULT_LIMITS.of_one_kind + 1
    if listed:
        assert sum(one.count for one in listed) == MANY
    found = check({**files, MANIFEST: files[MANIFEST] + many.encode()})
    assert sum(one.count for one in found if one.code == code) == MANY


def test_lines_that_are_not_understood_take_no_room_of_their_own() -> None:
    data = b"".join(b"garbage %d\n" % number for number in range(10_000)) + EMPTY.encode() + b"  data/e\nmore\n"
    manifest, _ = read_manifest(data, MANIFEST, "utf-8", (1, 0))
    assert [stray.line for stray in manifest.strays] == [1, 10_002]
    assert write_manifest(manifest) == data


@pytest.mark.parametrize("middle", ["x", "./", "a", " ", "%25", "*"])
def test_a_line_of_megabytes_is_malformed_at_once(middle: str) -> None:
    for begin in ("#", f"{EMPTY}  data/", f"{EMPTY}  "):
        data = (begin + middle * 3_000_000)[:3_000_000].encode() + b"\n"
        _, found = read_manifest(data, MANIFEST, "utf-8", (1, 0))
        assert [(one.code, len(one.found) <= 120) for one in found if one.code != "manifest.asterisk"] == [
            ("manifest.malformed-line", True)
        ]


def test_lines_without_end_are_not_read() -> None:
    contents = read_bag(MemoryStore({**bag(), MANIFEST: b"\n" * 5000}), limits=Limits(lines=1000))
    assert MANIFEST in [one.where.file for one in contents.findings if one.code == "tagfile.too-large"]


def test_manifests_of_files_that_are_not_there_are_not_read_without_end() -> None:
    files = bag(algorithms=["sha256"])
    many = "".join(f"{EMPTY}  data/none/{number}\n" for number in range(3000)).encode()
    store = MemoryStore({**files, MANIFEST: files[MANIFEST] + many})
    assert [one.where.file for one in read_bag(store, limits=Limits(spare_lines=3010)).findings] == []
    contents = read_bag(store, limits=Limits(spare_lines=2000))
    assert [(one.code, one.where.file) for one in contents.findings] == [("tagfile.too-large", MANIFEST)]
    assert "2016 lines of tag files, for 8 files" in contents.findings[0].found
    assert [one.file for one in contents.tag_manifests] == ["tagmanifest-sha256.txt"]  # what was read counts no more
    assert "manifest.missing" not in {one.code for one in findings_of(contents, Depth.COMPLETE)}
    by_bytes = read_bag(store, limits=Limits(spare_bytes=100_000, bytes_a_line=200))
    assert "bytes of tag files, for 8 files" in by_bytes.findings[0].found


def test_a_bag_of_many_files_may_list_them_all() -> None:
    payload = {f"data/{number}": b"" for number in range(300)}
    contents = read_bag(MemoryStore(bag(payload)), limits=Limits(spare_lines=10, spare_bytes=100))
    assert contents.findings == ()
    assert [len(one.entries) for one in contents.manifests] == [300, 300]


def test_tag_files_have_a_bound_together() -> None:
    contents = read_bag(MemoryStore(bag()), limits=Limits(tag_files=500))
    assert {one.code for one in contents.findings} == {"tagfile.too-large"}
