"""Stretches of the largest sums in a row of numbers."""

from __future__ import annotations

from collections.abc import Sequence


def maximal_stretches(values: Sequence[int]) -> list[tuple[int, int, int]]:
    """All stretches of the largest sums, none overlapping another (Ruzzo and Tompa, 1999), in linear time.

    Returns:
        For each its first place, the place after its last, and its sum.

    >>> maximal_stretches([-1, 3, -1, 2, -9, 3])
    [(1, 4, 4), (5, 6, 3)]
    """
    found: list[tuple[int, int, int, int]] = []  # start, stop, sum before it, sum at its end
    total = 0
    for place, value in enumerate(values):
        if value <= 0:
            total += value
            continue
        start, before = place, total
        total += value
        while found:
            earlier = _last_lower(found, before)
            if earlier < 0 or found[earlier][3] >= total:
                break
            start, before = found[earlier][0], found[earlier][2]
            del found[earlier:]
        found.append((start, place + 1, before, total))
    return [(start, stop, after - before) for start, stop, before, after in found]


def _last_lower(found: Sequence[tuple[int, int, int, int]], before: int) -> int:
    for index in range(len(found) - 1, -1, -1):
        if found[index][2] < before:
            return index
    return -1
