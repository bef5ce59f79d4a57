"""Findings on the lines of a tag file, made only as far as a report lists them: a hostile file has millions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ParamSpec

from archive.model.findings import Finding
from archive.model.limits import DEFAULT_LIMITS
from archive.model.tally import Tally

Given = ParamSpec("Given")


class Faults:
    """Takes any number of faults; of each code so many become findings, and the others a count.

    Args:
        most: how many findings of one code are made.
    """

    def __init__(self, most: int = DEFAULT_LIMITS.of_one_kind) -> None:
        self._most = most
        self._seen: dict[str, int] = {}
        self._last: dict[str, Finding] = {}
        self._found = Tally(most)

    def extend(self, more: Iterable[Finding]) -> None:
        """Takes findings that are there already."""
        self._found.extend(more)

    def add(self, code: str, make: Callable[Given, Finding], /, *given: Given.args, **named: Given.kwargs) -> None:
        """Takes one more fault; `make` is called only where its finding, always of that code, will be listed."""
        seen = self._seen[code] = self._seen.get(code, 0) + 1
        if seen <= self._most:
            self._last[code] = make(*given, **named)
            self._found.add(self._last[code])

    def is_full(self, code: str) -> bool:
        """Whether no finding of a code will be made any more."""
        return self._seen.get(code, 0) >= self._most

    def count(self, code: str, more: int) -> None:
        """Takes so many more faults of a code that is full."""
        self._seen[code] += more

    def all(self) -> list[Finding]:
        """The findings, the counts of what was not made among them; to be called once, in the end."""
        for code, seen in self._seen.items():
            if seen > self._most:
                self._found.add(replace(self._last[code], count=seen - self._most))
        return list(self._found)
