"""Files of a bag in the making, each written once, with digests of what was written; records in shards; tag files."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import StorageError
from archive.packing.copies import Copies
from archive.packing.payload import HashedFile, Payload
from archive.packing.places import place_in
from archive.packing.shards import RecordShards
from archive.packing.tag_files import human_size

ALGORITHMS = ("sha256", "md5")


def test_a_file_is_entered_with_its_size_and_digests(tmp_path: Path) -> None:
    payload = Payload(tmp_path, ALGORITHMS)
    payload.write("data/a/b.txt", b"some")
    with payload.writing("data/c") as file:
        for piece in (b"one", b"", b"two"):
            file.write(piece)
    (tmp_path / "data/by-others").write_bytes(b"x")
    payload.enter_written("data/by-others")
    found = {path: (entry.size, entry.digests) for path, entry in payload.files()}
    contents = {"data/a/b.txt": b"some", "data/c": b"onetwo", "data/by-others": b"x"}
    assert found == {
        path: (len(data), (hashlib.sha256(data).hexdigest(), hashlib.md5(data).hexdigest()))
        for path, data in contents.items()
    }
    assert payload.sha256("data/c") == hashlib.sha256(b"onetwo").hexdigest()


def test_no_file_is_written_twice(tmp_path: Path) -> None:
    payload = Payload(tmp_path, ALGORITHMS)
    payload.write("a", b"1")
    with pytest.raises(StorageError):
        payload.write("a", b"2")
    assert (tmp_path / "a").read_bytes() == b"1"


def test_files_are_in_the_order_of_their_bytes(tmp_path: Path) -> None:
    payload = Payload(tmp_path, ("sha256",))
    for path in ("é", "z", "a/b", "a.b", "\U0001f600", "\uff5e"):
        payload.enter(path, 0, (("sha256", "00" * 32),))
    assert [path for path, _ in payload.files()] == ["a.b", "a/b", "z", "é", "\uff5e", "\U0001f600"]
    assert [path for path, _ in payload.files("a")] == ["a.b", "a/b"]


def test_copies_are_entered_and_listed_many_together(tmp_path: Path) -> None:
    payload = Payload(tmp_path, ALGORITHMS)
    payload.write("data/bag.json", b"{}")
    payload.write("bagit.txt", b"tag")
    payload.write("data/tables/a", b"table")
    contents = {f"data/originals/{name}": name.encode("utf-8", "surrogateescape") for name in ("a%", "b", "\udcff")}
    for some in (list(contents.items())[:2], list(contents.items())[2:], []):
        copies = [
            (path, len(data), b"".join(hashlib.new(one, data).digest() for one in ALGORITHMS)) for path, data in some
        ]
        payload.enter_copies(Copies.of(copies))
    assert payload.extent() == (6, 3 + 2 + 5 + 4)
    assert payload.folders() == [("data/originals/", 3, 4), ("data/tables/", 1, 5)]
    assert {path for path, _ in payload.files()} == {"data/bag.json", "bagit.txt", "data/tables/a", *contents}
    for folders in ((), ("data/originals/",)):
        listed = [
            (name.decode("utf-8", "surrogateescape"), digest)
            for some in payload.listing("md5", folders)
            for name, digest in zip(some.names, some.digests, strict=True)
        ]
        every = contents if folders else {"data/bag.json": b"{}", **contents, "data/tables/a": b"table"}
        assert listed == [(path, hashlib.md5(data).hexdigest()) for path, data in every.items()]


def test_what_was_begun_and_failed_is_not_entered(tmp_path: Path) -> None:
    payload = Payload(tmp_path, ALGORITHMS)

    def fail() -> None:
        with payload.writing("a") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(payload.files()) == []


def test_a_disk_that_refuses_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    with pytest.raises(StorageError) as told:
        Payload(tmp_path, ALGORITHMS).write("a/b", b"")
    assert told.value.where == str(tmp_path / "a/b")
    with HashedFile(tmp_path / "b", ALGORITHMS) as file:
        file.close()


def test_a_place_has_exactly_the_bytes_of_the_path(tmp_path: Path) -> None:
    for path in ("북/남.txt", "caf\udce9", "e\u0301"):
        assert bytes(place_in(tmp_path, path)) == bytes(tmp_path) + b"/" + path.encode("utf-8", "surrogateescape")


@settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(st.binary(max_size=30).map(lambda data: data.replace(b"\n", b" ")), max_size=30),
    documents=st.integers(1, 7),
    size=st.integers(1, 80),
    at_once=st.integers(1, 9),
)
def test_shards_are_bounded_and_lose_nothing(lines: list[bytes], documents: int, size: int, at_once: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        payload = Payload(Path(place), ("sha256",))
        with RecordShards(payload, most_documents=documents, most_bytes=size) as writing:
            for start in range(0, len(lines), at_once):
                some = [line + b"\n" for line in lines[start : start + at_once]]
                writing.add(b"".join(some), list(map(len, some)))
        shards = writing.shards
        assert [shard.path for shard in shards] == [f"data/records/{at:05d}.jsonl" for at in range(len(shards))]
        held = [(Path(place) / shard.path).read_bytes().split(b"\n")[:-1] for shard in shards]
        assert [line for some in held for line in some] == lines
        assert [shard.documents for shard in shards] == [len(some) for some in held]
        for some in held:
            assert len(some) <= documents
            assert len(some) <= 1 or sum(len(line) + 1 for line in some) <= size
        assert len(shards) >= 1, "a bag without documents has one empty file"
        assert all(held) or not lines
        assert {path for path, _ in payload.files()} == {shard.path for shard in shards}


def test_records_that_do_not_all_fit_are_divided(tmp_path: Path) -> None:
    payload = Payload(tmp_path, ("sha256",))
    with RecordShards(payload, most_documents=2, most_bytes=10) as writing:
        writing.add(b"{}\n" * 3, [3, 3, 3])
        writing.add(b"[1,2,3,4,5,6]\n[]\n", [14, 3])
    assert [(tmp_path / one.path).read_bytes() for one in writing.shards] == [
        b"{}\n{}\n", b"{}\n", b"[1,2,3,4,5,6]\n", b"[]\n",
    ]  # fmt: skip
    assert [one.documents for one in writing.shards] == [2, 1, 1, 1]


def test_shards_that_fail_are_closed_and_not_entered(tmp_path: Path) -> None:
    payload = Payload(tmp_path, ("sha256",))

    def fail(lines: int) -> None:
        with RecordShards(payload) as writing:
            for _ in range(lines):
                writing.add(b"{}\n", [3])
            raise KeyboardInterrupt

    for lines in (0, 1):
        with pytest.raises(KeyboardInterrupt):
            fail(lines)
    assert list(payload.files()) == []


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"), (1_500_000, "1.5 MB"),
        (10**9, "1.0 GB"), (10**12, "1.0 TB"), (10**15, "1.0 PB"), (5 * 10**17, "500.0 PB"),
    ],
)  # fmt: skip
def test_sizes_are_told_in_decimal_units(octets: int, words: str) -> None:
    assert human_size(octets) == words
