"""Findings on lines, made only as far as they are listed."""

from __future__ import annotations

import pytest

from archive.bags.faults import Faults
from archive.bags.fetches import read_fetches
from archive.bags.manifests import read_manifest
from archive.bags.tags import read_tags
from archive.model.codes import finding
from archive.model.findings import Finding


@pytest.mark.parametrize(("seen", "counts"), [(0, []), (2, [1, 1]), (3, [1, 1, 1]), (9, [1, 1, 7])])
def test_what_is_not_listed_is_not_made_and_counted(seen: int, counts: list[int]) -> None:
    faults, made = Faults(2), list[int]()

    def make(number: int) -> Finding:
        made.append(number)
        return finding("payload.missing", found=str(number))

    for number in range(seen):
        faults.add("payload.missing", make, number)
    found = faults.all()
    assert made == list(range(min(seen, 2)))
    assert [one.count for one in found] == counts


def test_each_code_has_its_own_count() -> None:
    faults = Faults(1)
    faults.extend([finding("tagfile.encoding")])
    for code in ("payload.missing", "tagfile.missing") * 2:
        faults.add(code, finding, code)
    assert sum(one.count for one in faults.all()) == 5


@pytest.mark.parametrize("line", [b"x\n", b"\n"])
def test_bad_lines_of_any_tag_file_are_counted(line: bytes) -> None:
    data, bag = line * 3000, (1, 0)
    for found in (
        read_manifest(data, "manifest-sha256.txt", "utf-8", bag)[1],
        read_fetches(data, "utf-8", bag)[1],
        read_tags(data, "bag-info.txt", "utf-8", bag)[1],
    ):
        assert len(found) == 1001
        assert sum(one.count for one in found) == 3000
