"""Findings in bounded number: of each kind so many, and then one that says how many more there were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archive.model.findings import NOWHERE, Finding, Severity
from archive.model.limits import DEFAULT_LIMITS

OF_DOCUMENTS = 10_000
"""Findings of one kind that the report on a corpus lists, whose documents may be a million."""


class Tally:
    """Takes any number of findings and holds few: the first of each code and severity, and a count of the others.

    Args:
        most: how many of one code and severity are held.
        holds_errors: whether all errors are held, however many, because each may be why a document is rejected.
    """

    def __init__(self, most: int = DEFAULT_LIMITS.of_one_kind, *, holds_errors: bool = False) -> None:
        self._most = most
        self._holds_errors = holds_errors
        self._held: dict[tuple[str, Severity], list[Finding]] = {}
        self._more: dict[tuple[str, Severity], int] = {}
        self._last: dict[tuple[str, Severity], Finding] = {}

    def add(self, one: Finding) -> None:
        """Takes one more."""
        kind = (one.code, one.severity)
        held = self._held.setdefault(kind, [])
        is_held = len(held) < self._most or (self._holds_errors and one.severity is Severity.ERROR)
        if one.count > 1 or not is_held:
            self._more[kind] = self._more.get(kind, 0) + one.count
            self._last[kind] = one
        else:
            held.append(one)

    def extend(self, more: Iterable[Finding]) -> None:
        """Takes several more."""
        for one in more:
            self.add(one)

    @classmethod
    def of_documents(cls, findings: Iterable[Finding] = ()) -> Tally:
        """One for findings about the documents of a corpus, with these in it."""
        found = cls(OF_DOCUMENTS, holds_errors=True)
        found.extend(findings)
        return found

    def __iter__(self) -> Iterator[Finding]:
        for kind, held in self._held.items():
            yield from held
            if kind in self._more:
                count = self._more[kind]
                words = f"{count} more of this kind, which are not listed"
                yield replace(self._last[kind], where=NOWHERE, document=None, found=words, expected="", count=count)
