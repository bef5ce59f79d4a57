"""Files and manifests are brought together in whatever order both are; the first line for a path counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from archive.bags.manifests import read_manifest
from archive.bags.pairing import Pairing, runs_of
from archive.bags.written import ManifestFile
from archive.model.bags import Manifest
from archive.storage.stores import Entry, Run, order_of

_KEYS = [f"data/{folder}{name}" for folder in ("", "a/", "b/") for name in "wxyz"]
_LISTED = st.lists(st.tuples(st.sampled_from([*_KEYS, "data/none"]), st.integers(0, 255)))


class Heard:
    """A watch that keeps what it hears."""

    def __init__(self) -> None:
        self.manifests: list[str] = []
        self.digests: dict[str, tuple[str, ...]] = {}
        self.sizes: dict[str, int] = {}
        self.left: list[str] = []

    def begin(self, manifests: Sequence[Manifest], sizes: MutableMapping[str, int]) -> None:
        self.manifests = [one.file for one in manifests]

    def ahead(
        self, walk: Iterator[Run | Entry], manifests: Sequence[ManifestFile], *, in_bytes: bool
    ) -> Iterator[Run | Entry]:
        return walk

    def proven(self) -> None:
        """Proves nothing."""

    def go_on(self) -> None:
        """Does nothing meanwhile."""

    def take(self, run: Run, keys: list[str], columns: Sequence[bytes]) -> None:
        for place, (name, size) in enumerate(zip(run.names, run.sizes, strict=True)):
            key = run.prefix + name
            assert key not in self.digests
            self.digests[key] = tuple(
                column[place * width : (place + 1) * width].hex()
                for column in columns
                for width in [len(column) // len(run.names)]
            )
            self.sizes[key] = size
            assert keys[place] == key

    def leave(self, keys: Iterable[str]) -> None:
        self.left.extend(keys)


def manifest(algorithm: str, listed: Iterable[tuple[str, int]]) -> Manifest:
    length = {"md5": 32, "sha1": 40, "unheard": 10}[algorithm]
    text = "".join(f"{number:0{length}x}  {path}\n" for path, number in listed)
    return read_manifest(text.encode(), f"manifest-{algorithm}.txt", "utf-8", (1, 0))[0]


def first_lines(listed: Iterable[tuple[str, int]], length: int) -> dict[str, str]:
    return {path: f"{number:0{length}x}" for path, number in reversed(list(listed))}


@given(st.sets(st.sampled_from(_KEYS)), _LISTED, _LISTED)
def test_each_file_gets_the_digests_of_its_first_lines(
    there: set[str], md5: list[tuple[str, int]], sha1: list[tuple[str, int]]
) -> None:
    files = {key: len(key) for key in sorted(there, key=order_of)}
    manifests = [manifest("md5", md5), manifest("sha1", sha1), manifest("unheard", sha1)]
    heard = Heard()
    taken: dict[str, int] = {}
    pairing = Pairing(manifests, heard, taken)
    for run, keys in runs_of(files):
        pairing.take(run, keys)
    assert list(taken.items()) == list(files.items())
    assert heard.manifests == ["manifest-md5.txt", "manifest-sha1.txt"]
    tables = [first_lines(md5, 32), first_lines(sha1, 40)]
    both = [key for key in files if all(key in table for table in tables)]
    assert heard.digests == {key: tuple(table[key] for table in tables) for key in both}
    assert heard.sizes == {key: files[key] for key in both}
    assert sorted(heard.left) == sorted(files.keys() - set(both))
    for one, listed in zip(manifests, [md5, sha1, sha1], strict=True):
        if pairing.matches_all(one):
            assert [path for path, _ in listed] == list(files)


def test_files_in_the_order_of_the_manifests_match_all_of_them() -> None:
    files = dict.fromkeys(_KEYS, 1)
    ordered = {key: files[key] for key in sorted(files, key=order_of)}
    manifests = [manifest(algorithm, ((key, 7) for key in ordered)) for algorithm in ("md5", "sha1")]
    taken: dict[str, int] = {}
    pairing = Pairing(manifests, None, taken)
    for run, keys in runs_of(ordered):
        pairing.take(run, keys)
    assert all(map(pairing.matches_all, manifests))
    assert manifests[0].entries.paths is manifests[1].entries.paths  # held once
    assert all(one is other for one, other in zip(taken, manifests[0].entries.paths, strict=True))


def test_without_manifests_all_files_are_left() -> None:
    heard = Heard()
    taken: dict[str, int] = {}
    Pairing([], heard, taken).take(Run("data", ["a"], [1]), ["data/a"])
    assert taken == {"data/a": 1}
    assert heard.left == ["data/a"]
