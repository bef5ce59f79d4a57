"""Files that are hashed before the manifests are read: the same is found as without, whatever is wrong."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.bags import fixity, head_start
from archive.bags.fixity import Checking
from archive.bags.reader import read_bag
from archive.model.findings import Finding
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


def found(place: Path, jobs: int) -> tuple[list[Finding], dict[str, int]]:
    store = LocalStore(str(place))
    with Checking(store, jobs) as checking:
        contents = read_bag(store, watch=checking)
        findings = list(checking.rest(contents))
    return findings, dict(contents.payload)


@contextmanager
def early(most: int = 1000, looked_at: int = 0) -> Iterator[None]:
    """However small a bag is, some of its files are begun early."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "_LOOKED_AT", looked_at)
        patch.setattr(head_start, "MOST", most)
        patch.setattr(head_start, "LEAST_TO_READ", 0)
        patch.setattr(head_start, "_READ_MEANWHILE", 1)
        patch.setattr(head_start, "MOST_IN_PIECE", 3)
        patch.setattr(fixity, "Background", Here)
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
    with early():
        assert found(on_disk(sealed(files), tmp_path / "bag"), 2)[0] == []


def test_it_pays_only_for_large_manifests_of_known_algorithms() -> None:
    assert head_start.HeadStart(["sha512"]).worth(head_start.LEAST_TO_READ, 2) > 0
    assert head_start.HeadStart(["sha512"]).worth(head_start.LEAST_TO_READ - 1, 2) == 0
    assert head_start.HeadStart(["sha512"]).worth(1 << 60, 64) == head_start.MOST
    assert head_start.HeadStart([]).worth(1 << 30, 2) == 0
