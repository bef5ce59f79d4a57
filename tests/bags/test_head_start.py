"""Files that are hashed before the manifests are read: the same is found as without, whatever is wrong."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.bags import head_start
from archive.bags.contents import Contents
from archive.bags.fixity import Checking
from archive.bags.reader import read_bag
from archive.bags.rules import findings_of
from archive.bags.written import ManifestFile
from archive.engine import background
from archive.model.depths import Depth
from archive.model.findings import Finding
from archive.model.limits import Limits
from archive.storage import walking
from archive.storage.local import LocalStore
from tests.bags.making import bag, on_disk, sealed

_KEYS = [f"data/{folder}{name}" for folder in ("", "b/", "b/c/", "d/") for name in ("1.txt", "2.txt", "a", "z")]
_DAMAGES = st.dictionaries(st.sampled_from(_KEYS), st.sampled_from(["other", "longer", "gone", "unlisted", "large"]))


class Here:
    """Work in the background that is done in this process, whenever some of its results are asked for."""

    def __init__(self, _: int, task: Callable[[Any, Any], Any], shared: object) -> None:
        self._items: deque[Any] = deque()
        self._do = lambda item: task(shared, item)

    def put(self, item: object) -> None:
        self._items.append(item)

    def go_on(self) -> None:
        pass

    def ready(self) -> Iterator[Any]:
        if self._items:
            yield self._do(self._items.popleft())

    def results(self) -> Iterator[Any]:
        while self._items:
            yield self._do(self._items.popleft())

    def close(self) -> None:
        self._items.clear()


def found(place: Path, jobs: int) -> tuple[list[Finding], Contents]:
    """All that is found, and what is there; of digests that were right nothing is kept in either case."""
    store = LocalStore(str(place))
    with Checking(store, jobs) as checking:
        contents = read_bag(store, watch=checking)
        findings = list(checking.rest(contents))
    findings += [*contents.findings, *findings_of(contents, Depth.FIXITY)]
    manifests = tuple(replace(one, entries=[entry.path for entry in one.entries]) for one in contents.manifests)
    return findings, replace(contents, manifests=manifests, tag_manifests=(), has_ordinary_names=False)


def is_proven(place: Path) -> bool:
    """Whether the payload manifests were not read."""
    store = LocalStore(str(place))
    with Checking(store, 2) as checking:
        return not any(one.entries.digests for one in read_bag(store, watch=checking).manifests)


@contextmanager
def early(most: int = 1000, looked_at: int = 0) -> Iterator[None]:
    """However small a bag is, some of its files are begun early."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "_LOOKED_AT", looked_at)
        patch.setattr(head_start, "MOST", most)
        patch.setattr(head_start, "LEAST_TO_READ", 0)
        patch.setattr(head_start, "_READ_MEANWHILE", 1)
        patch.setattr(head_start, "MOST_IN_PIECE", 3)
        patch.setattr(background, "Background", Here)
        yield


@given(damages=_DAMAGES, most=st.integers(1, 20), looked_at=st.sampled_from([0, 1, 5, 100]), data=st.data())
def test_a_head_start_changes_nothing(damages: dict[str, str], most: int, looked_at: int, data: st.DataObject) -> None:
    algorithms = data.draw(st.sampled_from([["sha512"], ["md5", "sha256"]]))
    files = bag({key: key.encode() for key in _KEYS}, algorithms=algorithms)
    for key, damage in damages.items():
        _damage(files, key, damage, algorithms[0])
    with tempfile.TemporaryDirectory() as folder, early(most, looked_at):
        place = on_disk(files, Path(folder) / "bag")
        assert found(place, 2) == found(place, 1)


def _damage(files: dict[str, bytes], key: str, damage: str, algorithm: str) -> None:
    match damage:
        case "other":
            files[key] = files[key].upper()
        case "longer":
            files[key] += b"!" * 9000
        case "large":
            files[key] *= 200_000 // len(files[key])
        case "gone":
            del files[key]
        case _:
            manifest = f"manifest-{algorithm}.txt"
            lines = files[manifest].splitlines(keepends=True)
            files[manifest] = b"".join(line for line in lines if not line.endswith(f"  {key}\n".encode()))


def test_a_manifest_that_cannot_be_read_leaves_what_was_begun(tmp_path: Path) -> None:
    files = bag({key: key.encode() for key in _KEYS}, algorithms=["sha512"])
    files["manifest-sha512.txt"] = b"no line of a manifest\n" * 40
    place = on_disk(sealed(files), tmp_path / "bag")
    with early():
        assert found(place, 2) == found(place, 1)


@pytest.mark.parametrize("algorithms", [["sha512"], ["md5", "sha256"]])
def test_manifests_as_they_would_be_written_are_not_read(tmp_path: Path, algorithms: list[str]) -> None:
    place = on_disk(bag({key: key.encode() for key in _KEYS}, algorithms=algorithms), tmp_path / "bag")
    with early(most=4):
        assert is_proven(place)
        assert found(place, 2) == found(place, 1)


