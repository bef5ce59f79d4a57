"""Bags that belong together: those of one group do not bear the same number, and agree on how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archive.bags.contents import Contents
from archive.bags.rules.metadata import GROUP, place_in_group
from archive.model.bags import BAG_INFO
from archive.model.codes import finding
from archive.model.findings import Finding, Where

_SHOWN = 120


class PlaceInGroup(NamedTuple):
    """What one bag says of its place in a group (RFC 8493, 2.2.2).

    Attributes:
        path: the bag.
        group: the identifier of the group.
        number: its number, from 1.
        total: how many bags there are; None where that is not known.
    """

    path: str
    group: str
    number: int
    total: int | None


def places_in_groups(path: str, bag: Contents) -> Iterator[PlaceInGroup]:
    """The place of a bag in its group, if it says one that can be understood."""
    if bag.info is None:
        return
    group, count = bag.info.first(GROUP), bag.info.first("Bag-Count")
    place = place_in_group(count) if group and count else None
    if group and place:
        yield PlaceInGroup(path, group, *place)


def conflicts(places: Iterable[PlaceInGroup]) -> Iterator[Finding]:
    """What does not fit together among bags that are checked in one call; the first of each group is believed."""
    numbers: dict[tuple[str, int], str] = {}
    totals: dict[str, PlaceInGroup] = {}
    for place in places:
        before = numbers.setdefault((place.group, place.number), place.path)
        if before != place.path:
            yield _at(place, f"number {place.number} of {place.group}", f"another number than {before}")
        if place.total is None:
            continue
        first = totals.setdefault(place.group, place)
        if first.total != place.total:
            yield _at(place, f"{place.total} bags in {place.group}", f"{first.total}, as {first.path} says")


def _at(place: PlaceInGroup, found: str, expected: str) -> Finding:
    where = Where(file=f"{place.path.rstrip('/')}/{BAG_INFO}")
    return finding("bag-info.group-conflict", where=where, found=found[:_SHOWN], expected=expected[:_SHOWN])
