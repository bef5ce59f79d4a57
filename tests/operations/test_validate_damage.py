"""Any damage to a bag of ours is found, and the finding names the file; thousands of random cases were run by hand."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.model.reports import Report, Verdict
from archive.operations.validate import validate
from tests.proving.making import make_bag

CASES = 120
"""Of each kind of damage there are several in these; the seed is fixed, so that a failure can be seen again."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bag(tmp_path_factory.mktemp("damage"))


def names(report: Report, key: str) -> bool:
    return any(key in f"{one.where.file} {one.found} {one.expected}" for one in report.findings)


def some(random_: random.Random, bag: Path, *, tags: bool = False) -> Path:
    """A file of the bag; with `tags` one at its base."""
    found = (
        [one for one in bag.iterdir() if one.is_file()] if tags else [one for one in bag.rglob("*") if one.is_file()]
    )
    return random_.choice(sorted(found))


def flip(random_: random.Random, bag: Path) -> list[Path]:
    place = some(random_, bag)
    data = bytearray(place.read_bytes())
    data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
    place.write_bytes(data)
    return [place]


def edit_a_tag_file(random_: random.Random, bag: Path) -> list[Path]:
    place = some(random_, bag, tags=True)
    data = bytearray(place.read_bytes())
    at = random_.randrange(len(data))
    data[at] = random_.choice([one for one in range(256) if one != data[at]])
    place.write_bytes(data)
    return [place]


def truncate(random_: random.Random, bag: Path) -> list[Path]:
    place = some(random_, bag)
    data = place.read_bytes()
    place.write_bytes(data[: random_.randrange(len(data))])
    return [place]


def extend(random_: random.Random, bag: Path) -> list[Path]:
    place = some(random_, bag)
    more = random_.choice([b"\n", b" ", b"\0", b"\r\n", random_.randbytes(9)])
    place.write_bytes(place.read_bytes() + more)
    return [place]


def put_in(random_: random.Random, bag: Path) -> list[Path]:
    place = some(random_, bag, tags=True)
    data = place.read_bytes()
    at = random_.randrange(len(data))
    place.write_bytes(data[:at] + random_.choice([b"\n", b"\t", b" ", b"x", b"%25", b"./", b"*"]) + data[at:])
    return [place]


def delete(random_: random.Random, bag: Path) -> list[Path]:
    place = some(random_, bag)
    place.unlink()
    return [place]


def add(random_: random.Random, bag: Path) -> list[Path]:
    beside = some(random_, bag)
    place = beside.with_name(random_.choice(["x", f"{beside.name}~", beside.name.swapcase() + "1", "é", "a b"]))
    place.write_bytes(random_.randbytes(random_.randrange(3)))
    return [place]


def rename(random_: random.Random, bag: Path) -> list[Path]:
    place = some(random_, bag)
    other = place.with_name(f"{place.name}.old")
    place.rename(other)
    return [place, other]


def swap(random_: random.Random, bag: Path) -> list[Path]:
    while True:
        one, other = some(random_, bag), some(random_, bag)
        data, others = one.read_bytes(), other.read_bytes()
        if data != others:
            one.write_bytes(others)
            other.write_bytes(data)
            return [one, other]


def link(random_: random.Random, bag: Path) -> list[Path]:
    place = some(random_, bag)
    outside = bag.parent / "outside"
    shutil.copy(place, outside)
    place.unlink()
    place.symlink_to(outside)
    return [place]


DAMAGE: list[Callable[[random.Random, Path], list[Path]]] = [
    flip, edit_a_tag_file, truncate, extend, put_in, delete, add, rename, swap, link
]  # fmt: skip


@pytest.mark.parametrize("seed", range(CASES))
def test_any_damage_is_found(whole: Path, tmp_path: Path, seed: int) -> None:
    damage_one(whole, tmp_path / "bag", seed)


def damage_one(whole: Path, to: Path, seed: int) -> None:
    random_ = random.Random(seed)
    bag = Path(shutil.copytree(whole, to))
    kind = DAMAGE[seed % len(DAMAGE)]
    damaged = kind(random_, bag)
    report = validate(bag, jobs=1)
    said = f"{kind.__name__} {[str(one.relative_to(bag)) for one in damaged]} {report.findings[:5]}"
    assert report.verdict is Verdict.INVALID, said
    assert report.exit_code == 1
    for place in damaged:
        assert names(report, place.relative_to(bag).as_posix()), said


def test_a_bag_that_nobody_touched_is_valid(whole: Path) -> None:
    assert validate(whole, jobs=1).verdict is Verdict.VALID