@pytest.mark.parametrize("edit", ["none", "another digest"])
def test_all_outcomes_are_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: str) -> None:
    files = bag({key: key.encode() for key in _KEYS}, algorithms=["sha512"])
    files["manifest-sha512.txt"] = _EDITS[edit](files["manifest-sha512.txt"])
    store = LocalStore(str(on_disk(sealed(files), tmp_path / "bag")))
    called: list[str] = []
    monkeypatch.setattr(Here, "ready", lambda _: iter(()))
    with early(), Checking(store, 2, meanwhile=lambda: called.append("once")) as checking:
        contents = read_bag(store, watch=checking)
        findings = list(checking.rest(contents))
    assert called == ["once"]
    assert [one.code for one in findings] == ([] if edit == "none" else ["digest.mismatch"])
    assert sum(contents.payload.values()) == sum(len(key.encode()) for key in _KEYS)


_EDITS: dict[str, Callable[[bytes], bytes]] = {
    "none": lambda data: data,
    "capitals": lambda data: data[:9].upper() + data[9:],
    "another digest": lambda data: (b"0" if data[:1] != b"0" else b"1") + data[1:],
    "a line more": lambda data: data + b"not a line\n",
    "a line again": lambda data: data + data.splitlines(keepends=True)[0],
    "another order": lambda data: b"".join(reversed(data.splitlines(keepends=True))),
    "no last end": lambda data: data[:-1],
    "other ends": lambda data: data.replace(b"\n", b"\r\n"),
    "a mark": lambda data: b"\xef\xbb\xbf" + data,
    "a star": lambda data: data.replace(b"  data/b/", b" *data/b/", 1),
    "two swapped": lambda data: b"".join(data.splitlines(keepends=True)[i] for i in (1, 0, *range(2, len(_KEYS)))),
    "nothing": lambda data: b"",
}


_NAMES = ["1", "100%.txt", "é", "e\u0301", "Thumbs.db", "A", "\udc80"]


@pytest.mark.parametrize(("edit", "name"), [*((edit, "1") for edit in _EDITS), *(("none", name) for name in _NAMES)])
def test_manifests_of_other_forms_are_read(tmp_path: Path, edit: str, name: str) -> None:
    files = bag({key: key.encode("utf-8", "surrogateescape") for key in [*_KEYS, f"data/b/c/{name}"]})
    files["manifest-sha256.txt"] = _EDITS[edit](files["manifest-sha256.txt"])
    place = on_disk(sealed(files), tmp_path / "bag")
    with early():
        assert found(place, 2) == found(place, 1)
        assert is_proven(place) == (edit == "none" and name not in {"100%.txt", "\udc80"})


@pytest.mark.parametrize("lines", ["", "abcd  data/none\n", "abcd  ../out\n"])
def test_beside_a_manifest_of_an_unknown_algorithm_all_are_read(tmp_path: Path, lines: str) -> None:
    files = {**bag({key: key.encode() for key in _KEYS}), "manifest-foo.txt": lines.encode()}
    place = on_disk(sealed(files), tmp_path / "bag")
    with early():
        assert found(place, 2) == found(place, 1)
        assert not is_proven(place)


@pytest.mark.parametrize("lag", [False, True])
def test_of_two_lines_the_first_counts_wherever_the_other_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lag: bool
) -> None:
    keys = [*(f"data/a/{number:02}" for number in range(90)), "data/b/1", "data/b/2"]
    files = bag({key: key.encode() for key in keys}, algorithms=["sha256"])
    lines = files["manifest-sha256.txt"].splitlines(keepends=True)
    wrong = b"0" * 64 + b"  data/b/1\n"
    # As many bytes fewer before it as it has, so that the other line stands where it would stand without it.
    lines = [line.replace(b"  ", b" ") if place < len(wrong) else line for place, line in enumerate(lines)]
    files["manifest-sha256.txt"] = b"".join([*lines[:90], wrong, *lines[90:]])
    place = on_disk(sealed(files), tmp_path / "bag")
    if lag:
        monkeypatch.setattr(Here, "ready", lambda _: iter(()))
    with early():
        findings, _ = found(place, 2)
        assert found(place, 1)[0] == findings
    assert {"digest.mismatch", "manifest.conflicting-entries"} <= {one.code for one in findings}


def test_a_manifest_over_its_bound_is_a_finding(tmp_path: Path) -> None:
    files = bag({key: key.encode() for key in _KEYS}, algorithms=["sha512"])
    store = LocalStore(str(on_disk(files, tmp_path / "bag")))
    limits = Limits(manifest=len(files["manifest-sha512.txt"]) - 1)
    with early(), Checking(store, 2) as checking:
        contents = read_bag(store, limits=limits, watch=checking)
    assert [one.code for one in contents.findings] == ["tagfile.too-large"]
    assert not contents.manifests


@pytest.mark.parametrize("damage", ["other", "longer", "gone", "unlisted", "large"])
def test_a_damaged_file_is_found_behind_sound_ones(tmp_path: Path, damage: str) -> None:
    files = bag({key: key.encode() for key in _KEYS}, algorithms=["sha512"])
    _damage(files, _KEYS[6], damage, "sha512")
    place = on_disk(files, tmp_path / "bag")
    with early(most=8, looked_at=100 if damage == "large" else 0):
        assert found(place, 2) == found(place, 1)


def test_it_pays_only_for_large_manifests_of_known_algorithms() -> None:
    assert worth(head_start.LEAST_TO_READ, 2) > 0
    assert worth(head_start.LEAST_TO_READ - 1, 2) == 0
    assert worth(1 << 60, 64) == head_start.MOST
    assert head_start.HeadStart([]).worth(2) == 0


def worth(size: int, workers: int) -> int:
    return head_start.HeadStart([ManifestFile("manifest-sha512.txt", "sha512", size)]).worth(workers)
